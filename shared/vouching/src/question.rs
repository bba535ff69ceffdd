//! What a kiosk and a desk ask of the exchange, and its answers.

use std::time::Duration;

use privacy::Personal;
use request::{CheckId, Consent, RequestId, ResidentNumber, ServiceId, StationId};
use serde::{Deserialize, Serialize};

use crate::{CheckRefusal, DeskSheet, Doubt, Ground, KioskView, Seat, Speaker};

/// Characters of an answer; longer than any name, street or date.
pub const ANSWER_MAX: usize = 80;

/// Names one question of a kiosk, so that a late answer is not taken for another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt(pub u64);

/// A citizen who agreed to be asked says who they are. Name and number reach the
/// exchange alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckOpening {
    pub request: RequestId,
    pub service: ServiceId,
    /// The citizen's (ISO 639-1).
    pub language: String,
    pub name: Personal<String>,
    pub resident_number: ResidentNumber,
    pub consent: Consent,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KioskQuestion {
    /// A check that this kiosk's request had before is over, unless it is the same
    /// person's: then it is that one.
    Open(Box<CheckOpening>),
    Do {
        check: CheckId,
        deed: KioskDeed,
        /// The edition of the view that was last seen; 0 before any.
        known: u64,
        /// How long the exchange may hold the question while nothing differs.
        wait: Duration,
    },
}

/// What a kiosk does, besides hearing how far the check is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum KioskDeed {
    /// Nothing.
    Watch,
    /// The citizen has typed an answer, for the agent to read and take over.
    Say {
        question: u32,
        text: Personal<String>,
    },
    /// The citizen ends, or has gone.
    Leave,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KioskAnswer {
    Opened(CheckId),
    Seen(KioskView),
}

/// What a desk says, and who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskSaying {
    pub speaker: Speaker,
    pub deed: DeskDeed,
}

/// What an agent does with a check, besides seeing its sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DeskDeed {
    /// Nothing.
    Watch,
    /// Becomes the first person, or the second where the first has believed.
    Take,
    /// What the citizen answered to this question, counted from 1. Said again, it
    /// counts once.
    Answer {
        question: u32,
        text: Personal<String>,
    },
    /// The first person believes it, the second agrees.
    Believe { ground: Ground },
    /// Either refuses; the check is over.
    Refuse { doubt: Doubt },
    /// The second person wants one more question.
    AskMore,
    /// Lets go of it; another may take it.
    Leave,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskQuestion {
    /// Which checks wait; held while nothing differs from this edition of the list.
    List { known: u64, wait: Duration },
    /// Does something with a check and sees its sheet; one that is only watched is
    /// held while nothing differs from this edition of the sheet.
    Do {
        check: CheckId,
        saying: DeskSaying,
        known: u64,
        wait: Duration,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskAnswer {
    Listed(WaitingChecks),
    Seen(Box<DeskSheet>),
}

/// The checks that wait for a first or a second person, the longest waiting first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingChecks {
    /// Differs whenever the list does; never 0.
    pub edition: u64,
    pub checks: Vec<CheckNotice>,
}

/// All that is known of a check before it is taken: nothing of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckNotice {
    pub check: CheckId,
    pub kiosk: StationId,
    pub service: ServiceId,
    pub language: String,
    pub stage: NoticeStage,
    pub waited_seconds: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "waits_for", rename_all = "snake_case")]
pub enum NoticeStage {
    Agent,
    /// Not the one at this desk, nor this agent at another.
    Supervisor {
        believed_by: Seat,
    },
}

/// What became of a question that was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckFault {
    #[error(transparent)]
    Refused(CheckRefusal),
    #[error("no answer came")]
    Unanswered,
}
