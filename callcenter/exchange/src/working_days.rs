//! Terms in working days, from moments to moments.

use std::time::Duration;

use calendar::{Calendar, Date, DateTime, Term};
use catalog::Catalog;
use jiff::tz::Offset;
use request::Timestamp;

/// Korea keeps UTC+9 all year (no summer time since 1988).
const KOREA: Offset = Offset::constant(9);

/// Nobody counts further: four years of working days.
const COUNTED_MAX: i32 = 999;

/// Which days are worked.
#[derive(Debug)]
pub(crate) struct WorkingDays(Calendar);

impl WorkingDays {
    /// As the catalogue knows them.
    pub(crate) fn of(catalog: &Catalog) -> Self {
        Self(catalog.calendar().clone())
    }

    /// The last moment of a term that began at `from`, whose day counts.
    pub(crate) fn due(&self, from: Timestamp, days: u32) -> Timestamp {
        let due = self.0.due(in_korea(from), Term::Days(days));
        before(due.over_from())
    }

    /// Working days after the day of `now` until that of `due`; below zero, those since,
    /// and at least one.
    pub(crate) fn left(&self, now: Timestamp, due: Timestamp) -> i32 {
        let (today, last) = (in_korea(now).date(), in_korea(due).date());
        if last >= today {
            self.between(today, last)
        } else {
            -self.between(last, today).max(1)
        }
    }

    /// Working days after the first day until the last one.
    fn between(&self, first: Date, last: Date) -> i32 {
        let mut days = 0;
        let mut day = first;
        while day < last && days < COUNTED_MAX {
            day = day.tomorrow().unwrap_or(Date::MAX);
            days += i32::from(self.0.is_working_day(day));
        }
        days
    }

    /// The end of the day so many working days later.
    pub(crate) fn after(&self, from: Timestamp, days: u32) -> Timestamp {
        let day = self.0.after_working_days(in_korea(from).date(), days);
        end_of(day)
    }
}

/// The last millisecond of the Korean day of a moment, so many days of the calendar later.
pub(crate) fn end_of_day(at: Timestamp, days_later: u32) -> Timestamp {
    const DAY: Duration = Duration::from_hours(24);
    end_of(in_korea(at).date()) + DAY * days_later
}

fn end_of(day: Date) -> Timestamp {
    let next = day.tomorrow().unwrap_or(Date::MAX);
    before(next.at(0, 0, 0, 0))
}

fn in_korea(at: Timestamp) -> DateTime {
    let moment = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default();
    KOREA.to_datetime(moment)
}

/// The millisecond before a moment of Korean time.
fn before(moment: DateTime) -> Timestamp {
    let moment = KOREA.to_timestamp(moment).unwrap_or(jiff::Timestamp::MAX);
    Timestamp::from_millis(moment.as_millisecond() - 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;

    use super::*;
    use crate::petitions::day;

    /// 24 December 2026, a Thursday, 10:00 in Seoul.
    const CHRISTMAS_EVE: Timestamp = Timestamp::from_millis(1_798_074_000_000);

    fn days() -> WorkingDays {
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        WorkingDays::of(&Catalog::read(&house).unwrap())
    }

    #[test]
    fn a_term_counts_its_first_day_and_no_holiday_and_ends_with_its_last_in_korea() {
        let days = days();

        // 24, 28 to 31 December, 4 and 5 January: Christmas and New Year are off.
        let due = days.due(CHRISTMAS_EVE, 7);

        assert_eq!(day(due), "2027-01-05");
        assert_eq!(day(due + Duration::from_millis(1)), "2027-01-06");
        assert_eq!(day(days.after(due, 1)), "2027-01-06");
    }

    #[test]
    fn working_days_are_counted_to_a_due_date_and_past_it() {
        let days = days();
        let due = days.due(CHRISTMAS_EVE, 7);
        let on = |later: u32| end_of_day(CHRISTMAS_EVE, later);

        assert_eq!(days.left(CHRISTMAS_EVE, due), 6);
        // Over Christmas and its weekend none passes.
        assert_eq!(days.left(on(3), due), 6);
        assert_eq!(days.left(on(12), due), 0);
        assert_eq!(days.left(on(13), due), -1);
        // Due on a Friday, it is late on the Saturday.
        let friday = on(7 + 8);
        assert_eq!(day(friday), "2027-01-08");
        assert_eq!(days.left(on(7 + 9), friday), -1);
        assert_eq!(days.left(on(7 + 12), friday), -2);
    }

    #[test]
    fn a_day_ends_in_korea_and_not_in_greenwich() {
        let end = end_of_day(CHRISTMAS_EVE, 0);

        assert_eq!(day(end), "2026-12-24");
        assert_eq!(day(end + Duration::from_millis(1)), "2026-12-25");
        assert_eq!(end_of_day(end, 0), end);
        assert_eq!(day(end_of_day(CHRISTMAS_EVE, 8)), "2027-01-01");
    }
}
