//! Calls in the journal: in order, over a restart, and gone in their time.

#![allow(clippy::unwrap_used)]

use std::{fs, path::PathBuf};

use journal::{CallEntry, Journal, Key};
use privacy::Personal;
use request::{StationId, Timestamp};

fn open(folder: &tempfile::TempDir) -> (Journal, PathBuf) {
    let path = folder.path().join("switch.db");
    let key = Key::from_bytes([3; 32]);
    let journal = Journal::open(&path, StationId::new("switch-1"), &key).unwrap();
    (journal, path)
}

fn fact(call: u64, body: &str, millis: i64) -> CallEntry {
    let body = Personal::new(body.to_owned());
    let at = at(millis);
    CallEntry::Fact { call, at, body }
}

fn place(call: u64, body: &str) -> CallEntry {
    let body = Personal::new(body.to_owned());
    CallEntry::Place { call, body }
}

fn plain(bodies: Vec<Personal<String>>) -> Vec<String> {
    bodies.iter().map(|it| it.reveal().clone()).collect()
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

#[test]
fn who_waits_is_known_after_a_restart_and_no_call_has_an_old_number() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(&folder);
    assert_eq!(journal.next_call().unwrap(), 1);
    journal
        .write_calls(&[fact(1, "a", 1), place(1, "waits"), place(2, "waits")])
        .unwrap();
    let gone = CallEntry::PlaceGone { call: 2 };
    journal
        .write_calls(&[place(1, "talks"), gone, fact(1, "b", 2)])
        .unwrap();
    drop(journal);

    let (journal, _) = open(&folder);

    assert_eq!(plain(journal.call_places().unwrap()), ["talks"]);
    assert_eq!(plain(journal.call_facts(1).unwrap()), ["a", "b"]);
    assert_eq!(journal.next_call().unwrap(), 3);
}

#[test]
fn what_is_old_goes_and_numbers_stay_used() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, path) = open(&folder);
    journal.write_calls(&[fact(7, "old", 10)]).unwrap();
    journal.write_calls(&[fact(7, "new", 20)]).unwrap();

    assert_eq!(journal.erase_calls(at(20)).unwrap(), 1);

    assert_eq!(plain(journal.call_facts(7).unwrap()), ["new"]);
    assert_eq!(journal.next_call().unwrap(), 8);
    let log = path.with_extension("db-wal");
    assert_eq!(fs::metadata(log).map_or(0, |it| it.len()), 0);
}

#[test]
fn all_calls_are_read_from_a_moment_on_in_the_order_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(&folder);
    let entries = [fact(2, "early", 9), fact(2, "b", 10), fact(1, "a", 11)];
    journal.write_calls(&entries).unwrap();

    let facts = journal.call_facts_since(at(10)).unwrap();

    let told: Vec<_> = facts
        .iter()
        .map(|it| (it.call, it.at, it.body.reveal().as_str()))
        .collect();
    assert_eq!(told, [(2, at(10), "b"), (1, at(11), "a")]);
}
