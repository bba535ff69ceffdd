//! Talks that are judged: what supervisors and agents ask the switch, and what it tells
//! them. A talk is one agent's part in a call.

use std::collections::BTreeMap;

use figures::{Form, Mean, Merit, Share};
use privacy::Personal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asked", rename_all = "kebab-case")]
pub enum QualityRequest {
    /// A supervisor: how the agents' talks of the last days were.
    ListMerits { days: u16 },
    /// A supervisor: an agent's talks of the last days that are over.
    ListTalks { agent: u32, days: u16 },
    /// An agent's own talks that were judged.
    ListOwn,
    /// A supervisor, or the agent whose talk it is.
    OpenTalk { talk: TalkName },
    /// A supervisor: the talk in which the supervisor takes part now.
    OpenMonitored,
    /// Said again it counts once; another one by the same supervisor takes its place.
    Judge { judgment: Judgment },
    /// An agent answers what was found of an own talk: once.
    Answer {
        talk: TalkName,
        reviewer: u32,
        /// The review that is answered, by when it was made.
        reviewed_ms: i64,
        text: Personal<String>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TalkName {
    pub agent: u32,
    pub call: u64,
}

/// What a supervisor has found of a talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgment {
    pub talk: TalkName,
    /// The form that was filled in, and which version of it.
    pub form: String,
    pub version: u32,
    /// By criterion; one that did not come up is left out.
    pub points: BTreeMap<String, u8>,
    pub comment: Option<Personal<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "kebab-case")]
pub enum QualityEvent {
    /// It comes in parts, in the order of the agents' numbers.
    Merits {
        days: u16,
        /// What came before is old.
        first: bool,
        agents: Vec<AgentMerit>,
    },
    Talks {
        agent: u32,
        days: u16,
        /// The latest first.
        talks: Vec<TalkLine>,
        merit: Merit,
        /// By which talks are judged now; its titles name the criteria.
        form: Option<Form>,
    },
    /// Also when a supervisor has judged one.
    Own {
        talks: Vec<TalkLine>,
    },
    Talk {
        sheet: Box<TalkSheet>,
    },
    /// It is written down.
    Judged {
        sheet: Box<TalkSheet>,
    },
    /// To both of them: the agent's answer is written down.
    Answered {
        sheet: Box<TalkSheet>,
    },
    Refused {
        /// Which talk it was about, where it was one.
        talk: Option<TalkName>,
        why: QualityRefusal,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentMerit {
    pub agent: u32,
    pub account: String,
    /// None where nothing was judged.
    pub score: Option<Mean>,
}

/// A talk in a list. Who called is nobody's business there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TalkLine {
    pub talk: TalkName,
    /// Since the Unix epoch.
    pub began_ms: i64,
    pub seconds: u64,
    /// None with a citizen at a kiosk.
    pub queue: Option<String>,
    /// None while it goes on.
    pub ending: Option<TalkEnding>,
    pub recorded: bool,
    /// The mean of what was found of it.
    pub score: Option<Mean>,
    /// The agent has answered.
    pub answered: bool,
    /// None where nobody has asked, or the agent still wraps up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<TalkDisposition>,
}

/// How a call ended, as its agent has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TalkDisposition {
    /// One of the center's codes.
    Said(String),
    /// The wrap-up was over before.
    Unsaid,
}

/// How a talk was over for its agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TalkEnding {
    CallerHungUp,
    AgentHungUp,
    /// The caller went on to somebody else.
    HandedOn,
    /// A telephone vanished.
    Lost,
    /// The switch was started anew.
    Interrupted,
}

/// A talk with what it is judged by and what was found of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TalkSheet {
    pub line: TalkLine,
    /// None where the talk was judged by a version the switch has no more.
    pub form: Option<Form>,
    /// The last one of each supervisor.
    pub reviews: Vec<WrittenReview>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenReview {
    pub reviewer: u32,
    pub account: String,
    /// When it was made, since the Unix epoch.
    pub reviewed_ms: i64,
    pub points: BTreeMap<String, u8>,
    pub score: Share,
    pub comment: Option<Personal<String>>,
    /// The agent's.
    pub answer: Option<Personal<String>>,
}

/// Why nothing is listed, opened or written down. Nothing has changed.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum QualityRefusal {
    #[error("only supervisors judge talks")]
    SupervisorsOnly,
    #[error("the agent is not of this supervisor's team")]
    NotYourAgent,
    #[error("nobody judges a talk of their own")]
    OwnTalk,
    #[error("nothing is kept of this talk any more")]
    TalkGone,
    #[error("the talk is not over yet")]
    StillTalking,
    #[error("the supervisor takes part in no talk")]
    NotMonitoring,
    #[error("the switch has no form to judge by")]
    NoForm,
    #[error("the form is another one by now")]
    FormChanged,
    #[error("the talk was judged by a version of the form the switch has no more")]
    EarlierForm,
    #[error("the form has no criterion {criterion:?}")]
    UnknownCriterion { criterion: String },
    #[error("criterion {criterion:?} has more points than can be given")]
    TooManyPoints { criterion: String },
    #[error("nothing was judged")]
    NothingJudged,
    #[error("the comment is too long")]
    CommentTooLong,
    #[error("as many supervisors as may have judged it already")]
    TooManyReviewers,
    /// It was replaced, or never made.
    #[error("there is no such review of this talk")]
    NoSuchReview,
    #[error("the agent has answered already")]
    AnsweredAlready,
    #[error("an answer has words")]
    AnswerEmpty,
    #[error("the answer is too long")]
    AnswerTooLong,
    #[error("the switch could not write it down")]
    NotWritten,
}
