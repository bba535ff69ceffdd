//! What a machine tries of itself without anybody: its own parts, and the way to the exchange.

use std::path::Path;

use request::StationId;

use crate::{line::Line, shell::now, testing::Event};

/// A clock that is further off makes certificates of the wrong day.
const CLOCK_OFF_MAX_MS: i64 = 60_000;

pub(crate) fn of_machine() -> Vec<Event> {
    let there = |what: &str, node: &str| {
        let well = Path::new(node).exists();
        Event::Found {
            what: what.to_owned(),
            well,
            detail: if well {
                String::new()
            } else {
                format!("{node} is missing")
            },
        }
    };
    let untried = [
        "chip-card-reader",
        "fingerprint-reader",
        "headphones",
        "handset",
    ];
    let untried = untried.map(|what| Event::Untried {
        what: what.to_owned(),
        detail: "a citizen's visit shows it".to_owned(),
    });
    let there = [
        there("watchdog", "/dev/watchdog0"),
        there("tpm", "/dev/tpmrm0"),
        there("keypad", "/dev/minwon/keypad"),
    ];
    there.into_iter().chain(untried).collect()
}

pub(crate) fn of_exchange(line: &Line, station: Option<&StationId>) -> Vec<Event> {
    let found = |what: &str, detail: Option<String>| Event::Found {
        what: what.to_owned(),
        well: detail.is_none(),
        detail: detail.unwrap_or_default(),
    };
    let Some(station) = station else {
        return Vec::new();
    };
    match line.reach(station) {
        Ok(at) => {
            let off = (at.as_millis() - now().as_millis()).abs();
            let wrong = (off > CLOCK_OFF_MAX_MS)
                .then(|| format!("the clock is {} seconds off", off / 1_000));
            vec![found("exchange", None), found("clock", wrong)]
        }
        Err(error) => vec![
            found("exchange", Some(error.to_string())),
            Event::Untried {
                what: "clock".to_owned(),
                detail: "nobody tells the time".to_owned(),
            },
        ],
    }
}
