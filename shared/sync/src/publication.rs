//! What the exchange tells a station.

use std::collections::BTreeMap;

use request::{DocumentNumber, RequestEvent, RequestId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Incarnation, Reason};

/// Numbered for each station; the station writes each down once and in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Grows with each, by more than one when time has passed: an exchange that
    /// was restored from a backup never uses a number again.
    pub number: u64,
    /// Nothing was published for this station after this number and before.
    pub previous: u64,
    /// By the exchange's clock.
    pub recorded_at: Timestamp,
    pub content: Announcement,
}

impl Publication {
    /// The number of what is published at a time, after the newest.
    pub fn next_number(newest: u64, now: Timestamp) -> u64 {
        let now = u64::try_from(now.as_millis()).unwrap_or(0);
        now.max(newest.saturating_add(1))
    }

    /// Whether it is the next for a station that has `received` so far. What is
    /// not is known already, or something is missing before it.
    pub fn follows(&self, received: u64) -> bool {
        self.previous <= received && received < self.number
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Announcement {
    /// Happened at the exchange to a request the station is interested in.
    Request {
        request: RequestId,
        event: RequestEvent,
    },
    /// To be shown to citizens, by language.
    Notice {
        id: String,
        text: BTreeMap<String, String>,
        until: Timestamp,
    },
    /// An edition of the service catalogue lies ready.
    Catalog { edition: String, sha256: String },
    /// Under which code a request can be collected.
    Claim { request: RequestId, code: String },
    /// A document no longer counts.
    Revoked { number: DocumentNumber },
    /// Worth doing only until then: an order from before an outage is not one any more.
    Order {
        order: RemoteOrder,
        until: Timestamp,
    },
    /// An entry of this station's could not be applied; a person looks at it.
    Wedged {
        incarnation: Incarnation,
        number: u64,
        request: RequestId,
        reason: Reason,
    },
    /// A person has applied a wedged entry or given it up.
    Settled {
        incarnation: Incarnation,
        number: u64,
        applied: bool,
    },
    /// The station is no longer in quarantine.
    Released,
    /// A refund ticket was honoured elsewhere.
    RefundSpent { ticket: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoteOrder {
    Restart,
    /// Serve nobody until opened again.
    Close,
    Open,
    SelfTest,
}
