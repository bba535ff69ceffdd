//! What a station asks for a citizen about a petition, and the exchange's answer.

use privacy::Personal;
use request::{Decision, ResidentNumber, ServiceId};
use serde::{Deserialize, Serialize};

/// A question about the petition with a receipt number, or something its citizen says of
/// the answer. All travel in a body: the number is worth what the petition is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum PetitionQuestion {
    /// How does it stand?
    Standing { receipt: String },
    /// What was answered? Whoever asks says who wrote it.
    Answer {
        receipt: String,
        resident_number: ResidentNumber,
    },
    Rate {
        receipt: String,
        stars: u8,
        words: Personal<String>,
    },
    Appeal {
        receipt: String,
        text: Personal<String>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum PetitionAnswer {
    Standing(Box<Standing>),
    Answer {
        text: Personal<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision: Option<Decision>,
    },
    /// A rating or an appeal was taken, and is safe.
    Taken,
    /// It cannot be rated or appealed against, now or any more.
    NotTaken,
    /// Nobody has answered yet.
    NotAnswered,
    /// It was written by somebody else.
    NotTheirs,
    /// No petition has this number, or its station has not told of it yet.
    Unknown,
    /// This station has shown too many unknown numbers; it may ask again later.
    TooManyTries,
}

/// How a petition stands, as anybody may know: no word of who asked, or what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub service: ServiceId,
    /// Which office answers; none where the exchange has no directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeName>,
    /// Until which day it is to be answered, `YYYY-MM-DD`; none when it is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<String>,
    /// That day is over, and nobody has answered.
    pub late: bool,
    /// In the order they happened.
    pub steps: Vec<StandingStep>,
    pub answered: bool,
    pub may_rate: bool,
    pub may_appeal: bool,
    /// Until which day it may be rated, or appealed against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_until: Option<String>,
}

/// An office as citizens call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeName {
    pub ko: String,
    pub en: String,
    pub telephone: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingStep {
    /// `YYYY-MM-DD`: a moment would say more of whom it was.
    pub on: String,
    pub what: Happened,
    /// To which office it went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeName>,
}

/// What everybody may know to have happened to a petition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    Received,
    Routed,
    Transferred,
    Extended,
    /// It is handled together with others.
    Joined,
    Separated,
    Answered,
    Rated,
    Appealed,
    Concluded,
}

impl PetitionQuestion {
    /// The number it is about.
    pub fn receipt(&self) -> &str {
        match self {
            PetitionQuestion::Standing { receipt }
            | PetitionQuestion::Answer { receipt, .. }
            | PetitionQuestion::Rate { receipt, .. }
            | PetitionQuestion::Appeal { receipt, .. } => receipt,
        }
    }
}
