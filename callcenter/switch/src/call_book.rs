//! What is written down of a call: who waited how long for what, and why this
//! agent had it. It names agents and queues; of the caller it keeps the number
//! alone, sealed with everything else in the journal.

mod keeper;
mod reading;

use distributor::{AgentId, AgentState, CallId, Miss, QueueId, Reason};
use figures::{PromiseEnd, Review, Satisfaction, Share};
use privacy::Personal;
use serde::Serialize;

pub use keeper::{CallBook, WrittenPlace};
pub use reading::{Counted, facts_since, talks_since};

use crate::quality::{Happening, WrittenAnswer};

/// What happens to an agent or to the switch stands under it; calls are numbered
/// from 1.
pub const NO_CALL: CallId = CallId(0);

/// Something that happened in a call, or to an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Fact {
    Arrived {
        from: Personal<String>,
        dialed: String,
        request: Option<String>,
    },
    Queued {
        queue: QueueId,
    },
    Moved {
        to: QueueId,
    },
    Offered {
        agents: Vec<AgentId>,
        /// Why these: enough to answer why a call waited so long.
        reason: Box<Reason>,
    },
    Missed {
        agent: AgentId,
        how: Miss,
    },
    Bridged {
        agent: AgentId,
    },
    /// The caller is the citizen at a kiosk, and speaks with the agent who helps at its
    /// screen.
    JoinedAtKiosk {
        agent: AgentId,
    },
    /// He has a promise from now on; his call goes on until it is kept or ended.
    CallbackPromised,
    CallbackEnded {
        why: PromiseEnd,
    },
    /// An agent has given him over to whom he had asked before.
    Transferred {
        by: AgentId,
    },
    /// An agent has paused the recording with a key, or goes on with it.
    RecordingPaused {
        by: AgentId,
    },
    RecordingResumed {
        by: AgentId,
    },
    CallerLeft {
        lost: bool,
    },
    AgentLeft {
        agent: AgentId,
        lost: bool,
    },
    /// The caller was told that nobody can serve him.
    TurnedAway,
    /// He stayed on the line after the talk, and is asked how it was.
    SurveyBegun,
    SurveyAnswered {
        /// One of the center's.
        question: String,
        answer: Satisfaction,
    },
    /// A recording is whole on the disk.
    Recorded {
        /// SHA-256 of its file, in hexadecimal: here nobody can alter it unseen.
        digest: String,
        duration_ms: u64,
        /// What could not be written in time and is silence in it.
        missing_ms: u64,
    },
    /// Its time was over.
    RecordingErased,
    /// A supervisor has judged an agent's talk. Stands under the time of the talk and not
    /// of the review, so that it goes with it.
    Reviewed {
        review: Box<Review>,
        /// By the form of then.
        score: Share,
    },
    /// As the review, under the time of the talk.
    ReviewAnswered(WrittenAnswer),
    /// The agent wraps the call up, and is asked how it ended.
    WrapUpBegun {
        agent: AgentId,
    },
    /// The last of an agent counts.
    DispositionSaid {
        agent: AgentId,
        /// One of the center's codes.
        disposition: String,
    },
    /// The wrap-up was over before the agent had said it.
    DispositionUnsaid {
        agent: AgentId,
    },
    AgentState {
        agent: AgentId,
        state: AgentState,
    },
    /// Whoever was on the line before is not any more.
    Started,
}

impl Fact {
    /// What figures are made of; the same that is read from what was written.
    pub(crate) fn counted(&self) -> figures::Event {
        use figures::Event;
        match self {
            Self::Queued { queue } => Event::Queued {
                queue: queue.clone(),
            },
            Self::Moved { to } => Event::Moved { to: to.clone() },
            Self::Bridged { agent } => Event::Bridged { agent: *agent },
            Self::TurnedAway => Event::TurnedAway,
            Self::CallbackPromised => Event::CallbackPromised,
            Self::CallbackEnded { why } => Event::CallbackEnded { why: *why },
            Self::CallerLeft { .. } => Event::CallerLeft,
            Self::SurveyAnswered { answer, .. } => Event::SurveyAnswered {
                answer: answer.clone(),
            },
            Self::WrapUpBegun { agent } => Event::WrapUpBegun { agent: *agent },
            Self::DispositionSaid { agent, disposition } => Event::DispositionSaid {
                agent: *agent,
                disposition: disposition.clone(),
            },
            Self::AgentState { agent, state } => Event::AgentState {
                agent: *agent,
                state: state.clone(),
            },
            Self::Started => Event::Started,
            Self::Arrived { .. }
            | Self::Offered { .. }
            | Self::Missed { .. }
            | Self::AgentLeft { .. }
            | Self::JoinedAtKiosk { .. }
            | Self::Transferred { .. }
            | Self::RecordingPaused { .. }
            | Self::RecordingResumed { .. }
            | Self::SurveyBegun
            | Self::Recorded { .. }
            | Self::RecordingErased
            | Self::Reviewed { .. }
            | Self::ReviewAnswered(_)
            | Self::DispositionUnsaid { .. } => Event::Uncounted,
        }
    }

    /// What matters to a talk that is judged; the same that is read from what was
    /// written.
    pub(crate) fn of_talk(&self) -> Happening {
        match self {
            Self::Queued { queue } => Happening::Queued {
                queue: queue.clone(),
            },
            Self::Moved { to } => Happening::Moved { to: to.clone() },
            Self::Bridged { agent } => Happening::Bridged { agent: *agent },
            Self::JoinedAtKiosk { agent } => Happening::JoinedAtKiosk { agent: *agent },
            Self::Transferred { by } => Happening::Transferred { by: *by },
            Self::CallerLeft { lost } => Happening::CallerLeft { lost: *lost },
            Self::AgentLeft { agent, lost } => Happening::AgentLeft {
                agent: *agent,
                lost: *lost,
            },
            Self::DispositionSaid { agent, disposition } => Happening::DispositionSaid {
                agent: *agent,
                disposition: disposition.clone(),
            },
            Self::DispositionUnsaid { agent } => Happening::DispositionUnsaid { agent: *agent },
            Self::Recorded { .. } => Happening::Recorded,
            Self::RecordingErased => Happening::RecordingErased,
            Self::Started => Happening::Started,
            Self::Reviewed { review, score } => Happening::Reviewed {
                review: (**review).clone(),
                score: *score,
            },
            Self::ReviewAnswered(answer) => Happening::ReviewAnswered(answer.clone()),
            Self::Arrived { .. }
            | Self::Offered { .. }
            | Self::Missed { .. }
            | Self::CallbackPromised
            | Self::CallbackEnded { .. }
            | Self::TurnedAway
            | Self::SurveyBegun
            | Self::SurveyAnswered { .. }
            | Self::RecordingPaused { .. }
            | Self::RecordingResumed { .. }
            | Self::WrapUpBegun { .. }
            | Self::AgentState { .. } => Happening::Else,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn how_calls_ended_is_written_like_this_and_read_as_it_was() {
        let agent = AgentId(3);
        let disposition = "answered".to_owned();
        let facts = [
            (
                Fact::WrapUpBegun { agent },
                r#"{"type":"wrap-up-begun","agent":3}"#,
            ),
            (
                Fact::DispositionSaid { agent, disposition },
                r#"{"type":"disposition-said","agent":3,"disposition":"answered"}"#,
            ),
            (
                Fact::DispositionUnsaid { agent },
                r#"{"type":"disposition-unsaid","agent":3}"#,
            ),
        ];
        for (fact, text) in facts {
            assert_eq!(serde_json::to_string(&fact).unwrap(), text);
            let counted: figures::Event = serde_json::from_str(text).unwrap();
            assert_eq!(counted, fact.counted());
            let of_talk: Happening = serde_json::from_str(text).unwrap();
            assert_eq!(of_talk, fact.of_talk());
        }
    }
}
