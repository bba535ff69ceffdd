//! Wall-clock time as the house writes it down.

use std::{fmt, ops::Add, time::Duration};

use jiff::{civil::Date, tz::Offset};
use serde::{Deserialize, Serialize};

/// Korea keeps UTC+9 all year (no summer time since 1988).
const KOREA: Offset = Offset::constant(9);

/// Milliseconds since the Unix epoch.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// What a clock on a Korean wall shows at this moment. Moments that have no year of
    /// four digits are the first or the last that has.
    pub fn local(self) -> LocalTime {
        let moment = jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        });
        let there = KOREA.to_datetime(moment);
        let minutes = u32::from(there.hour().unsigned_abs()) * 60;
        LocalTime::new(
            there.date(),
            minutes + u32::from(there.minute().unsigned_abs()),
        )
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(millis))
    }
}

/// Korean civil time, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    pub year: i64,
    pub month: u32,
    pub day: u32,
    /// 0 to 1439.
    pub minute_of_day: u32,
}

impl LocalTime {
    pub fn new(date: Date, minute_of_day: u32) -> Self {
        Self {
            year: date.year().into(),
            month: date.month().unsigned_abs().into(),
            day: date.day().unsigned_abs().into(),
            minute_of_day,
        }
    }

    /// The day, to count with; the last of all where there is no such day.
    pub fn date(self) -> Date {
        let parts = (
            i16::try_from(self.year),
            i8::try_from(self.month),
            i8::try_from(self.day),
        );
        match parts {
            (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).unwrap_or(Date::MAX),
            _ => Date::MAX,
        }
    }
}

impl fmt::Display for LocalTime {
    /// `2026-11-24`, the date alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::*;

    #[test]
    fn a_korean_morning_is_the_evening_before_in_greenwich() {
        // 2026-11-23T23:30:00Z
        let moment = Timestamp::from_millis(1_795_476_600_000);

        let local = moment.local();

        assert_eq!(local.to_string(), "2026-11-24");
        assert_eq!(local.date().weekday(), Weekday::Tuesday);
        assert_eq!(local.minute_of_day, 8 * 60 + 30);
    }

    #[test]
    fn a_leap_day_exists() {
        // 2024-02-29T03:00:00Z
        assert_eq!(
            Timestamp::from_millis(1_709_175_600_000)
                .local()
                .to_string(),
            "2024-02-29"
        );
    }

    #[test]
    fn a_moment_beyond_all_calendars_is_the_last_of_ours() {
        let day = |millis| Timestamp::from_millis(millis).local().to_string();

        assert_eq!(day(i64::MAX), "9999-12-31");
        assert!(day(i64::MIN).starts_with("-9999"));
    }
}
