//! Another call of an agent's telephone, in which he asks somebody before he gives the
//! caller over: the consultation of a telephone that knows nothing of desks (RFC 5589 §7).
//!
//! To the conversation the agent is one party. While he asks, his party speaks over the
//! other call, and the one with the caller waits; at the end of the consultation,
//! whatever it is, his telephone has but the first call.

use std::collections::BTreeSet;

use distributor::{Action, AgentId, CallId, OfferId, PartyState, Target};
use privacy::Personal;

use super::{Call, Command, Leg, Moment, OfferStage, Recipient, Seat, Switchboard};
use crate::call_book::Fact;

/// SIP's 403 Forbidden: the call to be replaced is somebody else's (RFC 3891 §3).
const NOT_HIS: u16 = 403;
/// SIP's 481: nobody has answered yet in the call to be replaced. An early dialog is
/// replaced by whoever began it alone (RFC 3891 §3), and that is not the switch.
const NOT_UP: u16 = 481;
/// SIP's 486 Busy Here: he asks somebody already.
const BUSY: u16 = 486;

/// An agent's other call.
#[derive(Debug)]
pub(super) struct SecondCall {
    /// The agent's party.
    party: distributor::LegId,
    /// His leg with the caller.
    pub(super) first: Leg,
    leg: Leg,
    /// Whoever is asked has answered, and so has the switch.
    accepted: bool,
}

impl SecondCall {
    /// The agent's party, where this is the leg that waits.
    pub(super) fn waiting(&self, leg: Leg) -> Option<distributor::LegId> {
        (self.first == leg).then_some(self.party)
    }
}

impl Switchboard {
    /// Whom an agent who is in a talk wants to ask; what else he dials is a call like any.
    pub(super) fn asked_by_telephone(&mut self, call: &Call) -> Option<(AgentId, Target)> {
        let agent = self.center.agent_of(call.account.as_deref()?)?.id;
        let (talk, by) = self.talk_of(agent)?;
        self.party_leg(talk, by)?;
        let number = Recipient::Number(Personal::new(call.to.clone()));
        Some((agent, self.target_of(&number)?))
    }

    pub(super) fn ask_by_telephone(
        &mut self,
        leg: Leg,
        agent: AgentId,
        target: Target,
        now: Moment,
    ) {
        let Some((call, by)) = self.talk_of(agent) else {
            return;
        };
        let first = self.party_leg(call, by);
        let asks = self.act(call, by, Action::Consult(target), now).is_ok();
        let talk = self.talks.get_mut(&call).filter(|_| asks);
        let (Some(first), Some(talk)) = (first, talk) else {
            return self.order(Command::Refuse { leg, status: BUSY });
        };
        talk.legs.insert(by, leg);
        talk.second = Some(SecondCall {
            party: by,
            first,
            leg,
            accepted: false,
        });
        self.seats.insert(leg, Seat::Second(call));
        let sources = BTreeSet::new();
        self.order(Command::Hear {
            leg: first,
            sources,
        });
        self.order(Command::Ring { leg });
        self.converse(call, now);
    }

    /// The other call follows the consultation, before anything else that comes of it.
    pub(super) fn follow_second(&mut self, call: CallId) {
        let Some(talk) = self.talks.get_mut(&call) else {
            return;
        };
        let Some(second) = &mut talk.second else {
            return;
        };
        let (leg, party) = (second.leg, second.party);
        let state = talk.conversation.state_of(party);
        if let Some(PartyState::Consulting { answered }) = state {
            if answered && !std::mem::replace(&mut second.accepted, true) {
                self.order(Command::Accept { leg });
            }
            return;
        }
        self.forget_second(call);
        self.seats.insert(leg, Seat::Withdrawn);
        // The agent has left: that is what was asked for.
        if state.is_none() {
            self.transfer_made(call, leg);
        }
        self.order(Command::End { leg });
    }

    /// The agent has hung up in front of whom he asked.
    pub(super) fn second_left(&mut self, call: CallId, now: Moment) {
        if let Some(by) = self.forget_second(call) {
            self.act(call, by, Action::EndConsultation, now).ok();
            self.converse(call, now);
        }
    }

    /// The agent's leg with the caller is over, and nothing was said of a transfer: whom
    /// he asked is not to be left with the caller.
    pub(super) fn first_left(&mut self, call: CallId, leg: Leg, now: Moment) {
        let talk = self.talks.get(&call);
        let by = talk.and_then(|it| it.second.as_ref()?.waiting(leg));
        if let Some(by) = by {
            self.act(call, by, Action::EndConsultation, now).ok();
            self.converse(call, now);
        }
    }

    /// An agent who was asked has left as soon as his leg is being ended: the distributor
    /// would think him with the caller until his telephone has answered.
    pub(super) fn asked_no_more(&mut self, call: CallId, now: Moment) {
        let Some(talk) = self.talks.get(&call) else {
            return;
        };
        let takes_part = |leg: Leg| {
            let party = talk.party_at(leg);
            party.is_some_and(|it| talk.conversation.state_of(it).is_some())
        };
        let offers = self.offers.iter().filter(|(_, it)| it.call == call);
        let left = offers.filter(|(_, it)| it.stage == OfferStage::Talking && !takes_part(it.leg));
        let left: Vec<OfferId> = left.map(|(offer, _)| *offer).collect();
        for offer in left {
            self.agent_left(offer, false, now);
        }
    }

    /// Why this leg's telephone may not have its call joined with that one, as SIP's
    /// status; the two must be an agent's calls of one talk, in either order.
    pub(super) fn why_not_replace(&self, leg: Leg, replaced: Leg) -> Option<u16> {
        let (call, _) = self.agent_in_talk(leg)?;
        let talk = self.talks.get(&call)?;
        let second = talk.second.as_ref();
        let both =
            |it: &&SecondCall| [(it.first, it.leg), (it.leg, it.first)].contains(&(leg, replaced));
        match second.filter(both) {
            None => Some(NOT_HIS),
            Some(second) if !second.accepted => Some(NOT_UP),
            Some(_) => None,
        }
    }

    /// An agent gives a caller over to whom he has asked. It is written before it is done.
    pub(super) fn complete_transfer(
        &mut self,
        call: CallId,
        by: distributor::LegId,
        now: Moment,
    ) -> bool {
        let agent = self.agent_at(call, by);
        let done = self.act(call, by, Action::CompleteTransfer, now).is_ok();
        if let Some(by) = agent.filter(|_| done) {
            self.note(call, Fact::Transferred { by });
        }
        done
    }

    /// The agent's party speaks over its first leg again.
    fn forget_second(&mut self, call: CallId) -> Option<distributor::LegId> {
        let talk = self.talks.get_mut(&call)?;
        let second = talk.second.take()?;
        talk.legs.insert(second.party, second.first);
        Some(second.party)
    }
}
