//! What a conversation is told, and what it refuses.

use super::{LegId, Mode};
use crate::{AgentId, Departure, EntryId, QueueId};

/// Whom an agent asks for advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Agent(AgentId),
    Entry(EntryId),
}

/// Where an agent sends the caller without asking there first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    Queue(QueueId),
    Agent(AgentId),
    Entry(EntryId),
}

/// What must not be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sensitive {
    Card,
    ResidentNumber,
    /// What the agent does not want in it: paused with a key.
    AgentsWish,
}

/// What an agent does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Music for the caller.
    Hold,
    Retrieve,
    Mute,
    Unmute,
    /// Speak with somebody else while the caller hears music.
    Consult(Target),
    /// End the consultation; the caller is still on hold.
    EndConsultation,
    /// The consulted party takes the caller over and the agent leaves.
    CompleteTransfer,
    /// The consulted party joins the talk.
    Conference,
    /// Send the caller on without consultation.
    Transfer(Destination),
    /// Take a consulted or joined party out again.
    Remove(LegId),
    Record,
    StopRecording,
    PauseRecording(Sensitive),
    ResumeRecording(Sensitive),
    /// End the conversation for everybody.
    End,
}

/// Something that happened in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConversationEvent {
    Asked {
        by: LegId,
        action: Action,
    },
    DialAnswered {
        leg: LegId,
    },
    DialFailed {
        leg: LegId,
    },
    /// A leg ended that nobody here ended.
    Left {
        leg: LegId,
        how: Departure,
    },
    /// The distributor has the caller.
    HandedOver,
    HandOverRefused,
    /// A supervisor wants to take part.
    SupervisorCame {
        agent: AgentId,
        watching: LegId,
        mode: Mode,
    },
    SupervisorChanged {
        leg: LegId,
        mode: Mode,
    },
    SupervisorWent {
        leg: LegId,
    },
}

/// An action that cannot be carried out now. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    #[error("the conversation is over")]
    Over,
    #[error("no such leg")]
    NoSuchLeg,
    #[error("only an agent in the conversation may do this")]
    NotAnAgent,
    #[error("this cannot be done now")]
    NotNow,
    #[error("the conversation has as many parties as it takes")]
    Full,
}
