//! What a technician reads: Korean or English, as papers are.
//!
//! The same words stand on the screens, on sheets and in reports, so they are said here and
//! not by the screens.

use request::Timestamp;
use sheet::grouped;

use crate::visit::Language;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    #[default]
    Korean,
    English,
}

impl Tongue {
    pub fn say(self, ko: &str, en: &str) -> String {
        match self {
            Self::Korean => ko.to_owned(),
            Self::English => en.to_owned(),
        }
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Korean => Self::English,
            Self::English => Self::Korean,
        }
    }

    pub fn language(self) -> Language {
        match self {
            Self::Korean => Language::Korean,
            Self::English => Language::English,
        }
    }

    /// An amount with its unit, its digits in groups.
    pub fn won(self, amount: u64) -> String {
        self.say(
            &format!("{}원", grouped(amount)),
            &format!("{} won", grouped(amount)),
        )
    }

    /// So many seconds, in the largest unit that fits.
    pub fn lasting(self, seconds: u64) -> String {
        let (count, ko, one, many) = match seconds {
            0..60 => (seconds, "초", "second", "seconds"),
            60..3_600 => (seconds / 60, "분", "minute", "minutes"),
            3_600..86_400 => (seconds / 3_600, "시간", "hour", "hours"),
            _ => (seconds / 86_400, "일", "day", "days"),
        };
        let en = if count == 1 { one } else { many };
        let count = grouped(count);
        self.say(&format!("{count}{ko}"), &format!("{count} {en}"))
    }

    /// A number of things that are counted one by one.
    pub fn pieces(self, count: u64) -> String {
        self.say(&format!("{}개", grouped(count)), &grouped(count))
    }
}

/// `2026-11-24 10:00`, in Korea.
pub fn moment(at: Timestamp) -> String {
    format!("{} {}", at.local(), hour(at))
}

/// `10:00`.
pub fn hour(at: Timestamp) -> String {
    let minutes = at.local().minute_of_day;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
