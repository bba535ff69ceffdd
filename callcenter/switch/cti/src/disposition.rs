//! How a call ended, as the agent says in the wrap-up.

use figures::Wording;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The center's codes, of all its queues.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispositions {
    /// The desk asks before a wrap-up is over without one.
    pub required: bool,
    pub codes: Vec<Disposition>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disposition {
    pub id: String,
    /// As agents and supervisors read it.
    pub title: Wording,
}

/// A call its agent wraps up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrapUp {
    pub call: u64,
    /// The codes of its queue, in the order in which they are offered.
    pub choices: Vec<String>,
    /// What the agent has said; it is written down.
    pub said: Option<String>,
}

/// Why what an agent has said does not count.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DispositionRefusal {
    #[error("the queue of the call has no such code")]
    UnknownCode,
    /// The next one has begun, or the switch was started anew.
    #[error("the wrap-up of this call is over")]
    WrapUpOver,
    #[error("the switch could not write it down")]
    NotWritten,
}
