//! Who comes first is served first: the order in which calls are offered, worked
//! out again from what was seen.

use distributor::{AgentId, CallId, Choice, Priority, Reason};

use super::{Law, Seen, Stage, Who, Witness};

impl Witness {
    fn waits(&self, call: CallId, seen: &Seen, now: u64) -> bool {
        let served = |it: &super::Line| it.call == call && !it.ended && it.who != Who::Caller;
        seen.stage == Stage::Waiting && seen.rests_until <= now && !self.lines.values().any(served)
    }

    /// Emergencies first, then by arrival set back by what the priority is worth.
    fn rank(&self, seen: &Seen) -> (bool, i64) {
        let queue = self
            .center
            .plan
            .queues
            .iter()
            .find(|it| it.id == seen.queue);
        let step = queue.map_or(0, |it| i64::from(it.priority_step_seconds) * 1_000);
        let steps = match seen.priority {
            Priority::Ordinary => 0,
            Priority::Elderly => 1,
            Priority::CutOff => 2,
            Priority::Emergency => 3,
        };
        let arrived = i64::try_from(seen.arrived).unwrap();
        (seen.priority != Priority::Emergency, arrived - steps * step)
    }

    /// An offer goes to the call that comes first of all its agent could serve.
    pub(super) fn offered(
        &mut self,
        call: CallId,
        agents: &[AgentId],
        reason: &Reason,
        now: u64,
    ) -> Law {
        let seen = self.seen(call)?.clone();
        if !matches!(reason.choice, Choice::Strategy(_)) {
            return Ok(());
        }
        let waited = now - seen.arrived;
        if reason.waited.as_millis() != u128::from(waited) || reason.priority != seen.priority {
            return Err(format!(
                "{call:?} has lost its place: {waited} ms were waited, not {:?}; {:?} is {seen:?}",
                reason.waited, reason.priority,
            ));
        }
        for agent in agents.iter().filter_map(|it| self.center.agent(*it)) {
            for (other, its) in self.calls.open() {
                let could = agent.queues.contains(&its.queue)
                    && agent.languages.iter().any(|it| it.0 == its.language);
                if could
                    && other != call
                    && self.rank(its) < self.rank(&seen)
                    && self.waits(other, its, now)
                {
                    return Err(format!(
                        "{other:?} is overtaken by {call:?}: {its:?}, {seen:?}"
                    ));
                }
            }
        }
        self.judged += 1;
        Ok(())
    }
}
