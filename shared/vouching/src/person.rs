//! Who sits at a desk, and in what part.

use request::{AgentId, StationId};
use serde::{Deserialize, Serialize};

/// What an agent may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Agent,
    /// May be the second person.
    Supervisor,
}

/// Who speaks from a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    pub agent: AgentId,
    pub role: Role,
}

/// A person at a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    pub desk: StationId,
    pub agent: AgentId,
}
