//! Stories of one hall: a caller, an agent, and what they must be told.

mod agents_tests;
mod callers_tests;
mod choosing_tests;
mod kiosks_tests;
mod restart_tests;
mod returning_tests;

use std::time::{Duration, Instant};

use super::{Distributor, walk};
use crate::{
    AgentId, CallId, CallerKey, Command, Departure, Event, Language, OfferId, Plan, Priority,
    Profile, QueueId, QueuePlan, Reason, Refused, Skill, Strategy, WallTime,
};

const START: WallTime = WallTime(1_795_482_000_000);

fn second() -> Duration {
    Duration::from_secs(1)
}

fn queue_id(name: &str) -> QueueId {
    QueueId(name.into())
}

/// One queue, `residents`, that differs from the walks' as told.
fn one_queue(change: impl FnOnce(&mut QueuePlan)) -> Plan {
    let mut queue = walk::queue("residents", Strategy::LongestIdle);
    change(&mut queue);
    Plan {
        queues: vec![queue],
        ..walk::plan(0)
    }
}

/// An offer as a story tells it.
#[derive(Debug)]
struct Offered {
    call: CallId,
    agents: Vec<AgentId>,
    offers: Vec<OfferId>,
    callback: bool,
    reason: Reason,
}

struct Hall {
    distributor: Distributor,
    start: Instant,
    now: Instant,
}

impl Hall {
    fn open(plan: Plan) -> Self {
        let now = Instant::now();
        Self {
            distributor: Distributor::new(plan, now).expect("the plan is sound"),
            start: now,
            now,
        }
    }

    fn tell(&mut self, event: Event) -> Vec<Command> {
        self.distributor.handle(event, self.now).expect("accepted");
        self.commands()
    }

    fn refusal(&mut self, event: Event) -> Option<Refused> {
        self.distributor.handle(event, self.now).err()
    }

    fn commands(&mut self) -> Vec<Command> {
        std::iter::from_fn(|| self.distributor.poll_command()).collect()
    }

    /// Lets time pass, with everything that is due in it.
    fn pass(&mut self, span: Duration) -> Vec<Command> {
        let until = self.now + span;
        while let Some(due) = self.distributor.poll_timeout().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.distributor.handle_timeout(self.now);
        }
        self.now = until;
        self.commands()
    }

    fn sign_in(&mut self, agent: u32) -> Vec<Command> {
        self.sign_in_with(agent, &["residents"], &["ko"], 1)
    }

    fn sign_in_with(
        &mut self,
        agent: u32,
        queues: &[&str],
        languages: &[&str],
        level: u8,
    ) -> Vec<Command> {
        let agent = AgentId(agent);
        let profile = Profile {
            skills: [(Skill("tax".into()), level)].into(),
            languages: languages.iter().map(|it| Language((*it).into())).collect(),
            queues: queues.iter().map(|it| queue_id(it)).collect(),
        };
        let mut commands = self.tell(Event::DeviceRegistered { agent });
        commands.extend(self.tell(Event::SignedIn { agent, profile }));
        commands
    }

    fn call(&mut self, call: u64) -> Vec<Command> {
        self.call_as(call, Priority::Ordinary, None)
    }

    fn call_as(&mut self, call: u64, priority: Priority, caller: Option<u8>) -> Vec<Command> {
        self.call_to(call, "residents", "ko", priority, caller)
    }

    fn call_to(
        &mut self,
        call: u64,
        queue: &str,
        language: &str,
        priority: Priority,
        caller: Option<u8>,
    ) -> Vec<Command> {
        let event = self.called(call, queue, language, priority, caller);
        self.tell(event)
    }

    fn called(
        &self,
        call: u64,
        queue: &str,
        language: &str,
        priority: Priority,
        caller: Option<u8>,
    ) -> Event {
        Event::Called {
            call: CallId(call),
            queue: queue_id(queue),
            language: Language(language.into()),
            priority,
            caller: caller.map(|it| CallerKey([it; 16])),
            arrived: START.after(self.now - self.start),
        }
    }

    fn answer(&mut self, offer: OfferId) -> Vec<Command> {
        self.tell(Event::OfferAnswered { offer })
    }

    fn hang_up_agent(&mut self, offer: OfferId) -> Vec<Command> {
        let how = Departure::HungUp;
        self.tell(Event::AgentLeft { offer, how })
    }

    fn leave(&mut self, call: u64, how: Departure) -> Vec<Command> {
        let call = CallId(call);
        self.tell(Event::CallerLeft { call, how })
    }
}

fn offers(commands: &[Command]) -> Vec<Offered> {
    let mut found = Vec::new();
    for command in commands {
        if let Command::Offer {
            call,
            legs,
            callback,
            reason,
            ..
        } = command
        {
            found.push(Offered {
                call: *call,
                agents: legs.iter().map(|leg| leg.agent).collect(),
                offers: legs.iter().map(|leg| leg.offer).collect(),
                callback: *callback,
                reason: (**reason).clone(),
            });
        }
    }
    found
}

/// The one offer that was made.
fn offered(commands: &[Command]) -> Offered {
    let mut found = offers(commands);
    assert_eq!(found.len(), 1, "{commands:?}");
    found.remove(0)
}
