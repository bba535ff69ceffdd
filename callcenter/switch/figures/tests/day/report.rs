//! A day of a center, foretold and seen, by quarters of an hour.

use std::{
    fmt,
    time::{Duration, Instant},
};

use distributor::{WallTime, staffing::ErlangC};
use figures::{Counter, Counts, Forecast, Holidays, LocalDay, Requirement, ServiceLevel};

use super::{
    hall::{Fairness, Hall, WITHIN, plan, queue},
    profile::{QUARTERS, draw, expected},
    shifts::cover,
};

const KOREA: i32 = 9 * 60;
/// 2026-11-24, a Tuesday.
const DAY: WallTime = WallTime(1_795_480_200_000);
const NINE: usize = 36;
const TALK: Duration = Duration::from_secs(180);
/// Earlier weeks; of the first one only a part counts.
const WEEKS: i64 = 5;
const REQUIREMENT: Requirement = Requirement {
    level: 0.8,
    within: WITHIN,
    shrinkage: 0.0,
};

/// A quarter of an hour.
pub(crate) struct Row {
    expected: f64,
    pub(crate) needed: u32,
    pub(crate) present: u32,
    /// By Erlang C, for what was expected and who was there.
    pub(crate) form: ErlangC,
    pub(crate) seen: Counts,
}

pub(crate) struct Report {
    pub(crate) rows: Vec<Row>,
    pub(crate) fairness: Fairness,
    took: Duration,
}

/// Plays a day of so many calls: earlier weeks make its forecast, the forecast its
/// shifts.
pub(crate) fn day(seed: u64, calls: f64) -> Report {
    let today = LocalDay::of(DAY, KOREA);
    let mut history = Counter::new(&plan(), KOREA);
    let ample: Vec<u32> = (0..QUARTERS)
        .map(|quarter| 50 + (expected(calls, quarter) / 3.0) as u32)
        .collect();
    for ago in (1..=WEEKS).rev() {
        let callers = draw(seed + 1_000 * u64::try_from(ago).unwrap(), calls, TALK);
        let opens = opening(today.plus(-7 * ago));
        Hall::open(opens, &mut history).run(&callers, &cover(&ample).0);
    }
    let ledger = history.ledger();
    let forecast = Forecast::of(ledger, &queue(), today, &Holidays::new()).unwrap();
    let expected: Vec<f64> = forecast.intervals[NINE..NINE + QUARTERS]
        .iter()
        .map(|it| it.calls)
        .collect();
    let need = |calls: &f64| REQUIREMENT.agents(4.0 * calls, forecast.handling, None);
    let needed: Vec<u32> = expected.iter().map(|it| need(it).unwrap()).collect();
    let (shifts, present) = cover(&needed);
    let callers = draw(seed, calls, TALK);
    let mut counter = Counter::new(&plan(), KOREA);

    let began = Instant::now();
    let fairness = Hall::open(opening(today), &mut counter).run(&callers, &shifts);
    let took = began.elapsed();

    let first = today.first().0 + i64::try_from(NINE).unwrap();
    let quarters = expected.into_iter().zip(needed).zip(present).zip(first..);
    let rows = quarters.map(|(((expected, needed), present), at)| Row {
        expected,
        needed,
        present,
        form: ErlangC::new(present, 4.0 * expected, forecast.handling).unwrap(),
        seen: counter.ledger().at(figures::Interval(at), &queue()),
    });
    Report {
        rows: rows.collect(),
        fairness,
        took,
    }
}

fn opening(day: LocalDay) -> WallTime {
    figures::Interval(day.first().0 + i64::try_from(NINE).unwrap()).start()
}

impl Report {
    pub(crate) fn sum(&self) -> Counts {
        let mut sum = Counts::default();
        self.rows.iter().for_each(|row| sum += &row.seen);
        sum
    }

    /// Weighed by the calls that were expected.
    fn foretold(&self, of: impl Fn(&ErlangC) -> f64) -> f64 {
        let all: f64 = self.rows.iter().map(|it| it.expected).sum();
        let weighed = self.rows.iter().map(|it| it.expected * of(&it.form));
        weighed.sum::<f64>() / all
    }

    pub(crate) fn foretold_level(&self) -> f64 {
        self.foretold(|it| it.service_level(WITHIN))
    }

    pub(crate) fn foretold_wait(&self) -> f64 {
        self.foretold(|it| it.average_speed_of_answer().as_secs_f64())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "quarter  calls: expected, seen  agents: needed, there  within 20 s: Erlang C, seen  \
             mean wait (s): Erlang C, seen  longest (s)"
        )?;
        for (quarter, row) in self.rows.iter().enumerate() {
            let minutes = (NINE + quarter) * 15;
            let level = row.seen.service_level(ServiceLevel::OfAll);
            let wait = row.seen.average_speed_of_answer().unwrap_or_default();
            writeln!(
                out,
                "{:02}:{:02}  {:6.1} {:5}  {:4} {:4}  {:5.1} % {:5.1} %  {:6.2} {:6.2}  {:6.1}",
                minutes / 60,
                minutes % 60,
                row.expected,
                row.seen.offered,
                row.needed,
                row.present,
                100.0 * row.form.service_level(WITHIN),
                100.0 * level.unwrap_or(1.0),
                row.form.average_speed_of_answer().as_secs_f64(),
                wait.as_secs_f64(),
                row.seen.longest_wait_ms as f64 / 1_000.0,
            )?;
        }
        let sum = self.sum();
        let Fairness { served, overtaking } = self.fairness;
        writeln!(
            out,
            "the day: {served} calls, within 20 s Erlang C {:.1} % seen {:.1} %, mean wait Erlang C \
             {:.2} s seen {:.2} s, longest {:.1} s, served before an earlier caller of the same \
             priority {overtaking} ({:.2} %), {:.0} calls a second",
            100.0 * self.foretold_level(),
            100.0 * sum.service_level(ServiceLevel::OfAll).unwrap_or(1.0),
            self.foretold_wait(),
            sum.average_speed_of_answer()
                .unwrap_or_default()
                .as_secs_f64(),
            sum.longest_wait_ms as f64 / 1_000.0,
            100.0 * overtaking as f64 / served.max(1) as f64,
            served as f64 / self.took.as_secs_f64(),
        )
    }
}
