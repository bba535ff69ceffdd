//! Legs that answer, fail and end; nothing is left hanging.

use std::time::Instant;

use super::{
    CALLER, Conversation, ConversationCommand, Departure, LegId, Phase, Role, leg::LegState,
};

impl Conversation {
    pub(super) fn dial_answered(&mut self, id: LegId) {
        let Some(leg) = self.legs.get_mut(&id) else {
            // It crossed with our giving up.
            self.order(ConversationCommand::EndLeg { leg: id });
            return;
        };
        if leg.is_up() {
            return;
        }
        leg.state = LegState::Up;
        if matches!(self.phase, Phase::Forwarding { with } if with == id) {
            self.forwarded();
        }
    }

    /// The office answered: the agents leave.
    fn forwarded(&mut self) {
        self.phase = Phase::Talking;
        for agent in self.agents() {
            self.drop_leg(agent);
        }
        self.conclude(Departure::HungUp);
    }

    pub(super) fn dial_failed(&mut self, id: LegId, now: Instant) {
        if self.legs.get(&id).is_some_and(|leg| !leg.is_up()) {
            self.legs.remove(&id);
            self.gone(id, Departure::HungUp, now);
        }
    }

    pub(super) fn left(&mut self, id: LegId, how: Departure, now: Instant) {
        if self.phase != Phase::Over && self.legs.remove(&id).is_some() {
            self.gone(id, how, now);
        }
    }

    /// A leg is not there any more: what becomes of the others?
    fn gone(&mut self, id: LegId, how: Departure, now: Instant) {
        if id == CALLER {
            self.end();
            return;
        }
        match self.phase {
            Phase::Consulting { by, with } if id == with => self.consultation_over(by, now),
            Phase::Consulting { by, with } if id == by && self.is_up(with) => {
                // Hanging up in front of an answered colleague is a transfer.
                self.phase = Phase::Talking;
                self.conclude(how);
            }
            Phase::Consulting { by, with } if id == by => {
                self.drop_leg(with);
                self.phase = Phase::Talking;
                self.conclude(Departure::Lost);
            }
            Phase::Forwarding { with } if id == with => self.forwarding_failed(now),
            Phase::Forwarding { .. } => self.tell_if_sent_out(),
            Phase::Held { by, remind_at } => {
                self.conclude(Departure::Lost);
                // Somebody else is reminded now.
                if let (true, Some(agent)) = (by == id, self.agents().first()) {
                    self.phase = Phase::Held {
                        by: *agent,
                        remind_at,
                    };
                }
            }
            Phase::Talking => self.conclude(how),
            // The word of the distributor decides.
            Phase::HandingOver { .. } | Phase::Consulting { .. } | Phase::Over => {}
        }
    }

    fn forwarding_failed(&mut self, now: Instant) {
        self.phase = Phase::Talking;
        match self.agents().first() {
            Some(agent) => self.hold(*agent, now),
            None => self.conclude(Departure::Lost),
        }
    }

    /// The distributor's word counts even when it comes after its time: the
    /// caller is its own by then.
    pub(super) fn handed_over(&mut self) {
        self.legs.remove(&CALLER);
        self.end();
    }

    pub(super) fn hand_over_refused(&mut self, now: Instant) {
        if matches!(self.phase, Phase::HandingOver { .. }) {
            self.forwarding_failed(now);
        }
    }

    /// Looks who is left with the caller. Nobody: he leaves with them, or, if
    /// it was no proper end, waits again.
    pub(super) fn conclude(&mut self, how: Departure) {
        if !self.agents().is_empty() {
            return;
        }
        let outside = self
            .legs
            .values()
            .any(|leg| leg.is_up() && matches!(leg.role, Role::Outside(_)));
        if outside {
            self.phase = Phase::Talking;
            self.tell_if_sent_out();
        } else if how == Departure::Lost {
            self.legs.remove(&CALLER);
            self.order(ConversationCommand::ReturnCaller);
            self.end();
        } else {
            self.end();
        }
    }

    fn tell_if_sent_out(&mut self) {
        if self.agents().is_empty() && !std::mem::replace(&mut self.sent_out, true) {
            self.order(ConversationCommand::SentOut);
        }
    }

    /// Ends every leg there is.
    pub(super) fn end(&mut self) {
        let legs: Vec<LegId> = self.legs.keys().copied().collect();
        for leg in legs {
            self.drop_leg(leg);
        }
        self.phase = Phase::Over;
    }

    /// Ends a leg or stops dialing it.
    pub(super) fn drop_leg(&mut self, id: LegId) {
        if self.legs.remove(&id).is_some() {
            self.order(ConversationCommand::EndLeg { leg: id });
        }
    }

    /// The agents who are on the line.
    pub(super) fn agents(&self) -> Vec<LegId> {
        let legs = self.legs.iter();
        let agents = legs.filter(|(_, leg)| leg.is_agent() && leg.is_up());
        agents.map(|(id, _)| *id).collect()
    }

    pub(super) fn is_up(&self, id: LegId) -> bool {
        self.legs.get(&id).is_some_and(|leg| leg.is_up())
    }
}
