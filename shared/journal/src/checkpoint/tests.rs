//! A journal is audited against what was signed while it was whole.

#![allow(clippy::unwrap_used)]

use request::{RequestEvent, StationId};
use rusqlite::Connection;
use sync::{Finding, Wrong};

use super::*;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn journal(entries: u64) -> Journal {
    let mut journal = Journal::in_memory(StationId::new("gaon-1")).unwrap();
    for number in 1..=entries {
        let event = RequestEvent::CoinTaken { value_won: 100 };
        let id = RequestId::new(format!("r-{}", number / 4));
        journal
            .append(&id, &event, at(number.cast_signed()))
            .unwrap();
    }
    journal
}

fn co_sign(journal: &Journal) -> CoSignedHead {
    let newest = journal.head().number;
    let signed = journal.sign_head(newest, &KeyPair::generate(), at(7));
    CoSignedHead::sign(signed.unwrap().unwrap(), at(8), &KeyPair::generate())
}

/// Somebody with the file's key and a database tool; what the schema refuses is
/// dropped first.
fn tamper(connection: &Connection, sql: &str) {
    connection
        .execute_batch(&format!(
            "PRAGMA ignore_check_constraints = ON;
             DROP TRIGGER entry_is_never_deleted; DROP TRIGGER entry_is_never_altered; {sql}"
        ))
        .unwrap();
}

#[test]
fn the_first_entry_that_was_tampered_with_in_the_file_is_named() {
    for (sql, number, wrong) in [
        (
            "UPDATE entry SET body = '{}' WHERE number = 5",
            5,
            Wrong::Body,
        ),
        (
            "UPDATE entry SET salt = zeroblob(16) WHERE number = 5",
            5,
            Wrong::Body,
        ),
        (
            "UPDATE entry SET recorded_at = 0 WHERE number = 5",
            5,
            Wrong::Link,
        ),
        (
            "UPDATE entry SET request_id = 's' WHERE number = 5",
            5,
            Wrong::Link,
        ),
        (
            "UPDATE entry SET hash = zeroblob(32) WHERE number = 5",
            5,
            Wrong::Link,
        ),
        (
            "UPDATE entry SET salt = NULL, body = NULL, commitment = zeroblob(32)
             WHERE number = 5",
            5,
            Wrong::Link,
        ),
        ("DELETE FROM entry WHERE number = 5", 5, Wrong::Missing),
        ("DELETE FROM entry WHERE number = 1", 1, Wrong::Missing),
        (
            "DELETE FROM entry WHERE number > 6",
            7,
            Wrong::Shortened { signed: 9 },
        ),
        ("DELETE FROM entry", 1, Wrong::Shortened { signed: 9 }),
        (
            "UPDATE entry SET number = -5 WHERE number = 5;
             UPDATE entry SET number = 5 WHERE number = 6;
             UPDATE entry SET number = 6 WHERE number = -5",
            5,
            Wrong::Link,
        ),
        (
            "INSERT INTO entry SELECT 10, request_id, recorded_at, salt, body, commitment, hash
             FROM entry WHERE number = 9",
            10,
            Wrong::Link,
        ),
    ] {
        let journal = journal(9);
        let signed = journal.head().clone();

        tamper(&journal.connection, sql);

        let finding = journal.audit([signed]).unwrap().finding;
        assert_eq!(finding, Some(Finding { number, wrong }), "{sql}");
    }
}

#[test]
fn a_whole_journal_agrees_with_all_its_checkpoints() {
    let mut journal = journal(0);
    for number in 1..=20 {
        let event = RequestEvent::CoinTaken { value_won: 100 };
        journal
            .append(&RequestId::new("r"), &event, at(number))
            .unwrap();
        if number % 7 == 0 {
            journal.keep_checkpoint(&co_sign(&journal)).unwrap();
        }
    }

    let kept = journal.checkpoints().unwrap();
    let heads: Vec<Head> = kept.iter().map(|it| it.head().clone()).collect();
    let audited = journal.audit(heads.clone()).unwrap();

    assert_eq!(
        heads.iter().map(|it| it.number).collect::<Vec<_>>(),
        [7, 14]
    );
    assert_eq!((audited.finding, &audited.head), (None, journal.head()));
}

#[test]
fn a_head_of_another_journal_is_not_kept() {
    let mut ours = journal(9);
    let theirs = journal(9);

    let refused = ours.keep_checkpoint(&co_sign(&theirs));

    assert!(matches!(refused, Err(Error::ForeignHead(9))));
    assert_eq!(ours.checkpoints().unwrap(), []);
}
