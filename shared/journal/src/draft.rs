//! An entry that has only to be numbered, chained and written.

use privacy::Personal;
use request::{RequestEvent, RequestId, Timestamp};
use sync::{Hash, Salt, commitment};

use crate::{Error, random};

/// Everything about an entry that does not depend on the one before it; made
/// by whoever records it, so that the writer does not do it for all.
pub(crate) struct Draft {
    pub(crate) request: RequestId,
    pub(crate) recorded_at: Timestamp,
    pub(crate) salt: Salt,
    pub(crate) body: Personal<String>,
    pub(crate) commitment: Hash,
    pub(crate) turn: Turn,
}

/// What an entry is in the life of its request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Opens,
    GoesOn,
    Closes,
}

impl Draft {
    pub(crate) fn new(
        request: &RequestId,
        event: &RequestEvent,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let turn = if let RequestEvent::Opened { .. } = event {
            Turn::Opens
        } else if let RequestEvent::Closed { .. } = event {
            Turn::Closes
        } else {
            Turn::GoesOn
        };
        let body = serde_json::to_string(event).map_err(Error::Encode)?;
        Self::written(request.clone(), body, now, turn)
    }

    /// Of a body as it was written down before.
    pub(crate) fn written(
        request: RequestId,
        body: String,
        recorded_at: Timestamp,
        turn: Turn,
    ) -> Result<Self, Error> {
        let body = Personal::new(body);
        let salt = Salt::from_bytes(random().map_err(Error::Random)?);
        Ok(Self {
            commitment: commitment(&salt, body.reveal()),
            request,
            recorded_at,
            salt,
            body,
            turn,
        })
    }
}
