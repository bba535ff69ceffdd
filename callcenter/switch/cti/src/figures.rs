//! A queue in figures, for a supervisor.

use serde::{Deserialize, Serialize};

/// A queue now, and what became of its callers since the switch was started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueFigures {
    pub queue: String,
    pub waiting: u64,
    pub callbacks: u64,
    pub longest_wait_seconds: u64,
    pub arrived: u64,
    pub answered: u64,
    pub within_service_level: u64,
    pub abandoned: u64,
    pub closed: u64,
    pub refused: u64,
    pub unreached: u64,
    pub returned: u64,
    pub completed: u64,
    pub average_speed_of_answer_seconds: u64,
    pub agents: AgentCounts,
}

/// The agents who serve a queue, by what they are doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentCounts {
    pub ready: u64,
    pub offered: u64,
    pub busy: u64,
    pub working_after_call: u64,
    pub resting: u64,
    pub not_ready: u64,
    pub unreachable: u64,
}
