//! What travels over the link.

use request::{RequestEvent, RequestId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Entry;

/// Station to exchange: this happened here. Entries are consecutive and of one incarnation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub entries: Vec<Entry>,
}

/// Exchange to station: everything up to here is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    pub acknowledged: u64,
}

/// Something that happened at the exchange to a request the station is interested in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// 1, 2, 3 … for each station, without a gap.
    pub number: u64,
    pub request: RequestId,
    /// By the exchange's clock.
    pub recorded_at: Timestamp,
    pub event: RequestEvent,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publications {
    pub publications: Vec<Publication>,
}
