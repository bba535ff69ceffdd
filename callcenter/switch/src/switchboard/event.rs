//! What the switchboard is told, and what a desk asks of it.

use distributor::{Action, AgentId, CallId, EntryId, Mode, QueueId};
use privacy::Personal;
use request::StationId;
use signalling::LegId;

/// A leg as the switchboard knows it. Those it has dialed it numbers itself; the
/// shell knows the lines' number of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leg {
    /// Somebody called.
    Incoming(LegId),
    /// We call.
    Dialed(u64),
}

/// Somebody calls.
#[derive(Clone, Debug)]
pub struct Call {
    pub leg: Leg,
    /// The number it was called from, as it was claimed.
    pub from: Personal<String>,
    /// The account whose password was proven.
    pub account: Option<String>,
    /// Whether the number proves itself: an account's password, or a trunk's word.
    pub known_number: bool,
    /// The number that was dialed.
    pub to: String,
    /// Whether it can have sound before it is answered: it brings an offer.
    pub early_sound: bool,
    /// The request a kiosk calls about.
    pub request: Option<String>,
    /// The station whose account the caller has proven, where it is a kiosk's.
    pub kiosk: Option<StationId>,
}

/// A citizen's visit at a kiosk's screen that an agent has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KioskVisit {
    pub kiosk: StationId,
    /// The exchange's name of the room; the kiosk calls it.
    pub room: String,
}

#[derive(Clone, Debug)]
pub enum Event {
    Called(Box<Call>),
    /// The caller's leg is up.
    Confirmed {
        leg: Leg,
    },
    /// A leg of ours was answered, and its sound is agreed.
    Answered {
        leg: Leg,
    },
    /// A leg of ours is over before it was answered.
    Refused {
        leg: Leg,
        status: u16,
    },
    /// A leg is over.
    Ended {
        leg: Leg,
        /// Nobody hung up: the other end vanished.
        lost: bool,
    },
    Digit {
        leg: Leg,
        digit: Personal<char>,
    },
    /// What was played once has been heard to its end.
    PlayedOut {
        leg: Leg,
    },
    /// A telephone's own hold key was pressed.
    Held {
        leg: Leg,
        held: bool,
    },
    /// A telephone's own transfer key was pressed.
    TransferAsked {
        leg: Leg,
        to: Personal<String>,
        replaces: Option<Leg>,
    },
    Registered {
        account: String,
    },
    Unregistered {
        account: String,
    },
    /// An agent's desk is there, for the first time or again.
    DeskCame {
        agent: AgentId,
    },
    /// It says nothing any more.
    DeskWent {
        agent: AgentId,
    },
    /// A queue's hours begin or end.
    Hours {
        queue: distributor::QueueId,
        open: bool,
    },
    Asked {
        agent: AgentId,
        wish: Wish,
    },
    /// What became of [`super::Command::WriteDisposition`].
    DispositionWritten {
        agent: AgentId,
        call: CallId,
        disposition: String,
        durable: bool,
    },
}

/// What an agent wants from a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    SignIn,
    SignOut,
    Ready,
    Break(String),
    WrapUpDone,
    ExtendWrapUp(std::time::Duration),
    /// The call that is wrapped up ended so.
    SayDisposition(CallId, String),
    Help,
    Act(Action),
    /// Hand the caller on without asking there first.
    Transfer(Recipient),
    Consult(Recipient),
    /// Decline what rings, or hang up.
    HangUp,
    /// A supervisor wants to take part in this agent's talk.
    Watch(AgentId, Mode),
    StopWatching,
    /// Helps at a kiosk's screen, and is offered no calls.
    TakeKiosk(KioskVisit),
    LeaveKiosk,
}

/// Whom a call is to be given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    Office(EntryId),
    Agent(AgentId),
    Queue(QueueId),
    /// Typed: one of the center's own, or one outside.
    Number(Personal<String>),
}
