//! Who calls on a day: at random, more in the middle of the morning and of the
//! afternoon, fewer at noon. The shape is invented; no center's own was at hand.

use std::time::Duration;

use distributor::Priority;

use super::dice::Dice;

pub(crate) const QUARTER: Duration = Duration::from_secs(15 * 60);
/// From nine to six.
pub(crate) const QUARTERS: usize = 36;
/// Calls by half hours, as parts of the day's.
const SHAPE: [f64; 18] = [
    1.0, 1.2, 1.35, 1.35, 1.25, 1.15, 0.75, 0.6, 0.8, 1.1, 1.25, 1.25, 1.15, 1.05, 0.95, 0.8, 0.6,
    0.4,
];

#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller {
    /// Since the center opened.
    pub(crate) at: Duration,
    pub(crate) priority: Priority,
    pub(crate) talk: Duration,
}

/// Calls to be expected in a quarter of an hour.
pub(crate) fn expected(calls: f64, quarter: usize) -> f64 {
    calls * SHAPE[quarter / 2] / (2.0 * SHAPE.iter().sum::<f64>())
}

/// A Poisson process whose rate changes every quarter of an hour.
pub(crate) fn draw(seed: u64, calls: f64, talk: Duration) -> Vec<Caller> {
    let mut dice = Dice(seed);
    let mut callers = Vec::new();
    for quarter in 0..QUARTERS {
        let begins = QUARTER.mul_f64(quarter as f64);
        let gap = QUARTER.div_f64(expected(calls, quarter));
        let mut after = dice.span(gap);
        while after < QUARTER {
            let priority = match dice.below(100) {
                0 => Priority::Emergency,
                1..=9 => Priority::Elderly,
                _ => Priority::Ordinary,
            };
            callers.push(Caller {
                at: begins + after,
                priority,
                talk: dice.span(talk),
            });
            after += dice.span(gap);
        }
    }
    callers
}
