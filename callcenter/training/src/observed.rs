//! What was seen of a trainee's work, without a word of judgement.

use std::{collections::BTreeMap, time::Duration};

use privacy::Personal;
use request::ResidentNumber;

use crate::{Certainty, Disclosure};

/// A service with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub service: String,
    /// By the question's id.
    pub answers: BTreeMap<String, Personal<String>>,
    /// By the option's id: the choice's.
    pub options: BTreeMap<String, String>,
    pub copies: u32,
}

/// A request that was prepared during the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedRequest {
    pub wanted: Wanted,
    /// Whose it is; a service anybody may ask for has none.
    pub applicant: Option<ResidentNumber>,
}

/// How the caller's part ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// He hung up, and had what he wanted.
    Content,
    /// He hung up, and had it not.
    GaveUp,
    /// The agent hung up on him.
    ByAgent,
    Transferred,
}

/// Everything a score is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// From the first ring; nothing when nobody answered.
    pub answered_after: Option<Duration>,
    pub talk: Duration,
    pub longest_hold: Duration,
    pub certainty: Option<Certainty>,
    /// With how sure the agent was when it was prepared.
    pub prepared: Vec<(PreparedRequest, Option<Certainty>)>,
    /// With how sure the agent was when it was said.
    pub disclosed: Vec<(Disclosure, Option<Certainty>)>,
    /// The id of an office.
    pub transferred_to: Option<String>,
    pub ending: Option<Ending>,
    /// Nothing when it was not ended by the agent.
    pub wrap_up: Option<Duration>,
}
