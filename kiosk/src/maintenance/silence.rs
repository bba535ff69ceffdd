//! When maintenance ends because nobody touches anything any more.

use std::time::{Duration, Instant};

use super::{Maintenance, Step};

/// Nobody types a PIN for so long.
const GATE: Duration = Duration::from_secs(40);
/// A technician has their hands in the machine and looks up again.
const SILENCE: Duration = Duration::from_secs(300);
/// Before it ends by silence it asks.
const GRACE: Duration = Duration::from_secs(20);

impl Maintenance {
    /// When it ends by silence.
    pub(super) fn ends(&self) -> Option<Instant> {
        match &self.step {
            Step::Gate(typing) => {
                // Who has to wait may wait here.
                let wait = self.gate.wait(&typing.technician, self.touched_at);
                Some(self.touched_at + wait.unwrap_or_default() + GATE)
            }
            Step::Called { .. } => Some(self.touched_at + GATE),
            // Machines at work are waited for.
            Step::Inside(inside) if inside.is_trying() => None,
            Step::Inside(_) => Some(self.touched_at + SILENCE),
            Step::Away | Step::Resting | Step::Recognising => None,
        }
    }

    /// Seconds left, once it asks whether anybody is still there.
    pub(super) fn leaving_in(&self, now: Instant) -> Option<u32> {
        let Step::Inside(_) = &self.step else {
            return None;
        };
        let left = self.ends()?.saturating_duration_since(now);
        let seconds = u32::try_from(left.as_millis().div_ceil(1000)).unwrap_or(0);
        (left <= GRACE).then_some(seconds.max(1))
    }
}
