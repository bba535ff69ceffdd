//! What a wallboard shows at one moment.

use distributor::{AgentId, BreakReason, QueueId, WallTime};
use serde::{Deserialize, Serialize};

use crate::{Doing, Opinion, WrapUps};

/// A share in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(pub u16);

impl Share {
    /// Of a number between 0 and 1.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 0 and 1000"
    )]
    pub fn of(share: f64) -> Self {
        Self((share.clamp(0.0, 1.0) * 1000.0).round() as u16)
    }
}

/// Callers of a queue, or of all: now, and since midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// On the line and not yet with an agent.
    pub waiting: u64,
    /// Of these.
    pub longest_wait_seconds: u64,
    /// Promised callbacks that are not over.
    pub callbacks_waiting: u64,
    pub offered: u64,
    pub answered: u64,
    pub abandoned: u64,
    pub turned_away: u64,
    /// Sent on into another queue after the longest wait.
    pub overflowed: u64,
    pub callbacks_promised: u64,
    pub callbacks_kept: u64,
    /// Without those who gave up at once.
    pub service_level: Option<Share>,
    pub abandonment: Option<Share>,
    pub average_speed_of_answer_seconds: Option<u64>,
    /// Talk, hold and wrap-up.
    pub average_handling_seconds: Option<u64>,
    /// What callers said after their talks, once enough of them did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Opinion>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueRow {
    pub queue: QueueId,
    /// An answer within it keeps the service level.
    pub within_seconds: u32,
    pub row: Row,
}

/// An agent who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentRow {
    pub agent: AgentId,
    pub doing: Doing,
    /// Of a break.
    pub reason: Option<BreakReason>,
    pub seconds: u64,
}

/// A quarter of an hour of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    pub start: WallTime,
    pub offered: u64,
    pub answered: u64,
    pub abandoned: u64,
    pub service_level: Option<Share>,
    /// Agents who served, on average, in tenths.
    pub agents_tenths: u64,
    /// What the center's history lets expect, if it has any.
    pub expected_calls: Option<u64>,
    /// Agents who are to be there for it, breaks and absences included.
    pub agents_wanted: Option<u64>,
}

/// What a wallboard shows. It arrives whole; nothing of it is personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    pub at: WallTime,
    pub all: Row,
    /// The share of callers who are to be answered in time.
    pub target: Option<Share>,
    /// In the order of the plan, at most [`Board::QUEUES_MOST`]; `all` has every one.
    pub queues: Vec<QueueRow>,
    /// The share of their serving today in which agents talked or wrapped up.
    pub occupancy: Option<Share>,
    /// In the order of their numbers, at most [`Board::AGENTS_MOST`].
    pub agents: Vec<AgentRow>,
    /// How the day's calls ended, as far as agents are asked for it.
    #[serde(default, skip_serializing_if = "WrapUps::is_empty")]
    pub wrap_ups: WrapUps,
    /// From midnight to midnight.
    pub day: Vec<Slot>,
}

impl Board {
    /// So much is read at a glance, and fits a frame of a desk's line.
    pub const QUEUES_MOST: usize = 40;
    pub const AGENTS_MOST: usize = 200;

    /// How many agents are doing this.
    pub fn doing(&self, doing: Doing) -> usize {
        self.agents.iter().filter(|it| it.doing == doing).count()
    }

    /// The quarter of an hour of this moment.
    pub fn present(&self) -> Option<&Slot> {
        self.day.iter().rev().find(|it| it.start <= self.at)
    }
}
