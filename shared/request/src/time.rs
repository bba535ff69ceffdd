//! Wall-clock time as the house writes it down.

use std::{fmt, ops::Add, time::Duration};

use serde::{Deserialize, Serialize};

const MILLIS_A_DAY: i64 = 86_400_000;
/// Korea keeps UTC+9 all year (no summer time since 1988).
const KOREA_OFFSET_MILLIS: i64 = 9 * 3_600_000;

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

    /// What a clock on a Korean wall shows at this moment.
    pub fn local(self) -> LocalTime {
        let local = self.0 + KOREA_OFFSET_MILLIS;
        let days = local.div_euclid(MILLIS_A_DAY);
        let minutes = local.rem_euclid(MILLIS_A_DAY) / 60_000;
        let (year, month, day) = civil_from_days(days);
        LocalTime {
            year,
            month,
            day,
            // 1970-01-01 was a Thursday.
            weekday: Weekday::ALL[usize::try_from((days + 3).rem_euclid(7)).unwrap_or(0)],
            minute_of_day: u32::try_from(minutes).unwrap_or(0),
        }
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
    pub weekday: Weekday,
    /// 0 to 1439.
    pub minute_of_day: u32,
}

impl fmt::Display for LocalTime {
    /// `2026-11-24`, the date alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

/// The proleptic Gregorian date of a day number (Howard Hinnant, "chrono-compatible
/// low-level date algorithms").
fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 {
        month_index + 3
    } else {
        month_index - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (
        year,
        u32::try_from(month).unwrap_or(1),
        u32::try_from(day).unwrap_or(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_korean_morning_is_the_evening_before_in_greenwich() {
        // 2026-11-23T23:30:00Z
        let moment = Timestamp::from_millis(1_795_476_600_000);

        let local = moment.local();

        assert_eq!(local.to_string(), "2026-11-24");
        assert_eq!(local.weekday, Weekday::Tuesday);
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
}
