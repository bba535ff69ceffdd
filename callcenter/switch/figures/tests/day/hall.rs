//! A center in virtual time: agents answer at once and talk as long as is drawn.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use distributor::{
    AgentId, CallId, CallbackPlan, Command, Departure, Distributor, Event, Language, OfferId,
    Overflow, Plan, Priority, Profile, QueueId, QueuePlan, Strategy, WallTime,
};
use figures::Counter;

use super::{profile::Caller, shifts::Shift};

pub(crate) const WITHIN: Duration = Duration::from_secs(20);

pub(crate) fn queue() -> QueueId {
    QueueId("residents".into())
}

fn korean() -> Language {
    Language("ko".into())
}

pub(crate) fn plan() -> Plan {
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
            // Nobody is sent on: Erlang C knows no other end than an answer.
            longest_wait_seconds: 86_400,
            overflow: Overflow::Refuse,
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

#[derive(Clone, Copy, Debug)]
enum Happening {
    Calls(Caller),
    Leaves(CallId),
    SaysGoodbye(OfferId),
    Comes(AgentId),
    Goes(AgentId),
}

/// How fair a day was.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fairness {
    pub(crate) served: u64,
    /// Served before somebody of the same priority who had come earlier.
    pub(crate) overtaking: u64,
}

pub(crate) struct Hall<'a> {
    distributor: Distributor,
    counter: &'a mut Counter,
    opens: WallTime,
    start: Instant,
    now: Duration,
    agenda: BTreeMap<(Duration, u64), Happening>,
    planned: u64,
    talks: BTreeMap<CallId, Duration>,
    priorities: BTreeMap<CallId, Priority>,
    waiting: BTreeMap<Priority, BTreeSet<CallId>>,
    calls: u64,
    fairness: Fairness,
}

impl<'a> Hall<'a> {
    /// `counter` counts what happens.
    pub(crate) fn open(opens: WallTime, counter: &'a mut Counter) -> Self {
        let start = Instant::now();
        Self {
            distributor: Distributor::new(plan(), start).unwrap(),
            // Calls of several days are told apart.
            calls: u64::try_from(opens.0).unwrap(),
            counter,
            opens,
            start,
            now: Duration::ZERO,
            agenda: BTreeMap::new(),
            planned: 0,
            talks: BTreeMap::new(),
            priorities: BTreeMap::new(),
            waiting: BTreeMap::new(),
            fairness: Fairness::default(),
        }
    }

    /// Until everybody who called is served and everybody has gone home.
    pub(crate) fn run(mut self, callers: &[Caller], shifts: &[Shift]) -> Fairness {
        let mut agent = 0;
        for shift in shifts {
            for _ in 0..shift.agents {
                agent += 1;
                self.plan(shift.from, Happening::Comes(AgentId(agent)));
                self.plan(shift.until, Happening::Goes(AgentId(agent)));
            }
        }
        for caller in callers {
            self.plan(caller.at, Happening::Calls(*caller));
        }
        while let Some(((at, _), happening)) = self.agenda.pop_first() {
            let until = self.start + at;
            let due = |it: &Instant| *it <= until;
            while let Some(due) = self.distributor.poll_timeout().filter(due) {
                self.now = due.saturating_duration_since(self.start);
                self.distributor.handle_timeout(due);
                self.carry_out();
            }
            self.now = at;
            self.happens(happening);
        }
        self.fairness
    }

    fn plan(&mut self, at: Duration, happening: Happening) {
        self.planned += 1;
        self.agenda.insert((at, self.planned), happening);
    }

    fn wall(&self) -> WallTime {
        self.opens.after(self.now)
    }

    fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::Calls(caller) => self.call(caller),
            Happening::Leaves(call) => {
                let left = figures::Event::CallerLeft;
                self.counter.handle(call, &left, self.wall());
            }
            Happening::SaysGoodbye(offer) => self.tell(Event::AgentLeft {
                offer,
                how: Departure::HungUp,
            }),
            Happening::Comes(agent) => {
                let profile = Profile {
                    languages: [korean()].into(),
                    queues: [queue()].into(),
                    ..Profile::default()
                };
                self.tell(Event::DeviceRegistered { agent });
                self.tell(Event::SignedIn { agent, profile });
            }
            Happening::Goes(agent) => self.tell(Event::SignedOut { agent }),
        }
    }

    fn call(&mut self, caller: Caller) {
        self.calls += 1;
        let call = CallId(self.calls);
        self.talks.insert(call, caller.talk);
        self.priorities.insert(call, caller.priority);
        self.waiting
            .entry(caller.priority)
            .or_default()
            .insert(call);
        let queued = figures::Event::Queued { queue: queue() };
        self.counter.handle(call, &queued, self.wall());
        self.tell(Event::Called {
            call,
            queue: queue(),
            language: korean(),
            priority: caller.priority,
            caller: None,
            arrived: self.wall(),
        });
    }

    fn tell(&mut self, event: Event) {
        let now = self.start + self.now;
        self.distributor.handle(event, now).unwrap();
        self.carry_out();
    }

    fn carry_out(&mut self) {
        while let Some(command) = self.distributor.poll_command() {
            if let Command::Offer { legs, .. } = &command {
                let offer = legs[0].offer;
                let answered = Event::OfferAnswered { offer };
                let now = self.start + self.now;
                self.distributor.handle(answered, now).unwrap();
            } else if let Command::AgentChanged { agent, state } = command {
                let state = figures::Event::AgentState { agent, state };
                self.counter.handle(CallId(0), &state, self.wall());
            } else if let Command::Bridge { call, offer, agent } = command {
                self.bridged(call, offer, agent);
            }
        }
    }

    fn bridged(&mut self, call: CallId, offer: OfferId, agent: AgentId) {
        let bridged = figures::Event::Bridged { agent };
        self.counter.handle(call, &bridged, self.wall());
        let alike = self.waiting.entry(self.priorities[&call]).or_default();
        self.fairness.served += 1;
        self.fairness.overtaking += u64::from(alike.first().is_some_and(|it| *it < call));
        alike.remove(&call);
        let goodbye = self.now + self.talks[&call];
        self.plan(goodbye, Happening::SaysGoodbye(offer));
        self.plan(goodbye, Happening::Leaves(call));
    }
}
