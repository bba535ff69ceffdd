//! A call, from its arrival to the end of its last talk.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use super::layout::{NeedId, Queue};
use crate::{AgentId, CallId, CallerKey, DialId, Language, Missed, OfferId, Priority, WallTime};

/// Missed offers a reason tells of.
const MISSED_TOLD: usize = 8;

/// Who is served first: emergencies, then by virtual arrival (the arrival, set
/// back by what the priority is worth), then by order of arrival. It does not
/// change while a call waits, because all scores grow alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    ordinary: bool,
    virtual_arrival: i64,
    order: u64,
}

#[cfg(test)]
impl Rank {
    /// The rank of somebody who came ten minutes earlier.
    pub(super) fn preferred(self) -> Self {
        Self {
            virtual_arrival: self.virtual_arrival - 600_000_000,
            ..self
        }
    }
}

/// When a caller came; returning callers keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrived {
    /// Microseconds since the distributor's epoch.
    pub(super) micros: i64,
    /// Counts arrivals, for those at the same microsecond.
    pub(super) order: u64,
    /// As it is written down.
    pub(super) wall: WallTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    Offered,
    /// An agent waits while the caller is dialed.
    Dialing(DialId, OfferId),
    Talking,
    /// A callback between two attempts.
    Resting(Instant),
}

/// Where the caller is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    OnLine,
    /// Was promised a callback.
    Away,
}

/// What a reason tells of a call's wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    pub(super) ahead_on_arrival: usize,
    pub(super) missed: Vec<Missed>,
    pub(super) rang_in_vain: Duration,
}

impl Story {
    pub(super) fn add_miss(&mut self, missed: Missed) {
        self.rang_in_vain += missed.rang;
        if self.missed.len() < MISSED_TOLD {
            self.missed.push(missed);
        }
    }
}

#[derive(Debug)]
pub(super) struct Call {
    pub(super) queue: Arc<Queue>,
    pub(super) need: NeedId,
    pub(super) language: Language,
    pub(super) priority: Priority,
    pub(super) caller: Option<CallerKey>,
    pub(super) arrived: Arrived,
    /// Since when this call itself has been here, for the service level.
    pub(super) came: Instant,
    pub(super) presence: Presence,
    pub(super) stage: Stage,
    /// Attempts of a promised callback that failed. A caller who took over his
    /// callback's place by calling again has the promise still.
    pub(super) promised: Option<u32>,
    /// Legs of agents, ringing and up.
    pub(super) offers: Vec<OfferId>,
    pub(super) tried: BTreeSet<AgentId>,
    pub(super) story: Story,
    pub(super) answered: bool,
    pub(super) announce_at: Option<Instant>,
    pub(super) overflow_at: Option<Instant>,
}

impl Call {
    pub(super) fn rank(&self) -> Rank {
        let worth = super::span_micros(self.priority_worth());
        Rank {
            ordinary: self.priority != Priority::Emergency,
            virtual_arrival: self.arrived.micros.saturating_sub(worth),
            order: self.arrived.order,
        }
    }

    /// What the priority is worth in waiting time.
    pub(super) fn priority_worth(&self) -> Duration {
        let steps = match self.priority {
            Priority::Ordinary => 0,
            Priority::Elderly => 1,
            Priority::CutOff => 2,
            // Ranks by itself; the steps only break ties among emergencies.
            Priority::Emergency => 3,
        };
        self.queue.plan.priority_step() * steps
    }

    /// Waits on the line, or is being offered.
    pub(super) fn waits_on_line(&self) -> bool {
        self.presence == Presence::OnLine && matches!(self.stage, Stage::Waiting | Stage::Offered)
    }
}

/// A call that was just answered by the switch, or restored.
pub(super) struct NewCall {
    pub(super) id: CallId,
    pub(super) queue: Arc<Queue>,
    pub(super) need: NeedId,
    pub(super) language: Language,
    pub(super) priority: Priority,
    pub(super) caller: Option<CallerKey>,
    pub(super) arrived: Arrived,
    pub(super) promised: Option<u32>,
    pub(super) presence: Presence,
}

impl NewCall {
    pub(super) fn waiting(self, ahead_on_arrival: usize, now: Instant) -> Call {
        Call {
            queue: self.queue,
            need: self.need,
            language: self.language,
            priority: self.priority,
            caller: self.caller,
            arrived: self.arrived,
            came: now,
            presence: self.presence,
            stage: Stage::Waiting,
            promised: self.promised,
            offers: Vec::new(),
            tried: BTreeSet::new(),
            story: Story {
                ahead_on_arrival,
                ..Story::default()
            },
            answered: false,
            announce_at: None,
            overflow_at: None,
        }
    }
}
