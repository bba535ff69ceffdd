//! Answers to petitions in the journal: over a restart, one for each, and gone without
//! a trace.

#![allow(clippy::unwrap_used)]

use std::{fs, path::PathBuf};

use journal::{Journal, Key, WrittenReply};
use privacy::Personal;
use request::{Decision, RequestId, StationId, Timestamp};

fn open(folder: &tempfile::TempDir) -> (Journal, PathBuf) {
    let path = folder.path().join("desk.db");
    let key = Key::from_bytes([3; 32]);
    let journal = Journal::open(&path, StationId::new("desk-1"), &key).unwrap();
    (journal, path)
}

fn reply(request: &str, millis: i64, text: &str) -> WrittenReply {
    WrittenReply {
        request: RequestId::new(request),
        agent: "kim.2".to_owned(),
        written_at: Timestamp::from_millis(millis),
        text: Personal::new(text.to_owned()),
        decision: (millis == 2).then_some(Decision::PartlyDisclosed),
    }
}

#[test]
fn answers_outlive_a_restart_in_the_order_in_which_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(&folder);
    journal.write_reply(&reply("post-1-b", 1, "first")).unwrap();
    journal
        .write_reply(&reply("post-1-a", 2, "second"))
        .unwrap();
    drop(journal);

    let (journal, _) = open(&folder);

    let expected = [
        reply("post-1-b", 1, "first"),
        reply("post-1-a", 2, "second"),
    ];
    assert_eq!(journal.replies().unwrap(), expected);
    assert_eq!(journal.head().number, 0, "they are nobody's entries");
}

#[test]
fn another_answer_to_a_petition_takes_the_place_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(&folder);

    journal.write_reply(&reply("post-1-a", 1, "first")).unwrap();
    journal
        .write_reply(&reply("post-1-a", 2, "better"))
        .unwrap();

    assert_eq!(journal.replies().unwrap(), [reply("post-1-a", 2, "better")]);
}

#[test]
fn an_answer_the_exchange_has_is_gone_and_the_log_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, path) = open(&folder);
    journal.write_reply(&reply("post-1-a", 1, "first")).unwrap();
    journal.write_reply(&reply("post-1-b", 2, "other")).unwrap();

    journal.erase_reply(&RequestId::new("post-1-a")).unwrap();

    assert_eq!(journal.replies().unwrap(), [reply("post-1-b", 2, "other")]);
    let log = path.with_file_name("desk.db-wal");
    assert_eq!(fs::metadata(log).map_or(0, |it| it.len()), 0);
}
