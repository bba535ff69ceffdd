//! The distributor: callers, agents and offers, and the four verbs.

mod agent;
mod agents;
mod announcing;
mod call;
mod callbacks;
mod callers;
mod choosing;
mod counting;
mod kept;
mod kiosks;
mod layout;
mod offer;
mod offers;
mod restoring;
mod talks;
mod timers;

#[cfg(test)]
mod check;
#[cfg(test)]
mod mutant;
#[cfg(test)]
mod mutants_tests;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod witness;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::{Duration, Instant},
};

use agent::Agent;
use call::Call;
use counting::Ledger;
use kept::KeptPlaces;
use layout::{Layout, NeedId, QueueNumber};
use offer::Offer;
use timers::{Timer, Timers};

use crate::{AgentId, CallId, Command, DialId, Event, OfferId, Plan, PlanError, Refused};

/// Calls at a time, waiting and talking; one more is refused.
const CALLS_MOST: usize = 100_000;
/// Agents' accounts; one more is refused.
const AGENTS_MOST: usize = 10_000;

/// Those who wait for one queue in one language, and the agents free for them.
#[derive(Debug, Default)]
struct Need {
    waiting: BTreeMap<call::Rank, CallId>,
    idle: BTreeSet<AgentId>,
}

/// Numbers given out here, never twice.
#[derive(Debug, Default)]
struct Numbers {
    offer: u64,
    dial: u64,
    arrival: u64,
}

/// Brings callers to agents.
///
/// Free agents take the call with the greatest score they can serve, over all
/// their queues: waiting time plus what the priority is worth. After every
/// event nobody waits whom a free agent could serve.
#[derive(Debug)]
pub struct Distributor {
    layout: Layout,
    /// Arrivals are counted from here.
    epoch: Instant,
    calls: BTreeMap<CallId, Call>,
    agents: BTreeMap<AgentId, Agent>,
    offers: BTreeMap<OfferId, Offer>,
    /// Attempts to reach a caller that are under way.
    dials: BTreeMap<DialId, CallId>,
    needs: BTreeMap<NeedId, Need>,
    /// Agents who take a queue's calls now or soon.
    serving: BTreeMap<QueueNumber, usize>,
    closed: BTreeSet<QueueNumber>,
    /// Round robin: the agent chosen last.
    chosen_last: BTreeMap<QueueNumber, AgentId>,
    kept: KeptPlaces,
    ledgers: BTreeMap<QueueNumber, Ledger>,
    numbers: Numbers,
    timers: Timers,
    commands: VecDeque<Command>,
    #[cfg(test)]
    mutant: Option<mutant::Mutant>,
}

impl Distributor {
    /// Queues are open, nobody waits and nobody has signed in.
    ///
    /// # Errors
    /// What is wrong with the plan.
    pub fn new(plan: Plan, now: Instant) -> Result<Self, PlanError> {
        Ok(Self {
            layout: Layout::new(plan)?,
            epoch: now,
            calls: BTreeMap::new(),
            agents: BTreeMap::new(),
            offers: BTreeMap::new(),
            dials: BTreeMap::new(),
            needs: BTreeMap::new(),
            serving: BTreeMap::new(),
            closed: BTreeSet::new(),
            chosen_last: BTreeMap::new(),
            kept: KeptPlaces::default(),
            ledgers: BTreeMap::new(),
            numbers: Numbers::default(),
            timers: Timers::default(),
            commands: VecDeque::new(),
            #[cfg(test)]
            mutant: None,
        })
    }

    /// Takes over what happened.
    ///
    /// # Errors
    /// What cannot be so; then nothing has changed. Events that merely come
    /// late are no errors.
    pub fn handle(&mut self, event: Event, now: Instant) -> Result<(), Refused> {
        match event {
            Event::Called {
                call,
                queue,
                language,
                priority,
                caller,
                arrived,
            } => {
                let arrival = callers::Arrival {
                    call,
                    priority,
                    caller,
                    arrived,
                };
                self.called(arrival, &queue, &language, now)?;
            }
            Event::CallerLeft { call, how } => self.caller_left(call, how, now),
            Event::CallbackAsked { call } => self.callback_asked(call, now)?,
            Event::CallbackAnswered { dial } => self.callback_answered(dial, now),
            Event::CallbackFailed { dial } => self.callback_failed(dial, now),
            Event::SignedIn { agent, profile } => self.signed_in(agent, profile, now)?,
            Event::SignedOut { agent } => self.signed_out(agent, now)?,
            Event::Ready { agent } => self.ready(agent, now)?,
            Event::BreakBegun { agent, reason } => self.break_begun(agent, reason, now)?,
            Event::DeviceRegistered { agent } => self.device_registered(agent, now)?,
            Event::DeviceGone { agent } => self.device_gone(agent, now),
            Event::OfferAnswered { offer } => self.offer_answered(offer, now),
            Event::OfferFailed { offer, how } => self.offer_failed(offer, how, now),
            Event::AgentLeft { offer, how } => self.agent_left(offer, how, now),
            Event::WrapUpDone { agent } => self.wrap_up_done(agent, now)?,
            Event::WrapUpExtended { agent, by } => self.wrap_up_extended(agent, by)?,
            Event::QueueOpened { queue } => {
                let number = self.layout.number(&queue).ok_or(Refused::UnknownQueue)?;
                self.closed.remove(&number);
                self.wake_callbacks(number);
            }
            Event::QueueClosed { queue } => {
                let number = self.layout.number(&queue).ok_or(Refused::UnknownQueue)?;
                self.closed.insert(number);
                self.put_callbacks_to_sleep(number);
            }
            Event::HelpAsked { agent } => self.help_asked(agent)?,
            Event::KioskTaken { agent } => self.kiosk_taken(agent, now)?,
            Event::KioskLeft { agent } => self.kiosk_left(agent, now)?,
            Event::Transferred { call, to } => self.transferred(call, &to, now)?,
            Event::SentOut { call } => self.sent_out(call, now)?,
            Event::AgentInvited { call, agent } => self.agent_invited(call, agent, now)?,
        }
        self.distribute(now);
        Ok(())
    }

    /// Does what is due: stops what rang too long, ends wrap-ups, announces.
    pub fn handle_timeout(&mut self, now: Instant) {
        while let Some((due, timer)) = self.timers.pop(now) {
            match timer {
                Timer::Ring(offer) => self.rang_out(offer, now),
                Timer::WrapUp(agent) => self.wrap_up_over(agent, now),
                Timer::Rest(agent) => self.rest_over(agent, now),
                Timer::LongestWait(call) => self.longest_wait_over(call, due, now),
                Timer::Announce(call) => self.announcement_due(call, due, now),
                Timer::CallbackRest(call) => self.callback_rest_over(call, now),
                Timer::Dial(dial) => self.dial_rang_out(dial, now),
                Timer::Kept(caller, arrival) => self.place_lapsed(caller, arrival, now),
            }
            self.distribute(now);
        }
    }

    /// The next thing to do, oldest first.
    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    /// When to call [`Distributor::handle_timeout`] at the latest.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.timers.next()
    }

    fn order(&mut self, command: Command) {
        self.commands.push_back(command);
    }

    /// Microseconds since the epoch; before it, negative.
    fn micros(&self, at: Instant) -> i64 {
        let after = at.saturating_duration_since(self.epoch);
        let before = self.epoch.saturating_duration_since(at);
        span_micros(after) - span_micros(before)
    }
}

/// A span as microseconds, cut off at what fits (300,000 years).
fn span_micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

/// The span between two arrivals in microseconds; none when they are reversed.
fn micros_span(micros: i64) -> Duration {
    Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}
