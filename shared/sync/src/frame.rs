//! What travels over the link.

use serde::{Deserialize, Serialize};

use crate::{Contradiction, Entry, Hash, Incarnation, Publication};

/// Station to exchange: this happened here. Entries are consecutive and of one incarnation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The journal that speaks: an earlier one's entries may be left in it.
    pub speaker: Incarnation,
    /// The chain's hash before the first entry.
    pub before: Hash,
    pub entries: Vec<Entry>,
}

/// Exchange to station, about an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Everything up to here is safe.
    Acknowledged(u64),
    /// Nothing is known of this journal: a hello comes first.
    Unknown,
    /// Kept apart up to here for a person to look at; not acknowledged.
    KeptAside(u64),
    /// This offer shows that the identity is two.
    Quarantined(Contradiction),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publications {
    pub publications: Vec<Publication>,
}
