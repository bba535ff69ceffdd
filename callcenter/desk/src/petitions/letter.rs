//! Petitions as the exchange tells agents of them.

use privacy::Personal;
use request::{Enclosure, RequestId, ServiceId, Timestamp};
use serde::Deserialize;

/// How far a petition has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody has answered yet.
    Waiting,
    /// The answer is given and on its way.
    Replied,
    /// The mail server does not take the answer.
    NotSent,
    /// A crash came between: the answer may have gone out.
    MaybeSent,
}

impl Standing {
    /// Whether an agent is wanted.
    pub fn wants_an_answer(self) -> bool {
        match self {
            Self::Waiting | Self::NotSent | Self::MaybeSent => true,
            Self::Replied => false,
        }
    }
}

/// One petition (`GET /v1/petitions`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Petition {
    pub request: RequestId,
    pub service: ServiceId,
    pub submitted_at: Timestamp,
    /// When it has to be answered; none where the service names no time.
    pub due_at: Option<Timestamp>,
    pub subject: Option<Personal<String>>,
    /// The agent who has taken it.
    pub assigned_to: Option<String>,
    pub standing: Standing,
}

/// One with everything in it (`GET /v1/petitions/{request}`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Letter {
    #[serde(flatten)]
    pub petition: Petition,
    pub name: Option<Personal<String>>,
    pub address: Option<Personal<String>>,
    pub text: Option<Personal<String>>,
    pub enclosures: Vec<Enclosure>,
    pub reply: Option<Replied>,
}

/// What was answered and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Replied {
    pub agent: String,
    pub text: Personal<String>,
}
