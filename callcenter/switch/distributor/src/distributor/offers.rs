//! Offers ring, are answered, missed and withdrawn.

use std::time::{Duration, Instant};

#[cfg(test)]
use super::mutant::Mutant;
use super::{
    Distributor,
    agent::{Doing, Wish},
    call::{Presence, Stage},
    offer::{LegState, Offer, Purpose},
    timers::Timer,
};
use crate::{
    AgentHangUp, AgentId, BreakReason, CallId, Command, Departure, Miss, Missed, OfferId, OfferLeg,
    Reason, Refused,
};

impl Distributor {
    /// Rings these agents for a call; the reason says why these.
    pub(super) fn offer(
        &mut self,
        id: CallId,
        agents: &[AgentId],
        purpose: Purpose,
        reason: Reason,
        now: Instant,
    ) {
        if purpose == Purpose::Distribution {
            self.dequeue(id);
        }
        let Some(call) = self.calls.get_mut(&id) else {
            return;
        };
        if purpose == Purpose::Distribution {
            call.stage = Stage::Offered;
        }
        let queue = call.queue.plan.id.clone();
        let ring = call.queue.plan.ring();
        let callback = call.presence == Presence::Away;
        let mut legs = Vec::with_capacity(agents.len());
        for agent in agents {
            self.numbers.offer += 1;
            let offer = OfferId(self.numbers.offer);
            legs.push(OfferLeg {
                offer,
                agent: *agent,
            });
            call.offers.push(offer);
            self.offers.insert(
                offer,
                Offer {
                    call: id,
                    agent: *agent,
                    purpose,
                    since: now,
                    state: LegState::Ringing,
                },
            );
            self.timers.set(now + ring, Timer::Ring(offer));
        }
        let offered: Vec<_> = legs.iter().map(|leg| (leg.agent, leg.offer)).collect();
        self.order(Command::Offer {
            call: id,
            queue,
            legs,
            ring,
            callback,
            reason: Box::new(reason),
        });
        for (agent, offer) in offered {
            self.set_doing(agent, Doing::Offered(offer));
        }
    }

    pub(super) fn offer_answered(&mut self, offer: OfferId, now: Instant) {
        let Some(leg) = self.offers.get_mut(&offer) else {
            let why = AgentHangUp::AnsweredTooLate;
            self.order(Command::HangUpAgent { offer, why });
            return;
        };
        if leg.is_up() {
            return;
        }
        leg.state = LegState::Up(now);
        let (id, agent, purpose) = (leg.call, leg.agent, leg.purpose);
        if let Some(known) = self.agents.get_mut(&agent) {
            known.misses = 0;
        }
        self.set_doing(agent, Doing::Talking(offer));
        match purpose {
            Purpose::Invitation => self.joined(id, offer, agent),
            Purpose::Distribution => {
                self.withdraw_rivals(id, offer, now);
                let away = self.calls.get(&id).map(|it| it.presence) == Some(Presence::Away);
                if away {
                    self.dial(id, offer, now);
                } else {
                    self.bridge(id, offer, now);
                }
            }
        }
    }

    fn withdraw_rivals(&mut self, id: CallId, winner: OfferId, now: Instant) {
        #[cfg(test)]
        if self.mutated(Mutant::ForgetsRivals) {
            return;
        }
        let legs = self.calls.get(&id).map(|it| it.offers.clone());
        for offer in legs.unwrap_or_default() {
            if offer != winner {
                self.withdraw(offer, now);
            }
        }
    }

    pub(super) fn offer_failed(&mut self, offer: OfferId, how: Miss, now: Instant) {
        match self.offers.get(&offer) {
            None => {}
            // It answered and then failed: to the caller, the agent vanished.
            Some(leg) if leg.is_up() => self.agent_left(offer, Departure::Lost, now),
            Some(_) => self.missed(offer, how, now),
        }
    }

    pub(super) fn rang_out(&mut self, offer: OfferId, now: Instant) {
        let Some(leg) = self.offers.get(&offer) else {
            return;
        };
        if !leg.is_up() {
            let agent = leg.agent;
            let how = Miss::NoAnswer;
            let missed = Some(how);
            self.order(Command::Withdraw {
                offer,
                agent,
                missed,
            });
            self.missed(offer, how, now);
        }
    }

    /// The agent did not take it: he rests, or is sent on a break.
    fn missed(&mut self, offer: OfferId, how: Miss, now: Instant) {
        let Some(leg) = self.remove_leg(offer) else {
            return;
        };
        let agent = leg.agent;
        let mut misses_most = u32::MAX;
        if let Some(call) = self.calls.get_mut(&leg.call) {
            misses_most = call.queue.plan.misses_before_break;
            call.tried.insert(agent);
            call.story.add_miss(Missed {
                agent,
                how,
                rang: now.saturating_duration_since(leg.since),
            });
        }
        #[cfg(test)]
        if self.mutated(Mutant::FailedOfferKeepsAgent) {
            self.rung_in_vain(leg.call);
            return;
        }
        self.rest(agent, misses_most, now);
        match leg.purpose {
            Purpose::Distribution => self.rung_in_vain(leg.call),
            Purpose::Invitation => self.order(Command::InvitationFailed {
                call: leg.call,
                agent,
                how,
            }),
        }
    }

    /// Gives an agent who missed an offer a moment, or a break.
    pub(super) fn rest(&mut self, agent: AgentId, misses_most: u32, now: Instant) {
        let until = now + self.layout.rest_after_miss;
        let Some(known) = self.agents.get_mut(&agent) else {
            return;
        };
        known.misses = known.misses.saturating_add(1);
        known.idle_since = now;
        if known.misses >= misses_most && known.wish.is_none() {
            known.wish = Some(Wish::Break(BreakReason::OffersMissed));
        }
        if known.wish.is_some() {
            self.settle(agent, now);
        } else {
            self.set_doing(agent, Doing::Resting(until));
            self.timers.set(until, Timer::Rest(agent));
        }
    }

    /// Takes an offer back that rings; the agent is as idle as before.
    pub(super) fn withdraw(&mut self, offer: OfferId, now: Instant) {
        if self.offers.get(&offer).is_none_or(Offer::is_up) {
            return;
        }
        #[cfg(test)]
        let remembered = self.offers.get(&offer).cloned();
        let Some(leg) = self.remove_leg(offer) else {
            return;
        };
        #[cfg(test)]
        if self.mutated(Mutant::BridgesLateAnswer) {
            self.offers.extend(remembered.map(|it| (offer, it)));
        }
        let agent = leg.agent;
        let missed = None;
        self.order(Command::Withdraw {
            offer,
            agent,
            missed,
        });
        self.settle(agent, now);
        match leg.purpose {
            Purpose::Distribution => self.rung_in_vain(leg.call),
            Purpose::Invitation => self.order(Command::InvitationFailed {
                call: leg.call,
                agent,
                how: Miss::Unreachable,
            }),
        }
    }

    /// Takes all offers of a call back that ring.
    pub(super) fn withdraw_all(&mut self, id: CallId, now: Instant) {
        let legs = self.calls.get(&id).map(|it| it.offers.clone());
        for offer in legs.unwrap_or_default() {
            self.withdraw(offer, now);
        }
    }

    /// An offered call that rings nowhere any more waits again.
    fn rung_in_vain(&mut self, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else {
            return;
        };
        if call.stage == Stage::Offered && call.offers.is_empty() {
            call.stage = Stage::Waiting;
            self.enqueue(id);
        }
    }

    pub(super) fn remove_leg(&mut self, offer: OfferId) -> Option<Offer> {
        let leg = self.offers.remove(&offer)?;
        if let Some(call) = self.calls.get_mut(&leg.call) {
            call.offers.retain(|it| *it != offer);
        }
        Some(leg)
    }

    pub(super) fn agent_invited(
        &mut self,
        id: CallId,
        agent: AgentId,
        now: Instant,
    ) -> Result<(), Refused> {
        let call = self.calls.get(&id).ok_or(Refused::UnknownCall)?;
        if call.stage != Stage::Talking {
            return Err(Refused::NotTalking);
        }
        let known = self.agents.get(&agent).ok_or(Refused::UnknownAgent)?;
        if known.doing != Doing::Idle {
            return Err(Refused::NotFree);
        }
        let reason = self.reason_for_one(call, agent, crate::Choice::Invitation, now);
        self.offer(id, &[agent], Purpose::Invitation, reason, now);
        Ok(())
    }

    pub(super) fn offer_transfer(&mut self, id: CallId, agent: AgentId, now: Instant) {
        self.requeue(id, now);
        if let Some(call) = self.calls.get(&id) {
            let reason = self.reason_for_one(call, agent, crate::Choice::Transfer, now);
            self.offer(id, &[agent], Purpose::Distribution, reason, now);
        }
    }
}

/// How long somebody has been idle.
pub(super) fn idle_for(since: Instant, now: Instant) -> Duration {
    now.saturating_duration_since(since)
}
