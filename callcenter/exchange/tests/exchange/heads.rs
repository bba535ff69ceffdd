//! Signed heads: what the exchange signs for, what it does not, and whom a station believes.

use std::{fs, time::Duration};

use link::LinkFault;
use request::{RequestEvent, Timestamp};
use serde_json::{Value, json};
use sync::{
    CoSignedHead, Contradiction, Forged, Greeting, Hash, Head, HeadAnswer, HeadQuestion, KeyPair,
    PublicKey, SignedHead,
};

use crate::{
    office::{Office, TUESDAY_10_00},
    station::Station,
};

const COIN: RequestEvent = RequestEvent::CoinTaken { value_won: 100 };

/// A station with so many entries at the exchange.
async fn synced(office: &Office, entries: u64) -> Station {
    let mut station = office.station("gaon-1");
    for _ in 0..entries {
        station.record("r", &COIN);
    }
    assert_eq!(station.offer_all_again().await, entries);
    station
}

fn question(head: Head, key: &KeyPair) -> HeadQuestion {
    HeadQuestion {
        signed: SignedHead::sign(head, Timestamp::from_millis(TUESDAY_10_00), key),
        public_key: key.public().to_pem().unwrap(),
    }
}

fn asked_at(station: &Station, number: u64, key: &KeyPair) -> HeadQuestion {
    question(station.journal.head_at(number).unwrap().unwrap(), key)
}

async fn co_signed(station: &Station, question: &HeadQuestion) -> CoSignedHead {
    match station.wire.co_sign(question).await.unwrap() {
        HeadAnswer::CoSigned(head) => *head,
        other => panic!("{other:?}"),
    }
}

fn title(answer: Result<HeadAnswer, LinkFault>) -> String {
    match answer.unwrap_err() {
        LinkFault::Refused(status, title) if status == 409 => title,
        other => panic!("{other:?}"),
    }
}

/// What an agent is shown of a station's journals.
async fn kept(office: &Office) -> Vec<(PublicKey, CoSignedHead)> {
    let wire = office.wire("kim");
    let path = "/v1/stations/gaon-1/heads";
    let told = wire.get(path, Duration::from_secs(10)).await.unwrap();
    let told: Vec<Value> = serde_json::from_slice(&told).unwrap();
    told.into_iter()
        .map(|mut it| {
            let key = PublicKey::from_pem(it["public_key"].as_str().unwrap()).unwrap();
            (key, serde_json::from_value(it["co_signed"].take()).unwrap())
        })
        .collect()
}

#[tokio::test]
async fn a_head_that_is_held_is_co_signed_and_the_newest_is_kept_and_shown_to_agents() {
    let mut office = Office::open().await;
    let (mut station, key) = (synced(&office, 5).await, KeyPair::generate());

    let newest = co_signed(&station, &asked_at(&station, 5, &key)).await;
    let older = co_signed(&station, &asked_at(&station, 3, &key)).await;
    station.journal.keep_checkpoint(&older).unwrap();
    station.journal.keep_checkpoint(&newest).unwrap();
    office.restart().await;

    let trusted = office.get("/v1/trust").await.1;
    let exchange = PublicKey::from_pem(trusted["co_signer"].as_str().unwrap()).unwrap();
    let shown = kept(&office).await;
    assert_eq!(shown, [(key.public(), newest.clone())]);
    for head in [&newest, &older] {
        assert_eq!(head.verify(&key.public(), &exchange), Ok(()));
    }
    let station_asks = office.wire("gaon-1");
    let path = "/v1/stations/gaon-1/heads";
    let refused = station_asks.get(path, Duration::from_secs(10)).await;
    assert!(matches!(refused, Err(LinkFault::Refused(status, _)) if status == 403));
    station.moved_to(&office);
    let again = co_signed(&station, &asked_at(&station, 5, &key)).await;
    assert_eq!(again.verify(&key.public(), &exchange), Ok(()));
}

#[tokio::test]
async fn a_forged_head_and_one_of_another_key_are_named_and_nothing_is_kept() {
    let office = Office::open().await;
    let (station, key, strangers) = (
        synced(&office, 4).await,
        KeyPair::generate(),
        KeyPair::generate(),
    );
    let genuine = asked_at(&station, 4, &key);
    let forged = HeadQuestion {
        signed: asked_at(&station, 4, &strangers).signed,
        ..genuine.clone()
    };

    let unsigned = "the head does not bear the station's signature";
    assert_eq!(title(station.wire.co_sign(&forged).await), unsigned);
    assert_eq!(kept(&office).await, []);
    co_signed(&station, &asked_at(&station, 2, &key)).await;
    assert_eq!(
        title(
            station
                .wire
                .co_sign(&asked_at(&station, 4, &strangers))
                .await
        ),
        "another key signs for this journal"
    );
    assert_eq!(title(station.wire.co_sign(&forged).await), unsigned);
    let nobodys = HeadQuestion {
        public_key: "no key".to_owned(),
        ..genuine.clone()
    };
    assert_eq!(
        title(station.wire.co_sign(&nobodys).await),
        "the head comes with no key"
    );
    let path = "/v1/stations/gaon-1/head";
    assert_eq!(office.say("narae-1", path, &json!(genuine)).await.0, 403);
    assert_eq!(office.say("gaon-1", path, &json!("nonsense")).await.0, 422);

    let shown = kept(&office).await;
    assert_eq!(shown.len(), 1);
    assert_eq!((&shown[0].0, shown[0].1.head().number), (&key.public(), 2));
}

#[tokio::test]
async fn a_head_beyond_what_is_held_or_of_an_earlier_journal_is_not_signed_for() {
    let office = Office::open().await;
    let (mut station, key) = (synced(&office, 4).await, KeyPair::generate());
    station.record("r", &COIN);

    let beyond = station.wire.co_sign(&asked_at(&station, 5, &key)).await;
    let mut newer = office.station("gaon-1");
    newer.hello().await;
    let earlier = station.wire.co_sign(&asked_at(&station, 4, &key)).await;

    assert_eq!(beyond.unwrap(), HeadAnswer::Unknown);
    assert_eq!(earlier.unwrap(), HeadAnswer::Unknown);
    assert_eq!(kept(&office).await, []);
    // A new journal begins with a key of its own: its disk is another.
    let begun = asked_at(&newer, 0, &KeyPair::generate());
    co_signed(&newer, &begun).await;
}

#[tokio::test]
async fn a_head_that_is_not_what_is_held_puts_the_station_into_quarantine() {
    let office = Office::open().await;
    let (mut station, key) = (synced(&office, 6).await, KeyPair::generate());
    let first = co_signed(&station, &asked_at(&station, 6, &key)).await;
    let rewritten = Head {
        hash: Hash::from_bytes([6; 32]),
        ..station.journal.head_at(5).unwrap().unwrap()
    };

    let answer = station.wire.co_sign(&question(rewritten, &key)).await;

    let forked = HeadAnswer::Quarantined(Contradiction::Forked);
    assert_eq!(answer.unwrap(), forked);
    let honest = station.wire.co_sign(&asked_at(&station, 6, &key)).await;
    assert_eq!(honest.unwrap(), forked);
    let greeting = station.hello().await;
    assert_eq!(greeting, Greeting::Quarantined(Contradiction::Forked));
    assert_eq!(kept(&office).await, [(key.public(), first)]);
}

#[tokio::test]
async fn a_station_believes_only_the_exchange_it_was_enrolled_at() {
    let (office, another) = (Office::open().await, Office::open().await);
    let (station, key) = (synced(&office, 3).await, KeyPair::generate());
    let asked = asked_at(&station, 3, &key);
    let own = office.credentials("gaon-1").join("co-signer.pem");
    let theirs = another.credentials("gaon-1").join("co-signer.pem");
    let genuine = fs::read(&own).unwrap();

    fs::copy(theirs, &own).unwrap();
    let foreign = station.wire.co_sign(&asked).await.unwrap_err();
    fs::write(&own, "no key").unwrap();
    let nonsense = station.wire.co_sign(&asked).await.unwrap_err();
    fs::remove_file(&own).unwrap();
    let nobodys = station.wire.co_sign(&asked).await.unwrap_err();
    fs::write(&own, genuine).unwrap();

    assert!(
        matches!(foreign, LinkFault::Forged(Forged::Exchange)),
        "{foreign:?}"
    );
    assert_eq!(foreign.code(), "link.head_forged");
    assert_eq!(nonsense.code(), "link.co_signer");
    assert_eq!(nobodys.code(), "link.co_signer");
    co_signed(&station, &asked).await;
}
