//! Callers arrive, leave, are sent on, and wait too long.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

#[cfg(test)]
use super::mutant::Mutant;
use super::{
    CALLS_MOST, Distributor,
    agent::Doing,
    call::{Arrived, NewCall, Presence, Rank, Stage},
    layout::{NeedId, Queue},
    timers::Timer,
};
use crate::{
    AgentHangUp, CallId, CallerHangUp, CallerKey, Command, Departure, Language, Overflow, Priority,
    QueueId, Refused, Transfer, WallTime,
};

/// A call that rings through at the end of its longest wait is looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Who calls, apart from where to.
pub(super) struct Arrival {
    pub(super) call: CallId,
    pub(super) priority: Priority,
    pub(super) caller: Option<CallerKey>,
    pub(super) arrived: WallTime,
}

impl Distributor {
    pub(super) fn called(
        &mut self,
        arrival: Arrival,
        queue: &QueueId,
        language: &Language,
        now: Instant,
    ) -> Result<(), Refused> {
        let call = arrival.call;
        let (queue, need) = self.destination(queue, language)?;
        if self.calls.contains_key(&call) {
            return Err(Refused::CallKnown);
        }
        if self.calls.len() >= CALLS_MOST {
            return Err(Refused::Full);
        }
        self.ledger(queue.number).arrived += 1;
        if self.closed.contains(&queue.number) {
            self.ledger(queue.number).closed += 1;
            let why = CallerHangUp::Closed;
            self.order(Command::HangUpCaller { call, why });
            return Ok(());
        }
        let mut new = NewCall {
            id: call,
            need,
            language: language.clone(),
            priority: arrival.priority,
            caller: arrival.caller,
            arrived: self.arrived_now(arrival.arrived, now),
            promised: None,
            presence: Presence::OnLine,
            queue,
        };
        let replaced = self.take_over_place(&mut new, now);
        self.admit(new, now);
        self.remember(call);
        replaced.into_iter().for_each(|it| self.order(it));
        self.distribute(now);
        self.announce(call);
        Ok(())
    }

    /// Takes a new call among those that wait.
    pub(super) fn admit(&mut self, new: NewCall, now: Instant) {
        let id = new.id;
        let mut call = new.waiting(0, now);
        let rank = call.rank();
        call.story.ahead_on_arrival = self.ahead_of(call.queue.number, rank);
        self.calls.insert(id, call);
        self.begin_waiting(id, now);
    }

    /// Begins a wait in a queue: announcements and the longest wait count anew.
    pub(super) fn begin_waiting(&mut self, id: CallId, now: Instant) {
        let Some(call) = self.calls.get_mut(&id) else {
            return;
        };
        call.stage = Stage::Waiting;
        if call.presence == Presence::OnLine {
            let overflow = now + call.queue.plan.longest_wait();
            let announce = now + call.queue.plan.announce_every();
            call.overflow_at = Some(overflow);
            call.announce_at = Some(announce);
            self.timers.set(overflow, Timer::LongestWait(id));
            self.timers.set(announce, Timer::Announce(id));
        }
        self.enqueue(id);
    }

    /// Puts a waiting call in its place.
    pub(super) fn enqueue(&mut self, id: CallId) {
        if let Some(call) = self.calls.get(&id)
            && !self.sleeps(call)
        {
            let (need, rank) = (call.need, self.rank_of(call));
            self.needs.entry(need).or_default().waiting.insert(rank, id);
        }
    }

    /// Takes a call out of those that wait, if it is there.
    pub(super) fn dequeue(&mut self, id: CallId) {
        if let Some(call) = self.calls.get(&id) {
            let (need, rank) = (call.need, self.rank_of(call));
            if let Some(need) = self.needs.get_mut(&need) {
                need.waiting.remove(&rank);
            }
        }
    }

    pub(super) fn rank_of(&self, call: &super::Call) -> Rank {
        #[cfg(test)]
        if self.mutated(Mutant::CallbackOvertakes) && call.presence == Presence::Away {
            return call.rank().preferred();
        }
        call.rank()
    }

    pub(super) fn caller_left(&mut self, id: CallId, how: Departure, now: Instant) {
        let Some(call) = self.calls.get(&id) else {
            return;
        };
        // The first call of a promised callback ends after the promise.
        if call.presence == Presence::Away {
            return;
        }
        match call.stage {
            Stage::Talking => self.talk_left_by_caller(id, how, now),
            Stage::Offered => {
                #[cfg(test)]
                if self.mutated(Mutant::OfferOutlivesCaller) {
                    self.abandoned(id, now);
                    return;
                }
                self.withdraw_all(id, now);
                self.abandoned(id, now);
            }
            Stage::Waiting => self.abandoned(id, now),
            // Only who is away is dialed.
            Stage::Dialing(..) | Stage::Resting(_) => {}
        }
    }

    fn abandoned(&mut self, id: CallId, now: Instant) {
        let Some(call) = self.calls.get(&id) else {
            return;
        };
        if call.promised.is_some() {
            self.promise(id);
            return;
        }
        let queue = call.queue.number;
        self.ledger(queue).abandoned += 1;
        #[cfg(test)]
        if self.mutated(Mutant::CountsTwice) {
            self.ledger(queue).abandoned += 1;
        }
        self.dequeue(id);
        self.keep_place(id, false, now);
        self.calls.remove(&id);
    }

    pub(super) fn transferred(
        &mut self,
        id: CallId,
        to: &Transfer,
        now: Instant,
    ) -> Result<(), Refused> {
        let call = self.calls.get(&id).ok_or(Refused::UnknownCall)?;
        if call.stage != Stage::Talking {
            return Err(Refused::NotTalking);
        }
        let (queue, need) = match to {
            Transfer::Queue(queue) => self.destination(queue, &call.language)?,
            Transfer::Agent(_) => (Arc::clone(&call.queue), call.need),
        };
        let agent = match to {
            Transfer::Queue(_) if self.closed.contains(&queue.number) => {
                return Err(Refused::QueueClosed);
            }
            Transfer::Queue(_) => None,
            Transfer::Agent(agent) => {
                let known = self.agents.get(agent).ok_or(Refused::UnknownAgent)?;
                if known.doing != Doing::Idle {
                    return Err(Refused::NotFree);
                }
                Some(*agent)
            }
        };
        self.release_agents(id, AgentHangUp::Transferred, now);
        if let Some(call) = self.calls.get_mut(&id) {
            call.queue = queue;
            call.need = need;
            call.tried.clear();
        }
        match agent {
            None => self.requeue(id, now),
            Some(agent) => self.offer_transfer(id, agent, now),
        }
        Ok(())
    }

    /// A caller who talked waits again.
    pub(super) fn requeue(&mut self, id: CallId, now: Instant) {
        self.begin_waiting(id, now);
        if let Some(call) = self.calls.get(&id) {
            let queue = call.queue.plan.id.clone();
            self.order(Command::Requeued { call: id, queue });
        }
        self.remember(id);
    }

    pub(super) fn longest_wait_over(&mut self, id: CallId, due: Instant, now: Instant) {
        let Some(call) = self.calls.get_mut(&id) else {
            return;
        };
        if call.overflow_at != Some(due) || !call.waits_on_line() {
            return;
        }
        if call.stage == Stage::Offered {
            let again = now + LOOK_AGAIN;
            call.overflow_at = Some(again);
            self.timers.set(again, Timer::LongestWait(id));
            return;
        }
        call.overflow_at = None;
        let queue = Arc::clone(&call.queue);
        match &queue.plan.overflow {
            Overflow::Callback => self.order(Command::OfferCallback { call: id }),
            Overflow::Refuse => {
                self.ledger(queue.number).refused += 1;
                self.dequeue(id);
                self.calls.remove(&id);
                let why = CallerHangUp::WaitedTooLong;
                self.order(Command::HangUpCaller { call: id, why });
                self.order(Command::Forget(id));
            }
            Overflow::Queue(_) => self.overflow(id, &queue, now),
        }
    }

    fn overflow(&mut self, id: CallId, from: &Queue, now: Instant) {
        let Some(call) = self.calls.get(&id) else {
            return;
        };
        let Some((queue, need)) = self.layout.overflow_of(from, &call.language) else {
            return;
        };
        if self.closed.contains(&queue.number) {
            return;
        }
        self.dequeue(id);
        let to = queue.plan.id.clone();
        if let Some(call) = self.calls.get_mut(&id) {
            call.queue = queue;
            call.need = need;
        }
        let from = from.plan.id.clone();
        self.order(Command::Moved { call: id, from, to });
        self.begin_waiting(id, now);
        self.remember(id);
    }

    fn destination(
        &self,
        queue: &QueueId,
        language: &Language,
    ) -> Result<(Arc<Queue>, NeedId), Refused> {
        let queue = self.layout.queue(queue).ok_or(Refused::UnknownQueue)?;
        let need = queue.need(language).ok_or(Refused::LanguageNotServed)?;
        Ok((Arc::clone(queue), need))
    }

    fn arrived_now(&mut self, wall: WallTime, now: Instant) -> Arrived {
        self.numbers.arrival += 1;
        Arrived {
            micros: self.micros(now),
            order: self.numbers.arrival,
            wall,
        }
    }
}
