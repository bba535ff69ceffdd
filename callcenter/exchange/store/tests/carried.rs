//! Parcels against the exchange's real store: which journal they continue.

#![allow(clippy::unwrap_used)]

mod opened;

use std::time::Duration;

use journal::Journal;
use ledger::{NotTaken, Store};
use request::{RequestId, StationId, Timestamp};
use sync::{Answer, Contradiction, Greeting, Hello, KeyPair, Offer, SignedHead};
use tempfile::TempDir;

use opened::opened;

const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const SECOND: Duration = Duration::from_secs(1);

fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
    (folder, store)
}

/// A journal with as many requests that were opened.
fn journal(requests: u32) -> Journal {
    let mut journal = Journal::in_memory(StationId::new("gaon-1")).unwrap();
    for number in 0..requests {
        let life = journal.head().incarnation.as_str().to_owned();
        open(&mut journal, &format!("{life}-{number}"));
    }
    journal
}

fn open(journal: &mut Journal, request: &str) {
    let opened = opened(&journal.head().station);
    journal
        .append(&RequestId::new(request), &opened, NOW)
        .unwrap();
}

/// What was written down after an entry comes by hand; how much of it was known.
fn carry(store: &Store, journal: &Journal, after: u64, at: Timestamp) -> Result<u64, NotTaken> {
    let signed = SignedHead::sign(journal.head().clone(), at, &KeyPair::generate());
    let before = journal.hash_at(after).unwrap().unwrap();
    let entries = journal.entries(after, 1000).unwrap();
    let taken = store.take_parcel(&signed, before, entries, NOW).unwrap();
    taken.map(|it| it.known)
}

fn hello(store: &Store, journal: &Journal) -> Greeting {
    let hello = Hello {
        head: journal.head().clone(),
        received: 0,
        release: "test".to_owned(),
        finding: None,
    };
    store.greet(&hello, NOW).unwrap()
}

fn held(store: &Store, journal: &Journal) -> u64 {
    let head = journal.head();
    store.held(&head.station, &head.incarnation).unwrap()
}

#[test]
fn by_hand_and_over_the_line_are_one_sequence() {
    let (_folder, store) = store();
    let mut journal = journal(3);
    assert_eq!(carry(&store, &journal, 0, NOW), Ok(0));
    open(&mut journal, "a");
    let Greeting::Welcome(welcome) = hello(&store, &journal) else {
        panic!("not welcome");
    };
    assert_eq!(welcome.acknowledged, 3);
    let offer = Offer {
        speaker: journal.head().incarnation.clone(),
        before: journal.hash_at(3).unwrap().unwrap(),
        entries: journal.entries(3, 1000).unwrap(),
    };
    let station = StationId::new("gaon-1");
    let answer = store.take(&station, &offer, NOW).unwrap().unwrap().answer;
    assert_eq!(answer, Answer::Acknowledged(4));
    open(&mut journal, "b");

    assert_eq!(carry(&store, &journal, 2, NOW), Ok(2));
    assert_eq!(carry(&store, &journal, 0, NOW), Ok(5));
    assert_eq!(held(&store, &journal), 5);
}

#[test]
fn what_is_missing_before_a_parcel_is_named_and_begins_no_journal() {
    let (_folder, store) = store();
    let journal = journal(3);

    assert_eq!(carry(&store, &journal, 1, NOW), Err(NotTaken::TooEarly(0)));

    assert_eq!(held(&store, &journal), 0);
    // Its first hello still begins it.
    assert!(matches!(hello(&store, &journal), Greeting::Welcome(_)));
}

#[test]
fn a_journal_that_was_replaced_tells_its_rest_and_does_not_come_back() {
    let (_folder, store) = store();
    let (mut old, forgotten, new) = (journal(2), journal(2), journal(2));
    hello(&store, &old);
    assert_eq!(carry(&store, &old, 0, NOW), Ok(0));
    assert_eq!(
        carry(&store, &new, 0, NOW + SECOND),
        Ok(0),
        "closed after the old one was heard"
    );
    open(&mut old, "the-last");

    assert_eq!(carry(&store, &old, 2, NOW), Ok(0));
    let before = Timestamp::from_millis(NOW.as_millis() - 1);
    assert_eq!(
        carry(&store, &forgotten, 0, before),
        Err(NotTaken::Superseded)
    );

    assert_eq!((held(&store, &old), held(&store, &forgotten)), (3, 0));
    assert!(
        matches!(hello(&store, &new), Greeting::Welcome(_)),
        "it still speaks"
    );
}

#[test]
fn a_parcel_that_contradicts_what_is_held_puts_its_station_in_quarantine() {
    let (_folder, store) = store();
    let journal = journal(3);
    assert_eq!(carry(&store, &journal, 0, NOW), Ok(0));
    let mut entries = journal.entries(0, 1000).unwrap();
    entries[2].recorded_at = NOW + SECOND;
    let before = journal.hash_at(0).unwrap().unwrap();
    let mut head = journal.head().clone();
    head.hash = journal.hash_at(2).unwrap().unwrap();
    head.number = 2;
    let head = head.followed_by(&entries[2]);
    let signed = SignedHead::sign(head, NOW, &KeyPair::generate());

    let forked = store.take_parcel(&signed, before, entries, NOW).unwrap();

    assert_eq!(forked.unwrap_err(), NotTaken::Forked);
    assert_eq!(store.quarantined().unwrap().len(), 1);
    let refused = NotTaken::InQuarantine(Contradiction::Forked);
    assert_eq!(carry(&store, &journal, 0, NOW), Err(refused));
}
