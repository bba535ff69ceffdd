//! What the figures are made of.

use distributor::{AgentId, AgentState, QueueId};
use serde::{Deserialize, Serialize};

use crate::Satisfaction;

/// How a promised callback ended without a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromiseEnd {
    /// All attempts failed.
    Unreached,
    /// The caller called again by himself.
    Returned,
}

/// Something that happened in a call, or to an agent: a fact of the call book
/// without what is personal in it. It reads what the call book has written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Event {
    /// The caller begins to wait, for the first time or again.
    Queued {
        queue: QueueId,
    },
    /// Overflowed into another queue.
    Moved {
        to: QueueId,
    },
    /// Brought to an agent.
    Bridged {
        agent: AgentId,
    },
    /// Told that nobody can serve him.
    TurnedAway,
    /// Waits for a callback from now on, or will as soon as he has hung up.
    CallbackPromised,
    CallbackEnded {
        why: PromiseEnd,
    },
    CallerLeft,
    /// Answered one of the questions that follow a talk.
    SurveyAnswered {
        answer: Satisfaction,
    },
    /// The agent has a call to wrap up, and is asked how it ended.
    WrapUpBegun {
        agent: AgentId,
    },
    /// How the call ended, as the agent has said.
    DispositionSaid {
        agent: AgentId,
        disposition: String,
    },
    AgentState {
        agent: AgentId,
        state: AgentState,
    },
    /// The switch began; whoever was on the line then is not any more.
    Started,
    /// A fact that makes no figure.
    #[serde(other)]
    Uncounted,
}
