//! A station's two clocks; a demonstration may set the wall to another hour.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use request::Timestamp;

/// One moment on both clocks: deadlines live on the first, what is written down on
/// the second.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub instant: Instant,
    pub wall: Timestamp,
}

#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's.
    System,
    /// It said `to` at `at`, and runs since.
    Set { to: Timestamp, at: Instant },
}

impl Clock {
    /// A clock that says `to` now.
    pub fn set(to: Timestamp) -> Self {
        Clock::Set {
            to,
            at: Instant::now(),
        }
    }

    pub fn now(self) -> Moment {
        let instant = Instant::now();
        let wall = match self {
            Clock::System => {
                let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
                Timestamp::from_millis(0) + since_1970.unwrap_or(Duration::ZERO)
            }
            Clock::Set { to, at } => to + instant.saturating_duration_since(at),
        };
        Moment { instant, wall }
    }
}
