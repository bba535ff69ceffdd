//! Carries out what a conversation decides, and tells it what its legs do.

use std::collections::BTreeSet;

use distributor::{
    Action, AgentId, CallId, Conversation, ConversationCommand, ConversationEvent, Departure,
    Forbidden, Matrix, OfferId, PartyState, PauseReason, Priority, Role, Sensitive, Target,
    Transfer,
};
use privacy::Personal;

use super::{
    Callee, Command, Leg, Moment, OfferStage, Seat, Shown, Switchboard, Tape, reception::departure,
};
use crate::call_book::Fact;

impl Switchboard {
    /// Until the conversation has nothing more to say.
    pub(super) fn converse(&mut self, call: CallId, now: Moment) {
        self.follow_second(call);
        let said = |board: &mut Self| board.talks.get_mut(&call)?.conversation.poll_command();
        while let Some(command) = said(self) {
            self.carry_out(call, command, now);
        }
        self.transfer_failed(call);
    }

    /// Tells the telephone that asked for a transfer when it has come to nothing: its
    /// agent is still in the talk, and nobody is being handed on.
    fn transfer_failed(&mut self, call: CallId) {
        let Some(talk) = self.talks.get_mut(&call) else {
            return;
        };
        let Some(leg) = talk.transferring else {
            return;
        };
        let party = talk.party_at(leg);
        let state = party.and_then(|it| talk.conversation.state_of(it));
        if state != Some(PartyState::Transferring) {
            talk.transferring = None;
            self.order(Command::TransferMade { leg, made: false });
        }
    }

    /// The last word to a telephone that asked for a transfer comes before its end
    /// (RFC 3515 §2.4.4): afterwards there is nobody to tell.
    pub(super) fn transfer_made(&mut self, call: CallId, leg: Leg) {
        let talk = self.talks.get_mut(&call);
        let asked = talk.and_then(|it| it.transferring.take_if(|it| *it == leg));
        if let Some(leg) = asked {
            self.order(Command::TransferMade { leg, made: true });
        }
    }

    pub(super) fn act(
        &mut self,
        call: CallId,
        by: distributor::LegId,
        action: Action,
        now: Moment,
    ) -> Result<(), Forbidden> {
        let talk = self.talks.get_mut(&call).ok_or(Forbidden::Over)?;
        let event = ConversationEvent::Asked { by, action };
        talk.conversation.handle(event, now.instant)
    }

    fn carry_out(&mut self, call: CallId, command: ConversationCommand, now: Moment) {
        match command {
            ConversationCommand::Dial { leg, target } => self.dial_party(call, leg, target, now),
            ConversationCommand::DialSupervisor { leg, agent } => {
                let account = self.center.agent(agent).map(|it| it.account.clone());
                match account {
                    Some(account) => self.dial(call, leg, Callee::Account(account)),
                    None => self.tell_talk(call, ConversationEvent::DialFailed { leg }, now),
                }
            }
            ConversationCommand::EndLeg { leg } => {
                let caller = self.talks.get(&call).map(|it| it.conversation.caller());
                match caller == Some(leg) {
                    true => self.take_leave(call, leg, now),
                    false => self.end_party(call, leg),
                }
            }
            ConversationCommand::Mix(matrix) => self.mix(call, matrix),
            ConversationCommand::PlayMusic { leg } => {
                if let Some(leg) = self.party_leg(call, leg) {
                    self.order(Command::Music { leg });
                }
            }
            ConversationCommand::StopMusic { leg } => {
                if let Some(leg) = self.party_leg(call, leg) {
                    self.order(Command::Hush { leg });
                }
            }
            ConversationCommand::StartRecording => {
                if let Some(talk) = self.talks.get_mut(&call) {
                    talk.recorded = true;
                    talk.tape = Tape::On;
                }
                self.record(call);
            }
            ConversationCommand::PauseRecording(reason) => {
                let wished = PauseReason::Sensitive(Sensitive::AgentsWish);
                let tape = match reason == wished {
                    true => Tape::Paused,
                    false => Tape::On,
                };
                self.tape_is(call, tape);
                self.order(Command::PauseRecording { call, reason });
            }
            ConversationCommand::ResumeRecording => {
                self.tape_is(call, Tape::On);
                self.order(Command::ResumeRecording { call });
            }
            ConversationCommand::StopRecording => {
                if let Some(talk) = self.talks.get_mut(&call) {
                    talk.recorded = false;
                    talk.tape = Tape::Off;
                }
                self.stopped_recording(call);
                self.order(Command::FinishRecording { call });
            }
            ConversationCommand::Monitored { leg, mode } => {
                if let Some(agent) = self.agent_at(call, leg) {
                    self.monitored_at(agent, mode);
                }
            }
            ConversationCommand::HandOver(to) => self.hand_over(call, to, now),
            ConversationCommand::SentOut => {
                self.tell(distributor::Event::SentOut { call }, now);
                if let Some(talk) = self.talks.get_mut(&call) {
                    talk.sent_out = true;
                }
            }
            // Else the distributor hears it of the agent's leg; see `agent_left`.
            ConversationCommand::ReturnCaller => {
                if self.talks.get(&call).is_some_and(|it| it.sent_out) {
                    let least = Priority::CutOff;
                    #[cfg(test)]
                    let least = match self.mutated(super::tests::Mutant::BlamesNoOffice) {
                        true => Priority::Ordinary,
                        false => least,
                    };
                    if let Some(caller) = self.callers.get_mut(&call) {
                        caller.priority = caller.priority.max(least);
                    }
                    self.queue(call, now);
                }
            }
            ConversationCommand::Remind { leg, of } => {
                if let Some(agent) = self.agent_at(call, leg) {
                    self.show(agent, Shown::Remind(of));
                }
            }
            ConversationCommand::Over => {
                self.talks.remove(&call);
                self.invited.retain(|(of, _), _| *of != call);
            }
        }
    }

    /// Whether a conversation gives its caller back when this happens in it.
    pub(super) fn left_talk(
        &mut self,
        call: CallId,
        leg: distributor::LegId,
        how: Departure,
        now: Moment,
    ) -> bool {
        let Some(talk) = self.talks.get_mut(&call) else {
            return false;
        };
        let event = ConversationEvent::Left { leg, how };
        talk.conversation.handle(event, now.instant).ok();
        self.follow_second(call);
        let mut returned = false;
        while let Some(command) = self
            .talks
            .get_mut(&call)
            .and_then(|it| it.conversation.poll_command())
        {
            returned |= command == ConversationCommand::ReturnCaller;
            self.carry_out(call, command, now);
        }
        self.transfer_failed(call);
        returned
    }

    /// An agent's leg is over that had answered. Who talked with nobody has left nobody.
    pub(super) fn agent_left(&mut self, offer: OfferId, lost: bool, now: Moment) {
        let Some(offered) = self.offers.remove(&offer) else {
            return;
        };
        let (agent, call) = (offered.agent, offered.call);
        if offered.stage == OfferStage::Talking {
            self.note(call, Fact::AgentLeft { agent, lost });
        }
        self.first_left(call, offered.leg, now);
        self.asked_no_more(call, now);
        let party = self.party_of(call, offered.leg);
        let returned = party.is_some_and(|party| self.left_talk(call, party, departure(lost), now));
        let how = departure(lost || returned);
        self.tell(distributor::Event::AgentLeft { offer, how }, now);
        self.over_at(agent, offered.leg);
    }

    fn dial_party(&mut self, call: CallId, leg: distributor::LegId, target: Target, now: Moment) {
        match target {
            Target::Agent(agent) => {
                self.invited.insert((call, agent), leg);
                if !self.tell(distributor::Event::AgentInvited { call, agent }, now) {
                    self.invitation_failed(call, agent, now);
                }
            }
            Target::Entry(entry) => match self.number_of(&entry) {
                Some(number) => self.dial(call, leg, Callee::Number(number)),
                None => self.tell_talk(call, ConversationEvent::DialFailed { leg }, now),
            },
        }
    }

    fn dial(&mut self, call: CallId, party: distributor::LegId, callee: Callee) {
        let caller = self.callers.get(&call);
        let from = caller.map_or_else(|| Personal::new(String::new()), |it| it.from.clone());
        let request = caller.and_then(|it| it.request.clone());
        let leg = self.dial_leg(Seat::Party(call, party));
        if let Some(talk) = self.talks.get_mut(&call) {
            talk.legs.insert(party, leg);
        }
        self.order(Command::Dial {
            leg,
            callee,
            from,
            call,
            request,
        });
    }

    pub(super) fn join(&mut self, call: CallId, offer: OfferId, agent: AgentId, now: Moment) {
        let Some(party) = self.invited.remove(&(call, agent)) else {
            return;
        };
        let offered = self.offers.get_mut(&offer);
        let leg = offered.map(|it| {
            it.stage = OfferStage::Talking;
            it.leg
        });
        if let (Some(leg), Some(talk)) = (leg, self.talks.get_mut(&call)) {
            talk.legs.insert(party, leg);
            self.talks_at(agent, leg, now);
            self.tell_talk(call, ConversationEvent::DialAnswered { leg: party }, now);
        }
    }

    pub(super) fn invitation_failed(&mut self, call: CallId, agent: AgentId, now: Moment) {
        if let Some(leg) = self.invited.remove(&(call, agent)) {
            self.tell_talk(call, ConversationEvent::DialFailed { leg }, now);
        }
    }

    pub(super) fn end_party(&mut self, call: CallId, party: distributor::LegId) {
        match self.party_leg(call, party) {
            Some(leg) => {
                self.transfer_made(call, leg);
                self.order(Command::End { leg });
            }
            // An agent who was invited and has not answered.
            None => {
                let invited = self.invited.iter();
                let found = invited
                    .filter(|((of, _), leg)| *of == call && **leg == party)
                    .map(|((_, agent), _)| *agent)
                    .next();
                if let Some(agent) = found {
                    self.invited.remove(&(call, agent));
                    let ringing = self.offers.iter();
                    let ringing = ringing.filter(|(_, it)| it.call == call && it.agent == agent);
                    let legs: Vec<Leg> = ringing.map(|(_, it)| it.leg).collect();
                    for leg in legs {
                        self.order(Command::End { leg });
                    }
                }
            }
        }
    }

    fn hand_over(&mut self, call: CallId, to: Transfer, now: Moment) {
        let event = distributor::Event::Transferred { call, to };
        let answer = match self.tell(event, now) {
            true => ConversationEvent::HandedOver,
            false => ConversationEvent::HandOverRefused,
        };
        self.tell_talk(call, answer, now);
    }

    pub(super) fn tell_talk(&mut self, call: CallId, event: ConversationEvent, now: Moment) {
        if let Some(talk) = self.talks.get_mut(&call) {
            talk.conversation.handle(event, now.instant).ok();
            self.converse(call, now);
        }
    }

    fn mix(&mut self, call: CallId, matrix: Matrix) {
        for (party, sources) in matrix.0 {
            let of = |it: &distributor::LegId| self.party_leg(call, *it);
            let sources: BTreeSet<Leg> = sources.iter().filter_map(of).collect();
            let Some(leg) = self.party_leg(call, party) else {
                continue;
            };
            if let Some(talk) = self.talks.get_mut(&call)
                && party == talk.conversation.caller()
            {
                talk.heard.clone_from(&sources);
            }
            self.order(Command::Hear { leg, sources });
        }
        if self.talks.get(&call).is_some_and(|it| it.recorded) {
            self.record(call);
        }
    }

    fn tape_is(&mut self, call: CallId, tape: Tape) {
        if let Some(talk) = self.talks.get_mut(&call) {
            talk.tape = tape;
        }
    }

    fn record(&mut self, call: CallId) {
        let Some(talk) = self.talks.get(&call) else {
            return;
        };
        if let Some(caller) = talk.legs.get(&talk.conversation.caller()).copied() {
            let heard = talk.heard.clone();
            self.order(Command::Record {
                call,
                caller,
                heard,
            });
        }
    }

    pub(super) fn agent_at(&self, call: CallId, party: distributor::LegId) -> Option<AgentId> {
        let talk = self.talks.get(&call)?;
        let found = talk.conversation.parties().find(|(id, _)| *id == party);
        match found? {
            (_, Role::Agent(agent)) => Some(*agent),
            (_, Role::Caller | Role::Outside(_) | Role::Supervisor { .. }) => None,
        }
    }

    pub(super) fn party_leg(&self, call: CallId, party: distributor::LegId) -> Option<Leg> {
        self.talks.get(&call)?.legs.get(&party).copied()
    }

    pub(super) fn party_of(&self, call: CallId, leg: Leg) -> Option<distributor::LegId> {
        self.talks.get(&call)?.party_at(leg)
    }

    /// The talk an agent is in, and his place in it.
    pub(super) fn talk_of(&self, agent: AgentId) -> Option<(CallId, distributor::LegId)> {
        let here = |conversation: &Conversation| {
            let mut parties = conversation.parties();
            let found = parties.find(|(_, role)| matches!(role, Role::Agent(it) if *it == agent));
            found.map(|(id, _)| id)
        };
        let mut talks = self.talks.iter();
        talks.find_map(|(call, talk)| Some((*call, here(&talk.conversation)?)))
    }
}
