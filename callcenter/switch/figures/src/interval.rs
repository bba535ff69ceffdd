//! Quarters of an hour, and the days and weekdays they belong to.

use distributor::WallTime;
use serde::{Deserialize, Serialize};

const MILLIS: i64 = 15 * 60 * 1_000;
const A_DAY: i64 = 96;
/// The Unix epoch was a Thursday; days are counted from a Monday.
const EPOCH_WEEKDAY: i64 = 3;

/// A quarter of an hour, counted from the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Interval(pub i64);

impl Interval {
    /// In a day.
    pub const A_DAY: usize = 96;

    pub fn of(at: WallTime) -> Self {
        Self(at.0.div_euclid(MILLIS))
    }

    pub fn start(self) -> WallTime {
        WallTime(self.0.saturating_mul(MILLIS))
    }

    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// A day of the place's own time, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LocalDay {
    pub number: i64,
    /// How far the place's time is ahead of UTC, in quarters of an hour.
    ahead: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl LocalDay {
    /// The day of a moment, where time is so many minutes ahead of UTC; all
    /// zones differ from it by quarters of an hour.
    pub fn of(at: WallTime, minutes_ahead: i32) -> Self {
        let ahead = i64::from(minutes_ahead).div_euclid(15);
        let number = Interval::of(at).0.saturating_add(ahead).div_euclid(A_DAY);
        Self { number, ahead }
    }

    pub fn first(self) -> Interval {
        Interval(self.number.saturating_mul(A_DAY).saturating_sub(self.ahead))
    }

    /// From midnight to midnight.
    pub fn intervals(self) -> impl Iterator<Item = Interval> {
        let first = self.first().0;
        (0..A_DAY).map(move |n| Interval(first.saturating_add(n)))
    }

    /// The day so many days later, or earlier.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        let number = self.number.saturating_add(days);
        Self { number, ..self }
    }

    pub fn weekday(self) -> Weekday {
        match self.number.saturating_add(EPOCH_WEEKDAY).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-24 09:30 in Korea, a Tuesday.
    const MORNING: WallTime = WallTime(1_795_480_200_000);

    #[test]
    fn a_day_begins_at_the_places_own_midnight() {
        let day = LocalDay::of(MORNING, 9 * 60);

        assert_eq!(day.weekday(), Weekday::Tuesday);
        assert_eq!(Interval::of(MORNING).0 - day.first().0, 9 * 4 + 2);
        assert_eq!(day.intervals().count(), Interval::A_DAY);
        let midnight = day.plus(1).first().start();
        assert_eq!(LocalDay::of(midnight, 9 * 60), day.plus(1));
        assert_eq!(LocalDay::of(WallTime(midnight.0 - 1), 9 * 60), day);
    }

    #[test]
    fn before_the_epoch_days_go_on() {
        assert_eq!(LocalDay::of(WallTime(0), 0).weekday(), Weekday::Thursday);
        let before = LocalDay::of(WallTime(-1), 0);
        assert_eq!((before.number, before.weekday()), (-1, Weekday::Wednesday));
    }
}
