//! Promised callbacks: they keep their place, and are dialed one at a time.
//!
//! When a callback's turn comes an agent is found first; once he has answered,
//! the caller is dialed. Nobody who is called back waits again. Nobody is called back
//! while his queue is closed: the promise sleeps, and keeps its place.

use std::time::{Duration, Instant};

#[cfg(test)]
use super::mutant::Mutant;
use super::{
    Call, Distributor, QueueNumber,
    call::{Presence, Stage},
    timers::Timer,
};
use crate::{
    AgentHangUp, CallId, CallbackEnd, CallerHangUp, CallerKey, Command, DialId, OfferId, Refused,
};

impl Distributor {
    pub(super) fn callback_asked(&mut self, id: CallId, now: Instant) -> Result<(), Refused> {
        let call = self.calls.get_mut(&id).ok_or(Refused::UnknownCall)?;
        if !call.waits_on_line() {
            return Err(Refused::NotWaiting);
        }
        call.promised.get_or_insert(0);
        self.withdraw_all(id, now);
        self.promise(id);
        let why = CallerHangUp::WillBeCalledBack;
        self.order(Command::HangUpCaller { call: id, why });
        Ok(())
    }

    /// A waiting caller leaves the line and keeps his place in it.
    pub(super) fn promise(&mut self, id: CallId) {
        self.dequeue(id);
        if let Some(call) = self.calls.get_mut(&id) {
            call.presence = Presence::Away;
            call.stage = Stage::Waiting;
            call.overflow_at = None;
            call.announce_at = None;
        }
        self.enqueue(id);
        self.remember(id);
    }

    /// Whether a call is a promise of a queue that is closed.
    pub(super) fn sleeps(&self, call: &Call) -> bool {
        #[cfg(test)]
        if self.mutated(Mutant::CallsBackAtNight) {
            return false;
        }
        call.presence == Presence::Away && self.closed.contains(&call.queue.number)
    }

    /// A queue has closed. Whom an agent is being found for is called back still.
    pub(super) fn put_callbacks_to_sleep(&mut self, queue: QueueNumber) {
        for id in self.waiting_callbacks(queue) {
            self.dequeue(id);
        }
    }

    pub(super) fn wake_callbacks(&mut self, queue: QueueNumber) {
        for id in self.waiting_callbacks(queue) {
            self.enqueue(id);
        }
    }

    fn waiting_callbacks(&self, queue: QueueNumber) -> Vec<CallId> {
        let waits = |(_, call): &(&CallId, &Call)| {
            call.queue.number == queue
                && call.presence == Presence::Away
                && call.stage == Stage::Waiting
        };
        let found = self.calls.iter().filter(waits);
        found.map(|(id, _)| *id).collect()
    }

    /// The agent answered: now the caller.
    pub(super) fn dial(&mut self, id: CallId, offer: OfferId, now: Instant) {
        self.numbers.dial += 1;
        let dial = DialId(self.numbers.dial);
        if let Some(call) = self.calls.get_mut(&id) {
            call.stage = Stage::Dialing(dial, offer);
        }
        self.dials.insert(dial, id);
        let ring = Duration::from_secs(self.layout.callback.ring_seconds.into());
        self.timers.set(now + ring, Timer::Dial(dial));
        let order = Command::DialCallback {
            call: id,
            dial,
            offer,
        };
        #[cfg(test)]
        if self.mutated(Mutant::DialsTwice) {
            self.order(order.clone());
        }
        self.order(order);
    }

    pub(super) fn callback_answered(&mut self, dial: DialId, now: Instant) {
        let Some(id) = self.dials.remove(&dial) else {
            self.order(Command::CancelDial { dial });
            return;
        };
        let Some(call) = self.calls.get_mut(&id) else {
            return;
        };
        if let Stage::Dialing(_, offer) = call.stage {
            call.presence = Presence::OnLine;
            self.bridge(id, offer, now);
        }
    }

    pub(super) fn callback_failed(&mut self, dial: DialId, now: Instant) {
        let Some(id) = self.dials.remove(&dial) else {
            return;
        };
        let Some(call) = self.calls.get(&id) else {
            return;
        };
        if let Stage::Dialing(_, offer) = call.stage {
            self.release(offer, AgentHangUp::CallbackFailed, now);
            self.attempt_failed(id, now);
        }
    }

    pub(super) fn dial_rang_out(&mut self, dial: DialId, now: Instant) {
        if self.dials.contains_key(&dial) {
            self.order(Command::CancelDial { dial });
            self.callback_failed(dial, now);
        }
    }

    /// The waiting agent left before the caller answered: no attempt of the
    /// caller's.
    pub(super) fn dial_abandoned(&mut self, id: CallId, dial: DialId) {
        self.dials.remove(&dial);
        self.order(Command::CancelDial { dial });
        if let Some(call) = self.calls.get_mut(&id) {
            call.stage = Stage::Waiting;
        }
        self.enqueue(id);
        self.remember(id);
    }

    fn attempt_failed(&mut self, id: CallId, now: Instant) {
        let most = self.layout.callback.attempts;
        let rest = Duration::from_secs(self.layout.callback.rest_seconds.into());
        let Some(call) = self.calls.get_mut(&id) else {
            return;
        };
        let attempts = call.promised.unwrap_or(0).saturating_add(1);
        call.promised = Some(attempts);
        let (queue, need, caller) = (call.queue.number, call.need, call.caller);
        // Engaged, perhaps, because he is calling us at this moment.
        let returned = caller.and_then(|it| self.other_call_of(it, need.queue, id));
        if let Some(other) = returned {
            self.ledger(queue).returned += 1;
            self.end_callback(id, CallbackEnd::CallerReturned(other));
        } else if attempts >= most {
            self.ledger(queue).unreached += 1;
            self.end_callback(id, CallbackEnd::Unreached);
        } else {
            if let Some(call) = self.calls.get_mut(&id) {
                call.stage = Stage::Resting(now + rest);
            }
            self.timers.set(now + rest, Timer::CallbackRest(id));
            self.remember(id);
        }
    }

    pub(super) fn callback_rest_over(&mut self, id: CallId, now: Instant) {
        let Some(call) = self.calls.get_mut(&id) else {
            return;
        };
        if matches!(call.stage, Stage::Resting(until) if until <= now) {
            call.stage = Stage::Waiting;
            self.enqueue(id);
        }
    }

    /// The callback is no more; it waits nowhere by now.
    fn end_callback(&mut self, id: CallId, why: CallbackEnd) {
        self.remove_callback(id, why)
            .into_iter()
            .for_each(|it| self.order(it));
    }

    /// What is to be ordered about a callback that is no more.
    pub(super) fn remove_callback(&mut self, id: CallId, why: CallbackEnd) -> Vec<Command> {
        self.dequeue(id);
        self.calls.remove(&id);
        vec![
            Command::CallbackEnded { call: id, why },
            Command::Forget(id),
        ]
    }

    fn other_call_of(&self, caller: CallerKey, queue: QueueNumber, but: CallId) -> Option<CallId> {
        let of_caller = |(id, call): &(&CallId, &Call)| {
            **id != but
                && call.caller == Some(caller)
                && call.queue.number == queue
                && call.presence == Presence::OnLine
        };
        self.calls.iter().find(of_caller).map(|(id, _)| *id)
    }
}
