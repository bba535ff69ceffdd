//! What is written of an exercise or an examination; no citizen is in it.

use request::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Score;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Exercise,
    Examination,
}

/// One line of a file of records, as JSON. With `scenario` and `seed` anybody makes
/// the same exercise again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingRecord {
    /// The agent's account at the switch.
    pub agent: String,
    pub kind: Kind,
    /// The scenario's id; of an examination the id of its bank.
    pub scenario: String,
    /// Of the scenario or the bank; what was recorded before there were versions has the
    /// first.
    #[serde(default = "first_version")]
    pub version: u32,
    pub seed: u64,
    pub ended_at: Timestamp,
    pub score: Score,
}

pub(crate) fn first_version() -> u32 {
    1
}
