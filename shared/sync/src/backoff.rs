//! Waiting longer after each failure, and never in step with the others.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(60);

/// Exponential back-off with full jitter in its upper half, from a seed.
#[derive(Clone, Debug)]
pub struct Backoff {
    failures: u32,
    dice: u64,
}

impl Backoff {
    pub fn new(seed: u64) -> Self {
        // Neighboring seeds must not give neighboring dice (splitmix64's constant).
        let dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        Self { failures: 0, dice }
    }

    /// The wait before the next attempt, between half of the step and all of it.
    pub fn next_wait(&mut self) -> Duration {
        let step = FIRST
            .saturating_mul(1 << self.failures.min(16))
            .min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        step / 2 + (step / 2).mul_f64(self.roll())
    }

    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// xorshift64 (Marsaglia 2003); jitter needs no better dice.
    fn roll(&mut self) -> f64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        f64::from((self.dice >> 40) as u32) / f64::from(1u32 << 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_minute_and_no_further() {
        let mut backoff = Backoff::new(7);
        let waits: Vec<Duration> = (0..12).map(|_| backoff.next_wait()).collect();

        assert!(waits[0] >= FIRST / 2 && waits[0] <= FIRST);
        assert!(waits.iter().all(|wait| *wait <= LONGEST));
        assert!(waits[11] >= LONGEST / 2);
    }

    #[test]
    fn two_stations_do_not_knock_in_step() {
        let (mut one, mut other) = (Backoff::new(1), Backoff::new(2));

        assert_ne!(one.next_wait(), other.next_wait());
    }
}
