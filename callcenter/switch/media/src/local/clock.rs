//! How late the clock is served.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Each stands for so much of lateness.
const STEP: Duration = Duration::from_micros(50);
const STEPS: usize = 1_000;

/// A histogram that one thread fills and others read.
pub(super) struct Lateness {
    counts: [AtomicU64; STEPS],
    longest: AtomicU64,
}

impl Default for Lateness {
    fn default() -> Self {
        Self {
            counts: [const { AtomicU64::new(0) }; STEPS],
            longest: AtomicU64::new(0),
        }
    }
}

impl Lateness {
    pub(super) fn note(&self, late: Duration) {
        let micros = u64::try_from(late.as_micros()).unwrap_or(u64::MAX);
        let step = (micros / STEP.as_micros() as u64).min(STEPS as u64 - 1) as usize;
        if let Some(count) = self.counts.get(step) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        self.longest.fetch_max(micros, Ordering::Relaxed);
    }

    /// What a share of all was not later than, to the histogram's step.
    pub(super) fn quantile(&self, share: f64) -> Duration {
        let counts: Vec<u64> = self
            .counts
            .iter()
            .map(|count| count.load(Ordering::Relaxed))
            .collect();
        let wanted = (counts.iter().sum::<u64>() as f64 * share).ceil() as u64;
        let mut passed = 0;
        for (step, count) in counts.iter().enumerate() {
            passed += count;
            if passed >= wanted {
                return STEP * (step as u32 + 1);
            }
        }
        Duration::ZERO
    }

    pub(super) fn longest(&self) -> Duration {
        Duration::from_micros(self.longest.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_what_was_noted() {
        let lateness = Lateness::default();
        for micros in 0..10_000 {
            lateness.note(Duration::from_micros(micros));
        }

        assert_eq!(lateness.quantile(0.5), Duration::from_millis(5));
        assert_eq!(lateness.quantile(0.99), Duration::from_micros(9_900));
        assert_eq!(lateness.longest(), Duration::from_micros(9_999));
    }
}
