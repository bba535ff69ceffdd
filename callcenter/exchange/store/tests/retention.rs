//! What the exchange still knows of people when their requests are long over.

#![allow(clippy::unwrap_used)]

#[path = "retention/citizens.rs"]
mod citizens;
#[path = "retention/logs.rs"]
mod logs;

use std::time::Duration;

use citizens::{DAY, Desk, IDENTITY_DAYS, NAMES, PDF_DAYS};
use ledger::{Paper, Verdict};
use request::{Outcome, RequestEvent, RequestId};
use sync::{Answer, Content, Greeting};

#[test]
fn when_everything_is_over_no_file_of_the_store_names_anybody() {
    let desk = Desk::new();
    let mut station = desk.station("gaon-1");
    for citizen in 0..NAMES.len() {
        station.serve(&desk, citizen);
    }
    let before = desk.found();
    assert_eq!(before.len(), NAMES.len() * 3 + 1, "{before:?}");

    desk.erase_after(DAY * (IDENTITY_DAYS + 1));

    assert_eq!(desk.found(), [""; 0]);
    let (survey, faults) = desk.survey();
    assert_eq!(faults, [], "chains and documents still hold");
    assert_eq!(survey.documents.finished, NAMES.len() as u64);
    assert_eq!(survey.documents.without_pages, NAMES.len() as u64);
    assert_eq!(desk.store.paper("2611-0").unwrap(), Paper::Valid);
    assert_eq!(desk.store.pdf("2611-0").unwrap(), None);
    let request = desk.store.request(&RequestId::new("r0")).unwrap().unwrap();
    assert!(request.applicant.is_none());
    assert_eq!(request.fee.unwrap().unit_won, 200, "money names nobody");
}

#[test]
fn each_kind_of_fact_goes_when_its_own_term_is_over() {
    let desk = Desk::new();
    desk.station("gaon-1").serve(&desk, 0);

    let nothing = desk.erase_after(DAY * PDF_DAYS - Duration::from_millis(1));
    let pages = desk.erase_after(DAY * PDF_DAYS);
    let found = desk.found();
    let again = desk.erase_after(DAY * PDF_DAYS);
    desk.erase_after(DAY * IDENTITY_DAYS);

    assert_eq!((nothing.requests, nothing.anything()), (1, false));
    assert_eq!((pages.documents, pages.facts), (1, 0));
    assert_eq!(found, [NAMES[0].0, NAMES[0].1, NAMES[0].2]);
    assert_eq!(again.requests, 0, "it is not looked at again and again");
    assert_eq!(desk.found(), [""; 0]);
}

#[test]
fn a_request_that_was_never_submitted_is_forgotten_at_once() {
    let desk = Desk::new();
    let mut station = desk.station("gaon-1");
    station.open(1);
    station.identify(1);
    station.close(1, Outcome::Withdrawn);
    station.offer_all(&desk);

    desk.erase_after(Duration::ZERO);

    assert_eq!(desk.found(), [""; 0]);
}

#[test]
fn what_is_not_finished_stays_as_it_is() {
    let desk = Desk::new();
    let mut station = desk.station("gaon-1");
    station.open(0);
    station.identify(0);
    station.record(0, &RequestEvent::Submitted);
    // Closed, and an entry that came after it waits for a person.
    station.open(1);
    station.identify(1);
    station.close(1, Outcome::Withdrawn);
    station.record(1, &RequestEvent::ReceiptPrinted);
    // Queued, and the exchange still tries.
    station.queue(2);
    station.offer_all(&desk);
    let before = desk.found();

    let erased = desk.erase_after(DAY * (IDENTITY_DAYS + 1));

    assert!(!erased.anything());
    assert_eq!(desk.found(), before);
}

#[test]
fn a_claim_ticket_keeps_its_request_until_it_is_collected_or_everything_is_over() {
    let desk = Desk::new();
    let mut station = desk.station("gaon-1");
    station.queue(0);
    station.offer_all(&desk);
    let id = RequestId::new("r0");
    let record = format!(r#"{{"name":"{}"}}"#, NAMES[0].0);
    desk.store.keep_result(&id, &record, desk.now()).unwrap();
    desk.store.end_job(&id).unwrap();

    let kept = desk.erase_after(DAY * (IDENTITY_DAYS - 1));
    let there = desk.store.claim("1111222233334444").unwrap().unwrap();
    assert!(!kept.anything());
    assert_eq!(there.record.unwrap(), record);
    assert!(there.request.applicant.is_some());
    let over = desk.erase_after(DAY * (IDENTITY_DAYS + 1));

    assert_eq!(over.claims, 1);
    assert_eq!(desk.found(), [""; 0]);
    assert!(desk.store.claim("1111222233334444").unwrap().is_none());
}

#[test]
fn an_entry_that_was_erased_is_known_again_by_its_commitment() {
    let desk = Desk::new();
    let mut station = desk.station("gaon-1");
    station.serve(&desk, 0);
    desk.erase_after(DAY * (IDENTITY_DAYS + 1));

    let hello = station.hello(&desk);
    let whole = station.offer_all(&desk);
    station.forget();
    let erased = station.offer_all(&desk);

    assert!(matches!(hello, Greeting::Welcome(_)), "{hello:?}");
    let all = Answer::Acknowledged(station.head());
    assert_eq!((whole, erased), (all, all));
    assert_eq!(desk.found(), [""; 0], "and is not written down anew");
    assert!(desk.store.quarantined().unwrap().is_empty());
}

#[test]
fn what_waited_for_a_person_or_was_kept_aside_is_erased_too() {
    let desk = Desk::new();
    let mut station = desk.station("gaon-1");
    // Identified although it was never opened, and discarded; then the same once
    // more of a closed request, and applied.
    station.identify(0);
    station.open(1);
    station.record(1, &RequestEvent::Submitted);
    station.close(1, Outcome::Withdrawn);
    station.identify(1);
    station.offer_all(&desk);
    for (number, verdict) in [(1, Verdict::Discard), (5, Verdict::Apply)] {
        let incarnation = station.incarnation();
        desk.store
            .settle(
                &station.id,
                &incarnation,
                number,
                verdict,
                "kim",
                desk.now(),
            )
            .unwrap();
    }
    station.fork(&desk);
    station.open(2);
    station.identify(2);
    station.record(2, &RequestEvent::Submitted);
    assert_eq!(station.offer_all(&desk), Answer::KeptAside(station.head()));
    assert!(desk.found().contains(&NAMES[2].0));

    desk.erase_after(DAY * (IDENTITY_DAYS + 1));
    assert!(desk.found().contains(&NAMES[2].0), "while in quarantine");
    assert!(desk.store.release(&station.id, "kim", desk.now()).unwrap());
    desk.erase_after(DAY * (IDENTITY_DAYS + 1));

    assert_eq!(desk.found(), [""; 0]);
    let aside = desk.aside().into_iter();
    let erased = aside.filter(|it| matches!(it.content, Content::Erased { .. }));
    assert_eq!(erased.count(), 3, "and what names nobody is there");
    assert_eq!(desk.survey().1, []);
}
