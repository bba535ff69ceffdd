//! The kiosk's two clocks; a demonstration may set the wall to another hour.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::civil::Date;
use request::Timestamp;

use crate::visit::Moment;

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

    /// The date on a Korean wall.
    pub(crate) fn today(self) -> Date {
        let local = self.now().wall.local();
        let parts = (
            i16::try_from(local.year),
            i8::try_from(local.month),
            i8::try_from(local.day),
        );
        match parts {
            (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).unwrap_or_default(),
            _ => Date::default(),
        }
    }
}
