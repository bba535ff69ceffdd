//! The log is about machines: whole calls at TRACE, and nobody is named in it.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    dead_code,
    reason = "the booth serves other stories too"
)]

#[path = "desk/booth.rs"]
mod booth;
#[path = "desk/caller.rs"]
mod caller;

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use booth::Booth;
use caller::{NAME, NUMBER, prepare_land_ledger, walk};
use desk::telephone::{Ringing, TelephoneEvent};
use privacy::Personal;
use tracing_subscriber::fmt;

/// Nobody's number.
const TELEPHONE: &str = "010-0000-4711";

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, written: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(written);
        Ok(written.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn whole_calls_at_trace_name_nobody_and_no_code() {
    let paper = Paper::default();
    let writer = paper.clone();
    fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let mut booth = Booth::with_telephone();
    booth.call_says(TelephoneEvent::Registered);
    booth.sign_in();
    booth.call_says(TelephoneEvent::Ringing(Ringing {
        queue: "증명 발급".to_owned(),
        waited: Duration::from_secs(5),
        caller: Some(Personal::new(TELEPHONE.to_owned())),
        ..Ringing::default()
    }));
    booth.call_says(TelephoneEvent::Answered);

    walk(&mut booth, &mut |_, _| {});
    booth.press("Esc");
    let code = prepare_land_ledger(&mut booth);

    let log = String::from_utf8(paper.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("A certificate keeps the line down"),
        "nothing is logged"
    );
    let digits = NUMBER.replace('-', "");
    for word in [
        NAME,
        NUMBER,
        digits.as_str(),
        TELEPHONE,
        "새빛",
        code.as_str(),
    ] {
        let line = log.lines().find(|line| line.contains(word));
        assert_eq!(line, None, "{word} stands in the log");
    }
}
