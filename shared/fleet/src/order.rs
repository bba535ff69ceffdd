//! What the exchange has a machine do.

use request::{StationId, Timestamp};
use serde::{Deserialize, Serialize};

/// Drawn by the exchange; an order is carried out once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OrderId(pub String);

/// The answer to a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Signed orders ([`crate::signed`]), in base64url, the oldest first.
    #[serde(default)]
    pub orders: Vec<String>,
    /// The release this machine should have, when it has another.
    #[serde(default)]
    pub wanted: Option<Wanted>,
    /// For the next evidence, in hexadecimal digits.
    #[serde(default)]
    pub nonce: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// A signed [`crate::Release`], in base64url. Its files are at
    /// `GET /v1/releases/{sha256}`, by their digests, with ranges.
    pub release: String,
    /// Not before: waves go site by site.
    pub not_before: Timestamp,
    /// An operator wants it here although it failed here.
    #[serde(default)]
    pub again: bool,
}

/// For one machine, by one operator, for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: OrderId,
    pub station: StationId,
    pub deed: Deed,
    pub operator: String,
    pub given_at: Timestamp,
    /// Not carried out later.
    pub until: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Restart,
    /// A support bundle is made at the machine, for a technician or the next report.
    CollectBundle,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    Done,
    /// Somebody stands there.
    RefusedMidVisit,
    /// It came too late, or was carried out before.
    Stale,
    /// It is not signed by this machine's exchange, or for another machine.
    NotBelieved,
    Failed {
        why: String,
    },
}
