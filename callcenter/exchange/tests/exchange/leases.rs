//! Leases: what a station issues by itself, and what the exchange makes of it.

use std::{path::Path, time::Duration};

use catalog::Catalog;
use certificate::{Assignment, Press};
use request::{
    Action, DocumentNumber, DocumentReference, Outcome, RequestEvent, ServiceId, SpoilReason,
    Timestamp,
};
use sandbox::Mood;
use seal::{Lease, LeasedKey, SealError, TrustList, fresh_key};
use serde_json::{Value, json};
use sync::{LeaseAnswer, LeaseQuestion, Load};

use crate::{
    office::{Office, TUESDAY_10_00},
    station::Station,
};

const LAND: &str = "land-ledger";
const PARCEL: [(&str, &str); 2] = [("district", "4199910100"), ("parcel_number", "12-3")];

/// A lease in the hands of a station.
struct Held {
    pem: String,
    answer: LeaseAnswer,
    lease: Lease,
    load: Load,
}

impl Held {
    fn number(&self, place: usize) -> DocumentNumber {
        self.load.numbers[place].clone()
    }

    fn document(&self, place: usize) -> DocumentReference {
        DocumentReference::of(self.number(place), 1, b"a page")
    }
}

fn trust(office: &Office) -> TrustList {
    let file = std::fs::read(office.trust().join("seal-keys.json")).unwrap();
    serde_json::from_slice(&file).unwrap()
}

async fn lease(office: &Office, station: &str) -> Held {
    let (pem, key) = fresh_key().unwrap();
    let question = LeaseQuestion {
        service: ServiceId::new(LAND),
        key: key.to_vec(),
    };
    let answer = office.wire(station).lease(&question).await.unwrap();
    let lease = Lease::verify(&answer.lease, &trust(office)).unwrap();
    let load = serde_json::from_str(answer.load.reveal()).unwrap();
    Held {
        pem: pem.to_string(),
        answer,
        lease,
        load,
    }
}

/// A citizen has asked, and the kiosk takes these documents.
async fn prepare(station: &mut Station, id: &str, lease: &str, document: DocumentReference) {
    let mut request = station.fill_in(id, LAND, None, &PARCEL);
    let documents = vec![document.clone()];
    let lease = lease.to_owned();
    let action = Action::PrepareUnderLease { lease, documents };
    let event = request.decide(action).unwrap();
    request.apply(&event);
    station.tell(id, event).await;
}

/// Their paper comes out.
async fn issue(station: &mut Station, id: &str, number: &DocumentNumber) {
    let number = || number.clone();
    let (begun, issued) = (number(), number());
    let events = [
        RequestEvent::IssueBegun { number: begun },
        RequestEvent::Issued { number: issued },
        RequestEvent::Closed {
            outcome: Outcome::Done,
        },
    ];
    for event in events {
        station.tell(id, event).await;
    }
}

async fn wedged(office: &Office) -> Vec<Value> {
    let wire = office.wire("kim");
    let answer = wire.get("/v1/wedged", Duration::from_secs(5)).await;
    let answer: Value = serde_json::from_slice(&answer.unwrap()).unwrap();
    let entries = answer["wedged"].as_array().unwrap().iter();
    entries.map(|it| it["reason"].clone()).collect()
}

async fn refused(office: &Office, station: &str, service: &str, key: &[u8]) -> u16 {
    let question = json!({ "service": service, "key": key });
    let path = format!("/v1/stations/{station}/leases");
    office.say(station, &path, &question).await.0
}

#[tokio::test]
async fn a_paper_issued_under_a_lease_verifies_at_once_and_counts_when_the_line_is_back() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let held = lease(&office, "gaon-1").await;
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let catalog = Catalog::read(&house).unwrap();
    let record = held.load.records.iter().find(|it| {
        it.query
            .iter()
            .map(|(name, value)| (name.as_str(), value.reveal().as_str()))
            .eq(PARCEL)
    });
    let record = serde_json::from_str(record.unwrap().record.reveal()).unwrap();
    let number = held.number(0);
    let key = LeasedKey::new(&held.pem, held.answer.lease.clone()).unwrap();
    let assignment = Assignment {
        service: catalog.service(&ServiceId::new(LAND)).unwrap(),
        record: &record,
        options: &json!({}),
        number: &number,
        copy: (1, 1),
        fee_won: 300,
        now: Timestamp::from_millis(TUESDAY_10_00) + Duration::from_secs(60),
    };
    let pdf = Press::with_debian_fonts()
        .unwrap()
        .certify(&assignment, &key)
        .unwrap();

    let before = office.status(&number).await;
    let document = DocumentReference::of(number.clone(), pdf.pages, &pdf.bytes);
    prepare(&mut station, "r", &held.lease.prefix, document).await;
    issue(&mut station, "r", &number).await;
    let unused = held.number(1);

    assert_eq!(held.load.numbers.len(), 40);
    assert_eq!(before, "leased");
    assert_eq!(office.status(&number).await, "valid");
    assert_eq!(office.status(&unused).await, "leased");
    assert!(wedged(&office).await.is_empty());
}

#[tokio::test]
async fn a_number_that_never_came_out_is_void() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let held = lease(&office, "gaon-1").await;
    let number = held.number(0);

    prepare(&mut station, "r", &held.lease.prefix, held.document(0)).await;
    let reason = SpoilReason::NotWanted;
    let spoiled = RequestEvent::Spoiled {
        number: number.clone(),
        reason,
    };
    station.tell("r", spoiled).await;

    assert_eq!(office.status(&number).await, "void");
}

#[tokio::test]
async fn what_no_lease_covers_is_wedged_and_no_number_counts_for_two() {
    let office = Office::open().await;
    let (mut gaon, mut narae) = (office.station("gaon-1"), office.station("narae-1"));
    let (held, others) = (
        lease(&office, "gaon-1").await,
        lease(&office, "narae-1").await,
    );
    let prefix = held.lease.prefix.as_str();
    prepare(&mut gaon, "first", prefix, held.document(0)).await;
    issue(&mut gaon, "first", &held.number(0)).await;

    let forged = DocumentNumber::new(format!("{prefix}-0000-0000"));
    let forged = DocumentReference::of(forged, 1, b"a page");
    prepare(&mut gaon, "again", prefix, held.document(0)).await;
    prepare(&mut gaon, "forged-number", prefix, forged).await;
    prepare(&mut gaon, "forged-lease", "2611-AAAA", held.document(1)).await;
    prepare(
        &mut gaon,
        "others-lease",
        &others.lease.prefix,
        others.document(0),
    )
    .await;
    prepare(&mut narae, "theirs", prefix, held.document(2)).await;
    prepare(&mut narae, "own", &others.lease.prefix, others.document(1)).await;

    assert_eq!(wedged(&office).await, vec![json!("beyond_lease"); 5]);
    assert_eq!(office.status(&held.number(0)).await, "valid");
    assert_eq!(office.status(&held.number(1)).await, "leased");
}

#[tokio::test]
async fn papers_from_after_the_end_of_a_lease_are_wedged() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let held = lease(&office, "gaon-1").await;
    let request = station.fill_in("late", LAND, None, &PARCEL);
    let lease = held.lease.prefix.clone();
    let documents = vec![held.document(0)];
    let event = request
        .decide(Action::PrepareUnderLease { lease, documents })
        .unwrap();
    let late = Timestamp::from_millis(held.lease.until * 1000 + 1);

    station.journal.append(&request.id, &event, late).unwrap();
    station.offer_all_again().await;

    assert_eq!(wedged(&office).await, [json!("beyond_lease")]);
}

#[tokio::test]
async fn a_lease_is_given_for_what_is_leased_to_a_key_and_not_without_end() {
    let office = Office::open().await;
    let key = fresh_key().unwrap().1;

    assert_eq!(
        refused(&office, "gaon-1", "family-relations", &key).await,
        404
    );
    assert_eq!(refused(&office, "gaon-1", LAND, &key[1..]).await, 422);
    assert_eq!(refused(&office, "gaon-1", LAND, &[7; 33]).await, 422);
    office.networks.set_mood("land-registry", Mood::Away);
    assert_eq!(refused(&office, "gaon-1", LAND, &key).await, 503);
    office.networks.set_mood("land-registry", Mood::Misfit);
    assert_eq!(refused(&office, "gaon-1", LAND, &key).await, 503);
    office.networks.set_mood("land-registry", Mood::Well);
    for _ in 0..3 {
        lease(&office, "gaon-1").await;
    }
    assert_eq!(refused(&office, "gaon-1", LAND, &key).await, 409);
    lease(&office, "narae-1").await;
}

#[tokio::test]
async fn a_lease_is_of_one_office_for_one_key() {
    let (office, other) = (Office::open().await, Office::open().await);
    let held = lease(&office, "gaon-1").await;
    let (stolen, _) = fresh_key().unwrap();

    let elsewhere = Lease::verify(&held.answer.lease, &trust(&other));
    let with_another_key = LeasedKey::new(&stolen, held.answer.lease);

    assert_eq!(elsewhere, Err(SealError::UnknownKey));
    assert!(with_another_key.is_err());
}
