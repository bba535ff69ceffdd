//! Stories at the exchange: over real HTTP, with the networks' sandbox behind it.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "exchange/access.rs"]
mod access;
#[path = "exchange/attention.rs"]
mod attention;
#[path = "exchange/authority.rs"]
mod authority;
#[path = "exchange/badges.rs"]
mod badges;
#[path = "exchange/browser.rs"]
mod browser;
#[path = "exchange/burned.rs"]
mod burned;
#[path = "exchange/carried.rs"]
mod carried;
#[path = "exchange/checks.rs"]
mod checks;
#[path = "exchange/console.rs"]
mod console;
#[path = "exchange/deliveries.rs"]
mod deliveries;
#[path = "exchange/described.rs"]
mod described;
#[path = "exchange/ending.rs"]
mod ending;
#[path = "exchange/files.rs"]
mod files;
#[path = "exchange/gateway.rs"]
mod gateway;
#[path = "exchange/handling.rs"]
mod handling;
#[path = "exchange/heads.rs"]
mod heads;
#[path = "exchange/hours.rs"]
mod hours;
#[path = "exchange/knowing.rs"]
mod knowing;
#[path = "exchange/leases.rs"]
mod leases;
#[path = "exchange/lines.rs"]
mod lines;
#[path = "exchange/locating.rs"]
mod locating;
#[path = "exchange/long_term.rs"]
mod long_term;
#[path = "exchange/machines.rs"]
mod machines;
#[path = "exchange/messages.rs"]
mod messages;
#[path = "exchange/metrics.rs"]
mod metrics;
#[path = "exchange/office.rs"]
mod office;
#[path = "exchange/open_data.rs"]
mod open_data;
#[path = "exchange/page.rs"]
mod page;
#[path = "exchange/papers.rs"]
mod papers;
#[path = "exchange/petitions.rs"]
mod petitions;
#[path = "exchange/postings.rs"]
mod postings;
#[path = "exchange/prepared.rs"]
mod prepared;
#[path = "exchange/program.rs"]
mod program;
#[path = "exchange/replacement.rs"]
mod replacement;
#[path = "exchange/retention.rs"]
mod retention;
#[path = "exchange/rooms.rs"]
mod rooms;
#[path = "exchange/services.rs"]
mod services;
#[path = "exchange/station.rs"]
mod station;
#[path = "exchange/tickets.rs"]
mod tickets;
#[path = "exchange/told_to_desks.rs"]
mod told_to_desks;
#[path = "exchange/traces.rs"]
mod traces;
#[path = "exchange/training.rs"]
mod training;
#[path = "exchange/written.rs"]
mod written;

use std::time::Duration;

use office::Office;
use request::{DeclineReason, NetworkFault, RequestEvent, SpoilReason};
use sandbox::Mood;
use serde_json::Value;
use verify::{Trust, Verdict, examine};

const HOUSEHOLD: &str = "resident-register-household";
const BITNA: &str = "9001012990014";

#[tokio::test]
async fn a_submitted_request_comes_back_as_a_sealed_and_signed_certificate() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");

    station
        .submit("gaon-1-1", HOUSEHOLD, Some(BITNA), &[])
        .await;
    let documents = station.prepared("gaon-1-1").await;

    let pdf = station.document(&documents[0].number).await.unwrap();
    let verdict = examine(&pdf, &Trust::read(&office.trust()).unwrap());
    let Verdict::Genuine {
        signed: Some(_),
        claims: Some(claims),
        lease: None,
    } = verdict
    else {
        panic!("not genuine: {verdict:?}");
    };
    assert_eq!(claims.document_number, documents[0].number.as_str());
    assert_eq!(claims.fields[0], ("세대주".to_owned(), "한빛나".to_owned()));
    assert_eq!(office.status(&documents[0].number).await, "valid");
}

#[tokio::test]
async fn the_three_services_go_through_the_same_code() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");

    let land = [("district", "4199910100"), ("parcel_number", "12-3")];
    station.submit("a", "land-ledger", None, &land).await;
    station
        .submit("b", "family-relations", Some(BITNA), &[])
        .await;

    for id in ["a", "b"] {
        let documents = station.prepared(id).await;
        assert!(
            station
                .document(&documents[0].number)
                .await
                .unwrap()
                .starts_with(b"%PDF-1.7")
        );
    }
}

#[tokio::test]
async fn an_offer_made_twice_changes_nothing() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let first = station.prepared("r").await;

    let again = station.offer_all_again().await;

    assert_eq!(again, station.head());
    assert_eq!(station.told().await.len(), 1);
    assert_eq!(station.prepared("r").await, first);
}

#[tokio::test]
async fn an_entry_that_comes_too_early_is_not_taken() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;

    let acknowledged = station.offer_with_a_gap().await;

    assert_eq!(acknowledged, station.head());
}

#[tokio::test]
async fn each_mood_of_a_network_becomes_a_plain_answer_and_a_later_request_succeeds() {
    let moods = [
        (Mood::Failing, NetworkFault::Nonsense),
        (Mood::Nonsense, NetworkFault::Nonsense),
        (Mood::Truncated, NetworkFault::Nonsense),
        (Mood::Misfit, NetworkFault::Nonsense),
        (Mood::NewField, NetworkFault::Nonsense),
        (Mood::WrongId, NetworkFault::Nonsense),
        (Mood::WrongPerson, NetworkFault::Nonsense),
        // It asks for patience, and for no time at all.
        (Mood::Throttled { seconds: 0 }, NetworkFault::Slow),
        (Mood::Away, NetworkFault::Unreachable),
        (Mood::Hanging, NetworkFault::Slow),
    ];
    for (mood, fault) in moods {
        let office = Office::open().await;
        let mut station = office.station("gaon-1");
        office.networks.set_mood("people-id", mood);
        station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
        let told = station.told().await;
        assert_eq!(told[0].1, RequestEvent::AttemptFailed { fault }, "{mood:?}");

        office.networks.set_mood("people-id", Mood::Well);
        station.submit("again", HOUSEHOLD, Some(BITNA), &[]).await;
        assert_eq!(station.prepared("again").await.len(), 1, "{mood:?}");
    }
}

#[tokio::test]
async fn who_is_in_no_register_or_cannot_be_printed_is_told_so() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");

    station
        .submit("nobody", HOUSEHOLD, Some("7001011234567"), &[])
        .await;
    station
        .submit("no-glyph", HOUSEHOLD, Some("4802292990041"), &[])
        .await;

    let reasons = station.declined(["nobody", "no-glyph"]).await;
    assert_eq!(
        reasons,
        [DeclineReason::NoSuchRecord, DeclineReason::Unprintable]
    );
}

#[tokio::test]
async fn a_spoiled_number_is_void_for_ever() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();

    let reason = SpoilReason::Unknown;
    station
        .tell(
            "r",
            RequestEvent::Spoiled {
                number: number.clone(),
                reason,
            },
        )
        .await;

    assert_eq!(office.status(&number).await, "void");
    assert_eq!(station.document(&number).await, None);
}

#[tokio::test]
async fn a_request_given_up_leaves_no_valid_number() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();

    station
        .tell(
            "r",
            RequestEvent::Closed {
                outcome: request::Outcome::Withdrawn,
            },
        )
        .await;

    assert_eq!(office.status(&number).await, "void");
}

#[tokio::test]
async fn a_restart_takes_up_what_was_left_and_gives_nothing_twice() {
    let mut office = Office::open().await;
    let mut station = office.station("gaon-1");
    office.networks.set_mood("people-id", Mood::Hanging);
    station.submit("left", HOUSEHOLD, Some(BITNA), &[]).await;
    office.networks.set_mood("people-id", Mood::Well);

    office.restart().await;
    station.moved_to(&office);

    let documents = station.prepared("left").await;
    assert_eq!(documents.len(), 1);
    office.restart().await;
    station.moved_to(&office);
    assert_eq!(station.prepared("left").await, documents);
}

#[tokio::test]
async fn the_description_names_every_door() {
    let office = Office::open().await;

    let (_, description) = office.get("/openapi.json").await;

    let paths: Vec<&String> = description["paths"].as_object().unwrap().keys().collect();
    assert_eq!(
        paths,
        [
            "/health",
            "/openapi.json",
            "/ready",
            "/v1/archive",
            "/v1/archive/disposals",
            "/v1/board",
            "/v1/board/postings",
            "/v1/board/postings/{id}/decision",
            "/v1/checks",
            "/v1/checks/{check}/desk",
            "/v1/checks/{check}/kiosk",
            "/v1/deliveries",
            "/v1/deliveries/{delivery}",
            "/v1/deliveries/{delivery}/again",
            "/v1/documents/{number}",
            "/v1/documents/{number}/status",
            "/v1/doubts",
            "/v1/doubts/{station}/{incarnation}/{number}",
            "/v1/editions",
            "/v1/editions/{digest}",
            "/v1/knowledge",
            "/v1/knowledge/drafts",
            "/v1/knowledge/{id}/feedback",
            "/v1/knowledge/{id}/retire",
            "/v1/knowledge/{id}/versions",
            "/v1/knowledge/{id}/versions/{version}/approve",
            "/v1/locator",
            "/v1/locator/catalog.jsonld",
            "/v1/locator/catalog.ttl",
            "/v1/locator/{id}",
            "/v1/networks",
            "/v1/offices",
            "/v1/open-data/kiosks",
            "/v1/open-data/kiosks.csv",
            "/v1/open-data/statistics",
            "/v1/open-data/statistics.csv",
            "/v1/papers/lookup",
            "/v1/petitions",
            "/v1/petitions/{request}",
            "/v1/petitions/{request}/assign",
            "/v1/petitions/{request}/extend",
            "/v1/petitions/{request}/files",
            "/v1/petitions/{request}/files/{sha256}",
            "/v1/petitions/{request}/join",
            "/v1/petitions/{request}/reply",
            "/v1/petitions/{request}/separate",
            "/v1/petitions/{request}/transfer",
            "/v1/quarantine",
            "/v1/quarantine/{station}/release",
            "/v1/recipients",
            "/v1/refunds/{code}/spend",
            "/v1/releases/{sha256}",
            "/v1/requests/ask",
            "/v1/requests/{receipt}/status",
            "/v1/rooms",
            "/v1/rooms/{room}/close",
            "/v1/rooms/{room}/desk",
            "/v1/rooms/{room}/kiosk",
            "/v1/rooms/{room}/take",
            "/v1/stations/{station}/announcements",
            "/v1/stations/{station}/bundle",
            "/v1/stations/{station}/certificate",
            "/v1/stations/{station}/commissioning",
            "/v1/stations/{station}/edition",
            "/v1/stations/{station}/entries",
            "/v1/stations/{station}/head",
            "/v1/stations/{station}/heads",
            "/v1/stations/{station}/hello",
            "/v1/stations/{station}/leases",
            "/v1/stations/{station}/publications",
            "/v1/stations/{station}/recovery-key",
            "/v1/stations/{station}/report",
            "/v1/stations/{station}/ticket-key",
            "/v1/tickets/lookup",
            "/v1/training",
            "/v1/trust",
            "/v1/wedged",
            "/v1/wedged/{station}/{incarnation}/{number}",
        ]
    );
    let wire = office.wire("gaon-1");
    let networks = wire.get("/v1/networks", Duration::from_secs(10)).await;
    let networks: Value = serde_json::from_slice(&networks.unwrap()).unwrap();
    assert_eq!(networks["networks"].as_array().map(Vec::len), Some(21));
    assert!(networks["at"].as_i64() >= Some(office::TUESDAY_10_00));
    assert!(matches!(office.get("/v1/trust").await.1, Value::Object(_)));
}

#[test]
fn a_network_that_is_asleep_is_not_asked() {
    let hours = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let catalog = catalog::Catalog::read(&hours).unwrap();
    let family = catalog
        .service(&request::ServiceId::new("family-relations"))
        .unwrap();
    let sunday = request::Timestamp::from_millis(office::TUESDAY_10_00 + 5 * 86_400_000);

    let access = catalog.access(family).unwrap();
    assert!(!access.is_open_at(sunday.local()));
}
