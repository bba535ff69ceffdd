//! What the exchange says of a ticket whose code a station shows it.

use request::{DeclineReason, Fee, NetworkFault, ServiceId, Timestamp};
use serde::{Deserialize, Serialize};

/// A station's question. The code travels in a body: it is worth what the ticket is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketQuestion {
    /// Sixteen digits.
    pub code: String,
}

/// The answer names no person: who may collect is asked when it is collected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TicketAnswer {
    /// The documents can be collected here and now.
    Ready {
        service: ServiceId,
        copies: u32,
        /// As it was quoted when the request was accepted.
        fee: Fee,
        accepted_at: Timestamp,
    },
    /// Accepted, and not done yet.
    Waiting {
        service: ServiceId,
        accepted_at: Timestamp,
        /// What the last attempt lacked; `None` when there was none yet.
        fault: Option<NetworkFault>,
    },
    Declined {
        service: ServiceId,
        reason: DeclineReason,
    },
    /// This much is owed and can be paid out.
    Owed { amount_won: u32 },
    /// Collected or paid out before.
    Used,
    /// Another station is about to honor it.
    Busy,
    /// No ticket has this code, or its station has not told of it yet.
    Unknown,
    /// This station has shown too many unknown codes; it may ask again later.
    TooManyTries,
}
