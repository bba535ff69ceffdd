//! Stops asking a network that does not answer, and tries again after a while.

use std::time::{Duration, Instant};

/// Failures in a row before a network counts as away.
const PATIENCE: u32 = 3;
const REST: Duration = Duration::from_secs(20);
/// What a network asks for at most: beyond it somebody has mistyped, and it is tried.
const REST_MAX: Duration = Duration::from_mins(10);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NetworkState {
    /// Not asked yet.
    Unknown,
    Up,
    Down,
}

/// How a network is doing, and what that comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NetworkHealth {
    pub(crate) state: NetworkState,
    /// In a row.
    pub(crate) failures: u32,
    /// Until it is asked again.
    pub(crate) rests_for: Option<Duration>,
}

/// How a question went, as far as the network's health goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It answered as it should.
    Well,
    Failed,
    /// It asks to be left alone, for so long if it says so.
    Throttled(Option<Duration>),
}

/// Closed, open or half open, in the usual words; pure.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Breaker {
    asked: bool,
    failures: u32,
    /// Nobody is asked before this.
    rests_until: Option<Instant>,
    /// It asked for its rest itself, and has it whatever else it answers meanwhile.
    wished: bool,
}

impl Breaker {
    /// Whether a question may go out; after a rest exactly one may, to find out.
    pub(crate) fn admits(&mut self, now: Instant) -> bool {
        match self.rests_until {
            Some(until) if now < until => false,
            Some(_) => {
                self.rests_until = Some(now + REST);
                self.wished = false;
                true
            }
            None => true,
        }
    }

    /// Notes how the network answered. What was under way when it asked to be left alone
    /// does not shorten its rest.
    pub(crate) fn note(&mut self, outcome: Outcome, now: Instant) {
        self.asked = true;
        match outcome {
            Outcome::Well => {
                self.failures = 0;
                if !self.wished {
                    self.rests_until = None;
                }
            }
            Outcome::Failed => self.fail(now, None),
            Outcome::Throttled(wish) => self.fail(now, wish),
        }
    }

    /// Away only while it rests: then a citizen is told before starting.
    pub(crate) fn state(&self, now: Instant) -> NetworkState {
        match self.rests_until {
            Some(until) if now < until => NetworkState::Down,
            _ if self.asked => NetworkState::Up,
            _ => NetworkState::Unknown,
        }
    }

    pub(crate) fn health(&self, now: Instant) -> NetworkHealth {
        let rest = self.rests_until.map(|it| it.saturating_duration_since(now));
        NetworkHealth {
            state: self.state(now),
            failures: self.failures,
            rests_for: rest.filter(|it| !it.is_zero()),
        }
    }

    fn fail(&mut self, now: Instant, wish: Option<Duration>) {
        self.failures = self.failures.saturating_add(1);
        let rest = match wish {
            Some(wish) => Some(wish.min(REST_MAX)),
            None if self.failures >= PATIENCE => Some(REST),
            None => None,
        };
        self.wished |= wish.is_some();
        if let Some(until) = rest.map(|rest| now + rest) {
            self.rests_until = self.rests_until.max(Some(until));
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
            breaker.note(Outcome::Failed, now);
        }
        assert_eq!(breaker.state(now), NetworkState::Down);
        let health = breaker.health(now);
        assert_eq!((health.failures, health.rests_for), (PATIENCE, Some(REST)));
        assert!(!breaker.admits(now + REST / 2));

        let later = now + REST;
        assert!(breaker.admits(later));
        assert!(
            !breaker.admits(later),
            "one question finds out; the others wait"
        );
        breaker.note(Outcome::Well, later);

        assert_eq!(breaker.state(later), NetworkState::Up);
        assert!(breaker.admits(later));
    }

    #[test]
    fn a_network_that_says_for_how_long_is_left_alone_at_once_and_that_long() {
        let now = Instant::now();
        let wish = Duration::from_secs(90);
        let mut breaker = Breaker::default();
        assert!(breaker.admits(now));

        breaker.note(Outcome::Throttled(Some(wish)), now);
        // Questions that were under way meanwhile.
        breaker.note(Outcome::Failed, now);
        breaker.note(Outcome::Well, now);
        breaker.note(Outcome::Failed, now);

        assert_eq!(breaker.state(now), NetworkState::Down);
        assert!(!breaker.admits(now + wish - Duration::from_millis(1)));
        assert!(breaker.admits(now + wish));
        breaker.note(Outcome::Well, now + wish);
        assert_eq!(breaker.state(now + wish), NetworkState::Up);
    }

    #[test]
    fn nobody_is_left_alone_for_a_day_because_somebody_mistyped() {
        let now = Instant::now();
        let mut breaker = Breaker::default();

        let day = Duration::from_hours(24);
        breaker.note(Outcome::Throttled(Some(day)), now);

        assert!(!breaker.admits(now + REST_MAX / 2));
        assert!(breaker.admits(now + REST_MAX));
    }

    #[test]
    fn a_network_that_asks_for_patience_without_saying_how_long_has_three_tries() {
        let now = Instant::now();
        let mut breaker = Breaker::default();
        breaker.note(Outcome::Throttled(None), now);
        assert!(breaker.admits(now));

        breaker.note(Outcome::Throttled(None), now);
        breaker.note(Outcome::Throttled(None), now);

        assert!(!breaker.admits(now));
    }
}
