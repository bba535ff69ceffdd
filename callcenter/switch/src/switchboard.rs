//! The switchboard: what becomes of every call, from the first ring to the last
//! leg's end.
//!
//! It stands between the lines, the media plane, the desks and the two machines
//! that decide: the [`Distributor`] says who serves whom, a [`Conversation`] what
//! happens in one talk. Four verbs, no I/O: a telephone's, a key's and an agent's
//! events go in, orders come out in the order in which they are to be done.

mod agents;
mod at_kiosks;
mod caller;
mod command;
mod distributing;
mod event;
mod open_now;
mod reception;
mod recipients;
mod second_call;
mod standing;
mod surveying;
mod talking;
mod words;
mod wrapping_up;

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Instant,
};

use distributor::{
    AgentId, CallId, CallerKey, Conversation, DialId, Distributor, OfferId, PlanError, QueueId,
    WallTime,
};
use figures::Counter;
use hmac::{Hmac, Mac};
use privacy::Personal;
use sha2::Sha256;

pub use command::{
    Callee, Command, Refusal, Ringing, Shown, Talk as ShownTalk, Tape, WrapUp as ShownWrapUp,
};
pub use event::{Call, Event, KioskVisit, Leg, Recipient, Wish};
pub use open_now::OpenNow;
pub use words::{MINUTES, PLACES, Words};

use crate::{
    call_book::{Counted, Fact, NO_CALL, WrittenPlace},
    center::Center,
    survey::Survey,
};
use at_kiosks::Kiosks;
use caller::{Caller, Stage};
use recipients::OutsideNumbers;
use second_call::SecondCall;
use standing::Standings;
use wrapping_up::Wrapping;

/// The time, as whoever measures waiting and whoever writes it down need it.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub instant: Instant,
    pub wall: WallTime,
}

/// An agent's telephone that rings or has answered.
#[derive(Debug)]
struct Offered {
    leg: Leg,
    agent: AgentId,
    call: CallId,
    queue: QueueId,
    stage: OfferStage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OfferStage {
    Ringing,
    /// Taken back: what still comes of it tells nothing of the agent.
    Withdrawn,
    /// Waits for the caller, who is being called back.
    Answered,
    /// With the caller.
    Talking,
}

/// A talk, and which leg each of its parties has.
#[derive(Debug)]
struct Talk {
    conversation: Conversation,
    legs: BTreeMap<distributor::LegId, Leg>,
    /// Where the caller was served.
    queue: QueueId,
    /// The distributor was told that no agent is left; a caller who comes back
    /// from an office calls anew.
    sent_out: bool,
    /// The telephone that has asked for a transfer and not heard what came of it.
    transferring: Option<Leg>,
    /// Whom the caller hears now.
    heard: BTreeSet<Leg>,
    recorded: bool,
    tape: Tape,
    /// An agent asks somebody with his telephone's own keys.
    second: Option<SecondCall>,
}

impl Talk {
    /// Whose leg this is, though it may wait while its agent speaks over another.
    fn party_at(&self, leg: Leg) -> Option<distributor::LegId> {
        let waiting = self.second.as_ref().and_then(|it| it.waiting(leg));
        let mut legs = self.legs.iter();
        waiting.or_else(|| legs.find(|(_, it)| **it == leg).map(|(id, _)| *id))
    }
}

/// Whom a leg belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seat {
    Caller(CallId),
    Offer(OfferId),
    /// An office or a supervisor.
    Party(CallId, distributor::LegId),
    /// A caller who was promised it is being called.
    Callback(CallId, DialId),
    /// A kiosk at whose screen this agent helps.
    Kiosk(AgentId),
    /// That agent, called from there.
    Helper(AgentId),
    /// An agent's other call, in which he asks somebody about this one.
    Second(CallId),
    /// An attempt that was taken back: what still comes of it is nobody's.
    Withdrawn,
}

#[derive(Debug)]
pub struct Switchboard {
    center: Center,
    distributor: Distributor,
    /// Recognizes callers by their numbers without keeping them.
    secret: [u8; 32],
    next_call: u64,
    next_leg: u64,
    callers: BTreeMap<CallId, Caller>,
    offers: BTreeMap<OfferId, Offered>,
    talks: BTreeMap<CallId, Talk>,
    surveys: BTreeMap<CallId, Survey>,
    wrap_ups: BTreeMap<AgentId, Wrapping>,
    /// Agents who were asked into a talk, and the place kept for each.
    invited: BTreeMap<(CallId, AgentId), distributor::LegId>,
    seats: BTreeMap<Leg, Seat>,
    standings: Standings,
    kiosks: Kiosks,
    outside: OutsideNumbers,
    commands: VecDeque<Command>,
    counter: Counter,
    /// When what is being handled happened.
    at: WallTime,
    #[cfg(test)]
    mutant: Option<tests::Mutant>,
}

impl Switchboard {
    /// `places` are those that were written down and not forgotten; calls are
    /// numbered from `next_call` on.
    ///
    /// # Errors
    /// What is wrong with the plan.
    pub fn open(
        center: Center,
        places: Vec<WrittenPlace>,
        next_call: u64,
        secret: [u8; 32],
        now: Moment,
    ) -> Result<Self, PlanError> {
        let promised = places.iter().filter_map(|written| {
            let place = &written.place;
            let caller = Caller {
                leg: None,
                from: written.number.clone()?,
                key: place.caller,
                request: written.request.clone(),
                language: place.language.clone(),
                priority: place.priority,
                queue: place.queue.clone(),
                stage: Stage::Leaving,
                answered: true,
                promised: true,
                unrecorded: false,
            };
            Some((place.call, caller))
        });
        let callers = promised.collect();
        let places = places.into_iter().map(|it| it.place).collect();
        let distributor = Distributor::restore(center.plan.clone(), places, now.wall, now.instant)?;
        let counter = Counter::new(&center.plan, center.minutes_ahead_of_utc);
        let mut board = Self {
            center,
            distributor,
            secret,
            next_call,
            next_leg: 0,
            callers,
            offers: BTreeMap::new(),
            talks: BTreeMap::new(),
            surveys: BTreeMap::new(),
            wrap_ups: BTreeMap::new(),
            invited: BTreeMap::new(),
            seats: BTreeMap::new(),
            standings: Standings::default(),
            kiosks: Kiosks::default(),
            outside: OutsideNumbers::default(),
            commands: VecDeque::new(),
            counter,
            at: now.wall,
            #[cfg(test)]
            mutant: None,
        };
        // It may have been killed between a promise's place and its fact.
        let promised: Vec<CallId> = board.callers.keys().copied().collect();
        for call in promised {
            board.note(call, Fact::CallbackPromised);
        }
        board.note(NO_CALL, Fact::Started);
        Ok(board)
    }

    /// Counts anew from what the call book tells of earlier runs.
    pub fn recount(&mut self, facts: &[Counted], now: Moment) {
        let mut counter = Counter::new(&self.center.plan, self.center.minutes_ahead_of_utc);
        for Counted { call, at, event } in facts {
            counter.handle(*call, event, *at);
        }
        for call in self.callers.keys() {
            counter.handle(*call, &figures::Event::CallbackPromised, now.wall);
        }
        counter.handle(NO_CALL, &figures::Event::Started, now.wall);
        self.counter = counter;
    }

    pub fn handle(&mut self, event: Event, now: Moment) {
        self.at = now.wall;
        match event {
            Event::Called(call) => match call.kiosk.clone() {
                Some(kiosk) => self.called_from_kiosk(*call, &kiosk, now),
                None => match self.asked_by_telephone(&call) {
                    Some((agent, whom)) => self.ask_by_telephone(call.leg, agent, whom, now),
                    None => self.called(*call, now),
                },
            },
            Event::Confirmed { leg } => self.confirmed(leg, now),
            Event::Answered { leg } => self.answered(leg, now),
            Event::Refused { leg, status } => self.refused(leg, status, now),
            Event::Ended { leg, lost } => self.ended(leg, lost, now),
            Event::Digit { leg, digit } => self.digit(leg, &digit, now),
            Event::PlayedOut { leg } => self.played_out(leg, now),
            Event::Held { leg, held } => self.held(leg, held, now),
            Event::TransferAsked { leg, to, replaces } => {
                self.transfer_asked(leg, &to, replaces, now);
            }
            Event::Registered { account } => self.registered(&account, now),
            Event::Unregistered { account } => self.unregistered(&account, now),
            Event::DeskCame { agent } => self.desk_came(agent, now),
            Event::DeskWent { agent } => self.desk_went(agent, now),
            Event::Hours { queue, open } => {
                let event = match open {
                    true => distributor::Event::QueueOpened { queue },
                    false => distributor::Event::QueueClosed { queue },
                };
                self.tell(event, now);
            }
            Event::Asked { agent, wish } => self.asked(agent, wish, now),
            Event::DispositionWritten {
                agent,
                call,
                disposition,
                durable,
            } => self.disposition_written(agent, call, disposition, durable),
        }
        self.carry_on(now);
        self.show_talks(now);
        self.show_supervisors();
    }

    pub fn handle_timeout(&mut self, now: Moment) {
        self.at = now.wall;
        let due = |until: Option<Instant>| until.is_some_and(|it| it <= now.instant);
        let silent = self.callers.iter().filter(|(_, it)| due(it.stage.until()));
        let silent: Vec<CallId> = silent.map(|(call, _)| *call).collect();
        for call in silent {
            self.queue(call, now);
        }
        let calls: Vec<CallId> = self.talks.keys().copied().collect();
        for call in calls {
            if let Some(talk) = self.talks.get_mut(&call)
                && due(talk.conversation.poll_timeout())
            {
                talk.conversation.handle_timeout(now.instant);
                self.converse(call, now);
            }
        }
        self.surveys_timed_out(now.instant);
        self.kiosks_rang_out(now.instant);
        if due(self.distributor.poll_timeout()) {
            self.distributor.handle_timeout(now.instant);
        }
        self.carry_on(now);
        self.show_talks(now);
        self.show_supervisors();
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let choosing = self.callers.values().filter_map(|it| it.stage.until());
        let talks = self.talks.values();
        let talks = talks.filter_map(|it| it.conversation.poll_timeout());
        choosing
            .chain(talks)
            .chain(self.distributor.poll_timeout())
            .chain(self.surveys_due())
            .chain(self.kiosks.poll_timeout())
            .min()
    }

    /// What a wallboard shows of the day.
    pub fn board(&self, now: WallTime) -> figures::Board {
        self.counter.board(now)
    }

    /// What was counted, as far back as it is kept.
    pub fn ledger(&self) -> &figures::Ledger {
        self.counter.ledger()
    }

    pub fn center(&self) -> &Center {
        &self.center
    }

    /// Legs that are not over.
    pub fn legs(&self) -> usize {
        self.seats.len()
    }

    fn order(&mut self, command: Command) {
        self.commands.push_back(command);
    }

    fn note(&mut self, call: CallId, fact: Fact) {
        self.counter.handle(call, &fact.counted(), self.at);
        self.order(Command::Note { call, fact });
    }

    /// Tells the distributor; what it cannot use came late.
    fn tell(&mut self, event: distributor::Event, now: Moment) -> bool {
        self.distributor.handle(event, now.instant).is_ok()
    }

    fn new_call(&mut self) -> CallId {
        let call = CallId(self.next_call);
        self.next_call += 1;
        call
    }

    fn dial_leg(&mut self, seat: Seat) -> Leg {
        self.next_leg += 1;
        let leg = Leg::Dialed(self.next_leg);
        self.seats.insert(leg, seat);
        leg
    }

    /// The caller of a line that is not shared, without saying who it is.
    fn key_of(&self, from: &Personal<String>) -> Option<CallerKey> {
        #[cfg(test)]
        if self.mutated(tests::Mutant::RecognizesNobody) {
            return None;
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).ok()?;
        mac.update(from.reveal().as_bytes());
        let digest = mac.finalize().into_bytes();
        digest.first_chunk::<16>().copied().map(CallerKey)
    }
}
