//! A copy that never came out is made anew, under another number.

use request::{DocumentNumber, NetworkFault, RequestEvent, SpoilReason};
use sandbox::Mood;

use super::{BITNA, HOUSEHOLD, office::Office, station::Station};

fn denied(number: &DocumentNumber) -> RequestEvent {
    RequestEvent::Spoiled {
        number: number.clone(),
        reason: SpoilReason::NotReceived,
    }
}

fn asked(number: &DocumentNumber) -> RequestEvent {
    RequestEvent::ReplacementAsked {
        number: number.clone(),
    }
}

/// Prints the only copy of a request, which does not come out.
async fn lost_copy(station: &mut Station) -> DocumentNumber {
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();
    station
        .tell(
            "r",
            RequestEvent::IssueBegun {
                number: number.clone(),
            },
        )
        .await;
    station.tell("r", denied(&number)).await;
    number
}

#[tokio::test]
async fn the_old_number_is_void_before_the_new_one_is_made() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let void = lost_copy(&mut station).await;
    assert_eq!(office.status(&void).await, "void");

    station.tell("r", asked(&void)).await;
    let told = station.told_after(1).await;

    let RequestEvent::Replaced { number, document } = &told else {
        panic!("not replaced: {told:?}");
    };
    assert_eq!(*number, void);
    assert_ne!(document.number, void);
    assert_eq!(office.status(&void).await, "void");
    assert_eq!(office.status(&document.number).await, "valid");
    assert!(station.document(&document.number).await.is_some());
}

#[tokio::test]
async fn what_is_confirmed_by_the_citizen_stays_valid_when_the_request_ends() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();

    for event in [
        RequestEvent::IssueBegun {
            number: number.clone(),
        },
        RequestEvent::PaperConfirmed {
            number: number.clone(),
        },
        RequestEvent::Closed {
            outcome: request::Outcome::Done,
        },
    ] {
        station.tell("r", event).await;
    }

    assert_eq!(office.status(&number).await, "valid");
}

#[tokio::test]
async fn a_replacement_that_was_never_issued_is_void_when_the_request_ends() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let void = lost_copy(&mut station).await;
    station.tell("r", asked(&void)).await;
    let told = station.told_after(1).await;
    let RequestEvent::Replaced { document, .. } = &told else {
        panic!("not replaced: {told:?}");
    };

    let outcome = request::Outcome::Failed;
    station.tell("r", RequestEvent::Closed { outcome }).await;

    assert_eq!(office.status(&document.number).await, "void");
}

#[tokio::test]
async fn a_network_that_fails_meanwhile_is_told_and_not_waited_for() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    let void = lost_copy(&mut station).await;
    office.networks.set_mood("people-id", Mood::Away);

    station.tell("r", asked(&void)).await;
    let told = station.told_after(1).await;

    let fault = NetworkFault::Unreachable;
    assert_eq!(told, RequestEvent::AttemptFailed { fault });
}
