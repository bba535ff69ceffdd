//! What a kiosk and a desk are shown of a check.

use privacy::Personal;
use request::{CheckId, ServiceId, StationId, Vouching};
use serde::{Deserialize, Serialize};

use crate::{CheckEnding, Ground, Seat};

/// How a question is put, in the citizen's language and the agent's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub ko: String,
    pub en: String,
}

impl Wording {
    /// The text in a language by its ISO 639-1 code; English where there is none, as
    /// kiosks show it.
    pub fn in_language(&self, code: &str) -> &str {
        match code {
            "ko" => &self.ko,
            _ => &self.en,
        }
    }
}

/// A question that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedQuestion {
    /// Counted from 1 in each check.
    pub number: u32,
    pub wording: Wording,
}

/// What the citizen sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskView {
    /// Differs whenever the view does; never 0.
    pub edition: u64,
    pub state: KioskState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KioskState {
    /// For the first person; so many checks came before.
    Waiting {
        ahead: u32,
    },
    /// An agent asks.
    Asked(AskedQuestion),
    /// The first person thinks about it.
    Considered,
    /// For the second person.
    WaitingForSecond,
    /// The second person is there and has not said anything yet.
    Supervised,
    Passed(Vouching),
    Ended(CheckEnding),
}

/// What an agent sees who has taken a check. It holds nothing of the record: what a
/// question is about says its wording, and what the citizen typed is the citizen's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskSheet {
    /// Differs whenever the sheet does; never 0.
    pub edition: u64,
    pub check: CheckId,
    pub kiosk: StationId,
    pub service: ServiceId,
    /// The citizen's (ISO 639-1).
    pub language: String,
    pub part: Part,
    /// To be asked now; none when it is time for a verdict, or the check is over.
    pub question: Option<AskedQuestion>,
    /// What the citizen has typed at the kiosk in answer to it.
    pub said: Option<Personal<String>>,
    /// What was asked and what came of it, in order.
    pub log: Vec<LogLine>,
    pub right_needed: u32,
    /// Wrong answers that are still forgiven.
    pub wrong_left: u32,
    /// What the first person said; for the second.
    pub first: Option<FirstWord>,
    /// Believing is possible now.
    pub may_believe: bool,
    /// The second person may have one more question.
    pub may_ask_more: bool,
    /// The check is over.
    pub over: Option<CheckOutcome>,
    /// Until it ends by itself; not told of one that is over. It passes without a new
    /// edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds_left: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    Passed,
    Ended(CheckEnding),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    First,
    Second,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    pub wording: Wording,
    pub right: bool,
    /// Who asked it.
    pub asked_by: Seat,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstWord {
    pub seat: Seat,
    pub ground: Ground,
}
