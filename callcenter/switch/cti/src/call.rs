//! A call, as an agent sees it.

use privacy::Personal;
use serde::{Deserialize, Serialize};

/// What is known of a call before the first word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallInfo {
    pub call: u64,
    pub queue: String,
    /// A BCP 47 tag.
    pub language: String,
    /// Before it was offered.
    pub waited_seconds: u64,
    /// None where it is not shown.
    pub caller: Option<Personal<String>>,
    /// Requests the call is about.
    pub requests: Vec<String>,
    /// Answering calls the caller back.
    pub callback: bool,
    /// An earlier talk of the caller's broke off.
    pub cut_off: bool,
    /// The citizen speaks from this kiosk, at whose screen the agent helps.
    pub visit: Option<Visit>,
}

/// A citizen's visit at a kiosk, as the agent who helps has taken it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The station.
    pub kiosk: String,
    /// The exchange's name of the room.
    pub room: String,
}

/// A talk the agent is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Talk {
    pub call: CallInfo,
    /// So far.
    pub talking_seconds: u64,
    pub state: TalkState,
}

/// What goes on in a talk, as one of its agents has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "connection", rename_all = "kebab-case")]
pub enum TalkState {
    /// With the caller.
    Established,
    /// With the caller and somebody else.
    Conferenced,
    /// The caller hears music.
    Held,
    /// The agent consults somebody, who has answered or has not yet.
    Consulting { answered: bool },
    /// The agent is consulted and does not hear the caller.
    Consulted,
    /// Others consult; the agent is with the caller.
    Waiting,
    /// The caller is being handed on.
    Transferring,
}
