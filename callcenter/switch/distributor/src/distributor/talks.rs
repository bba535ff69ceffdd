//! Talks: a caller is bridged once, and every leg comes to its end.

use std::{sync::Arc, time::Instant};

use super::{
    Distributor,
    call::Stage,
    offer::{LegState, Offer},
};
use crate::{
    AgentHangUp, AgentId, CallId, CallerHangUp, Command, Departure, OfferId, Priority, Refused,
};

impl Distributor {
    /// Brings caller and agent together.
    pub(super) fn bridge(&mut self, id: CallId, offer: OfferId, now: Instant) {
        let Some(agent) = self.offers.get(&offer).map(|it| it.agent) else {
            return;
        };
        let Some(call) = self.calls.get_mut(&id) else {
            return;
        };
        call.stage = Stage::Talking;
        call.overflow_at = None;
        call.announce_at = None;
        // Who was answered before was sent on by an agent and counts once.
        let first = !std::mem::replace(&mut call.answered, true);
        let promised = call.promised.take().is_some();
        // Nobody could recognize him: only the promise was written down.
        let unwritten = promised && call.caller.is_none();
        let wait = now.saturating_duration_since(call.came);
        let queue = Arc::clone(&call.queue);
        if first {
            let in_time = wait <= queue.plan.service_level();
            self.ledger(queue.number).answer(wait, in_time);
        }
        if let Some(known) = self.agents.get_mut(&agent) {
            known.calls += 1;
        }
        self.order(Command::Bridge {
            call: id,
            offer,
            agent,
        });
        if unwritten {
            self.order(Command::Forget(id));
        }
        self.remember(id);
    }

    /// An invited agent answered.
    pub(super) fn joined(&mut self, call: CallId, offer: OfferId, agent: AgentId) {
        self.order(Command::Join { call, offer, agent });
    }

    pub(super) fn talk_left_by_caller(&mut self, id: CallId, how: Departure, now: Instant) {
        self.release_agents(id, AgentHangUp::CallerLeft, now);
        self.complete(id);
        match how {
            Departure::HungUp => self.order(Command::Forget(id)),
            Departure::Lost => self.keep_place(id, true, now),
        }
        self.calls.remove(&id);
    }

    pub(super) fn sent_out(&mut self, id: CallId, now: Instant) -> Result<(), Refused> {
        let call = self.calls.get(&id).ok_or(Refused::UnknownCall)?;
        if call.stage != Stage::Talking {
            return Err(Refused::NotTalking);
        }
        self.release_agents(id, AgentHangUp::Transferred, now);
        self.complete(id);
        self.calls.remove(&id);
        self.order(Command::Forget(id));
        Ok(())
    }

    /// An agent's leg ended. Others in the talk go on; a caller left alone by
    /// a leg that vanished waits again, before most others.
    pub(super) fn agent_left(&mut self, offer: OfferId, how: Departure, now: Instant) {
        let Some(leg) = self.offers.get(&offer) else {
            return;
        };
        if !leg.is_up() {
            self.offer_failed(offer, crate::Miss::Rejected, now);
            return;
        }
        let id = leg.call;
        let Some(stage) = self.calls.get(&id).map(|it| it.stage) else {
            return;
        };
        if let Stage::Dialing(dial, _) = stage {
            if let Some(leg) = self.remove_leg(offer) {
                let misses_most = self
                    .calls
                    .get(&id)
                    .map_or(u32::MAX, |it| it.queue.plan.misses_before_break);
                self.rest(leg.agent, misses_most, now);
            }
            self.dial_abandoned(id, dial);
            return;
        }
        self.end_leg(offer, now);
        let others = self.calls.get(&id).map(|it| it.offers.clone());
        let up = |it: &OfferId| self.offers.get(it).is_some_and(Offer::is_up);
        if others.unwrap_or_default().iter().any(up) {
            return;
        }
        self.withdraw_all(id, now);
        match how {
            Departure::HungUp => {
                self.complete(id);
                self.calls.remove(&id);
                let why = CallerHangUp::AgentHungUp;
                self.order(Command::HangUpCaller { call: id, why });
                self.order(Command::Forget(id));
            }
            Departure::Lost => {
                if let Some(call) = self.calls.get_mut(&id) {
                    call.priority = call.priority.max(Priority::CutOff);
                }
                self.requeue(id, now);
            }
        }
    }

    /// Ends all legs of agents in a talk.
    pub(super) fn release_agents(&mut self, id: CallId, why: AgentHangUp, now: Instant) {
        self.withdraw_all(id, now);
        let legs = self.calls.get(&id).map(|it| it.offers.clone());
        for offer in legs.unwrap_or_default() {
            self.order(Command::HangUpAgent { offer, why });
            self.end_leg(offer, now);
        }
    }

    /// Ends the leg of an agent who did not talk: he has nothing to wrap up.
    pub(super) fn release(&mut self, offer: OfferId, why: AgentHangUp, now: Instant) {
        if let Some(leg) = self.remove_leg(offer) {
            self.order(Command::HangUpAgent { offer, why });
            self.settle(leg.agent, now);
        }
    }

    /// A leg that was up is over; its agent wraps up.
    fn end_leg(&mut self, offer: OfferId, now: Instant) {
        let Some(leg) = self.remove_leg(offer) else {
            return;
        };
        let Some(queue) = self.calls.get(&leg.call).map(|it| Arc::clone(&it.queue)) else {
            return;
        };
        if let LegState::Up(since) = leg.state {
            let talked = now.saturating_duration_since(since);
            self.ledger(queue.number)
                .handled(talked + queue.plan.wrap_up());
        }
        self.begin_wrap_up(leg.agent, &queue, now);
    }

    fn complete(&mut self, id: CallId) {
        if let Some(queue) = self.calls.get(&id).map(|it| it.queue.number) {
            self.ledger(queue).completed += 1;
        }
    }
}
