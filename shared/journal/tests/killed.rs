//! A process that is killed while it writes loses nothing it has acknowledged.
//!
//! SIGKILL leaves the page cache alive: this is the death of the process, not
//! of the power supply.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use journal::{Journal, Key};
use request::{RequestEvent, RequestId, StationId, Timestamp};

const JOURNAL: &str = "MINWON_TEST_JOURNAL";
const DEATHS: u64 = 20;

/// Appends for ever; says each number when the journal has it.
#[test]
#[ignore = "the process that is killed by the test below"]
fn a_writer_that_never_ends() {
    let path = PathBuf::from(std::env::var_os(JOURNAL).unwrap());
    let mut journal =
        Journal::open(&path, StationId::new("gaon-1"), &Key::from_bytes([7; 32])).unwrap();
    let mut out = std::io::stdout();
    loop {
        let event = RequestEvent::CoinTaken { value_won: 100 };
        let id = RequestId::new("gaon-1-261124-000001");
        let number = journal.append(&id, &event, Timestamp::default()).unwrap();
        writeln!(out, "has {number}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn nothing_acknowledged_is_lost_by_a_process_that_is_killed() {
    let folder = std::env::temp_dir().join(format!("minwon-killed-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("journal.db");
    let mut last = 0;

    for death in 0..DEATHS {
        let (mut writer, mut lines) = start(&path);
        // After 1 to 29 entries, and at whatever instruction it stands then.
        let entries = 1 + death * 13 % 29;
        for _ in 0..entries {
            last = next_number(&mut lines).unwrap();
        }
        writer.kill().unwrap();
        while let Some(number) = next_number(&mut lines) {
            last = number;
        }
        writer.wait().unwrap();

        let journal =
            Journal::open(&path, StationId::new("gaon-1"), &Key::from_bytes([7; 32])).unwrap();
        let pending = journal.pending(0, u32::MAX).unwrap();
        let kept = u64::try_from(pending.len()).unwrap();
        assert!(kept >= last, "had said {last}, has {kept}");
        for (entry, number) in pending.iter().zip(1..) {
            assert_eq!(entry.number, number);
        }
    }

    assert!(last > DEATHS);
    fs::remove_dir_all(folder).unwrap();
}

fn start(path: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_writer_that_never_ends", "--ignored"])
        .env(JOURNAL, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(writer.stdout.take().unwrap());
    (writer, lines)
}

/// The next number the writer has said; none when it is dead.
fn next_number(lines: &mut BufReader<ChildStdout>) -> Option<u64> {
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        // A line cut short by death was not said; the harness says things too.
        if let Some(number) = line
            .strip_suffix('\n')
            .and_then(|line| line.strip_prefix("has "))
        {
            return Some(number.parse().unwrap());
        }
    }
}
