//! A hundred days without the exchange: a million entries change neither how
//! long a start takes nor how long an entry takes.
//!
//! Short in the ordinary tests; `make endurance` plays all of it, in release.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod opened;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use journal::{Journal, Key, Writer, prioritise_this_thread};
use request::{Outcome, RequestEvent, RequestId, StationId, Timestamp};

use opened::opened;

const ENTRIES: &str = "MINWON_ENDURANCE";
const VISIT: u64 = 20;
const MEASURED: u64 = 1_500;
const ROUNDS: usize = 5;
const WRITERS: u64 = 64;

fn open(path: &Path) -> Journal {
    let key = Key::from_bytes([7; 32]);
    Journal::open(path, StationId::new("gaon-1"), &key).unwrap()
}

fn event(number: u64) -> RequestEvent {
    match number % VISIT {
        0 => opened(),
        19 => RequestEvent::Closed {
            outcome: Outcome::Done,
        },
        _ => RequestEvent::Answered {
            question: "q".to_owned(),
            answer: privacy::Personal::new(format!("{number:0800}")),
        },
    }
}

fn append(journal: &mut Journal, visits: &str, number: u64) {
    let id = RequestId::new(format!("{visits}-{:06}", number / VISIT));
    journal
        .append(&id, &event(number), Timestamp::default())
        .unwrap();
}

/// By many at once, so that it does not take the hundred days.
fn fill(path: &Path, entries: u64) {
    let (writer, thread) = Writer::start(open(path)).unwrap();
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| {
            let writer = writer.clone();
            std::thread::spawn(move || {
                for entry in 0..entries / WRITERS {
                    let id = RequestId::new(format!("w{number:02}-{:06}", entry / VISIT));
                    writer
                        .append(&id, &event(entry), Timestamp::default())
                        .unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    drop(writer);
    drop(thread.join().unwrap());
}

/// The time within which so many of a hundred entries are written.
fn quantile(journal: &mut Journal, visits: &str, of_hundred: usize) -> Duration {
    let mut each: Vec<Duration> = (0..MEASURED)
        .map(|number| {
            let begun = Instant::now();
            append(journal, visits, number);
            begun.elapsed()
        })
        .collect();
    each.sort();
    each[each.len() * of_hundred / 100]
}

#[test]
fn a_long_outage_makes_neither_a_start_nor_an_entry_slower() {
    let entries: u64 = std::env::var(ENTRIES).map_or(10_000, |it| it.parse().unwrap());
    let long = entries >= 1_000_000;
    let folder: PathBuf =
        std::env::temp_dir().join(format!("minwon-endurance-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (full, empty) = (folder.join("full.db"), folder.join("empty.db"));
    fill(&full, entries);
    let bytes = fs::metadata(&full).unwrap().len();

    let begun = Instant::now();
    let mut journal = open(&full);
    let pending = journal.pending(0, 500).unwrap();
    let open_requests = journal.open_requests().unwrap();
    let start = begun.elapsed();
    assert_eq!(pending.len(), 500);
    assert_eq!(journal.head().number, entries / WRITERS * WRITERS);
    assert!(open_requests.len() <= usize::try_from(WRITERS).unwrap());

    // By turns, and the better of each: what else the machine does is nobody's fault.
    let mut other = open(&empty);
    prioritise_this_thread();
    // The short form, beside other programs, only sees what grows with every entry,
    // as a scan would.
    let (of_hundred, limit) = if long { (99, 1.2) } else { (50, 3.0) };
    let (mut of_full, mut of_empty) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        of_empty.push(quantile(&mut other, &format!("e{round}"), of_hundred));
        of_full.push(quantile(&mut journal, &format!("f{round}"), of_hundred));
    }
    let (of_full, of_empty) = (of_full.into_iter().min(), of_empty.into_iter().min());
    let (of_full, of_empty) = (of_full.unwrap(), of_empty.unwrap());
    drop((journal, other));
    fs::remove_dir_all(folder).unwrap();
    println!(
        "endurance: {entries} entries, {} MiB; start {start:?}; p{of_hundred} of an entry {of_full:?}, in an empty journal {of_empty:?}",
        bytes >> 20
    );
    assert!(start < Duration::from_secs(2), "a start takes {start:?}");
    assert!(
        of_full.as_secs_f64() <= limit * of_empty.as_secs_f64(),
        "p{of_hundred} {of_full:?} instead of {of_empty:?}"
    );
}
