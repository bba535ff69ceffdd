//! What is said before anything else: where a journal stands, and whether the
//! exchange can go on from there.

use serde::{Deserialize, Serialize};

use crate::{Hash, Head};

/// Station to exchange, whenever a line has come up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    pub head: Head,
    /// The newest publication in the journal.
    pub received: u64,
    /// Of the station's software, such as `0.1.0`.
    pub release: String,
    /// What a living station makes of the answer it got before. A frame that
    /// was on its way for long never has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Contradiction>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Greeting {
    Welcome(Welcome),
    /// This cannot be, unless the hello is an old one: say it again with the finding.
    Contradiction(Contradiction),
    /// Nothing of this station is taken over until a person has looked.
    Quarantined(Contradiction),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The exchange holds every entry of this journal up to here ...
    pub acknowledged: u64,
    /// ... and this is the chain's hash there.
    pub hash: Hash,
    /// Publications up to here were for an earlier journal of this station.
    pub received: u64,
}

/// How one identity turns out to be two, or to have forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    #[error("the journal is an older copy: it lacks what the exchange has confirmed")]
    Rewound,
    #[error("the journal is a copy: another went on differently from the same entry")]
    Forked,
    #[error("the journal is an earlier one: a newer journal of this station has spoken")]
    Superseded,
}

/// How a journal compares with the exchange's word at one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    Agrees,
    /// The journal does not reach so far.
    Missing,
    Differs,
}

impl Agreement {
    /// Compares the journal's own hash at a number with the exchange's.
    pub fn of(own: Option<Hash>, theirs: Hash) -> Self {
        match own {
            None => Agreement::Missing,
            Some(own) if own == theirs => Agreement::Agrees,
            Some(_) => Agreement::Differs,
        }
    }
}
