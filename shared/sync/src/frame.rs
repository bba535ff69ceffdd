//! What travels over the link.

use request::{RequestEvent, RequestId, StationId, Timestamp};
use serde::{Deserialize, Serialize};

/// A journal entry on its travels. `(station, number)` identifies it for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub station: StationId,
    /// 1, 2, 3 … without a gap.
    pub number: u64,
    pub request: RequestId,
    /// By the station's clock; order never depends on it.
    pub recorded_at: Timestamp,
    pub event: RequestEvent,
}

/// Station to exchange: this happened here. Entries are consecutive.
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
