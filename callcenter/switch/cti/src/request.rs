//! What an agent asks for: ECMA-269's services, as far as they fit.

use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::{QualityRequest, Visit};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "service", rename_all = "kebab-case")]
pub enum Request {
    /// Set Agent State (ECMA-269 §22.1).
    SetAgentState {
        state: RequestedState,
    },
    /// Music for the caller.
    HoldCall,
    RetrieveCall,
    /// Declines what rings, or hangs up.
    ClearConnection,
    /// Hands the caller on without asking there first.
    SingleStepTransferCall {
        to: Destination,
    },
    /// Speaks with somebody else while the caller hears music.
    ConsultationCall {
        to: Destination,
    },
    /// Ends the consultation; the caller is still on hold.
    ReconnectCall,
    /// The consulted party takes the caller over.
    TransferCall,
    /// The consulted party joins the talk.
    ConferenceCall,
    /// Nothing more of the talk is recorded until it is resumed.
    PauseRecording,
    ResumeRecording,
    /// How a call ended that is wrapped up. Said again it counts once; another one takes its
    /// place.
    SayDisposition {
        call: u64,
        disposition: String,
    },
    /// Calls a supervisor.
    AskForHelp,
    /// A supervisor takes part in an agent's talk.
    Monitor {
        agent: u32,
        mode: MonitorMode,
    },
    StopMonitoring,
    /// Helps at a kiosk's screen from now on: is offered no calls, and is called from
    /// that kiosk. Said again, also of another kiosk, it counts anew.
    TakeKiosk {
        visit: Visit,
    },
    /// Helps there no longer; a talk with the citizen ends.
    LeaveKiosk,
    /// About talks that are judged.
    Quality(QualityRequest),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "agent-state", rename_all = "kebab-case")]
pub enum RequestedState {
    Ready,
    /// Still busy with what the last call was about.
    WorkingAfterCall,
    /// A break.
    NotReady {
        reason: String,
    },
}

/// Where a call is to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Destination {
    /// Of the directory.
    Office {
        id: String,
    },
    Agent {
        id: u32,
    },
    Queue {
        id: String,
    },
    /// Typed by the agent.
    Number {
        number: Personal<String>,
    },
}

/// A supervisor's part in an agent's talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Monitoring {
    pub agent: u32,
    pub mode: MonitorMode,
}

/// How a supervisor takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonitorMode {
    /// Hears, and nobody hears him.
    Listen,
    /// The agent alone hears him.
    Whisper,
    /// Everybody hears him.
    Barge,
}
