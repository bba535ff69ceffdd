//! A day of the civil calendar, without a clock.

use std::fmt;

use serde::{Serialize, Serializer};

/// Days since 1 January 1970 (proleptic Gregorian).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub i32);

impl Date {
    /// A day too late for its month is the month's last.
    pub fn of(year: i32, month: u32, day: u32) -> Self {
        let month = month.clamp(1, 12);
        let day = day.clamp(1, days_in(year, month));
        // Howard Hinnant, "chrono-compatible low-level date algorithms": days_from_civil.
        let (month, day) = (month.cast_signed(), day.cast_signed());
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// From `2026-11-24`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        let exists = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        exists.then(|| Self::of(year, month, day))
    }

    fn civil(self) -> (i32, u32, u32) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }

    pub fn year(self) -> i32 {
        self.civil().0
    }

    pub fn month(self) -> u32 {
        self.civil().1
    }

    pub fn day(self) -> u32 {
        self.civil().2
    }

    /// 0 is Monday.
    pub fn weekday(self) -> u32 {
        // The first of January 1970 was a Thursday.
        (self.0 + 3).rem_euclid(7).unsigned_abs()
    }

    /// 1 is the first of January.
    pub fn day_of_year(self) -> u32 {
        (self.0 - Self::of(self.year(), 1, 1).0).unsigned_abs() + 1
    }

    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// The same day of another month, or that month's last.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.civil();
        let months = year * 12 + month.cast_signed() - 1 + months;
        let month = months.rem_euclid(12).unsigned_abs() + 1;
        Self::of(months.div_euclid(12), month, day)
    }

    #[must_use]
    pub fn plus_years(self, years: i32) -> Self {
        self.plus_months(years * 12)
    }

    /// Whole years from this day until `later`: an age.
    pub fn years_until(self, later: Self) -> i32 {
        self.months_until(later).div_euclid(12)
    }

    /// Whole months from this day until `later`.
    pub fn months_until(self, later: Self) -> i32 {
        let ((year, month, day), (year2, month2, day2)) = (self.civil(), later.civil());
        let months = (year2 - year) * 12 + month2.cast_signed() - month.cast_signed();
        months - i32::from(day2 < day)
    }
}

fn days_in(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// `2026-11-24`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_two_centuries_is_the_day_after_the_one_before() {
        let mut last = (1899, 12, 31);
        for days in Date::of(1900, 1, 1).0..Date::of(2100, 1, 1).0 {
            let day = Date(days);
            let civil = (day.year(), day.month(), day.day());

            assert!(civil > last, "{day} does not follow {last:?}");
            assert_eq!(Date::of(civil.0, civil.1, civil.2), day);
            assert_eq!(Date::parse(&day.to_string()), Some(day));
            last = civil;
        }
    }

    #[test]
    fn known_days_are_the_days_they_were() {
        assert_eq!(Date::of(1970, 1, 1), Date(0));
        assert_eq!(Date::of(2000, 3, 1), Date(11_017));
        // A Tuesday.
        assert_eq!(Date::of(2026, 11, 24).weekday(), 1);
        assert_eq!(Date::parse("2025-02-29"), None);
    }

    #[test]
    fn who_was_born_in_a_leap_year_s_february_grows_older_like_everybody() {
        let born = Date::of(2000, 2, 29);

        assert_eq!(born.plus_years(1), Date::of(2001, 2, 28));
        assert_eq!(born.years_until(Date::of(2018, 2, 28)), 17);
        assert_eq!(born.years_until(Date::of(2018, 3, 1)), 18);
    }
}
