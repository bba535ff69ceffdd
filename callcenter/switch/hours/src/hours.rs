//! The hours of an office: whether a moment is within, and when that changes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

use crate::{HoursError, HoursSettings, span::Span};

/// Further ahead nothing is looked for.
const DAYS_AHEAD: i32 = 400;

/// Which moments are within.
#[derive(Clone, Debug)]
pub struct Hours {
    zone: TimeZone,
    /// From Monday.
    week: [Vec<Span>; 7],
    holidays: BTreeSet<Date>,
    exceptions: BTreeMap<Date, Vec<Span>>,
}

impl Hours {
    /// # Errors
    /// The first thing in the settings that cannot be read.
    pub fn new(settings: &HoursSettings) -> Result<Self, HoursError> {
        let name = &settings.time_zone;
        let zone = TimeZone::get(name).map_err(|_| HoursError::TimeZone(name.clone()))?;
        let days = &settings.weekly;
        let days = [
            &days.monday,
            &days.tuesday,
            &days.wednesday,
            &days.thursday,
            &days.friday,
            &days.saturday,
            &days.sunday,
        ];
        let mut week = <[Vec<Span>; 7]>::default();
        for (spans, written) in week.iter_mut().zip(days) {
            *spans = read(written)?;
        }
        let holidays = settings.holidays.iter().map(|it| day(it));
        let mut exceptions = BTreeMap::new();
        for (date, spans) in &settings.exceptions {
            if exceptions.insert(day(date)?, read(spans)?).is_some() {
                return Err(HoursError::Twice(date.clone()));
            }
        }
        Ok(Self {
            zone,
            week,
            holidays: holidays.collect::<Result<_, _>>()?,
            exceptions,
        })
    }

    pub fn is_open(&self, at: Timestamp) -> bool {
        let today = at.to_zoned(self.zone.clone()).date();
        // What began yesterday may go on.
        [today.checked_sub(1.day()).ok(), Some(today)]
            .into_iter()
            .flatten()
            .flat_map(|day| self.spans(day))
            .any(|[opens, closes]| opens <= at && at < closes)
    }

    /// The next moment at which it is otherwise; `None` when that is more than a year
    /// away.
    pub fn next_change(&self, after: Timestamp) -> Option<Timestamp> {
        let now = self.is_open(after);
        let today = after.to_zoned(self.zone.clone()).date();
        (-1..=DAYS_AHEAD).find_map(|ahead| {
            let day = today.checked_add(ahead.days()).ok()?;
            let edges = self.spans(day).flatten().filter(|it| *it > after);
            edges.filter(|it| self.is_open(*it) != now).min()
        })
    }

    /// Nothing begins on this day.
    pub(crate) fn is_closed_on(&self, day: Date) -> bool {
        self.written(day).is_empty()
    }

    /// Days that are not as their weekday.
    pub(crate) fn holidays(&self) -> impl Iterator<Item = Date> {
        self.holidays.iter().chain(self.exceptions.keys()).copied()
    }

    fn spans(&self, day: Date) -> impl Iterator<Item = [Timestamp; 2]> {
        let spans = self.written(day).iter();
        spans.filter_map(move |it| it.on(day, &self.zone))
    }

    fn written(&self, day: Date) -> &[Span] {
        let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
        match self.exceptions.get(&day) {
            Some(own) => own,
            None if self.holidays.contains(&day) => &[],
            None => self.week.get(weekday).map_or(&[], Vec::as_slice),
        }
    }
}

fn read(spans: &[String]) -> Result<Vec<Span>, HoursError> {
    spans.iter().map(|it| it.parse()).collect()
}

fn day(text: &str) -> Result<Date, HoursError> {
    text.parse().map_err(|_| HoursError::Day(text.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn hours(zone: &str, more: &str) -> Result<Hours, HoursError> {
        let text = format!("queues = []\ntime_zone = \"{zone}\"\n{more}");
        Hours::new(&toml::from_str(&text).unwrap())
    }

    /// An office in Korea, with a lunch break, a late Friday and an exception.
    fn office() -> Hours {
        let week = r#"
            holidays = ["2026-12-25"]
            [weekly]
            monday = ["09:00-12:00", "13:00-18:00"]
            friday = ["22:00-02:00"]
            [exceptions]
            "2026-11-30" = ["10:00-11:00"]
        "#;
        hours("Asia/Seoul", week).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_has_its_hours_in_the_zone_of_the_office() {
        // 2026-11-23 is a Monday, 2026-12-25 a Friday.
        for (moment, open) in [
            ("2026-11-23T08:59:59+09", false),
            ("2026-11-23T09:00:00+09", true),
            ("2026-11-23T00:00:00Z", true),
            ("2026-11-23T11:59:59+09", true),
            ("2026-11-23T12:00:00+09", false),
            ("2026-11-23T13:00:00+09", true),
            ("2026-11-23T18:00:00+09", false),
            ("2026-11-24T09:00:00+09", false),
            ("2026-11-27T21:59:59+09", false),
            ("2026-11-27T23:59:59+09", true),
            ("2026-11-28T00:00:00+09", true),
            ("2026-11-28T01:59:59+09", true),
            ("2026-11-28T02:00:00+09", false),
            ("2026-12-25T23:00:00+09", false),
            ("2026-11-30T09:30:00+09", false),
            ("2026-11-30T10:30:00+09", true),
            ("2026-11-30T13:30:00+09", false),
        ] {
            assert_eq!(office().is_open(at(moment)), open, "{moment}");
        }
    }

    #[test]
    fn each_change_is_the_next_one() {
        let office = office();
        for (moment, change) in [
            ("2026-11-22T20:00:00+09", "2026-11-23T09:00:00+09"),
            ("2026-11-23T09:00:00+09", "2026-11-23T12:00:00+09"),
            ("2026-11-23T12:00:00+09", "2026-11-23T13:00:00+09"),
            ("2026-11-27T22:00:00+09", "2026-11-28T02:00:00+09"),
            ("2026-11-28T02:00:00+09", "2026-11-30T10:00:00+09"),
            ("2026-12-25T12:00:00+09", "2026-12-28T09:00:00+09"),
        ] {
            assert_eq!(office.next_change(at(moment)), Some(at(change)), "{moment}");
        }
    }

    #[test]
    fn days_that_touch_at_midnight_are_one() {
        let all_day = r#"
            [weekly]
            monday = ["00:00-24:00"]
            tuesday = ["00:00-24:00"]
        "#;
        let hours = hours("Asia/Seoul", all_day).unwrap();
        let monday = at("2026-11-23T00:00:00+09");

        assert!(hours.is_open(monday));
        assert_eq!(
            hours.next_change(monday),
            Some(at("2026-11-25T00:00:00+09"))
        );
    }

    #[test]
    fn an_office_with_daylight_saving_opens_by_its_own_clock() {
        let week = r#"
            [weekly]
            sunday = ["01:30-02:30", "09:00-10:00"]
            monday = ["09:00-10:00"]
        "#;
        let berlin = hours("Europe/Berlin", week).unwrap();

        // In winter an hour ahead of UTC, in summer two.
        assert!(berlin.is_open(at("2026-03-23T08:30:00Z")));
        assert!(berlin.is_open(at("2026-03-30T07:30:00Z")));
        // 02:30 is skipped on this day: the clock stood at 03:30 then.
        let night = at("2026-03-29T00:30:00Z");
        assert_eq!(berlin.next_change(night), Some(at("2026-03-29T01:30:00Z")));
        // 02:30 comes twice on this day: the first time counts.
        let night = at("2026-10-24T23:30:00Z");
        assert_eq!(berlin.next_change(night), Some(at("2026-10-25T00:30:00Z")));
        assert!(!berlin.is_open(at("2026-10-25T01:15:00Z")));
    }

    #[test]
    fn an_office_that_never_opens_has_no_next_change() {
        let hours = hours("Asia/Seoul", "[weekly]").unwrap();
        let now = at("2026-11-23T00:00:00+09");

        assert!(!hours.is_open(now));
        assert_eq!(hours.next_change(now), None);
        assert_eq!(hours.next_change(Timestamp::MAX), None);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let of = |zone: &str, more: &str| hours(zone, more).unwrap_err();

        assert_eq!(
            of("Korea/Nowhere", "[weekly]"),
            HoursError::TimeZone("Korea/Nowhere".to_owned())
        );
        assert_eq!(
            of("Asia/Seoul", "holidays = [\"2026-02-30\"]\n[weekly]"),
            HoursError::Day("2026-02-30".to_owned())
        );
        assert_eq!(
            of("Asia/Seoul", "[weekly]\nmonday = [\"nine to five\"]"),
            HoursError::Span("nine to five".to_owned())
        );
        assert_eq!(
            of(
                "Asia/Seoul",
                "[weekly]\n[exceptions]\n\"2026-12-25\" = []\n\"20261225\" = []"
            ),
            HoursError::Twice("20261225".to_owned())
        );
    }
}
