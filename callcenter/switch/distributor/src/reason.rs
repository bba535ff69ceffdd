//! Why a call was offered to whom it was offered, and why not earlier.

use std::time::Duration;

use serde::Serialize;

use crate::{AgentId, Miss, Priority, Strategy};

/// An agent who could have taken the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    pub agent: AgentId,
    /// Idle for so long.
    pub idle: Duration,
    /// Callers talked to since signing in.
    pub calls: u64,
    /// Level of the skill the queue needs.
    pub level: u8,
    /// Was offered this call before and did not take it.
    pub tried: bool,
}

/// An earlier offer of the same call that nobody took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missed {
    pub agent: AgentId,
    pub how: Miss,
    /// How long it rang.
    pub rang: Duration,
}

/// How the agents were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    Strategy(Strategy),
    /// Another agent sent the caller to this one.
    Transfer,
    /// Another agent asked this one into the talk.
    Invitation,
}

/// The whole answer to "why this agent, and why only now".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Since the caller arrived; time away from a place that was kept counts.
    pub waited: Duration,
    pub priority: Priority,
    /// Waiting plus what the priority is worth. The call with the greatest
    /// score that a free agent can serve is offered first, emergencies before.
    pub score: Duration,
    /// How many of the queue were to be served before this call when it came.
    pub ahead_on_arrival: usize,
    /// Offers nobody took, the first ones of them.
    pub missed: Vec<Missed>,
    /// How long the call rang in vain, all missed offers together.
    pub rang_in_vain: Duration,
    /// Agents who serve the queue and are neither out nor on a break.
    pub serving: usize,
    pub choice: Choice,
    /// How many agents were free for the call.
    pub considered: usize,
    /// The best of them, the chosen first.
    pub candidates: Vec<Candidate>,
}
