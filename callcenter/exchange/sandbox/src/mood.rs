//! How a network feels today.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mood", rename_all = "snake_case")]
pub enum Mood {
    #[default]
    Well,
    /// Answers, but only after this long.
    Slow { milliseconds: u64 },
    /// The agency's own server fails.
    Failing,
    /// The agency's security server cannot be reached.
    Away,
    /// Answers something that is not JSON.
    Nonsense,
    /// Answers half of a record.
    Truncated,
    /// Answers a record that is not what was agreed.
    Misfit,
    /// Has a field more than was agreed since last night.
    NewField,
    /// Answers somebody else's question.
    WrongId,
    /// Answers the question with somebody else's record.
    WrongPerson,
    /// Has been asked too often.
    Throttled { seconds: u64 },
    /// Takes the question and never answers.
    Hanging,
}
