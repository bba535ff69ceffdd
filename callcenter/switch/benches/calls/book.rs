//! What the switch has written of its calls, and what that says of delay.

use std::{collections::BTreeMap, fmt, path::Path};

use figures::Event;
use journal::{Journal, Key};
use request::{StationId, Timestamp};
use switch::call_book::{self, NO_CALL};

pub(crate) struct Book {
    calls: usize,
    ended: usize,
    /// From each call's arrival to its talk with an agent, in order of length.
    bridged_ms: Vec<i64>,
}

impl Book {
    pub(crate) fn read(file: &Path) -> Self {
        let key = Key::of_station(&file.with_file_name("station.key"), file).unwrap();
        let journal = Journal::open(file, StationId::new("switch-1"), &key).unwrap();
        let mut arrived = BTreeMap::new();
        let (mut bridged_ms, mut ended) = (Vec::new(), 0);
        let facts = call_book::facts_since(&journal, Timestamp::from_millis(0)).unwrap();
        for fact in facts.into_iter().filter(|it| it.call != NO_CALL) {
            // Whatever is written of a call, its arrival is first.
            let since = *arrived.entry(fact.call).or_insert(fact.at);
            if matches!(fact.event, Event::Bridged { .. }) {
                bridged_ms.push(fact.at.0 - since.0);
            }
            ended += usize::from(fact.event == Event::CallerLeft);
        }
        bridged_ms.sort_unstable();
        Self {
            calls: arrived.len(),
            ended,
            bridged_ms,
        }
    }

    fn quantile(&self, share: f64) -> i64 {
        let place = (self.bridged_ms.len() as f64 * share) as usize;
        self.bridged_ms.get(place).copied().unwrap_or_default()
    }
}

impl fmt::Display for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the call book has {} calls, {} that reached an agent and {} that ended; from call \
             to talk p50 {} ms, p99 {} ms, at most {} ms",
            self.calls,
            self.bridged_ms.len(),
            self.ended,
            self.quantile(0.5),
            self.quantile(0.99),
            self.quantile(1.0 - f64::EPSILON),
        )
    }
}
