//! A day of chance: callers, agents and telephones do whatever they like.

use std::time::{Duration, Instant};

use proptest::{
    prelude::Rng,
    test_runner::{RngAlgorithm, TestRng},
};

use super::{Distributor, mutant::Mutant, witness::Witness};
use crate::{
    AgentId, CallId, CallbackPlan, CallerKey, Command, Departure, DialId, Event, Language, Miss,
    OfferId, Overflow, Plan, Priority, Profile, QueueId, QueuePlan, Refused, Skill, SkillNeed,
    Strategy, Transfer, WallTime,
};

const QUEUES: [&str; 3] = ["residents", "tax", "night"];
const LANGUAGES: [&str; 2] = ["ko", "en"];
const AGENTS: u32 = 6;
const CALLERS: u8 = 12;

/// Dice from a seed.
pub(super) struct Dice(TestRng);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.0.next_u64() % limit as u64) as usize
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> Option<T> {
        if choices.is_empty() {
            return None;
        }
        Some(choices[self.below(choices.len())].clone())
    }
}

pub(super) fn queue(id: &str, strategy: Strategy) -> QueuePlan {
    QueuePlan {
        id: QueueId(id.into()),
        skill: None,
        languages: LANGUAGES.map(|it| Language(it.into())).into(),
        strategy,
        ring_seconds: 5,
        wrap_up_seconds: 3,
        wrap_up_longest_seconds: 10,
        service_level_seconds: 20,
        longest_wait_seconds: 60,
        overflow: Overflow::Callback,
        announce_every_seconds: 10,
        priority_step_seconds: 10,
        misses_before_break: 3,
    }
}

/// Three queues that differ in everything; the seed chooses how.
pub(super) fn plan(seed: u64) -> Plan {
    let strategies = [
        Strategy::LongestIdle,
        Strategy::FewestCalls,
        Strategy::RoundRobin,
        Strategy::Linear,
        Strategy::RingAll,
    ];
    let strategy = |at: u64| strategies[((seed + at) % 5) as usize];
    let residents = QueuePlan {
        overflow: Overflow::Queue(QueueId("night".into())),
        ..queue("residents", strategy(0))
    };
    let tax = QueuePlan {
        skill: Some(SkillNeed {
            name: Skill("tax".into()),
            least_level: 2,
        }),
        wrap_up_seconds: 7,
        ..queue("tax", strategy(1))
    };
    let night = QueuePlan {
        overflow: Overflow::Refuse,
        wrap_up_seconds: 0,
        ..queue("night", strategy(2))
    };
    Plan {
        queues: vec![residents, tax, night],
        rest_after_miss_seconds: 2,
        place_kept_seconds: 30,
        callback: CallbackPlan {
            attempts: 2,
            rest_seconds: 8,
            ring_seconds: 6,
        },
    }
}

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
    next_call: u64,
    pub(super) bridged: u64,
    pub(super) dialed: u64,
    pub(super) refused: u64,
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
            next_call: 0,
            bridged: 0,
            dialed: 0,
            refused: 0,
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
            .map_err(|it| place(it, &seen, self.now - self.start))
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
            28 if dice.one_in(2) => Event::HelpAsked { agent },
            28 => Event::WrapUpExtended {
                agent,
                by: Duration::from_secs(dice.below(6) as u64),
            },
            29..=32 => Event::Ready { agent },
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
            arrived: WallTime(1_795_482_000_000 + (self.now - self.start).as_millis() as i64),
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
