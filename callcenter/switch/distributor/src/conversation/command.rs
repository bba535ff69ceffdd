//! What a conversation tells media and signalling to do.

use super::{LegId, Matrix, Mode, PauseReason, Target};
use crate::{AgentId, Transfer};

/// What an agent is reminded of, every minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// The caller hears music still.
    CallerHeld,
    /// The recording is paused still.
    RecordingPaused,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConversationCommand {
    /// Call this party. Another agent is invited through the distributor. It
    /// ends in one `DialAnswered` or `DialFailed`.
    Dial {
        leg: LegId,
        target: Target,
    },
    /// Call a supervisor's telephone.
    DialSupervisor {
        leg: LegId,
        agent: AgentId,
    },
    /// End or stop dialing this leg.
    EndLeg {
        leg: LegId,
    },
    /// Who hears whom from now on.
    Mix(Matrix),
    PlayMusic {
        leg: LegId,
    },
    StopMusic {
        leg: LegId,
    },
    StartRecording,
    /// Also: the reason of the pause is another one now.
    PauseRecording(PauseReason),
    ResumeRecording,
    StopRecording,
    /// Show the agent that a supervisor takes part, or no longer does.
    Monitored {
        leg: LegId,
        mode: Option<Mode>,
    },
    /// Ask the distributor to take the caller (`Event::Transferred`); the
    /// answer is `HandedOver` or `HandOverRefused`.
    HandOver(Transfer),
    /// No agent is left, and the caller talks on with an office outside: the
    /// distributor is told `Event::SentOut`.
    SentOut,
    /// Nobody is left for the caller, and it is not he who ended it: he waits
    /// again. To the distributor, the agent's leg was lost; after `SentOut` he
    /// calls anew, cut off.
    ReturnCaller,
    Remind {
        leg: LegId,
        of: Reminder,
    },
    /// All legs but that of a caller who was handed over or returned are ended.
    Over,
}
