//! How many frames a desk may send.

use std::time::{Duration, Instant};

/// More than an agent's fingers and two heartbeats need.
const BURST: u32 = 60;
/// After a burst, one frame for each.
const REFILL: Duration = Duration::from_millis(50);

/// A bucket of tokens, one for each frame.
#[derive(Debug)]
pub(crate) struct Throttle {
    tokens: u32,
    refilled_at: Instant,
}

impl Throttle {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            tokens: BURST,
            refilled_at: now,
        }
    }

    /// Whether one more frame is taken.
    pub(crate) fn takes(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.refilled_at);
        let more = passed.as_millis() / REFILL.as_millis();
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        if more >= BURST.saturating_sub(self.tokens) {
            self.tokens = BURST;
            self.refilled_at = now;
        } else {
            self.tokens += more;
            self.refilled_at += REFILL * more;
        }
        let taken = self.tokens > 0;
        self.tokens = self.tokens.saturating_sub(1);
        taken
    }
}
