//! What is written down of a call: who waited how long for what, and why this
//! agent had it. It names agents and queues; of the caller it keeps the number
//! alone, sealed with everything else in the journal.

mod keeper;

use distributor::{AgentId, Miss, QueueId, Reason};
use privacy::Personal;
use serde::Serialize;

pub use keeper::{CallBook, WrittenPlace};

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
    CallbackPromised,
    CallerLeft {
        lost: bool,
    },
    AgentLeft {
        agent: AgentId,
        lost: bool,
    },
    /// The caller was told that nobody can serve him.
    TurnedAway,
}
