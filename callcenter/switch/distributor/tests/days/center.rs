//! A call center in virtual time: callers at random, agents who answer at once.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    time::{Duration, Instant},
};

use distributor::{
    AgentId, CallId, CallbackPlan, Command, Departure, Distributor, Event, Language, OfferId,
    Overflow, Plan, Priority, Profile, QueueId, QueuePlan, Strategy, WallTime,
};

/// Calls at the beginning of a day that are not counted: the hall is empty.
const WARMING_UP: u64 = 1_000;

fn queue() -> QueueId {
    QueueId("residents".into())
}

fn korean() -> Language {
    Language("ko".into())
}

fn plan() -> Plan {
    Plan {
        queues: vec![QueuePlan {
            id: queue(),
            skill: None,
            languages: [korean()].into(),
            strategy: Strategy::LongestIdle,
            ring_seconds: 20,
            wrap_up_seconds: 0,
            wrap_up_longest_seconds: 0,
            service_level_seconds: 20,
            longest_wait_seconds: 86_400,
            overflow: Overflow::Callback,
            announce_every_seconds: 86_400,
            priority_step_seconds: 60,
            misses_before_break: 2,
        }],
        rest_after_miss_seconds: 5,
        place_kept_seconds: 600,
        callback: CallbackPlan {
            attempts: 2,
            rest_seconds: 600,
            ring_seconds: 30,
        },
    }
}

/// What a day came to.
#[derive(Debug, Default)]
pub(crate) struct Day {
    pub(crate) calls: u64,
    pub(crate) abandoned: u64,
    within: u64,
    waited: Duration,
    pub(crate) longest_wait: Duration,
    pub(crate) fewest: u64,
    pub(crate) most: u64,
    /// Every talk in the order of arrival: when the caller came, how long he
    /// waited and talked.
    pub(crate) talks: Vec<(Duration, Duration, Duration)>,
}

impl Day {
    pub(crate) fn mean_wait(&self) -> Duration {
        self.waited.div_f64(self.calls as f64)
    }

    pub(crate) fn service_level(&self) -> f64 {
        self.within as f64 / self.calls as f64
    }

    pub(crate) fn abandonment(&self) -> f64 {
        self.abandoned as f64 / self.calls as f64
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Calls,
    GivesUp(CallId),
    SaysGoodbye(OfferId),
}

/// splitmix64 (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A span with the exponential distribution.
    fn span(&mut self, mean: f64) -> Duration {
        let uniform = ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64;
        Duration::from_secs_f64(-mean * uniform.ln())
    }
}

pub(crate) struct Center {
    distributor: Distributor,
    dice: Dice,
    start: Instant,
    now: Instant,
    agenda: BinaryHeap<Reverse<(Instant, Happening)>>,
    waiting: BTreeMap<CallId, Instant>,
    talks: BTreeMap<AgentId, u64>,
    day: Day,
}

impl Center {
    pub(crate) fn open(agents: u32, seed: u64) -> Self {
        let now = Instant::now();
        let mut distributor = Distributor::new(plan(), now).unwrap();
        for agent in (1..=agents).map(AgentId) {
            let profile = Profile {
                languages: [korean()].into(),
                queues: [queue()].into(),
                ..Profile::default()
            };
            let registered = Event::DeviceRegistered { agent };
            distributor.handle(registered, now).unwrap();
            let signed_in = Event::SignedIn { agent, profile };
            distributor.handle(signed_in, now).unwrap();
        }
        Self {
            distributor,
            dice: Dice(seed),
            start: now,
            now,
            agenda: BinaryHeap::new(),
            waiting: BTreeMap::new(),
            talks: (1..=agents).map(|it| (AgentId(it), 0)).collect(),
            day: Day::default(),
        }
    }

    /// Until so many calls have come and gone.
    pub(crate) fn run(
        &mut self,
        calls: u64,
        per_hour: f64,
        talk: Duration,
        patience: Option<Duration>,
        within: Duration,
    ) -> Day {
        let mut called = 0;
        self.plan_in(Duration::ZERO, Happening::Calls);
        while let Some(Reverse((at, happening))) = self.agenda.pop() {
            while let Some(due) = self.distributor.poll_timeout().filter(|due| *due <= at) {
                self.now = due;
                self.distributor.handle_timeout(due);
                self.carry_out(talk, within);
            }
            self.now = at;
            let event = match happening {
                Happening::Calls => {
                    called += 1;
                    if called < calls {
                        let next = self.dice.span(3600.0 / per_hour);
                        self.plan_in(next, Happening::Calls);
                    }
                    self.call(CallId(called), patience)
                }
                Happening::GivesUp(call) => {
                    let Some(since) = self.waiting.remove(&call) else {
                        continue;
                    };
                    self.count(call, since, within, true);
                    let how = Departure::HungUp;
                    Event::CallerLeft { call, how }
                }
                Happening::SaysGoodbye(offer) => {
                    let how = Departure::HungUp;
                    Event::AgentLeft { offer, how }
                }
            };
            self.distributor.handle(event, self.now).unwrap();
            self.carry_out(talk, within);
        }
        assert!(self.waiting.is_empty(), "somebody waits still");
        self.day.fewest = self.talks.values().copied().min().unwrap_or(0);
        self.day.most = self.talks.values().copied().max().unwrap_or(0);
        std::mem::take(&mut self.day)
    }

    fn call(&mut self, call: CallId, patience: Option<Duration>) -> Event {
        if let Some(patience) = patience {
            let patience = self.dice.span(patience.as_secs_f64());
            self.plan_in(patience, Happening::GivesUp(call));
        }
        self.waiting.insert(call, self.now);
        Event::Called {
            call,
            queue: queue(),
            language: korean(),
            priority: Priority::Ordinary,
            caller: None,
            arrived: WallTime(0),
        }
    }

    fn carry_out(&mut self, talk: Duration, within: Duration) {
        while let Some(command) = self.distributor.poll_command() {
            if let Command::Offer { legs, .. } = &command {
                let offer = legs[0].offer;
                let answered = Event::OfferAnswered { offer };
                self.distributor.handle(answered, self.now).unwrap();
            }
            if let Command::Bridge { call, offer, agent } = command {
                let since = self.waiting.remove(&call).unwrap();
                self.count(call, since, within, false);
                *self.talks.get_mut(&agent).unwrap() += 1;
                let talk = self.dice.span(talk.as_secs_f64());
                let waited = self.now - since;
                self.day.talks.push((since - self.start, waited, talk));
                self.plan_in(talk, Happening::SaysGoodbye(offer));
            }
        }
    }

    fn count(&mut self, call: CallId, since: Instant, within: Duration, gave_up: bool) {
        if call.0 <= WARMING_UP {
            return;
        }
        let waited = self.now - since;
        self.day.calls += 1;
        self.day.waited += waited;
        self.day.longest_wait = self.day.longest_wait.max(waited);
        self.day.abandoned += u64::from(gave_up);
        self.day.within += u64::from(!gave_up && waited <= within);
    }

    fn plan_in(&mut self, span: Duration, happening: Happening) {
        self.agenda.push(Reverse((self.now + span, happening)));
    }
}
