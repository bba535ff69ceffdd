//! Petitions as the exchange tells agents of them.

use catalog::Bilingual;
use privacy::Personal;
use request::{Decision, Enclosure, JoinGround, OfficeId, RequestId, ServiceId, Timestamp};
use serde::Deserialize;
use sync::OfficeName;

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
    /// Working days after this one; below zero, those since it was due.
    pub days_left: Option<i32>,
    pub extended: bool,
    /// Under which its citizen asks for it.
    pub receipt: Option<String>,
    pub office: Option<Office>,
    pub ground: Option<Ground>,
    /// The petition it is handled together with.
    pub leading: Option<RequestId>,
    pub appealed: bool,
    pub subject: Option<Personal<String>>,
    /// The agent who has taken it.
    pub assigned_to: Option<String>,
    pub standing: Standing,
}

/// Which answers it now.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Office {
    pub code: OfficeId,
    /// None of one that is gone from the directory.
    pub name: Option<OfficeName>,
}

/// Why it came to its first office: a word of a rule, or no rule at all.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Ground {
    #[serde(default)]
    pub word: Option<String>,
    /// What the rule's offices do.
    #[serde(default)]
    pub duty: Option<Bilingual>,
    /// The legal district it speaks of, where offices share a duty by place.
    #[serde(default)]
    pub district: Option<String>,
}

/// A page of petitions, the most urgent first.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Page {
    pub petitions: Vec<Petition>,
    /// How many there are on all pages.
    pub total: usize,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// One with everything in it (`GET /v1/petitions/{request}`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Letter {
    #[serde(flatten)]
    pub petition: Petition,
    /// The citizen's (ISO 639-1).
    pub language: String,
    pub name: Option<Personal<String>>,
    pub address: Option<Personal<String>>,
    pub text: Option<Personal<String>>,
    /// What a letter had with it; its mailbox keeps them.
    pub enclosures: Vec<Enclosure>,
    /// What agents laid to it; the exchange keeps them.
    pub files: Vec<LaidFile>,
    /// Open ones that may be about the same, the most alike first.
    pub like: Vec<Other>,
    /// Some of those that are joined to it, and how many there are.
    pub joined: Vec<Other>,
    pub joined_in_all: usize,
    /// The one it is joined to.
    pub leads_to: Option<Other>,
    pub decides: bool,
    pub decision: Option<Decision>,
    /// Working days; none when there is no extending.
    pub may_extend_by: u32,
    pub appeal: Option<Personal<String>>,
    pub earlier_replies: Vec<Personal<String>>,
    pub reply: Option<Replied>,
    /// What happened to it, the earliest first.
    pub steps: Vec<Step>,
}

/// What was answered and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Replied {
    pub agent: String,
    pub text: Personal<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LaidFile {
    pub enclosure: Enclosure,
    /// Meant for the citizen.
    pub with_answer: bool,
}

/// Another petition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Other {
    pub request: RequestId,
    pub receipt: Option<String>,
    pub subject: Option<Personal<String>>,
    /// How much its words are the same.
    #[serde(default)]
    pub percent: u32,
    #[serde(default)]
    pub same_person: bool,
}

impl Other {
    /// Why the two are handled together.
    pub(super) fn ground(&self) -> JoinGround {
        match self.same_person {
            true => JoinGround::SamePerson,
            false => JoinGround::Mass,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    Received,
    Routed,
    Taken,
    Transferred,
    Extended,
    Joined,
    Separated,
    Attached,
    Answered,
    Rated,
    Appealed,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Step {
    pub at: Timestamp,
    pub what: StepName,
    #[serde(default)]
    pub office: Option<OfficeName>,
    #[serde(default)]
    pub agent: Option<String>,
    /// Why, or what was said with it.
    #[serde(default)]
    pub reason: Option<Personal<String>>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    pub due_on: Option<String>,
    #[serde(default)]
    pub stars: Option<u8>,
}

/// An office of the directory (`GET /v1/offices`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OfficeFound {
    pub code: OfficeId,
    pub name: Bilingual,
    pub telephone: String,
    pub duties: Vec<Bilingual>,
}
