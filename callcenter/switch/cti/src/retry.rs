//! When a line that is down is tried again.

use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(20);

/// Waits longer each time, and never as long as its neighbor: after an outage
/// all desks come back, and not all at once.
#[derive(Debug)]
pub(crate) struct Retry {
    wait: Duration,
    /// Of xorshift; never zero.
    dice: u64,
}

impl Retry {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            wait: FIRST,
            dice: seed | 1,
        }
    }

    /// When to try next; between half the wait and all of it.
    pub(crate) fn next(&mut self, now: Instant) -> Instant {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        let share = u32::try_from(self.dice % 1_000).unwrap_or(0);
        let wait = self.wait / 2 + self.wait * share / 2_000;
        self.wait = (self.wait * 2).min(LONGEST);
        now + wait
    }

    /// The line was up.
    pub(crate) fn succeeded(&mut self) {
        self.wait = FIRST;
    }
}
