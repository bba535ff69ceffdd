//! The exchange forgets while it serves, when the catalogue's terms are over.

use std::{fs, time::Duration};

use request::{Outcome, RequestEvent};
use serde_json::{Value, json};

use crate::{BITNA, HOUSEHOLD, office::Office};

const DAY: Duration = Duration::from_hours(24);
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether the store's file or its log say it.
fn is_said(office: &Office, what: &str) -> bool {
    ["exchange.sqlite", "exchange.sqlite-wal"]
        .iter()
        .any(|name| {
            let bytes = fs::read(office.data().join(name)).unwrap_or_default();
            bytes.windows(what.len()).any(|it| it == what.as_bytes())
        })
}

async fn until_gone(office: &Office, what: &str) {
    let gone = async {
        while is_said(office, what) {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, gone).await;
    in_time.unwrap_or_else(|_| panic!("{what} is still there"));
}

/// What a supervisor reads in the archive.
async fn archive(office: &Office, path: &str, list: &str) -> Vec<Value> {
    let body = office.wire("kim").get(path, PATIENCE).await.unwrap();
    let answer: Value = serde_json::from_slice(&body).unwrap();
    answer[list].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_certificate_goes_in_its_time_and_the_citizen_in_theirs_and_the_paper_still_counts() {
    let mut office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();
    let issued = number.clone();
    station
        .tell("r", RequestEvent::Issued { number: issued })
        .await;
    let outcome = Outcome::Done;
    station.tell("r", RequestEvent::Closed { outcome }).await;
    assert!(is_said(&office, "%PDF-1.7") && is_said(&office, BITNA));
    let kept = archive(&office, "/v1/archive", "documents").await;
    assert_eq!(
        (&kept[0]["number"], &kept[0]["kept"]),
        (&json!(number), &json!(true))
    );
    assert!(kept[0]["due_at"].as_i64().unwrap() > office.starts_at.as_millis());
    let path = "/v1/archive/disposals";
    assert_eq!(archive(&office, path, "disposals").await, [json!(null); 0]);

    office.starts_at = office.starts_at + DAY * 91;
    office.restart().await;
    until_gone(&office, "%PDF-1.7").await;
    assert!(is_said(&office, BITNA) && is_said(&office, "아무개"));
    let disposed = archive(&office, path, "disposals").await;
    assert_eq!(
        (&disposed[0]["number"], &disposed[0]["days"]),
        (&json!(number), &json!(90))
    );
    assert_eq!(disposed[0]["sha256"], kept[0]["sha256"]);
    let left = archive(&office, "/v1/archive", "documents").await;
    assert_eq!(
        (&left[0]["kept"], &left[0]["due_at"]),
        (&json!(false), &json!(null))
    );
    station.moved_to(&office);
    assert_eq!(station.document(&number).await, None);
    assert_eq!(office.status(&number).await, "valid");

    office.starts_at = office.starts_at + DAY * 1825;
    office.restart().await;
    until_gone(&office, BITNA).await;
    until_gone(&office, "아무개").await;
    assert_eq!(office.status(&number).await, "valid");
    let (_, faults) = ledger::Survey::of(&office.data().join("exchange.sqlite")).unwrap();
    assert_eq!(faults, []);
}
