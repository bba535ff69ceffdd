//! Catching up after an outage: 100,000 entries from a journal into the
//! exchange's store, over mutual TLS, in batches of one transaction each.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    fs,
    time::{Duration, Instant},
};

use request::{RequestId, StationId};
use tests::{
    office::{Office, TUESDAY_10_00},
    plain_station::{self, Place, PlainStation},
};

const ENTRIES: u64 = 100_000;
const PATIENCE: Duration = Duration::from_secs(600);

fn main() {
    let office = Office::open(TUESDAY_10_00);
    let station = StationId::new("narae-1");
    let journal = office.folder().join("narae-1.sqlite");
    let mut filled = plain_station::open(&journal, &station);
    for number in 0..ENTRIES / 4 {
        let request = RequestId::new(format!("narae-1-{number}"));
        for event in plain_station::unanswered(&station) {
            filled.append(&request, &event, TUESDAY_10_00).unwrap();
        }
    }
    drop(filled);
    let before = resident_megabytes();
    let place = Place {
        station: station.clone(),
        journal,
        url: format!("https://{}", office.address()),
        credentials: office.enroll(&station),
        clock: link::Clock::new(|| TUESDAY_10_00),
    };

    let begun = Instant::now();
    let running = PlainStation::start(place, office.handle());
    running.until_confirmed(ENTRIES, PATIENCE);
    let seconds = begun.elapsed().as_secs_f64();

    println!("catch-up: {ENTRIES} entries of one station over mutual TLS into SQLite");
    println!(
        "  {:>7.0}/s   {seconds:.1} s   memory at most {} MB (before: {before} MB), both ends together",
        ENTRIES as f64 / seconds,
        peak_megabytes(),
    );
}

fn resident_megabytes() -> u64 {
    status("VmRSS:")
}

fn peak_megabytes() -> u64 {
    status("VmHWM:")
}

/// A line of `/proc/self/status` (proc(5)), kB there.
fn status(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let found = status.lines().find_map(|it| it.strip_prefix(line)).unwrap();
    let kilobytes: u64 = found.split_whitespace().next().unwrap().parse().unwrap();
    kilobytes / 1024
}
