//! Days of the Korean lunisolar calendar.
//!
//! Whose it is, the Astronomy Act says: the Korea Astronomy and Space Science Institute
//! publishes it. The tables of ICU4X are for the meridian of Korea.

use icu_calendar::{Date as LunarDate, types::Month};
use jiff::{Span, civil::Date};

/// Rata die, the count of days of which this one is the first.
const DAY_ONE: Date = Date::constant(1, 1, 1);

/// The day of the solar calendar on which a day of a lunar year's month falls; the year
/// is the solar one in which the lunar one begins. Leap months are none of it.
pub(crate) fn solar(year: i16, month: u8, day: u8) -> Option<Date> {
    let lunar = LunarDate::try_new_korean_traditional(year.into(), Month::new(month), day).ok()?;
    let days = lunar.to_rata_die().to_i64_date() - 1;
    let ahead = Span::new().try_days(days).ok()?;
    DAY_ONE.checked_add(ahead).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_lunar_calendar_is_the_one_of_korea() {
        assert_eq!(solar(2026, 1, 1), Some(date(2026, 2, 17)));
        assert_eq!(solar(2026, 4, 8), Some(date(2026, 5, 24)));
        assert_eq!(solar(2026, 8, 15), Some(date(2026, 9, 25)));
        // In China the year began a day earlier.
        assert_eq!(solar(1997, 1, 1), Some(date(1997, 2, 8)));
        // The fourth month came after a third one and a leap third one.
        assert_eq!(solar(2012, 4, 8), Some(date(2012, 5, 28)));
        assert_eq!(solar(2026, 13, 1), None);
        assert_eq!(solar(2026, 1, 31), None);
    }
}
