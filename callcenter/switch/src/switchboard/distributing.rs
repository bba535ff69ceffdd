//! Carries out what the distributor decides.

use std::collections::BTreeSet;

use distributor::{
    CallId, CallbackEnd, CallerHangUp, Conversation, DialId, Miss, OfferId, OfferLeg, Place,
    Priority, Reason, Standing,
};

use figures::PromiseEnd;

#[cfg(test)]
use super::tests::Mutant;
use super::{
    Callee, Command, Leg, Moment, OfferStage, Offered, Ringing, Seat, Stage, Switchboard, Talk,
    Tape, Words,
};
use crate::call_book::{Fact, NO_CALL, WrittenPlace};

impl Switchboard {
    /// Until nobody has anything more to say.
    pub(super) fn carry_on(&mut self, now: Moment) {
        while let Some(command) = self.distributor.poll_command() {
            self.distribute(command, now);
        }
    }

    fn distribute(&mut self, command: distributor::Command, now: Moment) {
        use distributor::Command as Told;
        match command {
            Told::Offer {
                call,
                queue,
                legs,
                callback,
                reason,
                ring: _,
            } => self.ring(call, &queue.0, &legs, callback, &reason),
            #[cfg(test)]
            Told::Withdraw { .. } if self.mutated(Mutant::RingsOn) => {}
            Told::Withdraw { offer, missed, .. } => self.withdraw(offer, missed),
            Told::HangUpAgent { offer, .. } => self.end_offer(offer),
            Told::Bridge { call, offer, agent } => {
                self.note(call, Fact::Bridged { agent });
                self.begin_talk(call, offer, now);
            }
            Told::Join { call, offer, agent } => self.join(call, offer, agent, now),
            Told::InvitationFailed { call, agent, .. } => {
                self.invitation_failed(call, agent, now);
            }
            Told::HangUpCaller { call, why } => self.hang_up_caller(call, why),
            Told::Announce {
                call,
                position,
                expected_wait,
            } => self.say(call, Words::position(position, expected_wait)),
            Told::OfferCallback { call } => {
                self.enter(call, Stage::Asked);
                self.say(call, [Words::CallbackOffer]);
            }
            Told::Moved { call, to, .. } => self.note(call, Fact::Moved { to }),
            Told::Requeued { call, queue } => {
                self.note(call, Fact::Queued { queue });
                self.enter(call, Stage::Waiting);
                if let Some(leg) = self.leg_of(call) {
                    self.order(Command::Music { leg });
                }
            }
            Told::DialCallback { call, dial, .. } => self.call_back(call, dial),
            Told::CancelDial { dial } => self.cancel_dial(dial),
            Told::CallbackEnded { call, why } => {
                let why = match why {
                    CallbackEnd::Unreached => PromiseEnd::Unreached,
                    CallbackEnd::CallerReturned(_) => PromiseEnd::Returned,
                };
                self.note(call, Fact::CallbackEnded { why });
                self.callers.remove(&call);
            }
            Told::AgentChanged { agent, state } => {
                let fact = Fact::AgentState {
                    agent,
                    state: state.clone(),
                };
                self.note(NO_CALL, fact);
                self.state_is(agent, state.clone());
                self.wraps_up(agent, &state);
            }
            Told::HelpWanted { agent, .. } => self.call_for_help(agent),
            Told::Remember(place) => self.keep(place),
            Told::Forget(call) => {
                self.promise(call, false);
                self.order(Command::Forget(call));
            }
        }
    }

    fn keep(&mut self, place: Place) {
        let promised = matches!(place.standing, Standing::Promised { .. });
        let call = place.call;
        let caller = self.callers.get(&place.call).filter(|_| promised);
        let number = caller.map(|it| it.from.clone());
        let request = caller.and_then(|it| it.request.clone());
        #[cfg(test)]
        let request = request.filter(|_| !self.mutated(Mutant::LosesTheRequest));
        self.order(Command::Keep(Box::new(WrittenPlace {
            place,
            number,
            request,
        })));
        // A promise is in the book when it will be found again; see `open`.
        self.promise(call, promised);
    }

    /// A promise is made to a caller, taken over by him, or fulfilled.
    fn promise(&mut self, call: CallId, promised: bool) {
        let caller = self.callers.get_mut(&call);
        let before = caller.map(|it| std::mem::replace(&mut it.promised, promised));
        if promised && before == Some(false) {
            self.note(call, Fact::CallbackPromised);
        }
    }

    fn ring(
        &mut self,
        call: CallId,
        queue: &str,
        legs: &[OfferLeg],
        callback: bool,
        reason: &Reason,
    ) {
        let agents = legs.iter().map(|it| it.agent).collect();
        let reason_noted = Box::new(reason.clone());
        self.note(
            call,
            Fact::Offered {
                agents,
                reason: reason_noted,
            },
        );
        for OfferLeg { offer, agent } in legs.iter().copied() {
            let account = self.center.agent(agent).map(|it| it.account.clone());
            let caller = self.callers.get(&call);
            let (Some(account), Some(caller)) = (account, caller) else {
                continue;
            };
            let ringing = Ringing {
                call,
                queue: queue.to_owned(),
                language: caller.language.clone(),
                waited: reason.waited,
                from: caller.from.clone(),
                request: caller.request.clone(),
                callback,
                cut_off: caller.priority == Priority::CutOff,
                visit: None,
            };
            let (from, request) = (caller.from.clone(), caller.request.clone());
            let leg = self.dial_leg(Seat::Offer(offer));
            let offered = Offered {
                leg,
                agent,
                call,
                queue: distributor::QueueId(queue.to_owned()),
                stage: OfferStage::Ringing,
            };
            self.offers.insert(offer, offered);
            self.rings_at(agent, leg, ringing);
            self.order(Command::Dial {
                leg,
                callee: Callee::Account(account),
                from,
                call,
                request,
            });
        }
    }

    fn withdraw(&mut self, offer: OfferId, missed: Option<Miss>) {
        let Some(offered) = self.offers.get_mut(&offer) else {
            return;
        };
        offered.stage = OfferStage::Withdrawn;
        let (call, agent) = (offered.call, offered.agent);
        if let Some(how) = missed {
            self.note(call, Fact::Missed { agent, how });
        }
        self.end_offer(offer);
    }

    fn end_offer(&mut self, offer: OfferId) {
        if let Some(leg) = self.offers.get(&offer).map(|it| it.leg) {
            self.order(Command::End { leg });
        }
    }

    fn begin_talk(&mut self, call: CallId, offer: OfferId, now: Moment) {
        let caller = self.leg_of(call);
        let (Some(offered), Some(caller)) = (self.offers.get_mut(&offer), caller) else {
            return;
        };
        offered.stage = OfferStage::Talking;
        let (agent, leg, queue) = (offered.agent, offered.leg, offered.queue.clone());
        let conversation = Conversation::new(agent);
        let by = conversation.first_agent();
        let legs = [(conversation.caller(), caller), (by, leg)];
        let talk = Talk {
            conversation,
            legs: legs.into(),
            queue,
            sent_out: false,
            transferring: None,
            heard: BTreeSet::new(),
            recorded: false,
            tape: Tape::Off,
            second: None,
        };
        self.answer_at_last(call);
        self.order(Command::Hush { leg: caller });
        self.enter(call, Stage::Talking);
        self.talks.insert(call, talk);
        self.talks_at(agent, leg, now);
        if self.center.record {
            let action = distributor::Action::Record;
            self.act(call, by, action, now).ok();
        }
        self.converse(call, now);
    }

    fn hang_up_caller(&mut self, call: CallId, why: CallerHangUp) {
        match why {
            CallerHangUp::Closed => self.turn_away(call, Words::Closed),
            CallerHangUp::WaitedTooLong => self.turn_away(call, Words::Sorry),
            // Hears that it is promised, and is hung up after.
            CallerHangUp::WillBeCalledBack => {}
            // Is asked how it was, and hung up after.
            CallerHangUp::AgentHungUp if self.surveys.contains_key(&call) => {}
            CallerHangUp::AgentHungUp => {
                if let Some(leg) = self.leg_of(call) {
                    self.order(Command::End { leg });
                }
            }
        }
    }

    fn call_back(&mut self, call: CallId, dial: DialId) {
        let Some(caller) = self.callers.get(&call) else {
            return;
        };
        let (number, request) = (caller.from.clone(), caller.request.clone());
        // Still hears that he will be called: his line must be free for it.
        if let Some(leg) = caller.leg {
            self.order(Command::End { leg });
        }
        let shown = self.center.numbers.first();
        let from = shown.map_or_else(String::new, |it| it.dialed.clone());
        let leg = self.dial_leg(Seat::Callback(call, dial));
        self.order(Command::Dial {
            leg,
            callee: Callee::Number(number),
            from: privacy::Personal::new(from),
            call,
            request,
        });
    }

    fn cancel_dial(&mut self, dial: DialId) {
        let of = |seat: &Seat| matches!(seat, Seat::Callback(_, it) if *it == dial);
        let legs = self.seats.iter().filter(|(_, seat)| of(seat));
        let legs: Vec<Leg> = legs.map(|(leg, _)| *leg).collect();
        for leg in legs {
            self.seats.insert(leg, Seat::Withdrawn);
            self.order(Command::End { leg });
        }
    }

    pub(super) fn leg_of(&self, call: CallId) -> Option<Leg> {
        self.callers.get(&call).and_then(|it| it.leg)
    }
}
