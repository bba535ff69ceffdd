//! Entries audited per second: the chain of a journal of 1 KiB entries, walked
//! from its file. Goal: 200,000 a second.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use journal::{Journal, Key};
use privacy::Personal;
use request::{RequestEvent, RequestId, StationId, Timestamp};

const ENTRIES: u32 = 20_000;
const ROUNDS: usize = 7;
const GOAL: f64 = 200_000.0;

fn main() {
    let folder = std::env::temp_dir().join(format!("minwon-audit-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let station = StationId::new("bench");
    let key = Key::from_bytes([7; 32]);
    let mut journal = Journal::open(&folder.join("journal.sqlite"), station, &key).unwrap();
    let event = RequestEvent::Answered {
        question: "why".to_owned(),
        answer: Personal::new("x".repeat(980)),
    };
    for number in 0..ENTRIES {
        let request = RequestId::new(format!("bench-261124-abcdef-{:06}", number / 20));
        let now = Timestamp::from_millis(i64::from(number));
        journal.append(&request, &event, now).unwrap();
    }

    let mut rates: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let audited = journal.audit([journal.head().clone()]).unwrap();
            assert_eq!(audited.finding, None);
            f64::from(ENTRIES) / start.elapsed().as_secs_f64()
        })
        .collect();
    std::fs::remove_dir_all(&folder).unwrap();
    rates.sort_by(f64::total_cmp);
    println!("audit: {ENTRIES} entries of 1 KiB, {ROUNDS} rounds");
    println!(
        "  median {:>7.0}/s   slowest {:>7.0}/s   goal {GOAL:.0}/s",
        rates[ROUNDS / 2],
        rates[0]
    );
}
