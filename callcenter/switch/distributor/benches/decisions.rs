//! How many decisions a second a distributor takes, and how long one takes.
//!
//! `cargo bench --package distributor --bench decisions`. A decision is a call
//! that is offered, with its reason. Every call arrives, is offered, answered and
//! ended, and its agent wraps up and is free again; all agents serve four queues
//! in two languages. Half of the agents are busy and nobody waits (`calm`), or
//! all are and two hundred wait (`crowded`).

use std::{
    collections::VecDeque,
    error::Error,
    io::Write,
    time::{Duration, Instant},
};

use distributor::{
    AgentId, CallId, CallbackPlan, CallerKey, Command, Departure, Distributor, Event, Language,
    OfferId, Overflow, Plan, Priority, Profile, QueueId, QueuePlan, Strategy, WallTime,
};

const CALLS: u64 = 200_000;
const CROWD: u64 = 200;
const QUEUES: [&str; 4] = ["residents", "tax", "passports", "welfare"];
const LANGUAGES: [&str; 2] = ["ko", "en"];
/// Passes between two calls; a wrap-up lasts five of them.
const PAUSE: Duration = Duration::from_millis(200);

fn plan() -> Plan {
    let queue = |name: &&str| QueuePlan {
        id: QueueId((*name).into()),
        skill: None,
        languages: LANGUAGES.map(|it| Language(it.into())).into(),
        strategy: Strategy::LongestIdle,
        ring_seconds: 20,
        wrap_up_seconds: 1,
        wrap_up_longest_seconds: 300,
        service_level_seconds: 20,
        longest_wait_seconds: 3_600,
        overflow: Overflow::Callback,
        announce_every_seconds: 30,
        priority_step_seconds: 60,
        misses_before_break: 3,
    };
    Plan {
        queues: QUEUES.iter().map(queue).collect(),
        rest_after_miss_seconds: 5,
        place_kept_seconds: 600,
        callback: CallbackPlan {
            attempts: 3,
            rest_seconds: 600,
            ring_seconds: 30,
        },
    }
}

struct Hall {
    distributor: Distributor,
    now: Instant,
    next_call: u64,
    talks: VecDeque<OfferId>,
    decisions: u64,
}

impl Hall {
    fn open(agents: u32) -> Result<Self, Box<dyn Error>> {
        let now = Instant::now();
        let mut distributor = Distributor::new(plan(), now)?;
        for agent in (1..=agents).map(AgentId) {
            let profile = Profile {
                languages: LANGUAGES.map(|it| Language(it.into())).into(),
                queues: QUEUES.map(|it| QueueId(it.into())).into(),
                ..Profile::default()
            };
            distributor.handle(Event::DeviceRegistered { agent }, now)?;
            distributor.handle(Event::SignedIn { agent, profile }, now)?;
        }
        Ok(Self {
            distributor,
            now,
            next_call: 0,
            talks: VecDeque::new(),
            decisions: 0,
        })
    }

    fn call(&mut self) -> Result<(), Box<dyn Error>> {
        self.next_call += 1;
        let turn = self.next_call;
        let name = QUEUES.iter().cycle().nth((turn % 4) as usize).ok_or("")?;
        let language = LANGUAGES
            .iter()
            .cycle()
            .nth((turn % 2) as usize)
            .ok_or("")?;
        let mut key = [0; 16];
        key[..8].copy_from_slice(&turn.to_le_bytes());
        self.tell(Event::Called {
            call: CallId(turn),
            queue: QueueId((*name).into()),
            language: Language((*language).into()),
            priority: Priority::Ordinary,
            caller: Some(CallerKey(key)),
            arrived: WallTime(1_795_482_000_000),
        })
    }

    fn tell(&mut self, event: Event) -> Result<(), Box<dyn Error>> {
        self.distributor.handle(event, self.now)?;
        while let Some(command) = self.distributor.poll_command() {
            if let Command::Offer { legs, .. } = command {
                for leg in legs {
                    self.decisions += 1;
                    self.talks.push_back(leg.offer);
                    let offer = leg.offer;
                    self.distributor
                        .handle(Event::OfferAnswered { offer }, self.now)?;
                }
            }
        }
        Ok(())
    }

    fn pass(&mut self) -> Result<(), Box<dyn Error>> {
        self.now += PAUSE;
        if self
            .distributor
            .poll_timeout()
            .is_some_and(|due| due <= self.now)
        {
            self.distributor.handle_timeout(self.now);
        }
        // What the time brought about is carried out with the next event.
        if let Some(offer) = self.talks.pop_front() {
            let how = Departure::HungUp;
            self.tell(Event::AgentLeft { offer, how })?;
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for agents in [50u32, 500] {
        let crowded = u64::from(agents) + CROWD;
        for (name, before) in [("calm", u64::from(agents) / 2), ("crowded", crowded)] {
            let mut hall = Hall::open(agents)?;
            for _ in 0..before {
                hall.call()?;
            }
            hall.decisions = 0;
            let start = Instant::now();
            for _ in 0..CALLS {
                hall.call()?;
                hall.pass()?;
            }
            let took = start.elapsed();
            let decisions = hall.decisions as f64;
            writeln!(
                out,
                "{agents} agents, {name}: {:.0} decisions/s, {:.1} µs each with all of a call's events",
                decisions / took.as_secs_f64(),
                took.as_secs_f64() * 1e6 / decisions,
            )?;
        }
    }
    Ok(())
}
