//! The calendar: on which days a queue is not as on its other weekdays.
//!
//! Days are counted from 1970-01-01, each by the clock of the queue's own office.

use std::collections::BTreeSet;

use jiff::{Span, civil::Date};

use crate::{Hours, HoursError, HoursSettings};

const FIRST: Date = Date::constant(1970, 1, 1);

/// All days of a center's queues.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    hours: Vec<(Vec<String>, Hours)>,
}

impl Calendar {
    /// # Errors
    /// What is wrong with the settings.
    pub fn new(settings: &[HoursSettings]) -> Result<Self, HoursError> {
        let hours = settings
            .iter()
            .map(|it| Ok((it.queues.clone(), Hours::new(it)?)));
        Ok(Self {
            hours: hours.collect::<Result<_, _>>()?,
        })
    }

    /// Holidays, and days with hours of their own.
    pub fn holidays(&self, queue: &str) -> BTreeSet<i64> {
        let hours = self.of(queue).into_iter();
        let days = hours.flat_map(Hours::holidays);
        days.filter_map(number).collect()
    }

    /// Whether nobody is served on this day at any hour. What has begun on the day
    /// before may still go on.
    pub fn is_closed_on(&self, queue: &str, day: i64) -> bool {
        let date = Span::new().try_days(day).ok();
        let date = date.and_then(|it| FIRST.checked_add(it).ok());
        match (self.of(queue), date) {
            (Some(hours), Some(date)) => hours.is_closed_on(date),
            (None, _) | (_, None) => false,
        }
    }

    fn of(&self, queue: &str) -> Option<&Hours> {
        let mut hours = self.hours.iter();
        let keeps = |queues: &[String]| queues.iter().any(|it| it == queue);
        hours
            .find(|(queues, _)| keeps(queues))
            .map(|(_, hours)| hours)
    }
}

fn number(day: Date) -> Option<i64> {
    Some(FIRST.until(day).ok()?.get_days().into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// 2026-11-23, a Monday.
    const MONDAY: i64 = 20_780;

    fn calendar() -> Calendar {
        let text = r#"
            queues = ["general", "taxes"]
            time_zone = "Asia/Seoul"
            weekly = { monday = ["09:00-18:00"], tuesday = ["22:00-02:00"] }
            holidays = ["2026-11-30", "2026-12-07"]
            [exceptions]
            "2026-12-07" = ["10:00-11:00"]
            "2026-12-14" = []
            "2026-12-19" = ["10:00-11:00"]
        "#;
        Calendar::new(&[toml::from_str(text).unwrap()]).unwrap()
    }

    #[test]
    fn holidays_and_days_with_hours_of_their_own_are_unlike_others() {
        let unlike = BTreeSet::from([MONDAY + 7, MONDAY + 14, MONDAY + 21, MONDAY + 26]);

        assert_eq!(calendar().holidays("taxes"), unlike);
        assert_eq!(calendar().holidays("night"), BTreeSet::new());
    }

    #[test]
    fn a_day_without_hours_is_closed() {
        let closed = |day| calendar().is_closed_on("general", MONDAY + day);

        for (day, expected) in [
            (0, false),
            (1, false),
            (2, true),
            (7, true),
            (14, false),
            (21, true),
            (26, false),
            (27, true),
        ] {
            assert_eq!(closed(day), expected, "Monday and {day} days");
        }
        assert!(!calendar().is_closed_on("night", MONDAY + 7));
        assert!(!calendar().is_closed_on("general", i64::MAX));
    }
}
