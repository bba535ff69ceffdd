//! A day of chance: callers, agents and telephones do whatever they like.

mod dice;
mod plans;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use dice::Dice;
pub(super) use plans::{plan, queue};

use super::{Distributor, mutant::Mutant, witness::Witness};
use crate::{
    AgentId, CallId, CallerKey, Command, Departure, DialId, Event, Language, Miss, OfferId, Place,
    Priority, Profile, QueueId, Refused, Skill, Standing, Transfer, WallTime,
};

const QUEUES: [&str; 3] = ["residents", "tax", "night"];
const LANGUAGES: [&str; 2] = ["ko", "en"];
const AGENTS: u32 = 6;
const CALLERS: u8 = 12;
/// Steps between two restarts, on average.
const RESTART_ONE_IN: usize = 150;

/// Everything there is in a walk, with a witness beside it.
pub(super) struct Walk {
    dice: Dice,
    distributor: Distributor,
    witness: Witness,
    start: Instant,
    now: Instant,
    calls: Vec<CallId>,
    /// Offers ever made, withdrawn ones too: answers may come late.
    offers: Vec<OfferId>,
    ringing: Vec<OfferId>,
    up: Vec<OfferId>,
    dials: Vec<DialId>,
    /// What the switch has written down.
    written: BTreeMap<CallId, Place>,
    next_call: u64,
    pub(super) bridged: u64,
    pub(super) dialed: u64,
    pub(super) refused: u64,
    pub(super) restarts: u64,
}

impl Walk {
    pub(super) fn new(seed: u64, mutant: Option<Mutant>) -> Self {
        let now = Instant::now();
        let mut distributor = Distributor::new(plan(seed), now).expect("the plan is sound");
        distributor.mutant = mutant;
        Self {
            dice: Dice::new(seed),
            distributor,
            witness: Witness::new(plan(seed)),
            start: now,
            now,
            calls: Vec::new(),
            offers: Vec::new(),
            ringing: Vec::new(),
            up: Vec::new(),
            dials: Vec::new(),
            written: BTreeMap::new(),
            next_call: 0,
            bridged: 0,
            dialed: 0,
            refused: 0,
            restarts: 0,
        }
    }

    /// One event at a random time after the last one.
    pub(super) fn step(&mut self) -> Result<(), String> {
        let pause = Duration::from_millis(self.dice.below(1_200) as u64);
        self.now += if self.dice.one_in(10) {
            Duration::ZERO
        } else {
            pause
        };
        if self
            .distributor
            .poll_timeout()
            .is_some_and(|due| due <= self.now)
        {
            self.distributor.handle_timeout(self.now);
            self.look("the time")?;
        }
        // A mistake is planted after the first start alone.
        if self.dice.one_in(RESTART_ONE_IN) && self.distributor.mutant.is_none() {
            self.restart();
            return self.look("a restart");
        }
        let Some(event) = self.event() else {
            return Ok(());
        };
        self.follow(&event);
        match self.distributor.handle(event.clone(), self.now) {
            Ok(()) => self.witness.hear(&event, self.now),
            Err(refused) => {
                self.refused += 1;
                self.must_be_refused(&event, &refused)?;
            }
        }
        self.look(&format!("{event:?}"))
    }

    /// The switch dies and begins again: no leg is left, and nobody signed in.
    fn restart(&mut self) {
        self.restarts += 1;
        let written = std::mem::take(&mut self.written).into_values().collect();
        let plan = self.witness.plan().clone();
        let restored = Distributor::restore(plan, written, self.wall(), self.now);
        self.distributor = restored.expect("the plan is sound");
        self.witness.restart(self.now);
        for legs in [&mut self.offers, &mut self.ringing, &mut self.up] {
            legs.clear();
        }
        self.dials.clear();
        // Callbacks need not be written anew.
        let promised = self.distributor.places().into_iter();
        let promised = promised.filter(|it| matches!(it.standing, Standing::Promised { .. }));
        self.written = promised.map(|it| (it.call, it)).collect();
    }

    fn wall(&self) -> WallTime {
        WallTime(1_795_482_000_000 + (self.now - self.start).as_millis() as i64)
    }

    fn follow(&mut self, event: &Event) {
        if let Event::OfferAnswered { offer } = event
            && self.ringing.contains(offer)
        {
            self.up.push(*offer);
            self.ringing.retain(|it| it != offer);
        }
        if let Event::OfferFailed { offer, .. } | Event::AgentLeft { offer, .. } = event {
            self.ringing.retain(|it| it != offer);
            self.up.retain(|it| it != offer);
        }
    }

    fn carry_out(&mut self, command: &Command) {
        if let Command::Offer { legs, .. } = command {
            self.offers.extend(legs.iter().map(|leg| leg.offer));
            self.ringing.extend(legs.iter().map(|leg| leg.offer));
        }
        if let Command::Withdraw { offer, .. } = command {
            self.ringing.retain(|it| it != offer);
        }
        if let Command::HangUpAgent { offer, .. } = command {
            self.up.retain(|it| it != offer);
        }
        if let Command::DialCallback { dial, .. } = command {
            self.dialed += 1;
            self.dials.push(*dial);
        }
        if let Command::Remember(place) = command {
            self.written.insert(place.call, place.clone());
        }
        if let Command::Forget(call) = command {
            self.written.remove(call);
        }
        self.bridged += u64::from(matches!(command, Command::Bridge { .. }));
    }

    /// Carries out what is ordered and looks whether all laws hold.
    fn look(&mut self, after: &str) -> Result<(), String> {
        let mut seen = Vec::new();
        let place = |problem: String, seen: &[Command], at: Duration| {
            format!("at {at:?} after {after} with {seen:?}: {problem}")
        };
        while let Some(command) = self.distributor.poll_command() {
            self.carry_out(&command);
            let law = self.witness.see(&command, self.now);
            seen.push(command);
            law.map_err(|it| place(it, &seen, self.now - self.start))?;
        }
        let figures = self.distributor.figures(self.now);
        let live = self.distributor.calls.keys().copied();
        self.witness
            .settle(&figures, live, self.now)
            .and_then(|()| self.distributor.check(&figures, self.now))
            .and_then(|()| self.is_written_down())
            .map_err(|it| place(it, &seen, self.now - self.start))
    }

    /// What was written down is what there is.
    fn is_written_down(&self) -> Result<(), String> {
        let places = self.distributor.places().into_iter();
        let places: BTreeMap<CallId, Place> = places.map(|it| (it.call, it)).collect();
        if places == self.written {
            return Ok(());
        }
        Err(format!("{:?} is written, {places:?} is true", self.written))
    }

    /// The walk never says anything senseless but this.
    fn must_be_refused(&self, event: &Event, refused: &Refused) -> Result<(), String> {
        let fits = match refused {
            Refused::NotWaiting | Refused::NotTalking | Refused::NotFree => true,
            Refused::UnknownCall | Refused::UnknownAgent | Refused::NotInWrapUp => true,
            Refused::QueueClosed => matches!(event, Event::Transferred { .. }),
            Refused::UnknownQueue
            | Refused::LanguageNotServed
            | Refused::CallKnown
            | Refused::Full => false,
        };
        if fits {
            Ok(())
        } else {
            Err(format!("{event:?} was refused: {refused}"))
        }
    }

    fn event(&mut self) -> Option<Event> {
        let agent = AgentId(self.dice.below(AGENTS as usize) as u32);
        let dice = &mut self.dice;
        Some(match dice.below(40) {
            0..=4 => self.call(),
            5..=9 => self.of_callers()?,
            10..=24 => self.of_legs()?,
            25..=27 => Event::SignedIn {
                agent,
                profile: profile(dice),
            },
            28 if dice.one_in(3) => Event::SignedOut { agent },
            28 if dice.one_in(3) => Event::HelpAsked { agent },
            28 if dice.one_in(2) => Event::KioskTaken { agent },
            28 => Event::WrapUpExtended {
                agent,
                by: Duration::from_secs(dice.below(6) as u64),
            },
            29..=31 => Event::Ready { agent },
            32 => Event::KioskLeft { agent },
            33 if dice.one_in(3) => Event::BreakBegun {
                agent,
                reason: "lunch".into(),
            },
            33 => Event::WrapUpDone { agent },
            34..=36 => Event::DeviceRegistered { agent },
            37 if dice.one_in(2) => Event::DeviceGone { agent },
            37 | 38 => {
                let queue = QueueId(dice.of(&QUEUES)?.into());
                if dice.one_in(6) {
                    Event::QueueClosed { queue }
                } else {
                    Event::QueueOpened { queue }
                }
            }
            _ if dice.one_in(4) => Event::SentOut {
                call: dice.of(&self.calls)?,
            },
            _ => Event::AgentInvited {
                call: dice.of(&self.calls)?,
                agent,
            },
        })
    }

    fn of_callers(&mut self) -> Option<Event> {
        let dice = &mut self.dice;
        Some(match dice.below(6) {
            0 | 1 => Event::CallerLeft {
                call: dice.of(&self.calls)?,
                how: departure(dice),
            },
            2 => Event::CallbackAsked {
                call: dice.of(&self.calls)?,
            },
            3 => Event::CallbackFailed {
                dial: dice.of(&self.dials)?,
            },
            4 => Event::CallbackAnswered {
                dial: *self.dials.last()?,
            },
            _ => Event::Transferred {
                call: dice.of(&self.calls)?,
                to: if dice.one_in(2) {
                    Transfer::Queue(QueueId(dice.of(&QUEUES)?.into()))
                } else {
                    Transfer::Agent(AgentId(dice.below(AGENTS as usize) as u32))
                },
            },
        })
    }

    fn of_legs(&mut self) -> Option<Event> {
        let dice = &mut self.dice;
        Some(match dice.below(12) {
            0..=5 => Event::OfferAnswered {
                offer: mostly(dice, &self.ringing, &self.offers)?,
            },
            6 | 7 => Event::OfferFailed {
                offer: mostly(dice, &self.ringing, &self.offers)?,
                how: dice.of(&[
                    Miss::Busy,
                    Miss::NoAnswer,
                    Miss::Unreachable,
                    Miss::Rejected,
                ])?,
            },
            _ => Event::AgentLeft {
                offer: mostly(dice, &self.up, &self.offers)?,
                how: departure(dice),
            },
        })
    }

    fn call(&mut self) -> Event {
        self.next_call += 1;
        let call = CallId(self.next_call);
        self.calls.push(call);
        if self.calls.len() > 20 {
            self.calls.remove(0);
        }
        let arrived = self.wall();
        let dice = &mut self.dice;
        let caller = CallerKey([dice.below(CALLERS.into()) as u8; 16]);
        let priorities = [
            Priority::Ordinary,
            Priority::Ordinary,
            Priority::Ordinary,
            Priority::Elderly,
            Priority::CutOff,
            Priority::Emergency,
        ];
        Event::Called {
            call,
            queue: QueueId(QUEUES[dice.below(3)].into()),
            language: Language(LANGUAGES[dice.below(2)].into()),
            priority: priorities[dice.below(6)],
            caller: (!dice.one_in(4)).then_some(caller),
            arrived,
        }
    }
}

fn departure(dice: &mut Dice) -> Departure {
    if dice.one_in(2) {
        Departure::Lost
    } else {
        Departure::HungUp
    }
}

/// Mostly one of these, sometimes any.
fn mostly(dice: &mut Dice, these: &[OfferId], any: &[OfferId]) -> Option<OfferId> {
    if dice.one_in(8) {
        dice.of(any)
    } else {
        dice.of(these)
    }
}

fn profile(dice: &mut Dice) -> Profile {
    let mut profile = Profile::default();
    profile
        .skills
        .insert(Skill("tax".into()), dice.below(4) as u8);
    for language in LANGUAGES {
        if !dice.one_in(3) {
            profile.languages.insert(Language(language.into()));
        }
    }
    for queue in QUEUES {
        if !dice.one_in(3) {
            profile.queues.insert(QueueId(queue.into()));
        }
    }
    profile
}
