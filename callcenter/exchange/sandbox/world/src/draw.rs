//! What chance decides in the world, from a seed.

use dice::Dice;

use crate::Date;

/// Dice, and the throws the world needs.
#[derive(Clone, Debug)]
pub struct Draw(Dice);

impl Draw {
    /// The dice of one matter: the same for the same seed, matter and number.
    pub(crate) fn new(seed: u64, matter: &str, about: usize) -> Self {
        // FNV-1a, so that matters that are alike fall differently.
        let mixed = matter
            .bytes()
            .chain(about.to_le_bytes())
            .chain(seed.to_le_bytes())
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self(Dice::new(mixed))
    }

    /// A number below `limit`; 0 where there is nothing to choose from.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0.below(limit)
    }

    /// From `low` to `high`, both possible.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = usize::try_from(high - low).unwrap_or(0) + 1;
        low + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// From `low` to `high` in steps of `step`.
    pub fn amount(&mut self, low: u64, high: u64, step: u64) -> u64 {
        let steps = usize::try_from(high.saturating_sub(low) / step).unwrap_or(0) + 1;
        low + step * self.below(steps) as u64
    }

    /// From `low` to `high` in steps of a tenth.
    pub fn tenths(&mut self, low: f64, high: f64) -> f64 {
        let tenth = |value: f64| (value * 10.0).round();
        let (low, high) = (tenth(low), tenth(high));
        // Both are whole numbers by now.
        #[allow(clippy::cast_possible_truncation)]
        let thrown = self.between(low as i32, high as i32);
        f64::from(thrown) / 10.0
    }

    /// True so many times in a thousand.
    pub fn in_thousand(&mut self, times: usize) -> bool {
        self.below(1_000) < times
    }

    /// Any of them.
    ///
    /// # Panics
    /// When there is none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        self.0
            .one_of(choices)
            .expect("there is something to choose")
    }

    /// A day from `first` to `last`; `first` when `last` is before it.
    pub fn day(&mut self, first: Date, last: Date) -> Date {
        let span = usize::try_from(last.0 - first.0).unwrap_or(0) + 1;
        first.plus_days(i32::try_from(self.below(span)).unwrap_or(0))
    }

    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        self.0.shuffle(things);
    }

    /// So many decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap_or(0)))
            .collect()
    }
}
