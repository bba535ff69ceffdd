//! What devices had counted goes with the entry it was noted for, or not at all.

#![allow(clippy::unwrap_used)]

mod opened;

use std::collections::BTreeMap;

use journal::Journal;
use request::{Outcome, RequestEvent, RequestId, StationId, Timestamp};

use opened::opened;

const NOW: Timestamp = Timestamp::from_millis(1_795_480_200_000);

fn counted(count: u64) -> BTreeMap<String, u64> {
    BTreeMap::from([("coin_events".to_owned(), count)])
}

/// A journal with one entry and counters noted for it.
fn journal() -> (Journal, RequestId) {
    let mut journal = Journal::in_memory(StationId::new("gaon-1")).unwrap();
    let id = RequestId::new("r");
    journal
        .note_device_counters("cash", &id, &counted(3))
        .unwrap();
    journal.append(&id, &opened(), NOW).unwrap();
    (journal, id)
}

fn coins(journal: &mut Journal) -> Option<u64> {
    let found = journal.device_counters("cash").unwrap()?;
    assert_eq!(found.request, RequestId::new("r"));
    found.counters.get("coin_events").copied()
}

#[test]
fn counters_whose_entry_was_written_are_found() {
    let (mut journal, _) = journal();

    assert_eq!(coins(&mut journal), Some(3));
    assert_eq!(journal.device_counters("document_printer").unwrap(), None);
}

#[test]
fn counters_whose_entry_never_came_leave_the_ones_before_in_force() {
    let (mut journal, id) = journal();

    journal
        .note_device_counters("cash", &id, &counted(4))
        .unwrap();

    assert_eq!(coins(&mut journal), Some(3));
}

#[test]
fn another_entry_does_not_take_over_counters_that_were_dropped() {
    let (mut journal, id) = journal();
    journal
        .note_device_counters("cash", &id, &counted(4))
        .unwrap();
    assert_eq!(coins(&mut journal), Some(3));

    let outcome = Outcome::Withdrawn;
    journal
        .append(&id, &RequestEvent::Closed { outcome }, NOW)
        .unwrap();

    assert_eq!(coins(&mut journal), Some(3));
}

#[test]
fn the_newest_counters_of_a_device_are_the_ones_in_force() {
    let (mut journal, id) = journal();
    for count in 4..50 {
        journal
            .note_device_counters("cash", &id, &counted(count))
            .unwrap();
        journal.append(&id, &RequestEvent::Submitted, NOW).unwrap();
    }

    assert_eq!(coins(&mut journal), Some(49));
}
