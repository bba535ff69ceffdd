//! Figures: what a queue's supervisor sees, and what callers are told.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use super::{Distributor, agent::Doing, call::Presence, layout::QueueNumber};
use crate::{AgentCounts, Figures, QueueId};

/// How much the newest talk weighs in the mean of handling times.
const NEWEST_WEIGHS: f64 = 0.05;

/// What became of a queue's callers.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) arrived: u64,
    answered: u64,
    within_service_level: u64,
    pub(super) abandoned: u64,
    pub(super) closed: u64,
    pub(super) refused: u64,
    pub(super) unreached: u64,
    pub(super) returned: u64,
    pub(super) completed: u64,
    waited: Duration,
    /// Talk and wrap-up, weighed by age.
    handling: Option<Duration>,
}

impl Ledger {
    pub(super) fn answer(&mut self, wait: Duration, in_time: bool) {
        self.answered += 1;
        self.within_service_level += u64::from(in_time);
        self.waited = self.waited.saturating_add(wait);
    }

    pub(super) fn handled(&mut self, handling: Duration) {
        self.handling = Some(self.handling.map_or(handling, |mean| {
            mean.mul_f64(1.0 - NEWEST_WEIGHS) + handling.mul_f64(NEWEST_WEIGHS)
        }));
    }

    fn average_speed_of_answer(&self) -> Duration {
        // Nanoseconds, because `Duration` divides by small numbers alone.
        let nanos = self.waited.as_nanos().checked_div(self.answered.into());
        Duration::from_nanos(u64::try_from(nanos.unwrap_or(0)).unwrap_or(u64::MAX))
    }

    fn figures(&self) -> Figures {
        Figures {
            arrived: self.arrived,
            answered: self.answered,
            within_service_level: self.within_service_level,
            abandoned: self.abandoned,
            closed: self.closed,
            refused: self.refused,
            unreached: self.unreached,
            returned: self.returned,
            completed: self.completed,
            average_speed_of_answer: self.average_speed_of_answer(),
            ..Figures::default()
        }
    }
}

impl Distributor {
    /// Every queue of the plan in figures.
    pub fn figures(&self, now: Instant) -> BTreeMap<QueueId, Figures> {
        let queues = self.layout.queues();
        let mut all: BTreeMap<QueueId, Figures> = queues
            .map(|queue| {
                let ledger = self.ledgers.get(&queue.number);
                let mut figures = ledger.map(Ledger::figures).unwrap_or_default();
                figures.agents = self.agent_counts(queue.number);
                (queue.plan.id.clone(), figures)
            })
            .collect();
        for call in self.calls.values() {
            let Some(figures) = all.get_mut(&call.queue.plan.id) else {
                continue;
            };
            if call.presence == Presence::Away {
                figures.callbacks += 1;
            } else if call.waits_on_line() {
                figures.waiting += 1;
                let waited = now.saturating_duration_since(call.came);
                figures.longest_wait = figures.longest_wait.max(waited);
            }
        }
        all
    }

    pub(super) fn ledger(&mut self, queue: QueueNumber) -> &mut Ledger {
        self.ledgers.entry(queue).or_default()
    }

    pub(super) fn serving(&self, queue: QueueNumber) -> usize {
        self.serving.get(&queue).copied().unwrap_or(0)
    }

    fn agent_counts(&self, queue: QueueNumber) -> AgentCounts {
        let mut counts = AgentCounts::default();
        for agent in self.agents.values().filter(|it| it.queues.contains(&queue)) {
            match agent.doing {
                Doing::SignedOut => {}
                Doing::Break(_) => counts.on_break += 1,
                Doing::NoDevice => counts.no_device += 1,
                Doing::Idle => counts.idle += 1,
                Doing::Offered(_) => counts.offered += 1,
                Doing::Talking(_) => counts.talking += 1,
                Doing::WrapUp { .. } => counts.wrap_up += 1,
                Doing::Resting(_) => counts.resting += 1,
                Doing::AtKiosk => counts.at_kiosk += 1,
            }
        }
        counts
    }

    /// Where all agents are busy, one of them is free every so often: the mean
    /// handling time, shared among them. Unknown before the first talk is over
    /// and while nobody serves the queue.
    pub(super) fn expected_wait(&self, queue: QueueNumber, position: usize) -> Option<Duration> {
        let handling = self.ledgers.get(&queue)?.handling?;
        let serving = u32::try_from(self.serving(queue)).ok()?;
        let position = u32::try_from(position).ok()?;
        handling.checked_mul(position)?.checked_div(serving)
    }
}
