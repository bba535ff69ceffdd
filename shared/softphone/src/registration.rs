//! Being registered: when to ask, and when to ask again.

use std::time::{Duration, Instant};

use signalling::NotRegistered;

use crate::Unregistered;

/// How long a registration is asked for: a registrar that has forgotten us, or a
/// broken connection, is found out within half of it.
pub(crate) const EXPIRES: Duration = Duration::from_secs(60);
/// Waits double from the first to the longest (RFC 5626 §4.5).
const AFTER_SILENCE: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(60)];
/// A wrong password does not become right: seldom enough for a switch that locks out
/// who guesses.
const AFTER_WRONG_PASSWORD: [Duration; 2] = [Duration::from_secs(60), Duration::from_secs(900)];
/// A registrar may send us away for so long.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(3_600);

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Asks the registrar; the answer comes with the same number.
    Ask {
        number: u64,
        expires: Duration,
    },
    TellRegistered,
    TellUnregistered(Unregistered),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Off,
    Asking,
    Registered { refresh_at: Instant },
    Waiting { retry_at: Instant },
    Leaving,
}

/// One telephone's registration.
#[derive(Debug)]
pub(crate) struct Registration {
    step: Step,
    /// Of the last question.
    number: u64,
    /// Told last; the same is not told twice in a row.
    told: Option<Result<(), Unregistered>>,
    failures: u32,
    /// This telephone's share of every wait, 0.5 to 1: not all come back at once
    /// when a switch does.
    share: f64,
    deeds: Vec<Deed>,
}

impl Registration {
    pub(crate) fn new(share: f64) -> Self {
        Self {
            step: Step::Off,
            number: 0,
            told: None,
            failures: 0,
            share: share.clamp(0.5, 1.0),
            deeds: Vec::new(),
        }
    }

    pub(crate) fn register(&mut self) {
        if matches!(self.step, Step::Off | Step::Waiting { .. } | Step::Leaving) {
            self.failures = 0;
            self.ask(EXPIRES, Step::Asking);
        }
    }

    pub(crate) fn unregister(&mut self) {
        match self.step {
            Step::Asking | Step::Registered { .. } => self.ask(Duration::ZERO, Step::Leaving),
            Step::Waiting { .. } => self.leave(),
            Step::Off | Step::Leaving => {}
        }
    }

    /// The answer to the question of this number.
    pub(crate) fn answered(
        &mut self,
        number: u64,
        answer: Result<Duration, NotRegistered>,
        now: Instant,
    ) {
        if number != self.number {
            return;
        }
        match (self.step, answer) {
            (Step::Leaving, _) => self.leave(),
            (Step::Asking, Ok(granted)) if !granted.is_zero() => {
                self.failures = 0;
                let refresh_at = now + granted / 2;
                self.step = Step::Registered { refresh_at };
                self.tell(Ok(()));
            }
            // Granted for no time at all.
            (Step::Asking, Ok(_)) => self.failed(NotRegistered::Silent, now),
            (Step::Asking, Err(why)) => self.failed(why, now),
            (Step::Off | Step::Registered { .. } | Step::Waiting { .. }, _) => {}
        }
    }

    pub(crate) fn handle_timeout(&mut self, now: Instant) {
        match self.step {
            Step::Registered { refresh_at: at } | Step::Waiting { retry_at: at } if at <= now => {
                self.ask(EXPIRES, Step::Asking);
            }
            Step::Off
            | Step::Asking
            | Step::Registered { .. }
            | Step::Waiting { .. }
            | Step::Leaving => {}
        }
    }

    pub(crate) fn poll_timeout(&self) -> Option<Instant> {
        match self.step {
            Step::Registered { refresh_at } => Some(refresh_at),
            Step::Waiting { retry_at } => Some(retry_at),
            Step::Off | Step::Asking | Step::Leaving => None,
        }
    }

    /// Whether the registrar is being told that we go.
    pub(crate) fn is_leaving(&self) -> bool {
        matches!(self.step, Step::Leaving)
    }

    pub(crate) fn take_deeds(&mut self) -> Vec<Deed> {
        std::mem::take(&mut self.deeds)
    }

    fn ask(&mut self, expires: Duration, step: Step) {
        self.step = step;
        self.number += 1;
        let number = self.number;
        self.deeds.push(Deed::Ask { number, expires });
    }

    fn leave(&mut self) {
        self.step = Step::Off;
        self.tell(Err(Unregistered::Asked));
    }

    fn failed(&mut self, why: NotRegistered, now: Instant) {
        let ([first, longest], told) = match why {
            NotRegistered::NoUri => {
                self.step = Step::Off;
                return self.tell(Err(Unregistered::Malformed));
            }
            NotRegistered::WrongPassword => (AFTER_WRONG_PASSWORD, Unregistered::WrongPassword),
            NotRegistered::Unreachable | NotRegistered::Silent => {
                (AFTER_SILENCE, Unregistered::RegistrarGone)
            }
            NotRegistered::Refused {
                status,
                retry_after,
            } => {
                let told = Unregistered::Refused {
                    status,
                    retry_after,
                };
                (AFTER_SILENCE, told)
            }
        };
        let doubled = first.saturating_mul(1 << self.failures.min(16));
        let mut wait = doubled.min(longest).mul_f64(self.share);
        if let Unregistered::Refused {
            retry_after: Some(after),
            ..
        } = told
        {
            wait = wait.max(after.min(RETRY_AFTER_MAX));
        }
        self.failures += 1;
        self.step = Step::Waiting {
            retry_at: now + wait,
        };
        self.tell(Err(told));
    }

    fn tell(&mut self, what: Result<(), Unregistered>) {
        if self.told.replace(what) == Some(what) {
            return;
        }
        self.deeds.push(match what {
            Ok(()) => Deed::TellRegistered,
            Err(why) => Deed::TellUnregistered(why),
        });
    }
}

#[cfg(test)]
#[path = "registration/tests.rs"]
mod tests;
