//! Digests of numbers, reliance in time, and what is erased when.

#![allow(clippy::unwrap_used)]

use request::AgentId;
use vouching::{Ground, Seat};

use super::*;

const MORNING: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const NUMBER: &str = "9001012990014";

fn number(digits: &str) -> ResidentNumber {
    ResidentNumber::parse(digits).unwrap()
}

fn opened(store: &Store, check: &str) -> NewCheck {
    let new = NewCheck {
        check: CheckId::new(check),
        kiosk: StationId::new("gaon-1"),
        request: RequestId::new("gaon-1-1"),
        service: ServiceId::new("job-seeking"),
        subject: store.check_subject(&number(NUMBER)).unwrap(),
    };
    let fact = CheckFact::Taken { seat: seat() };
    let tries = Tries {
        per_number: 9,
        per_kiosk: 9,
    };
    store
        .open_check(&new, &fact, tries, MORNING)
        .unwrap()
        .unwrap();
    new
}

fn seat() -> Seat {
    Seat {
        desk: StationId::new("desk-1"),
        agent: AgentId::new("kim.2"),
    }
}

fn agreed() -> [CheckFact; 1] {
    let ground = Ground::LogRead;
    [CheckFact::Agreed {
        seat: seat(),
        ground,
    }]
}

#[test]
fn a_number_is_the_same_digest_in_one_store_and_another_in_every_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = |name: &str| Store::open(&folder.path().join(name)).unwrap();
    let (one, other) = (store("one"), store("other"));
    let of = |store: &Store, digits| store.check_subject(&number(digits)).unwrap();

    assert!(of(&one, NUMBER) == of(&one, NUMBER));
    assert!(of(&one, NUMBER) != of(&one, "9101041100214"));
    assert!(of(&one, NUMBER) != of(&other, NUMBER));
}

#[test]
fn a_request_relies_on_a_check_in_time_and_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("store")).unwrap();
    let term = Duration::from_secs(1_800);
    let relies =
        |new: &NewCheck, after: Duration| store.rely_on_check(new, term, MORNING + after).unwrap();
    let early = opened(&store, "early");
    let late = opened(&store, "late");
    assert!(!relies(&early, Duration::ZERO));
    for check in [&early, &late] {
        let passed = store.append_to_check(&check.check, &agreed(), MORNING);
        passed.unwrap();
    }

    assert!(relies(&early, term - Duration::from_secs(1)));
    assert!(relies(&early, DAY));
    assert!(!relies(&late, term));
    let other = NewCheck {
        request: RequestId::new("gaon-1-2"),
        ..early
    };
    assert!(!relies(&other, Duration::ZERO));
}

#[test]
fn a_number_goes_after_a_day_and_the_check_after_its_services_term() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("store")).unwrap();
    let new = opened(&store, "check");
    let month = Duration::from_hours(24 * 30);
    let erase = |after: Duration| {
        let erased = store.erase_finished(&|_, _| month, MORNING + after);
        erased.unwrap().facts
    };

    assert_eq!(erase(DAY - Duration::from_secs(1)), 0);
    assert!(store.is_check_of(&new.check, new.subject).unwrap());
    assert_eq!(erase(DAY), 1);
    assert!(!store.is_check_of(&new.check, new.subject).unwrap());
    assert_eq!(store.check_facts(&new.check).unwrap().len(), 1);
    assert_eq!(erase(month), 1);
    assert_eq!(store.check_facts(&new.check).unwrap(), []);
}

#[test]
fn tries_are_counted_within_a_day_by_number_and_by_kiosk() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("store")).unwrap();
    let open = |check: &str, digits: &str, after: Duration| {
        let new = NewCheck {
            check: CheckId::new(check),
            kiosk: StationId::new("gaon-1"),
            request: RequestId::new(check),
            service: ServiceId::new("job-seeking"),
            subject: store.check_subject(&number(digits)).unwrap(),
        };
        let fact = CheckFact::Taken { seat: seat() };
        let tries = Tries {
            per_number: 2,
            per_kiosk: 3,
        };
        store
            .open_check(&new, &fact, tries, MORNING + after)
            .unwrap()
    };
    let (at_once, other) = (Duration::ZERO, "9101041100214");
    assert_eq!(open("1", NUMBER, at_once), Ok(()));
    let by = CheckEnding::NetworkAway;
    let ended = [CheckFact::Ended { by }];
    let id = CheckId::new("1");
    store.append_to_check(&id, &ended, MORNING).unwrap();

    assert_eq!(open("2", NUMBER, at_once), Ok(()));
    assert_eq!(open("3", NUMBER, at_once), Ok(()));
    let again = open("4", NUMBER, at_once);
    assert_eq!(again, Err(CheckRefusal::TooManyTries));
    assert_eq!(open("5", other, at_once), Ok(()));
    assert_eq!(open("6", other, at_once), Err(CheckRefusal::KioskTries));
    assert_eq!(open("7", NUMBER, DAY), Ok(()));
}
