//! Numbered messages: said again until they are taken, taken once.

use request::{AgentId, StationId};
use serde::{Deserialize, Serialize};

/// Messages of one posting or one delivery.
pub const BATCH_MAX: usize = 16;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered<T> {
    /// Counted from 1 in each direction of a room.
    pub number: u64,
    pub message: T,
}

/// One end to the exchange: what is said, and what was heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting<T> {
    /// Everything up to here has come.
    pub received: u64,
    /// Consecutive; at most [`BATCH_MAX`].
    pub messages: Vec<Numbered<T>>,
    /// What was last known of the room; the exchange answers at once when it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Presence>,
}

/// The exchange's answer: what the other end has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery<T> {
    /// Everything up to here was taken.
    pub taken: u64,
    /// Consecutive; at most [`BATCH_MAX`].
    pub messages: Vec<Numbered<T>>,
    pub presence: Presence,
}

/// Who is in a room besides its citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Nobody yet; so many others were there before.
    Waiting {
        ahead: u32,
    },
    Joined {
        desk: StationId,
        agent: AgentId,
    },
}

impl<T> Delivery<T> {
    /// Whether it tells anything to an end that knew this much.
    pub fn is_news(&self, known: Option<&Presence>) -> bool {
        !self.messages.is_empty() || Some(&self.presence) != known
    }
}
