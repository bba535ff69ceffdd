//! What waits for a person, and that everything else goes on meanwhile.

use request::{CardFact, Outcome, RequestEvent, SpoilReason, TransactionId};
use serde_json::{Value, json};
use sync::{Announcement, Answer, Contradiction, Greeting, Hello, Offer, Reason};

use crate::{BITNA, HOUSEHOLD, office::Office};

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

async fn list(office: &Office, path: &str) -> Value {
    let body = office.wire("kim").get(path, PATIENCE).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test]
async fn a_wedged_entry_waits_for_an_agent_and_everything_else_goes_on() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let closed = RequestEvent::Closed {
        outcome: Outcome::Withdrawn,
    };

    station.record("never-opened", &RequestEvent::Submitted);
    station.record("never-opened", &closed);
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;

    assert_eq!(station.prepared("r").await.len(), 1);
    let wedged = list(&office, "/v1/wedged").await;
    let reasons: Vec<&Value> = wedged["wedged"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["reason"])
        .collect();
    assert_eq!(reasons, [&json!("never_opened"), &json!({ "follows": 1 })]);
    let told = station.publications(0).await;
    assert!(told.iter().any(|it| matches!(
        it.content,
        Announcement::Wedged {
            number: 1,
            reason: Reason::NeverOpened,
            ..
        }
    )));

    let incarnation = station.journal.head().incarnation.as_str().to_owned();
    let settle = |number: u64| format!("/v1/wedged/gaon-1/{incarnation}/{number}");
    let agent = office.wire("kim");
    let discard = json!({ "verdict": "discard" });
    let hearsay = json!({ "verdict": "discard", "ground": "hearsay" });
    let refused: Result<Value, _> = agent.post(&settle(1), &hearsay).await;
    assert!(refused.is_err(), "grounds are a closed list");
    let grounded = json!({ "verdict": "discard", "ground": "compared_by_hand" });
    let _: Value = agent.post(&settle(1), &grounded).await.unwrap();
    let _: Value = agent.post(&settle(2), &discard).await.unwrap();
    let again: Result<Value, _> = agent.post(&settle(2), &discard).await;

    assert!(again.is_err(), "an entry is settled once");
    assert_eq!(list(&office, "/v1/wedged").await, json!({ "wedged": [] }));
}

#[tokio::test]
async fn a_sheet_and_money_of_which_nobody_knows_wait_until_somebody_has_looked() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let sheet = station.prepared("r").await.remove(0).number;
    for (event, known) in [
        (RequestEvent::PayoutUnknown { asked_won: 300 }, false),
        (
            RequestEvent::Card(CardFact::AuthorisationUnknown {
                transaction: TransactionId::new("r-card-1"),
                asked_won: 200,
            }),
            false,
        ),
        (
            RequestEvent::Card(CardFact::ReversalUnknown {
                transaction: TransactionId::new("r-card-2"),
                asked_won: 200,
            }),
            false,
        ),
        (
            RequestEvent::Spoiled {
                number: sheet.clone(),
                reason: SpoilReason::Unknown,
            },
            false,
        ),
        (
            RequestEvent::Spoiled {
                number: sheet.clone(),
                reason: SpoilReason::NotPrinted,
            },
            true,
        ),
    ] {
        let before = list(&office, "/v1/doubts").await["doubts"].clone();
        station.tell("r", event).await;
        let after = list(&office, "/v1/doubts").await["doubts"].clone();
        assert_eq!(before == after, known);
    }

    let doubts = list(&office, "/v1/doubts").await["doubts"].clone();
    let deeds: Vec<&Value> = doubts
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["deed"])
        .collect();
    let expected = [
        json!({ "paid_out": { "asked_won": 300 } }),
        json!({ "card_charged": { "asked_won": 200 } }),
        json!({ "card_reversed": { "asked_won": 200 } }),
        json!({ "printed": sheet }),
    ];
    assert_eq!(deeds, expected.iter().collect::<Vec<_>>());
    let path = |place: usize| {
        let doubt = &doubts[place];
        let incarnation = doubt["incarnation"].as_str().unwrap();
        format!("/v1/doubts/gaon-1/{incarnation}/{}", doubt["number"])
    };
    let agent = office.wire("kim");
    let groundless = json!({ "finding": "done" });
    let refused: Result<Value, _> = agent.post(&path(1), &groundless).await;
    assert!(refused.is_err(), "nothing is settled without a ground");
    let found = json!({ "finding": "not_done", "ground": "checked_on_site" });
    let _: Value = agent.post(&path(1), &found).await.unwrap();
    let again: Result<Value, _> = agent.post(&path(1), &found).await;

    assert!(again.is_err(), "it is looked into once");
    let left = list(&office, "/v1/doubts").await;
    assert_eq!(left["doubts"].as_array().unwrap().len(), 3);
    let stations = office.wire("gaon-1").get("/v1/doubts", PATIENCE).await;
    assert!(stations.is_err(), "a station is no agent");
}

#[tokio::test]
async fn a_copied_disk_is_put_into_quarantine_kept_aside_and_released_by_hand() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let common = station.head();
    let closed = RequestEvent::Closed {
        outcome: Outcome::Withdrawn,
    };

    // The copy goes on from the same entry in another way.
    let mut copied = station.journal.entries(common - 1, 1).unwrap();
    let mut copy = station.journal.head().clone();
    copied[0].number = common + 1;
    copy = copy.followed_by(&copied[0]);
    station.tell("r", closed).await;
    let hello = Hello {
        head: copy,
        received: 0,
        release: "test".to_owned(),
        finding: None,
    };
    let greeting = station.wire.hello(&hello).await.unwrap();
    assert_eq!(greeting, Greeting::Quarantined(Contradiction::Forked));

    let speaker = station.journal.head().incarnation.clone();
    let before = station.journal.hash_at(common).unwrap().unwrap();
    let offer = Offer {
        speaker,
        before,
        entries: copied,
    };
    let answer = station.wire.offer(&offer).await.unwrap();
    assert_eq!(answer, Answer::KeptAside(common + 1));
    let waiting = list(&office, "/v1/quarantine").await;
    assert_eq!(waiting["quarantine"][0]["reason"], "forked");
    assert_eq!(waiting["quarantine"][0]["kept_aside"], 1);
    let path = "/v1/quarantine/gaon-1/release";
    let agent = office.wire("kim");
    let ground = json!({ "ground": "operator_confirmed" });
    let _: Value = agent.post(path, &ground).await.unwrap();

    assert!(matches!(station.hello().await, Greeting::Welcome(_)));
    let told = station.publications(0).await;
    assert!(told.iter().any(|it| it.content == Announcement::Released));
}

#[tokio::test]
async fn an_agents_notice_reaches_the_station_once_and_what_agents_may_not_say_is_refused() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.hello().await;
    let agent = office.wire("kim");
    let path = "/v1/stations/gaon-1/announcements";

    let order = json!({ "kind": "order", "order": "self_test", "until": 1 });
    let _: Value = agent.post(path, &order).await.unwrap();
    let notice = |text: Value| json!({ "kind": "notice", "id": "works", "text": text, "until": 1 });
    for refused in [
        json!({ "kind": "released" }),
        notice(json!({})),
        notice(json!({ "en": "Works on this floor." })),
        notice(json!({ "ko": " " })),
        notice(json!({ "ko": "공".repeat(201) })),
        notice(json!({ "ko": "공사\u{1b}[31m" })),
    ] {
        let answer: Result<Value, _> = agent.post(path, &refused).await;
        assert!(answer.is_err(), "{refused}");
    }

    let told = station.publications(0).await;
    assert_eq!(told.len(), 1);
    assert!(matches!(told[0].content, Announcement::Order { .. }));
}
