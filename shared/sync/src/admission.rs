//! Whether an entry can be applied at the exchange, or takes its place in the
//! sequence and waits for a person.
//!
//! Only what can never be true is kept back. What a station did is a fact, even
//! when it crossed something that happened here.

use request::{RequestEvent, StationId};
use serde::{Deserialize, Serialize};

use crate::{Entry, Unreadable};

/// What the exchange knows of the request an entry is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub opened: Option<Opened>,
    /// The oldest of this station's entries about it that is wedged.
    pub wedged: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Whose request it is now.
    pub station: StationId,
    pub closed: bool,
}

/// Why an entry is wedged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    #[error("its body is nothing this release can read")]
    Unreadable,
    #[error("it is about another station's request")]
    Foreign,
    #[error("it is about a request that was never opened")]
    NeverOpened,
    #[error("its request was opened before")]
    OpenedTwice,
    #[error("its request was closed before")]
    Closed,
    #[error("only the exchange can say this")]
    NotTheStations,
    #[error("it issues papers that no lease lets this station issue")]
    BeyondLease,
    #[error("it follows an entry of its request that is wedged")]
    Follows(u64),
}

/// What an entry means for its request; `None` when its body was erased, which
/// happens to finished requests alone.
///
/// # Errors
/// Why it can never be applied as it is.
pub fn admit(entry: &Entry, known: &Known) -> Result<Option<RequestEvent>, Reason> {
    if let Some(first) = known.wedged {
        return Err(Reason::Follows(first));
    }
    let opened = known.opened.as_ref();
    if opened.is_some_and(|it| it.station != entry.station) {
        return Err(Reason::Foreign);
    }
    let event = match entry.event() {
        Ok(event) => event,
        Err(Unreadable::Erased) => return Ok(None),
        Err(Unreadable::Malformed { .. }) => return Err(Reason::Unreadable),
    };
    match (&event, opened) {
        (RequestEvent::Opened { .. }, Some(_)) => Err(Reason::OpenedTwice),
        (RequestEvent::Opened { station, .. }, None) if *station != entry.station => {
            Err(Reason::Foreign)
        }
        (RequestEvent::Opened { .. }, None) => Ok(Some(event)),
        (
            RequestEvent::AttemptFailed { .. }
            | RequestEvent::Prepared { .. }
            | RequestEvent::Declined { .. }
            | RequestEvent::Routed { .. }
            | RequestEvent::Transferred { .. }
            | RequestEvent::DueSet { .. }
            | RequestEvent::Extended { .. }
            | RequestEvent::Joined { .. }
            | RequestEvent::Separated { .. }
            | RequestEvent::Attached { .. }
            | RequestEvent::Assigned { .. }
            | RequestEvent::Replied { .. }
            | RequestEvent::StaysOpen { .. }
            | RequestEvent::Rated { .. }
            | RequestEvent::Appealed { .. }
            | RequestEvent::Concluded,
            _,
        ) => Err(Reason::NotTheStations),
        (_, None) => Err(Reason::NeverOpened),
        (_, Some(opened)) if opened.closed => Err(Reason::Closed),
        (_, Some(_)) => Ok(Some(event)),
    }
}
