//! What the pane of petitions hears, and what it wants done.

use journal::WrittenReply;
use privacy::Personal;
use request::{Decision, Enclosure, JoinGround, OfficeId, RequestId};

use super::{Act, Letter, OfficeFound, Page};

/// Why the exchange does not tell, or did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PetitionsFault {
    Unreachable,
    /// Whoever works here may not.
    Forbidden,
    /// The exchange wants the switch's word on who works here.
    Unproven,
    /// It is over.
    Gone,
    /// Another agent has taken it.
    Taken,
    /// It has been answered.
    Answered,
    /// The exchange takes no such answer, or reason.
    Malformed,
    /// That office has it.
    SameOffice,
    /// It was extended before.
    Extended,
    /// Its service allows no extension.
    NoExtension,
    Joined,
    NotJoined,
    /// The other one is joined itself, or this one leads others.
    NoLead,
    /// What came is not the file that was laid there.
    Altered,
    /// The desk's disk does not take it.
    NotSaved,
}

/// What the agent is told until the next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PetitionsNotice {
    Fault(PetitionsFault),
    /// Another agent has it; asked again, it is taken over.
    TakeOver,
    /// The answer is empty.
    NoWords,
    /// The answer or the reason is longer than the exchange takes.
    TooLong,
    /// It is not said to which office.
    NoOffice,
    NoReason,
    /// It is not said what was decided of a request for information.
    NoDecision,
    /// Nor on which ground some of it is withheld.
    NoGround,
    /// Of what there is to be handled together with, or to be saved.
    NothingChosen,
    /// There is none.
    NothingToChoose,
    /// It cannot be done with this petition now.
    NotNow,
    /// The journal takes nothing: no answer goes from here.
    NotWritten,
    Done(Act),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PetitionsTouch {
    Up,
    Down,
    Select(usize),
    /// The n-th of what is offered: a row, an act, an office.
    Pick(usize),
    NextPage,
    PreviousPage,
    /// Opens who is chosen; in a letter, takes it; in a form, does it.
    Next,
    /// Out of a form, or back to the list; what is typed stays.
    Back,
    Type(Personal<String>),
    /// Which office is looked for.
    Seek(Personal<String>),
    /// Why something is done.
    Reason(Personal<String>),
    Send,
    /// Takes back an answer that has not gone.
    TakeBack,
    CheckNow,
}

#[derive(Clone, Debug)]
pub enum PetitionsEvent {
    Touched(PetitionsTouch),
    /// The pane comes up, or goes.
    Shown(bool),
    /// Who works here now.
    Works(Option<String>),
    /// The exchange answers again.
    Connected,
    /// What the journal holds of earlier days.
    Journaled(Vec<WrittenReply>),
    /// An answer is durable.
    Written(WrittenReply),
    /// None can be written down any more.
    JournalBroken,
    /// The page that was asked for by where it begins.
    Told(Option<String>, Result<Page, PetitionsFault>),
    Opened(RequestId, Result<Box<Letter>, PetitionsFault>),
    /// With the name the exchange knows the agent by.
    Taken(RequestId, Result<String, PetitionsFault>),
    Sent(RequestId, Result<(), PetitionsFault>),
    /// Offices that answer to what was sought.
    Found(Personal<String>, Result<Vec<OfficeFound>, PetitionsFault>),
    Done(RequestId, Act, Result<(), PetitionsFault>),
    /// A file by its digest, and where it lies now.
    Saved(String, Result<Personal<String>, PetitionsFault>),
}

/// What offices do with petitions besides answering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    HandOver {
        office: OfficeId,
        reason: Personal<String>,
    },
    Extend {
        reason: Personal<String>,
    },
    Join {
        leading: RequestId,
        ground: JoinGround,
    },
    Separate,
}

impl Deed {
    pub fn act(&self) -> Act {
        match self {
            Self::HandOver { .. } => Act::HandOver,
            Self::Extend { .. } => Act::Extend,
            Self::Join { .. } => Act::Join,
            Self::Separate => Act::Separate,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PetitionsCommand {
    /// Ask which wait, from a page's begin on.
    Ask(Option<String>),
    Open(RequestId),
    Take {
        request: RequestId,
        /// By this agent, though another has it.
        over: Option<String>,
    },
    /// Write an answer down, and say so.
    WriteDown {
        request: RequestId,
        agent: String,
        text: Personal<String>,
        decision: Option<Decision>,
    },
    Send {
        request: RequestId,
        text: Personal<String>,
        decision: Option<Decision>,
    },
    /// The answer need not be known any more.
    Erase(RequestId),
    /// Look for offices.
    Find(Personal<String>),
    Do {
        request: RequestId,
        deed: Deed,
    },
    /// Fetch a file and lay it where the agent finds it.
    Save {
        request: RequestId,
        enclosure: Enclosure,
    },
    /// Nothing that was saved may be found any more.
    ForgetFiles,
}
