//! Heartbeats: whether the other end is there and answers.

use std::time::{Duration, Instant};

/// One beat to the next.
pub const BEAT_EVERY: Duration = Duration::from_secs(5);
/// After so long without an answer the other end is gone.
pub const GONE_AFTER: Duration = Duration::from_secs(15);

/// An end that sends and does not read answers no beat: that it says something
/// is not enough.
#[derive(Debug)]
pub(crate) struct Heartbeat {
    number: u64,
    beat_at: Instant,
    gone_at: Instant,
}

impl Heartbeat {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            number: 0,
            beat_at: now + BEAT_EVERY,
            gone_at: now + GONE_AFTER,
        }
    }

    /// The other end has answered the beat of this number.
    pub(crate) fn heard(&mut self, number: u64, now: Instant) {
        // An answer to a beat that was never sent is none.
        if number == self.number && number > 0 {
            self.gone_at = now + GONE_AFTER;
        }
    }

    /// The number of a beat that is due.
    pub(crate) fn due(&mut self, now: Instant) -> Option<u64> {
        if self.beat_at > now {
            return None;
        }
        self.beat_at = now + BEAT_EVERY;
        self.number += 1;
        Some(self.number)
    }

    pub(crate) fn is_gone(&self, now: Instant) -> bool {
        self.gone_at <= now
    }

    pub(crate) fn poll_timeout(&self) -> Instant {
        self.beat_at.min(self.gone_at)
    }
}
