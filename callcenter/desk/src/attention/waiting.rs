//! What waits at the exchange, as it tells agents.

use request::{DocumentNumber, RequestId, StationId, Timestamp};
use serde::Deserialize;
use sync::{Contradiction, Incarnation, Reason};

/// One entry that could not be applied (`GET /v1/wedged`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Wedged {
    pub station: StationId,
    pub incarnation: Incarnation,
    pub number: u64,
    pub request: RequestId,
    /// By the station's clock.
    pub recorded_at: Timestamp,
    /// By the exchange's clock.
    pub received_at: Timestamp,
    pub reason: Reason,
}

/// One station from which nothing is taken over (`GET /v1/quarantine`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Quarantined {
    pub station: StationId,
    pub reason: Contradiction,
    pub since: Timestamp,
    pub kept_aside: u64,
}

/// One deed of which nobody knows whether it was done (`GET /v1/doubts`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Doubt {
    pub station: StationId,
    pub incarnation: Incarnation,
    /// Of the entry that says so.
    pub number: u64,
    pub request: RequestId,
    /// By the station's clock.
    pub recorded_at: Timestamp,
    pub deed: Deed,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A sheet with this number may exist; the number is void.
    Printed(DocumentNumber),
    /// So much may have fallen into the tray; it is owed.
    PaidOut { asked_won: u32 },
    /// A card may have been charged with so much; it counts as charged.
    CardCharged { asked_won: u32 },
    /// So much may have gone back to a card; it is owed.
    CardReversed { asked_won: u32 },
}

/// All that waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    pub quarantined: Vec<Quarantined>,
    pub wedged: Vec<Wedged>,
    pub doubts: Vec<Doubt>,
}

/// One thing that waits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Case<'a> {
    Station(&'a Quarantined),
    Entry(&'a Wedged),
    Doubt(&'a Doubt),
}

impl Waiting {
    pub fn count(&self) -> usize {
        self.quarantined.len() + self.wedged.len() + self.doubts.len()
    }

    /// Stations first, then entries, then doubts.
    pub(super) fn case(&self, place: usize) -> Option<Case<'_>> {
        let stations = self.quarantined.iter().map(Case::Station);
        let entries = self.wedged.iter().map(Case::Entry);
        let doubts = self.doubts.iter().map(Case::Doubt);
        stations.chain(entries).chain(doubts).nth(place)
    }
}
