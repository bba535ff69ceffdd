//! What an agent who helps at a kiosk must do and must never do, with its points.

use serde::{Deserialize, Serialize};

/// One thing to be right. Times are in seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitMust {
    /// From when the citizen asked for somebody.
    ComeWithin(u64),
    /// A first line, from when the agent came.
    GreetWithin(u64),
    /// The longest the citizen waited for a line, a finger or a proposal after having
    /// said something.
    ReplyWithin(u64),
    /// From coming to the end.
    HelpAtMost(u64),
    /// Nothing is proposed that the citizen has not told.
    AskFirst,
    /// Every proposal is what the citizen wants.
    ProposeRight,
    /// What was declined is not proposed again, nor anything for a field the citizen
    /// keeps to himself.
    RespectRefusal,
    /// Every field is as the citizen wants it, and each value confirmed by him.
    FillIn,
    AnswerQuestions,
    /// None of these words stands in a line.
    NeverSay(Vec<String>),
    /// The agent ends when all is done, with no proposal left unanswered.
    Close,
    /// The citizen does not give up, and is not left alone.
    KeepCitizen,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitRule {
    pub must: VisitMust,
    pub points: u32,
    /// Whoever breaks it has failed, whatever the points.
    #[serde(default)]
    pub decisive: bool,
}
