//! Who comes through to the exchange, and what becomes of them in the middle of a session.

use std::time::Duration;

use identity::Refusal;
use link::{LinkFault, Wire};
use request::StationId;
use serde_json::{Value, json};

use crate::office::Office;

const PATIENCE: Duration = Duration::from_secs(30);

async fn ask(wire: &Wire) -> Result<(), LinkFault> {
    wire.networks().await.map(drop)
}

/// Asks until the answer is no longer the first one.
async fn ask_until_refused(wire: &Wire) -> LinkFault {
    let refused = async {
        loop {
            if let Err(fault) = ask(wire).await {
                return fault;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, refused)
        .await
        .expect("a refusal")
}

#[tokio::test]
async fn a_certificate_that_expires_in_a_session_is_named_and_a_renewed_one_taken_up() {
    let office = Office::open().await;
    office.renew("gaon-1", Duration::from_secs(4));
    let wire = office.wire("gaon-1");
    ask(&wire).await.unwrap();

    let in_the_session = ask_until_refused(&wire).await;
    let at_the_door = ask_until_refused(&wire).await;
    office.renew("gaon-1", Duration::from_hours(1));
    ask(&wire).await.unwrap();

    for fault in [in_the_session, at_the_door] {
        assert!(
            matches!(fault, LinkFault::Certificate(Refusal::OwnExpired)),
            "{fault:?}"
        );
        assert_eq!(fault.code(), "link.certificate_expired");
    }
}

#[tokio::test]
async fn a_certificate_struck_off_the_roster_is_refused_from_the_next_question_on() {
    let office = Office::open().await;
    let wire = office.wire("gaon-1");
    ask(&wire).await.unwrap();

    office.revoke("gaon-1");

    let fault = ask(&wire).await.unwrap_err();
    assert!(
        matches!(fault, LinkFault::Certificate(Refusal::OwnRefused)),
        "{fault:?}"
    );
    ask(&office.wire("narae-1")).await.unwrap();
}

#[tokio::test]
async fn a_station_of_another_office_does_not_come_through() {
    let (office, another) = (Office::open().await, Office::open().await);
    let settings = link::Settings {
        exchange: office.url(),
        station: StationId::new("gaon-1"),
        credentials: another.credentials("gaon-1"),
        clock: link::Clock::new(|| request::Timestamp::from_millis(crate::office::TUESDAY_10_00)),
    };

    let fault = ask(&Wire::new(settings)).await.unwrap_err();

    assert!(
        matches!(fault, LinkFault::Certificate(Refusal::TheirsRefused)),
        "{fault:?}"
    );
}

#[tokio::test]
async fn another_stations_place_an_agents_and_nonsense_get_a_problem_and_no_more() {
    let office = Office::open().await;
    let (station, agent) = (office.wire("narae-1"), office.wire("kim"));
    let status = |answer: Result<Value, LinkFault>| match answer.unwrap_err() {
        LinkFault::Refused(status, _) => status.as_u16(),
        other => panic!("{other:?}"),
    };
    let (theirs, own) = (
        "/v1/stations/gaon-1/entries",
        "/v1/stations/narae-1/entries",
    );
    let nothing = json!({ "speaker": "", "before": "00".repeat(32), "entries": [] });

    assert_eq!(status(station.post(theirs, &nothing).await), 403);
    assert_eq!(status(station.post(own, &nothing).await), 422);
    assert_eq!(status(station.post(own, &"nonsense").await), 422);
    assert_eq!(status(agent.post(own, &nothing).await), 403);
    assert_eq!(
        status(
            station
                .post("/v1/quarantine/gaon-1/release", &json!({}))
                .await
        ),
        403
    );
    // What everybody may ask lies elsewhere, and the other way round.
    assert_eq!(office.get("/v1/networks").await.0, 404);
    assert_eq!(office.get("/v1/documents/x/status").await.0, 200);
    let listened = station.get("/v1/open-data/kiosks", PATIENCE).await;
    assert!(matches!(listened, Err(LinkFault::Refused(status, _)) if status == 404));
}
