//! A journal of schema version 1, as a kiosk left it: it still opens and says the same.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use journal::{Journal, Key};
use request::{Outcome, RequestEvent, RequestId, Stage, StationId, Timestamp};
use sync::{Head, Incarnation};

const REQUEST: &str = "gaon-1-261124-000001";

/// Every entry follows from the one before, up to the head.
fn assert_chained(journal: &Journal) {
    let mut head = Head::genesis(StationId::new("gaon-1"), Incarnation::first());
    for entry in journal.entries(0, u32::MAX).unwrap() {
        head = head.after(&entry.request, entry.recorded_at, &entry.commitment());
    }
    assert_eq!(head, *journal.head());
}

/// The frozen file itself is not touched.
fn copy(name: &str) -> std::path::PathBuf {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/journal-1.db");
    let folder = std::env::temp_dir().join(format!("minwon-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("journal.db");
    fs::copy(frozen, &path).unwrap();
    path
}

#[test]
fn a_journal_of_the_first_schema_still_opens_and_says_the_same() {
    let path = copy("frozen");
    let journal =
        Journal::open(&path, StationId::new("gaon-1"), &Key::from_bytes([7; 32])).unwrap();

    let id = RequestId::new(REQUEST);
    let events = journal.events(&id).unwrap();
    assert_eq!(events.len(), 8);
    assert!(
        matches!(&events[1], RequestEvent::Answered { answer, .. } if answer.reveal() == "12-3")
    );
    let request = journal.request(&id).unwrap().unwrap();
    assert_eq!(request.stage, Stage::Closed(Outcome::Failed));
    assert_eq!(request.money.taken_won, 0);
    assert_eq!(
        (journal.received().unwrap(), journal.acknowledged().unwrap()),
        (1, 4)
    );
    let pending: Vec<u64> = journal
        .pending(4, 100)
        .unwrap()
        .iter()
        .map(|it| it.number)
        .collect();
    assert_eq!(pending, [5, 6, 7, 8, 9]);
    assert_eq!(
        journal.open_requests().unwrap(),
        [RequestId::new("gaon-1-261124-000002")]
    );
    // The exchange's answer stands where it came, between two entries.
    assert!(matches!(events[4], RequestEvent::Submitted));
    assert!(matches!(events[5], RequestEvent::Prepared { .. }));
    assert!(matches!(events[6], RequestEvent::Spoiled { .. }));
    assert_chained(&journal);
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn a_journal_of_the_first_schema_is_written_on() {
    let path = copy("written-on");
    let mut journal =
        Journal::open(&path, StationId::new("gaon-1"), &Key::from_bytes([7; 32])).unwrap();

    let outcome = Outcome::Withdrawn;
    let id = RequestId::new("gaon-1-261124-000002");
    let now = Timestamp::from_millis(1_795_480_300_000);
    let number = journal
        .append(&id, &RequestEvent::Closed { outcome }, now)
        .unwrap();

    assert_eq!(number, 10);
    assert_chained(&journal);
    assert_eq!(journal.open_requests().unwrap(), []);
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}
