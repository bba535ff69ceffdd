//! What a kiosk and a desk ask of the exchange, and its answers.

use std::{fmt, time::Duration};

use request::{AgentId, ServiceId, StationId};
use serde::{Deserialize, Serialize};

use crate::{Delivery, FromDesk, FromKiosk, Posting};

/// Names one question, so that a late answer is not taken for another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt(pub u64);

/// Never given twice, not even by an exchange that has started anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoomId(String);

impl RoomId {
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All that an agent knows before taking a room: nothing of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub service: Option<ServiceId>,
    /// The citizen's (ISO 639-1).
    pub language: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KioskQuestion {
    /// Waits for an agent; a room this kiosk had before is over.
    Open(Opening),
    Post {
        room: RoomId,
        posting: Posting<FromKiosk>,
        /// How long the exchange may hold the question when it has no news.
        wait: Duration,
    },
    Close {
        room: RoomId,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KioskAnswer {
    Opened(RoomId),
    Delivered(Delivery<FromDesk>),
    Closed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskQuestion {
    /// Who waits; held when nothing differs from this edition of the list.
    List { known: u64, wait: Duration },
    /// The desk says who works there; the exchange has it proven before.
    Take { room: RoomId, agent: AgentId },
    Post {
        room: RoomId,
        posting: Posting<FromDesk>,
        wait: Duration,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskAnswer {
    Listed(WaitingRooms),
    Taken(RoomId),
    Delivered(Delivery<FromKiosk>),
}

/// The rooms that nobody has taken, the longest waiting first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingRooms {
    /// Differs whenever the list does; never 0.
    pub edition: u64,
    pub rooms: Vec<RoomNotice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomNotice {
    pub room: RoomId,
    pub kiosk: StationId,
    #[serde(flatten)]
    pub opening: Opening,
    pub waited_seconds: u64,
}

/// Why the exchange says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomRefusal {
    #[error("the room is over")]
    Gone,
    #[error("another desk has taken the room")]
    Taken,
    #[error("no more rooms can be opened now")]
    Full,
    #[error("the other end has not taken what was said before")]
    TooMuch,
    #[error("a message before these has not come")]
    OutOfOrder,
    #[error("only a kiosk opens rooms, and only a desk takes them")]
    NotForYou,
}

impl RoomRefusal {
    pub const ALL: [Self; 6] = [
        Self::Gone,
        Self::Taken,
        Self::Full,
        Self::TooMuch,
        Self::OutOfOrder,
        Self::NotForYou,
    ];

    /// The type of its problem document (RFC 9457, 3.1.1).
    pub fn urn(self) -> &'static str {
        match self {
            Self::Gone => "urn:minwon:room-gone",
            Self::Taken => "urn:minwon:room-taken",
            Self::Full => "urn:minwon:room-full",
            Self::TooMuch => "urn:minwon:room-too-much",
            Self::OutOfOrder => "urn:minwon:room-out-of-order",
            Self::NotForYou => "urn:minwon:room-not-for-you",
        }
    }

    pub fn from_urn(urn: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.urn() == urn)
    }
}

/// What became of a question that was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomFault {
    #[error(transparent)]
    Refused(RoomRefusal),
    #[error("no answer came")]
    Unanswered,
    /// The desk has not shown who works there, or was not believed.
    #[error("the exchange does not know which agent this is")]
    Unproven,
}
