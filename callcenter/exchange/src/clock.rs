//! The exchange's clock, which a demonstration may set to another hour.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use request::Timestamp;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Clock {
    /// The machine's.
    System,
    /// It was set to a time when the exchange started, and runs since.
    Set { to: Timestamp, at: Instant },
}

impl Clock {
    pub(crate) fn new(starts_at: Option<Timestamp>) -> Self {
        starts_at.map_or(Clock::System, |to| Clock::Set {
            to,
            at: Instant::now(),
        })
    }

    pub(crate) fn now(self) -> Timestamp {
        let millis = self.since_1970().as_millis();
        Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }

    pub(crate) fn since_1970(self) -> Duration {
        match self {
            Clock::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default(),
            Clock::Set { to, at } => {
                Duration::from_millis(to.as_millis().unsigned_abs()) + at.elapsed()
            }
        }
    }
}
