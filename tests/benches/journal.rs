//! Durable appends per second: the journal beside SQLite's own limit, in one run.
//!
//! The raw limit is the same row inserted by SQLite in the same mode (WAL,
//! `synchronous=FULL`, `psow=0`) on the same disk; the ratio is what counts.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use journal::Journal;
use request::{RequestEvent, RequestId, StationId, Timestamp};
use rusqlite::{Connection, OpenFlags};

const APPENDS: u32 = 2_000;
const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::temp_dir().join(format!("minwon-journal-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut rounds: Vec<(f64, f64)> = Vec::new();
    for round in 0..ROUNDS {
        let raw = raw(&folder.join(format!("raw-{round}.sqlite")));
        let ours = ours(&folder.join(format!("journal-{round}.sqlite")));
        rounds.push((rate(raw), rate(ours)));
    }
    std::fs::remove_dir_all(&folder).unwrap();

    let mut ratios: Vec<f64> = rounds.iter().map(|(raw, ours)| ours / raw).collect();
    ratios.sort_by(f64::total_cmp);
    println!("journal: durable appends, {APPENDS} a round, one transaction each");
    for (raw, ours) in &rounds {
        println!(
            "  raw SQLite {raw:>7.0}/s   journal {ours:>7.0}/s   ratio {:.2}",
            ours / raw
        );
    }
    println!("  median ratio {:.2}", ratios[ROUNDS / 2]);
}

fn rate(elapsed: Duration) -> f64 {
    f64::from(APPENDS) / elapsed.as_secs_f64()
}

fn ours(file: &Path) -> Duration {
    let mut journal = Journal::open(file, StationId::new("bench")).unwrap();
    let (request, event) = (
        RequestId::new("bench-1"),
        RequestEvent::CoinTaken { value_won: 100 },
    );
    let start = Instant::now();
    for number in 0..APPENDS {
        let now = Timestamp::from_millis(i64::from(number));
        journal.append(&request, &event, now).unwrap();
    }
    start.elapsed()
}

fn raw(file: &Path) -> Duration {
    let uri = format!("file:{}?psow=0", file.display());
    let connection = Connection::open_with_flags(uri, OpenFlags::default()).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE row (sequence INTEGER PRIMARY KEY AUTOINCREMENT, request TEXT, at INTEGER, event TEXT) STRICT;",
        )
        .unwrap();
    let mut insert = connection
        .prepare("INSERT INTO row (request, at, event) VALUES (?1, ?2, ?3)")
        .unwrap();
    let start = Instant::now();
    for number in 0..APPENDS {
        insert
            .execute((
                "bench-1",
                number,
                r#"{"type":"coin_taken","value_won":100}"#,
            ))
            .unwrap();
    }
    start.elapsed()
}
