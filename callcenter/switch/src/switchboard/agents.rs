//! Agents: their telephones, their wishes, and what their legs do.

use distributor::{Action, AgentId, CallId, ConversationEvent, Miss, OfferId, Role, Sensitive};
use privacy::Personal;

use super::{
    Command, Leg, Moment, OfferStage, Refusal, Seat, Shown, Stage, Switchboard, Tape, Wish,
    reception::departure,
};
use crate::call_book::Fact;

impl Switchboard {
    pub(super) fn registered(&mut self, account: &str, now: Moment) {
        let Some(agent) = self.center.agent_of(account) else {
            return;
        };
        let (id, ready, profile) = (agent.id, agent.ready_when_registered, agent.profile());
        if ready {
            self.tell(distributor::Event::SignedIn { agent: id, profile }, now);
        }
        self.device_came(id, now);
        if ready {
            self.tell(distributor::Event::Ready { agent: id }, now);
        }
    }

    pub(super) fn unregistered(&mut self, account: &str, now: Moment) {
        if let Some(agent) = self.center.agent_of(account).map(|it| it.id) {
            self.device_went(agent, now);
        }
    }

    /// A leg of ours was answered.
    pub(super) fn answered(&mut self, leg: Leg, now: Moment) {
        match self.seats.get(&leg).copied() {
            Some(Seat::Offer(offer)) => {
                if let Some(offered) = self.offers.get_mut(&offer)
                    && offered.stage == OfferStage::Ringing
                {
                    offered.stage = OfferStage::Answered;
                }
                self.tell(distributor::Event::OfferAnswered { offer }, now);
            }
            Some(Seat::Party(call, party)) => {
                self.tell_talk(call, ConversationEvent::DialAnswered { leg: party }, now);
            }
            Some(Seat::Callback(call, dial)) => {
                self.seats.insert(leg, Seat::Caller(call));
                if let Some(caller) = self.callers.get_mut(&call) {
                    caller.leg = Some(leg);
                    caller.answered = true;
                    caller.stage = Stage::Waiting;
                }
                self.tell(distributor::Event::CallbackAnswered { dial }, now);
            }
            Some(Seat::Helper(agent)) => self.helper_answered(agent, now),
            Some(Seat::Caller(_) | Seat::Kiosk(_) | Seat::Second(_) | Seat::Withdrawn) | None => {}
        }
    }

    /// A leg of ours was not answered.
    pub(super) fn refused(&mut self, leg: Leg, status: u16, now: Moment) {
        match self.seats.remove(&leg) {
            Some(Seat::Offer(offer)) => self.not_answered(offer, miss(status), now),
            Some(Seat::Party(call, party)) => {
                self.tell_talk(call, ConversationEvent::DialFailed { leg: party }, now);
            }
            Some(Seat::Callback(_, dial)) => {
                self.tell(distributor::Event::CallbackFailed { dial }, now);
            }
            Some(Seat::Caller(call)) => self.caller_left(call, leg, true, now),
            Some(Seat::Kiosk(agent)) => self.kiosk_gone(agent, true),
            Some(Seat::Helper(agent)) => self.helper_gone(agent, Some(status), false),
            Some(Seat::Second(call)) => self.second_left(call, now),
            Some(Seat::Withdrawn) | None => {}
        }
    }

    pub(super) fn ended(&mut self, leg: Leg, lost: bool, now: Moment) {
        match self.seats.remove(&leg) {
            Some(Seat::Caller(call)) => self.caller_left(call, leg, lost, now),
            Some(Seat::Offer(offer)) => match self.offers.get(&offer).map(|it| it.stage) {
                Some(OfferStage::Ringing | OfferStage::Withdrawn) => {
                    self.not_answered(offer, Miss::Rejected, now);
                }
                Some(OfferStage::Answered | OfferStage::Talking) | None => {
                    self.agent_left(offer, lost, now);
                }
            },
            Some(Seat::Party(call, party)) => {
                self.left_talk(call, party, departure(lost), now);
            }
            Some(Seat::Callback(_, dial)) => {
                self.tell(distributor::Event::CallbackFailed { dial }, now);
            }
            Some(Seat::Kiosk(agent)) => self.kiosk_gone(agent, lost),
            Some(Seat::Helper(agent)) => self.helper_gone(agent, None, lost),
            Some(Seat::Second(call)) => self.second_left(call, now),
            Some(Seat::Withdrawn) | None => {}
        }
    }

    /// An agent's leg is over that was never answered.
    fn not_answered(&mut self, offer: OfferId, how: Miss, now: Moment) {
        let Some(offered) = self.offers.remove(&offer) else {
            return;
        };
        let (agent, leg) = (offered.agent, offered.leg);
        let how = match self.has_declined(agent, leg) {
            true => Miss::Rejected,
            false => how,
        };
        if offered.stage != OfferStage::Withdrawn {
            self.note(offered.call, Fact::Missed { agent, how });
        }
        self.over_at(agent, leg);
        self.tell(distributor::Event::OfferFailed { offer, how }, now);
    }

    /// A telephone's own hold key, at an agent's, is the center's hold: the caller
    /// hears music and the recording pauses.
    pub(super) fn held(&mut self, leg: Leg, held: bool, now: Moment) {
        let Some((call, by)) = self.agent_in_talk(leg) else {
            return;
        };
        let action = if held { Action::Hold } else { Action::Retrieve };
        self.act(call, by, action, now).ok();
        self.converse(call, now);
    }

    pub(super) fn transfer_asked(
        &mut self,
        leg: Leg,
        to: &Personal<String>,
        replaces: Option<Leg>,
        now: Moment,
    ) {
        let refusal = replaces.and_then(|it| self.why_not_replace(leg, it));
        if let Some(status) = refusal {
            return self.order(Command::TransferRefused { leg, status });
        }
        let action = match replaces {
            Some(_) => Some(Action::CompleteTransfer),
            None => self.destination(to.reveal()).map(Action::Transfer),
        };
        let Some(((call, by), action)) = self.agent_in_talk(leg).zip(action) else {
            return self.order(Command::TransferMade { leg, made: false });
        };
        if let Some(talk) = self.talks.get_mut(&call) {
            talk.transferring = Some(leg);
        }
        self.does(call, by, action, now);
        self.converse(call, now);
    }

    /// Whether it can be done now.
    fn does(&mut self, call: CallId, by: distributor::LegId, action: Action, now: Moment) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "the call book tells of no other action"
        )]
        match action {
            Action::CompleteTransfer => self.complete_transfer(call, by, now),
            Action::PauseRecording(Sensitive::AgentsWish) => {
                self.wishes_tape(call, by, Tape::Paused, now)
            }
            Action::ResumeRecording(Sensitive::AgentsWish) => {
                self.wishes_tape(call, by, Tape::On, now)
            }
            action => self.act(call, by, action, now).is_ok(),
        }
    }

    /// An agent pauses the recording of a talk that is recorded, or goes on with it. It is
    /// written before it is done.
    fn wishes_tape(
        &mut self,
        call: CallId,
        by: distributor::LegId,
        wished: Tape,
        now: Moment,
    ) -> bool {
        let tape = self.talks.get(&call).map_or(Tape::Off, |it| it.tape);
        let Some(agent) = self.agent_at(call, by) else {
            return false;
        };
        let what = Sensitive::AgentsWish;
        let (action, fact) = match (tape, wished) {
            (Tape::On, Tape::Paused) => (
                Action::PauseRecording(what),
                Fact::RecordingPaused { by: agent },
            ),
            (Tape::Paused, Tape::On) => (
                Action::ResumeRecording(what),
                Fact::RecordingResumed { by: agent },
            ),
            (Tape::Off | Tape::On | Tape::Paused, _) => return false,
        };
        let done = self.act(call, by, action, now).is_ok();
        if done {
            self.note(call, fact);
        }
        done
    }

    pub(super) fn agent_in_talk(&self, leg: Leg) -> Option<(CallId, distributor::LegId)> {
        let call = match self.seats.get(&leg)? {
            Seat::Offer(offer) => self.offers.get(offer)?.call,
            Seat::Second(call) => *call,
            Seat::Caller(_)
            | Seat::Party(..)
            | Seat::Callback(..)
            | Seat::Kiosk(_)
            | Seat::Helper(_)
            | Seat::Withdrawn => return None,
        };
        Some((call, self.party_of(call, leg)?))
    }

    pub(super) fn asked(&mut self, agent: AgentId, wish: Wish, now: Moment) {
        let Some(known) = self.center.agent(agent) else {
            return;
        };
        let profile = known.profile();
        let done = match wish {
            Wish::Watch(..) | Wish::StopWatching if !known.supervisor => {
                let refusal = Refusal::SupervisorsOnly;
                return self.show(agent, Shown::Refused(refusal));
            }
            Wish::SignIn => self.tell(distributor::Event::SignedIn { agent, profile }, now),
            Wish::SignOut => {
                let done = self.tell(distributor::Event::SignedOut { agent }, now);
                self.desk_given_up(agent, now);
                self.leave_kiosk(agent, now);
                done
            }
            Wish::Ready => self.tell(distributor::Event::Ready { agent }, now),
            Wish::Break(reason) => self.tell(distributor::Event::BreakBegun { agent, reason }, now),
            Wish::WrapUpDone => self.tell(distributor::Event::WrapUpDone { agent }, now),
            Wish::ExtendWrapUp(by) => {
                // What is over already is not extended, and the state says so.
                self.tell(distributor::Event::WrapUpExtended { agent, by }, now);
                true
            }
            Wish::SayDisposition(call, disposition) => {
                self.say_disposition(agent, call, disposition);
                true
            }
            Wish::Help => self.tell(distributor::Event::HelpAsked { agent }, now),
            Wish::Act(action) => self.act_for(agent, action, now),
            Wish::Transfer(to) => match self.destination_of(&to) {
                Some(to) => self.act_for(agent, Action::Transfer(to), now),
                None => return self.show(agent, Shown::Refused(Refusal::UnknownDestination)),
            },
            Wish::Consult(to) => match self.target_of(&to) {
                Some(to) => self.act_for(agent, Action::Consult(to), now),
                None => return self.show(agent, Shown::Refused(Refusal::UnknownDestination)),
            },
            Wish::HangUp => self.hang_up_at(agent),
            Wish::Watch(watched, mode) => self.watch(agent, watched, mode, now),
            Wish::StopWatching => self.stop_watching(agent, now),
            Wish::TakeKiosk(visit) => self.take_kiosk(agent, visit, now),
            Wish::LeaveKiosk => {
                self.leave_kiosk(agent, now);
                true
            }
        };
        if !done {
            self.show(agent, Shown::Refused(Refusal::NotNow));
        }
    }

    fn act_for(&mut self, agent: AgentId, action: Action, now: Moment) -> bool {
        let Some((call, by)) = self.talk_of(agent) else {
            return false;
        };
        let done = self.does(call, by, action, now);
        self.converse(call, now);
        done
    }

    fn watch(
        &mut self,
        supervisor: AgentId,
        watched: AgentId,
        mode: distributor::Mode,
        now: Moment,
    ) -> bool {
        let Some((call, watching)) = self.talk_of(watched) else {
            return false;
        };
        // One telephone, one talk.
        self.stop_watching_but(supervisor, Some(call), now);
        let event = match self.watching(call, supervisor) {
            Some(leg) => ConversationEvent::SupervisorChanged { leg, mode },
            None => ConversationEvent::SupervisorCame {
                agent: supervisor,
                watching,
                mode,
            },
        };
        let Some(talk) = self.talks.get_mut(&call) else {
            return false;
        };
        let done = talk.conversation.handle(event, now.instant).is_ok();
        self.converse(call, now);
        done
    }

    fn stop_watching(&mut self, supervisor: AgentId, now: Moment) -> bool {
        self.stop_watching_but(supervisor, None, now)
    }

    fn stop_watching_but(&mut self, supervisor: AgentId, but: Option<CallId>, now: Moment) -> bool {
        let calls = self.talks.keys().copied().filter(|it| Some(*it) != but);
        let calls: Vec<CallId> = calls.collect();
        let mut found = false;
        for call in calls {
            if let Some(leg) = self.watching(call, supervisor) {
                found = true;
                self.tell_talk(call, ConversationEvent::SupervisorWent { leg }, now);
            }
        }
        found
    }

    fn watching(&self, call: CallId, supervisor: AgentId) -> Option<distributor::LegId> {
        let mut parties = self.talks.get(&call)?.conversation.parties();
        let is =
            |role: &Role| matches!(role, Role::Supervisor { agent, .. } if *agent == supervisor);
        parties.find(|(_, role)| is(role)).map(|(id, _)| id)
    }

    pub(super) fn call_for_help(&mut self, agent: AgentId) {
        let supervisors = self.center.agents.iter().filter(|it| it.supervisor);
        let supervisors: Vec<AgentId> = supervisors.map(|it| it.id).collect();
        for supervisor in supervisors {
            self.order(Command::Show {
                agent: supervisor,
                shown: Shown::HelpWanted(agent),
            });
        }
    }
}

/// What a status of SIP says of an agent (RFC 3261 §21).
pub(super) fn miss(status: u16) -> Miss {
    match status {
        486 | 600 => Miss::Busy,
        408 | 480 | 487 => Miss::NoAnswer,
        403 | 603 => Miss::Rejected,
        _ => Miss::Unreachable,
    }
}
