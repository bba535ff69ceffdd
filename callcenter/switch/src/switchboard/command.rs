//! What the switchboard has done by the lines, the media plane and the call book.

use std::{collections::BTreeSet, time::Duration};

use distributor::{AgentId, AgentState, CallId, Language, Mode, PauseReason, Reminder};
use privacy::Personal;

use super::{Leg, Words};
use crate::call_book::{Fact, WrittenPlace};

/// Whom to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callee {
    /// The telephone of an account of ours.
    Account(String),
    /// A number behind the trunk.
    Number(Personal<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Ring {
        leg: Leg,
    },
    /// Answer, with sound.
    Accept {
        leg: Leg,
    },
    Refuse {
        leg: Leg,
        status: u16,
    },
    Dial {
        leg: Leg,
        callee: Callee,
        /// The number that is shown.
        from: Personal<String>,
        call: CallId,
        request: Option<String>,
    },
    /// Take back, refuse or hang up, whatever the leg is doing.
    End {
        leg: Leg,
    },
    /// In place of whom it heard before.
    Hear {
        leg: Leg,
        sources: BTreeSet<Leg>,
    },
    /// Say this once, one after the other, in place of what was played.
    Say {
        leg: Leg,
        words: Vec<Words>,
        language: Language,
    },
    Music {
        leg: Leg,
    },
    Hush {
        leg: Leg,
    },
    Record {
        call: CallId,
        caller: Leg,
        agents: BTreeSet<Leg>,
    },
    PauseRecording {
        call: CallId,
        reason: PauseReason,
    },
    ResumeRecording {
        call: CallId,
    },
    FinishRecording {
        call: CallId,
    },
    /// The transfer a telephone has asked for was made, or could not be.
    TransferMade {
        leg: Leg,
        made: bool,
    },
    /// Write this down.
    Note {
        call: CallId,
        fact: Fact,
    },
    Keep(Box<WrittenPlace>),
    Forget(CallId),
    /// Show this at an agent's desk.
    Show {
        agent: AgentId,
        shown: Shown,
    },
}

/// What an agent's desk shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    State(AgentState),
    /// A call rings at the agent's telephone.
    Ringing(Box<Ringing>),
    /// It rings no more, or was answered.
    RingingOver,
    Talking {
        call: CallId,
    },
    TalkOver,
    Monitored(Option<Mode>),
    Remind(Reminder),
    /// An agent of the center wants help.
    HelpWanted(AgentId),
    /// What was asked for cannot be done now.
    Refused(&'static str),
}

/// What is known of a call before the first word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ringing {
    pub call: CallId,
    pub queue: String,
    pub language: Language,
    pub waited: Duration,
    pub from: Personal<String>,
    pub request: Option<String>,
    pub callback: bool,
}
