//! Everything the window shows at one moment.

mod board;

use privacy::Personal;

use crate::{
    Language,
    attention::{AttentionFault, Deciding, Doubt, Quarantined, Wedged},
    checks::ChecksView,
    directory::EntryKind,
    disposition::DispositionView,
    helping::HelpingView,
    knowledge::KnowledgeView,
    petitions::PetitionsView,
    postings::PostingsView,
    preparation::{Caller, Disclosure, PreparationView},
    reviews::ReviewsView,
    sending::SendingView,
    shift::{BreakReason, ShiftState},
    sound::{SoundTrouble, SoundView},
    telephone::{AgentState, CallState, Levels, MonitorMode, RecordingState, SignInFault},
    worklist::{QUESTIONS, RowState},
};

pub use board::{AgentView, BoardRowView, BoardView, ForecastView, QueueView, SlotView};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub language: Language,
    pub large_text: bool,
    pub high_contrast: bool,
    pub office: String,
    pub agent: Option<String>,
    /// Has the wallboard.
    pub supervisor: bool,
    /// Decides what is published on the bulletin board.
    pub moderator: bool,
    /// Two-person checks that wait for this agent.
    pub checks_waiting: usize,
    /// Something was found of a talk of this agent's that was not looked at.
    pub reviews_new: bool,
    pub shift: ShiftState,
    /// How long the present state has lasted, such as `4:05`.
    pub shift_for: String,
    /// A wrap-up that ends by itself, and in how many seconds.
    pub wrap_up_left: Option<u64>,
    pub next_break: Option<BreakReason>,
    /// How the call ended that is wrapped up: empty until it is said, none where nobody
    /// asks.
    pub disposition: Option<String>,
    pub line: LineView,
    pub telephone: TelephoneView,
    pub pane: PaneView,
    pub notice: Option<Notice>,
    /// How sure the agent is of the caller whose form or code is before them.
    pub caller: Option<Caller>,
    /// What may be said to that caller, as [`Disclosure::ALL`] lists it.
    pub may_be_said: [bool; Disclosure::ALL.len()],
}

/// The way to the exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    pub linked: bool,
    pub quarantined: bool,
    /// When the exchange was last heard of; empty when it never was.
    pub last_contact: String,
    /// Entries it has not confirmed, and since when.
    pub waiting: u64,
    pub waiting_since: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TelephoneView {
    pub state: CallState,
    /// The citizen's at whose kiosk the agent helps: nobody else is given it.
    pub from_kiosk: bool,
    pub queue: String,
    /// How long the caller has waited, ringing included.
    pub waited: String,
    pub talking_for: String,
    pub caller: Option<Personal<String>>,
    /// What the caller speaks, by its name; empty where it is not known.
    pub speaks: String,
    /// Answering calls the caller back.
    pub callback: bool,
    /// An earlier talk of the caller's broke off.
    pub cut_off: bool,
    /// A supervisor takes part.
    pub monitored: Option<MonitorMode>,
    pub recording: RecordingState,
    /// In whose talk this supervisor takes part.
    pub monitoring: Option<(String, MonitorMode)>,
    /// Requests the call is about.
    pub concerns: Vec<Concern>,
    /// The desk is a telephone itself.
    pub own: bool,
    /// While somebody hears the agent, with a telephone of the desk's own.
    pub levels: Option<Levels>,
    pub sound_trouble: SoundTrouble,
}

/// A request of the caller's, as it pops up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    pub title: String,
    pub asked: String,
    pub state: RowState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaneView {
    SignIn {
        refused: bool,
        /// A switch wants to know a passphrase.
        passphrase: bool,
        /// The switch is looking at it.
        checking: bool,
        fault: Option<SignInFault>,
    },
    /// Nothing can be written down: nothing is prepared.
    Broken,
    Preparation(Box<PreparationView>),
    Worklist(WorklistView),
    Attention(AttentionView),
    Directory(DirectoryView),
    Board(Box<BoardView>),
    Helping(Box<HelpingView>),
    Petitions(Box<PetitionsView>),
    Knowledge(Box<KnowledgeView>),
    Postings(Box<PostingsView>),
    Sending(Box<SendingView>),
    Checks(Box<ChecksView>),
    Reviews(Box<ReviewsView>),
    Disposition(DispositionView),
    Sound(SoundView),
}

/// Whom the call can be given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryView {
    /// As many as have a key.
    pub entries: Vec<EntryView>,
    pub selected: usize,
    /// So many more would fit.
    pub more: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
    pub kind: EntryKind,
    pub name: Personal<String>,
    /// Of a colleague.
    pub state: Option<AgentState>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorklistView {
    pub rows: Vec<RowView>,
    pub selected: usize,
    pub doing: DoingView,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    pub title: String,
    pub asked: String,
    /// Masked; empty for a service anybody may ask for, or once it is erased.
    pub name: Personal<String>,
    pub copies: String,
    pub state: RowState,
    /// The exchange has all of it.
    pub sent: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoingView {
    Nothing,
    Checking {
        service: String,
        day: String,
        copies: String,
        knew: [bool; QUESTIONS],
        refused: bool,
    },
    Reading {
        groups: Vec<Personal<String>>,
        spoken: Vec<Personal<String>>,
        group: usize,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttentionView {
    /// No agent's certificate lies at this desk.
    pub no_agent: bool,
    pub known: bool,
    pub quarantined: Vec<(Quarantined, String)>,
    pub wedged: Vec<(Wedged, String)>,
    pub doubts: Vec<DoubtView>,
    pub selected: usize,
    pub fault: Option<AttentionFault>,
    pub deciding: Option<Deciding>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtView {
    pub doubt: Doubt,
    pub since: String,
    /// The sheet's number or the amount.
    pub what: String,
}

/// Said once, until the next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A call or a form has to be finished first.
    Unfinished,
    /// Nobody was named to give the call to.
    TransferWhere,
    /// The disk is full: nothing new can be begun.
    NoRoom,
    /// The switch cannot be reached: no calls come until it is back.
    SwitchAway,
    /// The switch no longer knows who works here.
    SignInAgain,
    /// The switch cannot do this now.
    NotNow,
    /// Nobody is called what was typed.
    UnknownDestination,
    /// Answering and muting are done at the telephone.
    AtTheTelephone,
    /// There is no call for it.
    NoCall,
    /// Nobody was asked who could join or take over.
    AskFirst,
    /// Who is asked has not answered yet.
    NotAnswered,
    /// A consultation is not finished.
    Consulting,
    /// Another agent leads the call.
    NotLeading,
    /// There is nothing to pause.
    NotRecorded,
    /// A supervisor was called.
    HelpAsked,
    /// An agent wants a supervisor.
    HelpWanted,
    /// Only a supervisor may do this.
    SupervisorsOnly,
    /// No agent is chosen on the wallboard.
    ChooseAgent,
    AgentNotTalking,
    /// The supervisor takes part in no talk.
    NotMonitoring,
    /// What is typed of a talk is neither saved nor discarded.
    UnsavedReview,
}
