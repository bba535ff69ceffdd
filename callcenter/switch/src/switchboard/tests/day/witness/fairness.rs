//! Who comes first is served first: the order in which calls are offered, worked
//! out again from what was seen.

use distributor::{AgentId, CallId, Choice, Priority, QueueId, Reason, Standing};

use super::{Law, Seen, Stage, Who, Witness};

/// The place of a caller who is gone.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    number: String,
    queue: QueueId,
    arrived: u64,
    priority: Priority,
    until: u64,
    cut_off: bool,
}

impl Witness {
    fn place_kept(&self) -> u64 {
        u64::from(self.center.plan.place_kept_seconds) * 1_000
    }

    /// A call begins to wait; who calls again has the place he had.
    pub(super) fn queued(&mut self, call: CallId, queue: &QueueId, now: u64) {
        let Some(seen) = self.calls.get(call).cloned() else {
            return;
        };
        let mut after = seen.clone();
        after.stage = Stage::Waiting;
        after.queue = queue.clone();
        match seen.stage {
            // Sent on, or left alone: he keeps his arrival. What that did to the
            // priority stands in his place; without one it is not known.
            Stage::Talking => after.loose |= seen.number.is_none(),
            Stage::Calling | Stage::Waiting | Stage::TurnedAway => {
                after.arrived = now;
                // What an office had a part in may have left a place or not.
                if let Some(number) = &seen.number {
                    after.loose |= self.calls.of_number(number).any(|(_, it)| it.loose);
                    if !self.closed.contains(queue) {
                        self.take_over(&mut after, call, number, now);
                    }
                }
            }
        }
        if let Some(seen) = self.calls.get_mut(call) {
            *seen = after;
        }
    }

    fn take_over(&mut self, seen: &mut Seen, call: CallId, number: &str, now: u64) {
        self.kept.retain(|it| it.until > now);
        let own = self.kept.iter().filter(|it| it.number == number).count();
        let own_calls = self.calls.of_number(number);
        let promises = own_calls.filter(|(_, it)| it.promised);
        // Which of several places he has now is not judged.
        seen.loose |= own + promises.count() > 1;
        let oldest = |is: &dyn Fn(&Kept) -> bool| {
            let own = self.kept.iter().enumerate();
            let own = own.filter(|(_, it)| it.number == number && is(it));
            own.min_by_key(|(_, it)| it.arrived).map(|(place, _)| place)
        };
        let kept = oldest(&|it| it.queue == seen.queue).or_else(|| oldest(&|it| it.cut_off));
        if let Some(place) = kept {
            let kept = self.kept.remove(place);
            self.returned += 1;
            if kept.cut_off {
                seen.priority = seen.priority.max(Priority::CutOff);
            }
            if kept.queue == seen.queue {
                seen.arrived = kept.arrived;
                seen.priority = seen.priority.max(kept.priority);
            }
            return;
        }
        let dialed = |it: CallId| {
            let mut lines = self.lines.values();
            lines.any(|line| line.call == it && line.who == Who::Callback && !line.ended)
        };
        let promised = self
            .calls
            .of_number(number)
            .find(|(id, it)| *id != call && it.promised && it.queue == seen.queue && !dialed(*id));
        if let Some((_, promised)) = promised {
            self.returned += 1;
            seen.arrived = promised.arrived;
            seen.attempts = promised.attempts;
            seen.dials = promised.dials;
            seen.priority = seen.priority.max(promised.priority);
        }
    }

    /// A caller is gone; his place is kept, unless he was served or has a promise.
    pub(super) fn keep_place(&mut self, call: CallId, lost: bool, now: u64) {
        let until = now + self.place_kept();
        let Some(seen) = self.calls.get(call) else {
            return;
        };
        let cut_off = match seen.stage {
            Stage::Waiting => false,
            Stage::Talking if lost => true,
            Stage::Talking | Stage::Calling | Stage::TurnedAway => return,
        };
        if let Some(number) = seen
            .number
            .clone()
            .filter(|_| !seen.promised && !seen.loose)
        {
            self.kept.push(Kept {
                number,
                queue: seen.queue.clone(),
                arrived: seen.arrived,
                priority: seen.priority,
                until,
                cut_off,
            });
        }
    }

    /// Only what was written down is known after a restart.
    pub(super) fn kept_by_restart(&mut self, now: u64) {
        let span = self.place_kept();
        self.kept.retain(|it| it.until > now);
        for (call, place) in &self.places {
            let cut_off = match place.standing {
                Standing::Waiting => false,
                Standing::Talking => true,
                Standing::Promised { .. } | Standing::Left { .. } => continue,
            };
            let Some(seen) = self.calls.get(*call).filter(|it| !it.loose) else {
                continue;
            };
            if let Some(number) = seen.number.clone() {
                self.kept.push(Kept {
                    number,
                    queue: place.queue.clone(),
                    arrived: seen.arrived,
                    priority: place.priority,
                    until: now + span,
                    cut_off,
                });
            }
        }
    }

    fn waits(&self, call: CallId, seen: &Seen, now: u64) -> bool {
        let served = |it: &super::Line| it.call == call && !it.ended && it.who != Who::Caller;
        seen.stage == Stage::Waiting
            && !seen.loose
            && seen.rests_until <= now
            && !self.lines.values().any(served)
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
        if seen.loose || !matches!(reason.choice, Choice::Strategy(_)) {
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
