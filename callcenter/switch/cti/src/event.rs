//! What a desk is told: ECMA-269's events, as far as they fit.

use badge::SignedBadge;
use serde::{Deserialize, Serialize};

use crate::{
    CallInfo, Colleague, Directory, DispositionRefusal, Dispositions, MonitorMode, Monitoring,
    QualityEvent, RequestRefusal, Talk, WrapUp,
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// After signing in.
    Directory(Directory),
    /// After signing in, where agents are asked how calls ended.
    Dispositions(Dispositions),
    /// The agent has a call to wrap up; also when what was said of it is written down.
    WrapUp(WrapUp),
    DispositionRefused {
        call: u64,
        why: DispositionRefusal,
    },
    /// Of agents whose state has changed.
    Colleagues {
        changed: Vec<Colleague>,
    },
    /// The agent, as the distributor sees it.
    AgentState {
        state: AgentState,
    },
    /// Whether the agent's telephone can be called.
    Registered {
        registered: bool,
    },
    /// It rings.
    Delivered {
        call: Box<CallInfo>,
    },
    /// It rings no more and was not answered.
    NotAnswered,
    /// The agent is in this talk; also when something about it has changed.
    Talking {
        talk: Box<Talk>,
    },
    /// The talk is over for the agent.
    ConnectionCleared,
    /// Whether the agent's talk is recorded.
    Recording {
        state: RecordingState,
    },
    /// A supervisor takes part in the agent's talk, or no longer does.
    Monitored {
        mode: Option<MonitorMode>,
    },
    /// To a supervisor: in whose talk the supervisor takes part; none when it is over.
    Monitoring {
        of: Option<Monitoring>,
    },
    Reminder {
        of: Reminder,
    },
    /// To supervisors: this agent wants help.
    HelpWanted {
        agent: u32,
    },
    RequestRefused {
        why: RequestRefusal,
    },
    /// In the place of the badge before, which runs out.
    Badge {
        badge: SignedBadge,
    },
    /// To supervisors, every two seconds.
    Board {
        board: Box<figures::Board>,
    },
    /// About talks that are judged.
    Quality(QualityEvent),
}

/// What an agent is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "agent-state", rename_all = "kebab-case")]
pub enum AgentState {
    SignedOut,
    /// None for the reason when the distributor began it, after missed offers.
    NotReady {
        reason: Option<String>,
    },
    /// Ready, but cannot be reached: no telephone is registered, or no desk is there.
    Unreachable,
    Ready,
    /// It rings.
    Offered,
    Busy,
    WorkingAfterCall,
    /// For a moment after a missed offer.
    Resting,
    /// With a citizen at a kiosk's screen.
    AtKiosk,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordingState {
    #[default]
    Off,
    On,
    /// By an agent's key; a caller on hold pauses nothing that an agent sees.
    Paused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reminder {
    CallerHeld,
    RecordingPaused,
}
