//! What the exchange says of a paper whose number a station shows it.

use request::{DocumentNumber, ServiceId, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperQuestion {
    pub number: DocumentNumber,
}

/// The answer names no person: the same is told everybody who has the number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PaperAnswer {
    /// It counts.
    Valid {
        service: Option<ServiceId>,
        made_at: Option<Timestamp>,
    },
    /// It was taken back, or its copy was made anew under another number.
    Void {
        service: Option<ServiceId>,
        made_at: Option<Timestamp>,
        replaced: bool,
    },
    /// A station may have issued it under a lease, and has not told of it yet.
    Leased { service: Option<ServiceId> },
    /// No paper has this number.
    Unknown,
    /// This station has shown too many unknown numbers; it may ask again later.
    TooManyTries,
}
