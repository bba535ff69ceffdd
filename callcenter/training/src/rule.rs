//! What an agent must do and must never do, with its points.

use serde::{Deserialize, Serialize};

/// How sure an agent is of a caller, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Said name and number; nothing proves it.
    Stated,
    /// Besides knew what an earlier request of the same number was.
    Checked,
}

/// What is more than general information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disclosure {
    /// Whether an earlier request is ready, or its code: to whoever is `checked`.
    EarlierRequests,
    /// Anything a network has on record: never by telephone.
    Records,
}

impl Disclosure {
    /// Whether it may be said to a caller the agent is so sure of.
    pub fn is_allowed(self, certainty: Option<Certainty>) -> bool {
        match self {
            Self::EarlierRequests => certainty >= Some(Certainty::Checked),
            Self::Records => false,
        }
    }
}

/// One thing to be right. Times are in seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Must {
    /// From the first ring.
    AnswerWithin(u64),
    /// At least so sure before a request is prepared.
    Identify(Certainty),
    /// What the caller wants, with the very values; nothing else besides.
    Prepare,
    PrepareNothing,
    /// To the office the caller needs.
    Transfer,
    NotTransfer,
    /// Nothing is said to anybody who may not hear it.
    NotDisclose,
    /// The longest single hold.
    HoldAtMost(u64),
    /// From the answer to the end.
    TalkAtMost(u64),
    WrapUpWithin(u64),
    /// The caller does not give up, and is not hung up on.
    KeepCaller,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub must: Must,
    pub points: u32,
    /// Whoever breaks it has failed, whatever the points.
    #[serde(default)]
    pub decisive: bool,
}
