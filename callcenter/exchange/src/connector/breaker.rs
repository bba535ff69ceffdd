//! Stops asking a network that does not answer, and tries again after a while.

use std::time::{Duration, Instant};

/// Failures in a row before a network counts as away.
const PATIENCE: u32 = 3;
const REST: Duration = Duration::from_secs(20);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkState {
    /// Not asked yet.
    Unknown,
    Up,
    Down,
}

/// Closed, open or half open, in the usual words; pure.
#[derive(Clone, Copy, Debug, Default)]
pub struct Breaker {
    asked: bool,
    failures: u32,
    /// Nobody is asked before this.
    rests_until: Option<Instant>,
}

impl Breaker {
    /// Whether a question may go out; after a rest exactly one may, to find out.
    pub fn admits(&mut self, now: Instant) -> bool {
        match self.rests_until {
            Some(until) if now < until => false,
            Some(_) => {
                self.rests_until = Some(now + REST);
                true
            }
            None => true,
        }
    }

    /// Notes whether the network answered as it should.
    pub fn note(&mut self, answered: bool, now: Instant) {
        self.asked = true;
        if answered {
            self.failures = 0;
            self.rests_until = None;
        } else {
            self.failures = self.failures.saturating_add(1);
            if self.failures >= PATIENCE {
                self.rests_until = Some(now + REST);
            }
        }
    }

    /// Away only while it rests: then a citizen is told before starting.
    pub fn state(&self, now: Instant) -> NetworkState {
        match self.rests_until {
            Some(until) if now < until => NetworkState::Down,
            _ if self.asked => NetworkState::Up,
            _ => NetworkState::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_that_failed_three_times_is_left_alone_and_then_tried_once() {
        let now = Instant::now();
        let mut breaker = Breaker::default();
        for _ in 0..3 {
            assert!(breaker.admits(now));
            breaker.note(false, now);
        }
        assert_eq!(breaker.state(now), NetworkState::Down);
        assert!(!breaker.admits(now + REST / 2));

        let later = now + REST;
        assert!(breaker.admits(later));
        assert!(
            !breaker.admits(later),
            "one question finds out; the others wait"
        );
        breaker.note(true, later);

        assert_eq!(breaker.state(later), NetworkState::Up);
        assert!(breaker.admits(later));
    }
}
