//! What the desk orders of its telephone, and what the telephone says.

use std::time::Duration;

use badge::SignedBadge;
use cti::{
    Colleague, Destination, Directory, DispositionRefusal, Dispositions, MonitorMode, Monitoring,
    QualityEvent, QualityRequest, RecordingState, TalkState, Visit, WrapUp,
};
use figures::Board;
use privacy::Personal;
use request::RequestId;
use softphone::{OfferedDevices, Side, SoundSettings};

use crate::{disposition::Said, shift::Presence};

/// What the desk asks of the telephone. It is done when an event says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelephoneOrder {
    Present(Presence),
    /// Proves to the switch who works here.
    SignIn {
        agent: String,
        passphrase: Personal<String>,
    },
    Answer,
    Hold,
    Retrieve,
    Mute,
    Unmute,
    /// Nothing more is recorded until it is resumed.
    PauseRecording,
    ResumeRecording,
    /// Hands the caller on, without asking whoever comes next.
    Transfer {
        to: Destination,
    },
    /// Speaks with somebody while the caller hears music.
    Consult {
        to: Destination,
    },
    /// Ends the consultation; the caller is still on hold.
    Reconnect,
    /// Whoever is consulted takes the caller over.
    GiveOver,
    /// Whoever is consulted joins agent and caller.
    Conference,
    HangUp,
    /// How the call ended that is wrapped up.
    SayDisposition(Said),
    /// Calls a supervisor.
    AskForHelp,
    /// A supervisor takes part in an agent's talk.
    Monitor {
        agent: u32,
        mode: MonitorMode,
    },
    StopMonitoring,
    /// The agent helps at this kiosk's screen, and takes its call and no other.
    TakeKiosk {
        visit: Visit,
    },
    LeaveKiosk,
    /// Asks the switch about talks that are judged.
    Quality(QualityRequest),
    Sound(SoundOrder),
}

/// What is asked of the sound of the desk's own telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundOrder {
    /// Which devices are there?
    List,
    /// Takes these from now on, also in the call that is up.
    Choose(SoundSettings),
    /// Lets a tone be heard and tells how loud the microphone is, for ten seconds.
    BeginTest,
    EndTest,
}

/// What the sound of the desk's own telephone says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundNews {
    Offered(OfferedDevices),
    Levels(Levels),
    /// A device cannot be opened or has vanished.
    Gone(Side),
    Back(Side),
    TestEnded,
}

/// How loud it is, in dB below overload (-127: nothing).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    pub microphone: i16,
    pub loudspeaker: i16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelephoneEvent {
    /// It can be called.
    Registered,
    /// It cannot be called now; a call that is up may go on.
    Unregistered,
    Ringing(Ringing),
    Answered,
    /// Who is with whom in the call that is up.
    Talk(TalkState),
    Muted,
    Unmuted,
    /// The call is over, whoever ended it, or was given to somebody else.
    Ended,
    /// The switch knows who works here.
    SignedIn {
        /// The agent's number in the center.
        agent: u32,
        supervisor: bool,
        /// Shown to the exchange, which knows the switch.
        badge: SignedBadge,
    },
    /// In the place of the badge before.
    Badge(SignedBadge),
    SignInRefused(SignInFault),
    /// The switch cannot be reached; a call that is up may go on.
    Away,
    /// The switch offers the agent nothing more, after calls that were missed.
    SentOnBreak,
    /// The switch did not do what was asked.
    NotDone(NotDone),
    /// What agents choose from in their wrap-ups; after signing in.
    Dispositions(Dispositions),
    /// A call is to be wrapped up, or what was said of it is written down.
    WrapUp(WrapUp),
    DispositionRefused {
        call: u64,
        why: DispositionRefusal,
    },
    /// Whom a call can be given to; it comes in parts after signing in.
    Directory(Directory),
    /// These do something else than before.
    Colleagues(Vec<Colleague>),
    /// Whether the call is recorded.
    Recording(RecordingState),
    /// A supervisor takes part in the call, or no longer does.
    Monitored(Option<MonitorMode>),
    /// In whose call this supervisor takes part.
    Monitoring(Option<Monitoring>),
    /// To supervisors: this agent wants help.
    HelpWanted {
        agent: u32,
    },
    /// To supervisors: how the center stands.
    Board(Box<Board>),
    /// About talks that are judged.
    Quality(Box<QualityEvent>),
    Sound(SoundNews),
}

/// Why the switch does not let an agent in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInFault {
    WrongPassphrase,
    /// For so many seconds.
    LockedOut(u64),
    /// At this station.
    Elsewhere(String),
    Unknown,
    /// The switch has forgotten who worked here.
    Over,
    Busy,
}

/// Why something asked for does not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDone {
    NotNow,
    /// Nobody is called that.
    UnknownDestination,
    SupervisorsOnly,
    /// It is done at the telephone itself.
    AtTheTelephone,
}

/// A call that is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ringing {
    /// The queue's name, as agents know it.
    pub queue: String,
    /// What the caller speaks, a BCP 47 tag; empty where it is not known.
    pub language: String,
    /// How long the caller has waited already.
    pub waited: Duration,
    /// The caller's number, where it is shown.
    pub caller: Option<Personal<String>>,
    /// Requests the call is about, as a kiosk or an earlier call named them.
    pub requests: Vec<RequestId>,
    /// Answering calls the caller back.
    pub callback: bool,
    /// An earlier talk of the caller's broke off.
    pub cut_off: bool,
    /// The citizen at whose kiosk the agent helps.
    pub visit: Option<Visit>,
}
