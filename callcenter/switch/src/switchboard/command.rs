//! What the switchboard has done by the lines, the media plane and the call book.

use std::{collections::BTreeSet, time::Duration};

use distributor::{AgentId, AgentState, CallId, Language, Mode, PartyState, PauseReason, Reminder};
use privacy::Personal;

use super::{KioskVisit, Leg, Words};
use crate::{
    call_book::{Fact, WrittenPlace},
    wrap_up::DispositionRefusal,
};

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
    /// Let the caller hear what is played before the answer.
    EarlyMedia {
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
    /// Record the caller and whom he hears; again whenever that has changed.
    Record {
        call: CallId,
        caller: Leg,
        heard: BTreeSet<Leg>,
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
    /// It names a call it may not have, or one that is not up.
    TransferRefused {
        leg: Leg,
        status: u16,
    },
    /// Write this down.
    Note {
        call: CallId,
        fact: Fact,
    },
    /// Write down how a call ended, and say what became of that: the agent is told then.
    WriteDisposition {
        agent: AgentId,
        call: CallId,
        disposition: String,
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
    /// Whether the agent's telephone can be called.
    Registered(bool),
    /// A call rings at the agent's telephone.
    Ringing(Box<Ringing>),
    /// It rings no more and was not answered.
    RingingOver,
    /// The agent is in this talk, and this goes on in it.
    Talk(Box<Talk>),
    TalkOver,
    Recording(Tape),
    Monitored(Option<Mode>),
    /// To a supervisor: in which agent's talk he takes part, and how.
    Monitoring(Option<(AgentId, Mode)>),
    /// The agent has a call to wrap up, and is asked how it ended.
    WrapUp(Box<WrapUp>),
    /// What the agent has said of that does not count.
    DispositionRefused {
        call: CallId,
        why: DispositionRefusal,
    },
    Remind(Reminder),
    /// An agent of the center wants help.
    HelpWanted(AgentId),
    /// What was asked for cannot be done now.
    Refused(Refusal),
}

/// Whether a talk is recorded, as its agents see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tape {
    #[default]
    Off,
    On,
    /// By an agent's key.
    Paused,
}

/// Why a wish is not fulfilled. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotNow,
    UnknownDestination,
    SupervisorsOnly,
}

/// A talk, as one of its agents has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    pub call: Ringing,
    pub lasted: Duration,
    pub state: PartyState,
}

/// A call that is wrapped up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapUp {
    pub call: CallId,
    pub choices: Vec<String>,
    /// How the call ended, as it stands in the call book.
    pub said: Option<String>,
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
    /// An earlier talk of the caller's broke off.
    pub cut_off: bool,
    /// The caller speaks from this kiosk.
    pub visit: Option<KioskVisit>,
}
