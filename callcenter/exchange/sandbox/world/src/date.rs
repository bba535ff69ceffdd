//! A day of the civil calendar, without a clock.

use std::fmt;

use jiff::{Span, civil};
use serde::{Serialize, Serializer};

/// Days since 1 January 1970 (proleptic Gregorian).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub i32);

const FIRST: civil::Date = civil::Date::constant(1970, 1, 1);

impl Date {
    /// A day too late for its month is the month's last.
    pub fn of(year: i32, month: u32, day: u32) -> Self {
        let year = i16::try_from(year).unwrap_or(civil::Date::MAX.year());
        let month = i8::try_from(month).unwrap_or(12).clamp(1, 12);
        let first = civil::Date::new(year, month, 1).unwrap_or(civil::Date::MAX);
        let day = i8::try_from(day)
            .unwrap_or(i8::MAX)
            .clamp(1, first.days_in_month());
        Self::from(civil::Date::new(year, month, day).unwrap_or(first))
    }

    /// From `2026-11-24`.
    pub fn parse(text: &str) -> Option<Self> {
        let day: civil::Date = text.parse().ok()?;
        (day.to_string() == text).then(|| Self::from(day))
    }

    fn civil(self) -> civil::Date {
        let days = Span::new().try_days(self.0).unwrap_or_default();
        FIRST.checked_add(days).unwrap_or(civil::Date::MAX)
    }

    pub fn year(self) -> i32 {
        self.civil().year().into()
    }

    pub fn month(self) -> u32 {
        self.civil().month().unsigned_abs().into()
    }

    pub fn day(self) -> u32 {
        self.civil().day().unsigned_abs().into()
    }

    /// 0 is Monday.
    pub fn weekday(self) -> u32 {
        self.civil()
            .weekday()
            .to_monday_zero_offset()
            .unsigned_abs()
            .into()
    }

    /// 1 is the first of January.
    pub fn day_of_year(self) -> u32 {
        self.civil().day_of_year().unsigned_abs().into()
    }

    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// The same day of another month, or that month's last.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let ahead = Span::new().try_months(months).unwrap_or_default();
        self.civil().checked_add(ahead).map_or(self, Self::from)
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
        let months = (later.year() - self.year()) * 12;
        let months = months + later.month().cast_signed() - self.month().cast_signed();
        months - i32::from(later.day() < self.day())
    }
}

impl From<civil::Date> for Date {
    fn from(day: civil::Date) -> Self {
        Self(FIRST.until(day).map_or(0, |it| it.get_days()))
    }
}

/// `2026-11-24`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.civil(), f)
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
