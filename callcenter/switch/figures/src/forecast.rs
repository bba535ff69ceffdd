//! How many calls a day lets expect, by the center's own history.
//!
//! It is no more than it looks like: for each quarter of an hour the calls of
//! the same weekday in earlier weeks, the newer ones weighing more (simple
//! exponential smoothing; R. G. Brown, "Statistical Forecasting for Inventory
//! Control", 1959). Holidays are one weekday of their own. It knows no trend
//! within a week, no weather and no letters sent to half a town.

use std::{collections::BTreeSet, time::Duration};

use distributor::QueueId;

use crate::{Counts, Ledger, LocalDay};

/// How much the newest week weighs.
const NEWEST_WEIGHS: f64 = 0.3;
/// Weeks that are looked back on; holidays among them.
const WEEKS: i64 = 13;

/// Days of a place on which everything is different, by [`LocalDay::number`].
pub type Holidays = BTreeSet<i64>;

/// A quarter of an hour as it is to be expected.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expected {
    pub calls: f64,
}

/// A queue's day as it is to be expected.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    pub day: LocalDay,
    /// By quarter of an hour, from midnight on.
    pub intervals: Vec<Expected>,
    /// Talk, hold and wrap-up, of all days that were looked at.
    pub handling: Duration,
    /// Until callers give up, if any did.
    pub patience: Option<Duration>,
    /// Days it was made of.
    pub days: usize,
}

impl Forecast {
    /// `None` where there was no such day yet, or nobody was served on any.
    pub fn of(
        ledger: &Ledger,
        queue: &QueueId,
        day: LocalDay,
        holidays: &Holidays,
    ) -> Option<Self> {
        let (first, _) = ledger.span()?;
        let earlier = (1..=WEEKS * 7).rev().map(|ago| day.plus(-ago));
        // Of the first day only a part may have been counted.
        let whole = earlier.filter(|it| it.first() >= first && is_alike(*it, day, holidays));
        let mut levels: Vec<f64> = Vec::new();
        let (mut sum, mut days) = (Counts::default(), 0);
        for earlier in whole {
            let counts: Vec<Counts> = earlier.intervals().map(|it| ledger.at(it, queue)).collect();
            // The switch was off, or the queue was not there yet.
            if counts.iter().all(|it| it.offered == 0) {
                continue;
            }
            counts.iter().for_each(|it| sum += it);
            days += 1;
            smooth(&mut levels, &counts);
        }
        Some(Self {
            day,
            intervals: levels.into_iter().map(|calls| Expected { calls }).collect(),
            handling: sum.average_handling_time()?,
            patience: sum.average_patience(),
            days,
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "calls of a quarter of an hour")]
fn smooth(levels: &mut Vec<f64>, counts: &[Counts]) {
    let calls = counts.iter().map(|it| it.offered as f64);
    if levels.is_empty() {
        levels.extend(calls);
        return;
    }
    for (level, calls) in levels.iter_mut().zip(calls) {
        *level += NEWEST_WEIGHS * (calls - *level);
    }
}

fn is_alike(one: LocalDay, other: LocalDay, holidays: &Holidays) -> bool {
    let is_holiday = |it: LocalDay| holidays.contains(&it.number);
    match (is_holiday(one), is_holiday(other)) {
        (false, false) => one.weekday() == other.weekday(),
        (one, other) => one == other,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use distributor::WallTime;

    use super::*;
    use crate::Interval;

    /// 2026-11-24, a Tuesday in Korea.
    fn tuesday() -> LocalDay {
        LocalDay::of(WallTime(1_795_480_200_000), 9 * 60)
    }

    fn queue() -> QueueId {
        QueueId("residents".into())
    }

    fn add(ledger: &mut Ledger, interval: Interval, calls: u64) {
        let counts = ledger.counts(interval, &queue());
        counts.offered += calls;
        counts.handled += calls;
        counts.talk_ms += calls * 180_000;
    }

    /// Ten times the weekday's number at nine, for so many weeks and a day.
    fn history(weeks: i64) -> Ledger {
        let mut ledger = Ledger::default();
        for ago in 1..=weeks * 7 + 1 {
            let day = tuesday().plus(-ago);
            let calls = u64::try_from(day.number.rem_euclid(7)).unwrap() * 10 + 10;
            add(&mut ledger, Interval(day.first().0 + 36), calls);
        }
        ledger
    }

    #[test]
    fn a_weekday_is_as_the_same_weekday_was() {
        let day = tuesday();
        let usual = f64::from(u32::try_from(day.number.rem_euclid(7)).unwrap() * 10 + 10);

        let forecast = Forecast::of(&history(4), &queue(), day, &Holidays::new()).unwrap();

        assert_eq!(
            (forecast.days, forecast.intervals.len()),
            (4, Interval::A_DAY)
        );
        assert!((forecast.intervals[36].calls - usual).abs() < 1e-9);
        assert_eq!(forecast.intervals[35].calls, 0.0);
        assert_eq!(forecast.handling, Duration::from_secs(180));
        assert_eq!(forecast.patience, None);
    }

    #[test]
    fn the_last_week_weighs_most_and_the_others_are_not_forgotten() {
        let mut ledger = history(4);
        let usual = f64::from(u32::try_from(tuesday().number.rem_euclid(7)).unwrap() * 10 + 10);
        let last = Interval(tuesday().plus(-7).first().0 + 36);
        add(&mut ledger, last, 100);

        let forecast = Forecast::of(&ledger, &queue(), tuesday(), &Holidays::new()).unwrap();

        assert!((forecast.intervals[36].calls - (usual + 30.0)).abs() < 1e-9);
    }

    #[test]
    fn a_holiday_is_like_holidays_and_spoils_no_weekday() {
        let mut ledger = history(4);
        let (holiday, day) = (tuesday().plus(-7), tuesday());
        add(&mut ledger, Interval(holiday.first().0 + 36), 900);
        let holidays = Holidays::from([holiday.number]);

        let weekday = Forecast::of(&ledger, &queue(), day, &holidays).unwrap();
        let next = Holidays::from([holiday.number, day.number]);
        let festive = Forecast::of(&ledger, &queue(), day, &next).unwrap();

        assert_eq!((weekday.days, festive.days), (3, 1));
        assert!(weekday.intervals[36].calls < 100.0 && festive.intervals[36].calls > 900.0);
    }

    #[test]
    fn without_history_nothing_is_said() {
        let none = Forecast::of(&Ledger::default(), &queue(), tuesday(), &Holidays::new());
        assert_eq!(none, None);
        let yesterday = history(0);
        let none = Forecast::of(&yesterday, &queue(), tuesday(), &Holidays::new());
        assert_eq!(none, None);
    }
}
