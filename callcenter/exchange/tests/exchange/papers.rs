//! Kiosks ask whether a paper counts, and are given the keys by which they judge its seal.

use std::time::Duration;

use seal::TrustList;
use serde_json::{Value, json};

use crate::{
    HOUSEHOLD,
    office::Office,
    page::{issued, spoil},
};

async fn look_up(office: &Office, station: &str, number: &str) -> Value {
    let question = json!({ "number": number });
    let (status, answer) = office.say(station, "/v1/papers/lookup", &question).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

#[tokio::test]
async fn a_kiosk_is_told_whether_a_number_counts_and_what_kind_of_paper_it_is() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let (number, _) = issued(&mut station).await;

    let valid = look_up(&office, "gaon-1", number.as_str()).await;
    assert_eq!(valid["state"], "valid");
    assert_eq!(valid["service"], HOUSEHOLD);
    assert!(valid["made_at"].is_i64(), "{valid}");
    assert!(!valid.to_string().contains("한빛나"), "{valid}");

    spoil(&mut station, &number).await;
    let void = look_up(&office, "gaon-1", number.as_str()).await;
    assert_eq!(
        (&void["state"], &void["replaced"]),
        (&json!("void"), &json!(false))
    );

    for malformed in [
        json!({}),
        json!({ "number": "" }),
        json!({ "number": "7".repeat(99) }),
    ] {
        let (status, _) = office.say("gaon-1", "/v1/papers/lookup", &malformed).await;
        assert_eq!(status, 422, "{malformed}");
    }
}

#[tokio::test]
async fn nobody_finds_a_paper_by_trying_numbers_at_a_kiosk() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let (number, _) = issued(&mut station).await;

    for attempt in 0..10 {
        let unknown = format!("2611-0000-0000-{attempt:04}");
        assert_eq!(
            look_up(&office, "gaon-1", &unknown).await["state"],
            "unknown"
        );
    }
    let answer = look_up(&office, "gaon-1", number.as_str()).await;

    assert_eq!(answer["state"], "too_many_tries");
    assert_eq!(
        look_up(&office, "narae-1", number.as_str()).await["state"],
        "valid"
    );
}

#[tokio::test]
async fn a_station_is_given_over_its_own_line_the_keys_by_which_papers_are_sealed() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let (_, pdf) = issued(&mut station).await;

    let trust = station.wire.get("/v1/trust", Duration::from_secs(10)).await;
    let trust: Value = serde_json::from_slice(&trust.unwrap()).unwrap();
    let list: TrustList = serde_json::from_value(trust["seal_keys"].clone()).unwrap();

    assert!(!list.is_empty());
    let picture = super::page::picture(&office, &pdf, "sealed");
    let codes = verify::codes(&std::fs::read(picture).unwrap()).unwrap();
    let seals: Vec<_> = codes
        .iter()
        .filter(|it| it.starts_with(seal::PREFIX))
        .collect();
    assert_eq!(seals.len(), 1, "{codes:?}");
    assert!(seal::verify(seals[0], &list).is_ok());
}
