//! The journal beside the floor (append and `fdatasync`) and beside raw SQLite,
//! by turns in one run on one disk: the ratios are what counts.
//!
//! The goals of the queue itself are for a journal without encryption, as its
//! peers were measured; that of the cycle is for all that a station does.
//! An entry's body is 1 KiB. A cycle is a durable append, then reading the entry
//! back and noting durably that it was confirmed; the floor writes eight bytes
//! for that. `MINWON_BENCH_FOLDER` says on which disk; some rounds are played as if
//! it were slower ([`slow`]).

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod floor;
mod measured;
mod slow;

use std::{
    hint::black_box,
    path::{Path, PathBuf},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use journal::{Journal, Key, Options, Writer, prioritise_this_thread};
use privacy::Personal;
use request::{RequestEvent, RequestId, StationId, Timestamp};
use rusqlite::{Connection, OpenFlags};
use sync::Offer;

use floor::Floor;
use measured::{Measured, median};
use slow::SlowDisk;

const ENTRIES: u64 = 2_000;
/// At most so many of all producers together, so that a log that still grows and
/// one that is written over have their share as in a day's work.
const GROUPED: u64 = 48_000;
const OF_A_PRODUCER: u64 = 1_500;
/// Entries of one request, about.
const OF_A_REQUEST: u64 = 20;
const ROUNDS: usize = 7;
const SLOW_ROUNDS: usize = 3;
const CATCH_UP: u64 = 100_000;

fn main() {
    let folder = std::env::var_os("MINWON_BENCH_FOLDER")
        .map_or_else(std::env::temp_dir, PathBuf::from)
        .join(format!("minwon-journal-bench-{}", std::process::id()));
    let afresh = |play: &mut dyn FnMut()| {
        std::fs::create_dir_all(&folder).unwrap();
        play();
        std::fs::remove_dir_all(&folder).unwrap();
    };
    let (mut rounds, mut slow) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        afresh(&mut || rounds.push(Round::play(&folder)));
    }
    print(&rounds);
    for _ in 0..SLOW_ROUNDS {
        afresh(&mut || slow.push(SlowDisk::play(&folder)));
    }
    slow::print(&slow);
    afresh(&mut || catch_up(&folder));
}

struct Round {
    floor: Measured,
    floor_cycle: Measured,
    sqlite: Measured,
    plain: Queue,
    encrypted: Queue,
    cycle: Measured,
    busy: Measured,
}

/// Written by one, by 16 and by 64 producers.
struct Queue {
    one: Measured,
    sixteen: Measured,
    sixty_four: Measured,
}

impl Queue {
    fn play(folder: &Path, options: &Options) -> Self {
        let encrypted = options.encrypted;
        let file = |name| folder.join(format!("{name}-{encrypted}.db"));
        let mut one = journal(&file("one"), options);
        Self {
            one: Measured::of(ENTRIES, |number| append(&mut one, number)),
            sixteen: group(journal(&file("sixteen"), options), 16),
            sixty_four: group(journal(&file("sixty-four"), options), 64),
        }
    }
}

impl Round {
    fn play(folder: &Path) -> Self {
        // Everybody with the same priority, else the machine's other work is measured.
        let mut round = prioritised(|| Self::play_prioritised(folder));
        round.busy = busy(&folder.join("busy.db"));
        round
    }

    fn play_prioritised(folder: &Path) -> Self {
        let mut floor = Floor::new(folder, Duration::ZERO);
        let (as_is, plain) = (Options::default(), plain());
        Self {
            floor: Measured::of(ENTRIES, |number| floor.append(body(number).as_bytes())),
            sqlite: raw_sqlite(&folder.join("raw.db")),
            plain: Queue::play(folder, &plain),
            encrypted: Queue::play(folder, &as_is),
            floor_cycle: floor_cycle(&mut floor),
            cycle: cycle(&mut journal(&folder.join("cycle.db"), &as_is)),
            busy: Measured::of(0, |_| {}),
        }
    }
}

fn print(rounds: &[Round]) {
    let of = |pick: fn(&Round) -> f64| median(rounds.iter().map(pick).collect());
    println!("journal: {ENTRIES} entries of 1 KiB, {ROUNDS} rounds by turns, medians");
    for (name, pick) in [
        ("floor", (|it| &it.floor) as fn(&Round) -> &Measured),
        ("raw SQLite", |it| &it.sqlite),
        ("plain, one writer", |it| &it.plain.one),
        ("plain, 16 producers", |it| &it.plain.sixteen),
        ("plain, 64 producers", |it| &it.plain.sixty_four),
        ("journal, one writer", |it| &it.encrypted.one),
        ("journal, 16", |it| &it.encrypted.sixteen),
        ("journal, 64", |it| &it.encrypted.sixty_four),
        ("journal, busy cores", |it| &it.busy),
        ("floor, cycle", |it| &it.floor_cycle),
        ("journal, cycle", |it| &it.cycle),
    ] {
        let of = |figure: fn(&Measured) -> f64| {
            median(rounds.iter().map(|it| figure(pick(it))).collect())
        };
        println!(
            "  {name:<19} {:>8.0}/s   p50 {:>6.0} µs   p99 {:>6.0} µs",
            of(Measured::rate),
            of(Measured::p50),
            of(Measured::p99),
        );
    }
    for (name, ratio, goal) in [
        (
            "raw SQLite : floor",
            of(|it| it.sqlite.rate() / it.floor.rate()),
            "-",
        ),
        (
            "plain, one writer : floor",
            of(|it| it.plain.one.rate() / it.floor.rate()),
            ">= 0.90",
        ),
        (
            "plain, one writer : floor, p99",
            of(|it| it.plain.one.p99() / it.floor.p99()),
            "<= 2.5",
        ),
        (
            "plain, 16 producers : floor",
            of(|it| it.plain.sixteen.rate() / it.floor.rate()),
            ">= 6",
        ),
        (
            "plain, 64 producers : floor",
            of(|it| it.plain.sixty_four.rate() / it.floor.rate()),
            ">= 10",
        ),
        (
            "one writer : floor",
            of(|it| it.encrypted.one.rate() / it.floor.rate()),
            "-",
        ),
        (
            "one writer : floor, p99",
            of(|it| it.encrypted.one.p99() / it.floor.p99()),
            "<= 2.5",
        ),
        (
            "16 producers : floor",
            of(|it| it.encrypted.sixteen.rate() / it.floor.rate()),
            "-",
        ),
        (
            "64 producers : floor",
            of(|it| it.encrypted.sixty_four.rate() / it.floor.rate()),
            "-",
        ),
        (
            "cycle : floor's cycle",
            of(|it| it.cycle.rate() / it.floor_cycle.rate()),
            ">= 0.65",
        ),
        (
            "two busy cores, p99 in ms",
            of(|it| it.busy.p99() / 1e3),
            "<= 10",
        ),
    ] {
        println!("  {name:<30} {ratio:>6.2}   goal {goal}");
    }
}

/// On a thread that goes before ordinary ones, and whose threads do too.
fn prioritised<R: Send>(deed: impl FnOnce() -> R + Send) -> R {
    thread::scope(|scope| {
        let deed = scope.spawn(|| {
            prioritise_this_thread();
            deed()
        });
        deed.join().unwrap()
    })
}

fn plain() -> Options {
    Options {
        encrypted: false,
        ..Options::default()
    }
}

fn journal(file: &Path, options: &Options) -> Journal {
    let (station, key) = (StationId::new("bench"), Key::from_bytes([7; 32]));
    Journal::open_with(file, station, &key, options).unwrap()
}

fn body(number: u64) -> String {
    static FILLER: LazyLock<String> = LazyLock::new(|| "0".repeat(992));
    format!("{number:08}{}", *FILLER)
}

fn event(number: u64) -> RequestEvent {
    RequestEvent::Answered {
        question: "q".to_owned(),
        answer: Personal::new(body(number)),
    }
}

/// The request of an entry that one writer writes.
fn request(number: u64) -> RequestId {
    request_of(number / OF_A_REQUEST)
}

/// Numbered as they are begun, as a station does it.
fn request_of(count: u64) -> RequestId {
    RequestId::new(format!("bench-261124-5f3a09-{count:06}"))
}

fn append(journal: &mut Journal, number: u64) {
    let now = Timestamp::from_millis(number.cast_signed());
    journal
        .append(&request(number), &event(number), now)
        .unwrap();
}

fn floor_cycle(floor: &mut Floor) -> Measured {
    Measured::of(ENTRIES, |number| {
        floor.append(body(number).as_bytes());
        black_box(floor.read_and_confirm());
    })
}

fn cycle(journal: &mut Journal) -> Measured {
    Measured::of(ENTRIES, |number| {
        append(journal, number);
        let entry = journal.pending(0, 1).unwrap().remove(0);
        journal.acknowledge(black_box(entry).number).unwrap();
    })
}

fn raw_sqlite(file: &Path) -> Measured {
    let uri = format!("file:{}?psow=0", file.display());
    let connection = Connection::open_with_flags(uri, OpenFlags::default()).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE entry (number INTEGER PRIMARY KEY, request TEXT, at INTEGER, body TEXT) STRICT;
             CREATE INDEX entry_of_request ON entry (request, number);",
        )
        .unwrap();
    let mut insert = connection
        .prepare("INSERT INTO entry (request, at, body) VALUES (?1, ?2, ?3)")
        .unwrap();
    Measured::of(ENTRIES, |number| {
        let at = number.cast_signed();
        let row = (request(number).as_str().to_owned(), at, body(number));
        insert.execute(row).unwrap();
    })
}

fn group(journal: Journal, producers: u64) -> Measured {
    let (writer, thread) = Writer::start(journal).unwrap();
    let each = OF_A_PRODUCER.min(GROUPED / producers);
    let start = Instant::now();
    let threads: Vec<_> = (0..producers)
        .map(|producer| {
            let writer = writer.clone();
            thread::spawn(move || {
                Measured::of(each, |number| {
                    let request = request_of(number / OF_A_REQUEST * producers + producer);
                    let now = Timestamp::from_millis(number.cast_signed());
                    writer.append(&request, &event(number), now).unwrap();
                })
            })
        })
        .collect();
    let each = threads.into_iter().map(|it| it.join().unwrap()).collect();
    let elapsed = start.elapsed();
    drop(writer);
    drop(thread.join().unwrap());
    Measured::together(each, elapsed)
}

/// One producer while every core computes something else.
fn busy(file: &Path) -> Measured {
    let over = Arc::new(AtomicBool::new(false));
    let cores = thread::available_parallelism().map_or(2, usize::from);
    let busy: Vec<_> = (0..cores)
        .map(|_| {
            let over = Arc::clone(&over);
            thread::spawn(move || {
                let mut sum = 0u64;
                while !over.load(Ordering::Relaxed) {
                    sum = black_box(sum.wrapping_mul(3).wrapping_add(1));
                }
            })
        })
        .collect();
    let measured = prioritised(|| {
        let mut journal = journal(file, &Options::default());
        Measured::of(ENTRIES, |number| append(&mut journal, number))
    });
    over.store(true, Ordering::Relaxed);
    for thread in busy {
        thread.join().unwrap();
    }
    measured
}

/// What an outage left behind is read, encoded as it travels, and confirmed.
fn catch_up(folder: &Path) {
    let file = folder.join("catch-up.db");
    let (writer, thread) = Writer::start(journal(&file, &Options::default())).unwrap();
    let producers: Vec<_> = (0..64)
        .map(|producer| {
            let writer = writer.clone();
            thread::spawn(move || {
                for number in (producer..CATCH_UP).step_by(64) {
                    let now = Timestamp::from_millis(number.cast_signed());
                    writer
                        .append(&request(number), &event(number), now)
                        .unwrap();
                }
            })
        })
        .collect();
    for producer in producers {
        producer.join().unwrap();
    }
    drop(writer);
    let mut journal = thread.join().unwrap();

    let before = measured::memory_kib();
    let start = Instant::now();
    let (mut after, mut bytes) = (0, 0);
    while after < CATCH_UP {
        let offer = Offer {
            speaker: journal.head().incarnation.clone(),
            before: journal.hash_at(after).unwrap().unwrap(),
            entries: journal.pending(after, 100).unwrap(),
        };
        after = offer.entries.last().unwrap().number;
        bytes += serde_json::to_vec(&offer).unwrap().len();
        journal.acknowledge(after).unwrap();
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "  catch-up of {CATCH_UP}: {seconds:.1} s, {:.0}/s, {} MiB offered; memory {before} KiB before, {} KiB at most",
        CATCH_UP as f64 / seconds,
        bytes >> 20,
        measured::memory_kib(),
    );
}
