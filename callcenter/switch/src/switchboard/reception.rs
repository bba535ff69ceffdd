//! A caller's way to a queue: answered, greeted, asked; and how a caller goes.

use std::time::Duration;

use distributor::{CallId, Departure};
use privacy::Personal;

#[cfg(test)]
use super::tests::Mutant;
use super::{Call, Caller, Command, Leg, Moment, Seat, Stage, Switchboard, Words};
use crate::call_book::Fact;

/// How long a key may take after the menu was heard to its end.
const CHOOSING: Duration = Duration::from_secs(5);
/// The key that promises a callback.
const CALL_ME_BACK: char = '1';
/// SIP's 404 Not Found.
const NO_SUCH_NUMBER: u16 = 404;

impl Switchboard {
    pub(super) fn called(&mut self, call: Call, now: Moment) {
        let Some(number) = self.center.numbers.iter().find(|it| it.dialed == call.to) else {
            let leg = call.leg;
            return self.order(Command::Refuse {
                leg,
                status: NO_SUCH_NUMBER,
            });
        };
        let early = number.early && call.early_sound;
        let caller = Caller {
            leg: Some(call.leg),
            key: call.known_number.then(|| self.key_of(&call.from)).flatten(),
            from: call.from,
            request: call.request,
            language: number.language.clone(),
            priority: number.priority,
            queue: number.queue.clone(),
            stage: Stage::Ringing(number.menu.clone()),
            answered: !early,
            promised: false,
            unrecorded: false,
        };
        let id = self.new_call();
        let fact = Fact::Arrived {
            from: caller.from.clone(),
            dialed: call.to,
            request: caller.request.clone(),
        };
        self.callers.insert(id, caller);
        self.seats.insert(call.leg, Seat::Caller(id));
        self.note(id, fact);
        if early {
            self.order(Command::EarlyMedia { leg: call.leg });
            return self.begin(id, now);
        }
        self.order(Command::Ring { leg: call.leg });
        self.order(Command::Accept { leg: call.leg });
    }

    pub(super) fn confirmed(&mut self, leg: Leg, now: Moment) {
        let call = match self.seats.get(&leg).copied() {
            Some(Seat::Caller(call)) => call,
            Some(Seat::Kiosk(agent)) => return self.kiosk_confirmed(agent),
            Some(
                Seat::Offer(_)
                | Seat::Party(..)
                | Seat::Callback(..)
                | Seat::Helper(_)
                | Seat::Second(_)
                | Seat::Withdrawn,
            )
            | None => return,
        };
        self.begin(call, now);
    }

    /// The caller hears us.
    fn begin(&mut self, call: CallId, now: Moment) {
        let stage = self.callers.get(&call).map(|it| it.stage.clone());
        match stage {
            Some(Stage::Ringing(Some(menu))) => self.offer_menu(call, menu),
            Some(Stage::Ringing(None)) => self.queue(call, now),
            _ => {}
        }
    }

    /// An agent has answered: nobody else does who is to cost something.
    pub(super) fn answer_at_last(&mut self, call: CallId) {
        let caller = self.callers.get_mut(&call).filter(|it| !it.answered);
        if let Some(caller) = caller
            && let Some(leg) = caller.leg
        {
            caller.answered = true;
            self.order(Command::Accept { leg });
        }
    }

    fn offer_menu(&mut self, call: CallId, menu: String) {
        let words = Words::Welcome(menu.clone());
        self.enter(call, Stage::Choosing { menu, until: None });
        self.say(call, [words]);
    }

    pub(super) fn digit(&mut self, leg: Leg, digit: &Personal<char>, now: Moment) {
        let Some(Seat::Caller(call)) = self.seats.get(&leg).copied() else {
            return;
        };
        match self.callers.get(&call).map(|it| it.stage.clone()) {
            Some(Stage::Choosing { menu, .. }) => self.choose(call, &menu, *digit.reveal(), now),
            Some(Stage::Asked) if *digit.reveal() == CALL_ME_BACK => {
                self.promise_callback(call, now);
            }
            Some(Stage::Surveyed) => self.survey_digit(call, digit.clone(), now),
            // Keys in a talk are between those who talk.
            _ => {}
        }
    }

    fn promise_callback(&mut self, call: CallId, now: Moment) {
        if self.tell(distributor::Event::CallbackAsked { call }, now) {
            // Written before it is said.
            #[cfg(test)]
            if self.mutated(Mutant::SaysBeforeWritten) {
                self.say(call, [Words::CallbackPromised]);
            }
            self.carry_on(now);
            self.enter(call, Stage::Leaving);
            self.say(call, [Words::CallbackPromised]);
        }
    }

    fn choose(&mut self, call: CallId, menu: &str, key: char, now: Moment) {
        let choice = self.center.menus.get(menu);
        let Some(choice) = choice.and_then(|it| it.keys.get(&key)).cloned() else {
            return;
        };
        let Some(caller) = self.callers.get_mut(&call) else {
            return;
        };
        caller.language = choice.language.unwrap_or(caller.language.clone());
        caller.priority = choice.priority.unwrap_or(caller.priority);
        caller.queue = choice.queue.unwrap_or(caller.queue.clone());
        match choice.menu {
            Some(menu) => self.offer_menu(call, menu),
            None => self.queue(call, now),
        }
    }

    /// The caller waits from now on.
    pub(super) fn queue(&mut self, call: CallId, now: Moment) {
        let Some(caller) = self.callers.get_mut(&call) else {
            return;
        };
        caller.stage = Stage::Waiting;
        let priority = caller.priority;
        #[cfg(test)]
        let priority = match self.mutant == Some(Mutant::ForgetsPriority) {
            true => distributor::Priority::Ordinary,
            false => priority,
        };
        let event = distributor::Event::Called {
            call,
            queue: caller.queue.clone(),
            language: caller.language.clone(),
            priority,
            caller: caller.key,
            arrived: now.wall,
        };
        let (queue, leg) = (caller.queue.clone(), caller.leg);
        if self.tell(event, now) {
            self.note(call, Fact::Queued { queue });
            if let Some(leg) = leg {
                self.order(Command::Music { leg });
            }
        } else {
            self.turn_away(call, Words::Sorry);
        }
    }

    pub(super) fn played_out(&mut self, leg: Leg, now: Moment) {
        let Some(Seat::Caller(call)) = self.seats.get(&leg).copied() else {
            return;
        };
        match self.callers.get(&call).map(|it| it.stage.clone()) {
            Some(Stage::Choosing { menu, .. }) => {
                let until = Some(now.instant + CHOOSING);
                self.enter(call, Stage::Choosing { menu, until });
            }
            Some(Stage::Waiting | Stage::Asked) => self.order(Command::Music { leg }),
            Some(Stage::Surveyed) => self.survey_played_out(call, now),
            Some(Stage::Leaving) => self.order(Command::End { leg }),
            Some(Stage::Ringing(_) | Stage::Talking) | None => {}
        }
    }

    /// Tells the caller why nobody comes, then hangs up.
    pub(super) fn turn_away(&mut self, call: CallId, words: Words) {
        self.note(call, Fact::TurnedAway);
        #[cfg(test)]
        if self.mutated(Mutant::EndsTwice) {
            self.note(call, Fact::CallerLeft { lost: false });
        }
        self.enter(call, Stage::Leaving);
        self.say(call, [words]);
    }

    pub(super) fn caller_left(&mut self, call: CallId, leg: Leg, lost: bool, now: Moment) {
        // Hung up, and called back over another leg since.
        let old = self.leg_of(call) != Some(leg);
        #[cfg(test)]
        let old = old && !self.mutated(Mutant::BelievesOldLegs);
        if old {
            return;
        }
        #[cfg(test)]
        if self.mutated(Mutant::LosesTheEnd) && self.talks.contains_key(&call) {
            self.callers.remove(&call);
            self.tell(
                distributor::Event::CallerLeft {
                    call,
                    how: departure(lost),
                },
                now,
            );
            return;
        }
        self.surveys.remove(&call);
        self.note(call, Fact::CallerLeft { lost });
        let how = departure(lost);
        if let Some(talk) = self.talks.get(&call) {
            let leg = talk.conversation.caller();
            self.tell_talk(call, distributor::ConversationEvent::Left { leg, how }, now);
        }
        if let Some(caller) = self.callers.get_mut(&call) {
            caller.leg = None;
        }
        self.tell(distributor::Event::CallerLeft { call, how }, now);
        self.carry_on(now);
        if self.callers.get(&call).is_some_and(|it| !it.promised) {
            self.callers.remove(&call);
        }
    }

    pub(super) fn enter(&mut self, call: CallId, stage: Stage) {
        if let Some(caller) = self.callers.get_mut(&call) {
            caller.stage = stage;
        }
    }

    pub(super) fn say(&mut self, call: CallId, words: impl IntoIterator<Item = Words>) {
        if let Some(caller) = self.callers.get(&call)
            && let Some(leg) = caller.leg
        {
            let language = caller.language.clone();
            self.order(Command::Say {
                leg,
                words: words.into_iter().collect(),
                language,
            });
        }
    }
}

pub(super) fn departure(lost: bool) -> Departure {
    match lost {
        true => Departure::Lost,
        false => Departure::HungUp,
    }
}
