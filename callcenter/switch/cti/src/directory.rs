//! Whom a call can be given to.

use serde::{Deserialize, Serialize};

use crate::AgentState;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    pub offices: Vec<Office>,
    /// Names of queues.
    pub queues: Vec<String>,
    pub colleagues: Vec<Colleague>,
}

/// An office outside the center.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub id: String,
    pub name: String,
}

/// Another agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colleague {
    pub agent: u32,
    pub account: String,
    pub state: AgentState,
}
