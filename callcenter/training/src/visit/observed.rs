//! What was seen of a trainee at a kiosk's side, without a word of judgement.

use std::time::Duration;

use handover::Shareable;

/// A value that was proposed, as it stood in that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenProposal {
    /// It is what the citizen wants.
    pub right: bool,
    /// He has told it, or it stood in the form.
    pub told: bool,
    /// He had declined that very value, or said that the field is his own matter.
    pub refused_before: bool,
}

/// How the help ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitEnding {
    /// By the agent, when the citizen had what he wanted.
    Closed,
    /// By the citizen, who had what he wanted.
    Content,
    /// By the agent, before that.
    ByAgent,
    /// By the citizen, who lost patience.
    GaveUp,
    /// By the citizen, who had to go.
    WalkedAway,
}

/// Everything a score is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitObserved {
    /// Nothing when nobody came.
    pub came_after: Option<Duration>,
    /// From coming; nothing when no line was said.
    pub greeted_after: Option<Duration>,
    pub slowest_reply: Duration,
    pub help: Duration,
    pub proposals: Vec<SeenProposal>,
    /// The agent's.
    pub lines: Vec<Shareable>,
    /// The form is as the citizen wants it.
    pub filled_in: bool,
    pub questions_asked: u32,
    pub questions_answered: u32,
    /// A proposal waited for its answer when the help ended.
    pub left_open: bool,
    pub ending: Option<VisitEnding>,
}
