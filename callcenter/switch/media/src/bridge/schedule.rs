//! When whose turn is: a clock that does not drift, in phases.

use std::time::{Duration, Instant};

use crate::plane::LegId;

/// Phases of a cycle.
pub(super) const PHASES: usize = 10;
const PHASE: Duration = Duration::from_millis(2);
/// Phases that are made up for after the machine stood still: 60 ms. What lies further
/// back nobody wants to hear any more, and who is overloaded must not spend all his time
/// on sending what is late.
const BEHIND_MAX: u64 = 30;

/// Counts phases since the beginning; each is due at its number times 2 ms, however
/// late the ones before it were.
pub(super) struct Schedule {
    began: Instant,
    /// The next phase, counted from the beginning.
    next: u64,
    skipped: u64,
    members: [Vec<LegId>; PHASES],
}

impl Schedule {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            began: now,
            next: 0,
            skipped: 0,
            members: Default::default(),
        }
    }

    /// When the next phase is due.
    pub(super) fn due(&self) -> Instant {
        self.began + Duration::from_micros(self.next * PHASE.as_micros() as u64)
    }

    /// The next phase if it is due: its cycle and its place in it.
    pub(super) fn next_due(&mut self, now: Instant) -> Option<(u64, usize)> {
        let passed = self.passed(now);
        if passed > self.next + BEHIND_MAX {
            let kept = passed - BEHIND_MAX;
            self.skipped += (kept - self.next) / PHASES as u64;
            self.next = kept;
        }
        if self.next > passed {
            return None;
        }
        let phase = self.next;
        self.next += 1;
        Some((phase / PHASES as u64, (phase % PHASES as u64) as usize))
    }

    /// Nobody was there to be late for.
    pub(super) fn skip_to(&mut self, now: Instant) {
        self.next = self.passed(now) + 1;
    }

    /// The cycle of the next phase.
    pub(super) fn cycle(&self) -> u64 {
        self.next / PHASES as u64
    }

    pub(super) fn skipped(&self) -> u64 {
        self.skipped
    }

    pub(super) fn members(&mut self, phase: usize) -> &mut Vec<LegId> {
        // The remainder lies within.
        &mut self.members[phase % PHASES]
    }

    /// Takes a leg into the phase with the fewest, and says which.
    pub(super) fn join(&mut self, leg: LegId) -> usize {
        let fewest = self
            .members
            .iter()
            .enumerate()
            .min_by_key(|(_, members)| members.len());
        let phase = fewest.map_or(0, |(phase, _)| phase);
        self.join_phase(leg, phase);
        phase
    }

    pub(super) fn join_phase(&mut self, leg: LegId, phase: usize) {
        self.members(phase).push(leg);
    }

    pub(super) fn leave(&mut self, leg: LegId, phase: usize) {
        self.members(phase).retain(|member| *member != leg);
    }

    fn passed(&self, now: Instant) -> u64 {
        let passed = now.saturating_duration_since(self.began).as_micros() / PHASE.as_micros();
        u64::try_from(passed).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_turns_do_not_move_those_after_them() {
        let start = Instant::now();
        let mut schedule = Schedule::new(start);
        let mut turns = 0;
        // The thread comes 0.1 to 3.5 ms late, every time.
        for round in 0..5_000u64 {
            let now = schedule.due() + Duration::from_micros(100 + round * 7 % 3_400);
            while schedule.next_due(now).is_some() {
                turns += 1;
            }
        }

        let due = schedule.due().saturating_duration_since(start);
        assert_eq!(due, PHASE * turns);
        assert_eq!(schedule.skipped(), 0);
    }

    #[test]
    fn who_slept_for_a_minute_makes_up_for_a_moment() {
        let start = Instant::now();
        let mut schedule = Schedule::new(start);
        let now = start + Duration::from_secs(60);

        let turns = std::iter::from_fn(|| schedule.next_due(now)).count();

        assert_eq!(turns, 31);
        assert_eq!(schedule.skipped(), 2_997);
    }
}
