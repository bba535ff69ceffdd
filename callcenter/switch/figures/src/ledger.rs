//! Counts by quarter of an hour and queue, and agents' time beside them.

use std::collections::BTreeMap;

use distributor::QueueId;
use serde::{Deserialize, Serialize};

use crate::{Counts, Interval, presence::AgentTime};

/// What was counted, for as long as it is kept. The sum of two ledgers is the
/// ledger of both: of two days, or of two switches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    callers: BTreeMap<Interval, BTreeMap<QueueId, Counts>>,
    agents: BTreeMap<Interval, AgentTime>,
}

impl Ledger {
    pub fn add(&mut self, other: &Ledger) {
        for (interval, queues) in &other.callers {
            for (queue, counts) in queues {
                *self.counts(*interval, queue) += counts;
            }
        }
        for (interval, time) in &other.agents {
            *self.agent_time(*interval) += time;
        }
    }

    /// The first and the last quarter of an hour in which anything was counted.
    pub fn span(&self) -> Option<(Interval, Interval)> {
        let first = [self.callers.keys().next(), self.agents.keys().next()];
        let last = [
            self.callers.keys().next_back(),
            self.agents.keys().next_back(),
        ];
        let (first, last) = (first.into_iter().flatten(), last.into_iter().flatten());
        Some((*first.min()?, *last.max()?))
    }

    /// What stands for a queue in a quarter of an hour.
    pub fn at(&self, interval: Interval, queue: &QueueId) -> Counts {
        let queues = self.callers.get(&interval);
        queues
            .and_then(|it| it.get(queue))
            .copied()
            .unwrap_or_default()
    }

    /// All queues in a quarter of an hour.
    pub fn of_all(&self, interval: Interval) -> Counts {
        let mut sum = Counts::default();
        for counts in self
            .callers
            .get(&interval)
            .into_iter()
            .flat_map(|it| it.values())
        {
            sum += counts;
        }
        sum
    }

    /// A queue over several quarters of an hour.
    pub fn sum(&self, over: impl IntoIterator<Item = Interval>, queue: &QueueId) -> Counts {
        let mut sum = Counts::default();
        for interval in over {
            sum += &self.at(interval, queue);
        }
        sum
    }

    /// Every queue that anything was counted for.
    pub fn queues(&self) -> Vec<&QueueId> {
        let mut queues: Vec<&QueueId> = self.callers.values().flat_map(|it| it.keys()).collect();
        queues.sort();
        queues.dedup();
        queues
    }

    /// What agents did in a quarter of an hour.
    pub fn agents(&self, interval: Interval) -> AgentTime {
        self.agents.get(&interval).copied().unwrap_or_default()
    }

    /// What was counted from then on.
    #[must_use]
    pub fn since(&self, interval: Interval) -> Self {
        let callers = self.callers.range(interval..);
        let agents = self.agents.range(interval..);
        Self {
            callers: callers.map(|(at, it)| (*at, it.clone())).collect(),
            agents: agents.map(|(at, it)| (*at, *it)).collect(),
        }
    }

    /// Drops what is older.
    pub fn forget_before(&mut self, interval: Interval) {
        self.callers = self.callers.split_off(&interval);
        self.agents = self.agents.split_off(&interval);
    }

    pub(crate) fn counts(&mut self, interval: Interval, queue: &QueueId) -> &mut Counts {
        let queues = self.callers.entry(interval).or_default();
        queues.entry(queue.clone()).or_default()
    }

    pub(crate) fn agent_time(&mut self, interval: Interval) -> &mut AgentTime {
        self.agents.entry(interval).or_default()
    }
}
