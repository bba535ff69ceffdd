//! What the station's end hears and says.

use std::time::Duration;

use crate::{
    Agreement, Answer, CoSignedHead, Contradiction, Entry, Greeting, Hash, HeadAnswer, Incarnation,
    Offer, Publication, Publications,
};

/// A question to the exchange; an answer to an older one is not listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt(pub(crate) u64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StationEvent {
    /// The journal has a new entry.
    Recorded,
    /// Answers [`StationCommand::Hello`].
    Greeted(Attempt, Greeting),
    /// Answers [`StationCommand::Compare`].
    Compared(Agreement),
    /// Answers [`StationCommand::Read`]; `before` is the chain's hash before
    /// the first entry.
    Pending { before: Hash, entries: Vec<Entry> },
    /// Answers [`StationCommand::ReadSalvaged`]; `None` when there is nothing that
    /// the exchange has not confirmed.
    Salvaged(Option<Offer>),
    /// Answers [`StationCommand::Offer`].
    Answered(Attempt, Answer),
    /// Answers [`StationCommand::Listen`].
    Published(Attempt, Publications),
    /// Answers [`StationCommand::Sign`]; its signatures were found genuine.
    CoSigned(Attempt, HeadAnswer),
    /// No answer came of a question.
    Failed(Attempt),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StationCommand {
    /// Say where the journal stands.
    Hello {
        attempt: Attempt,
        received: u64,
        finding: Option<Contradiction>,
    },
    /// Compare the journal's chain at this number with the exchange's word.
    Compare {
        number: u64,
        hash: Hash,
    },
    /// Read entries after `after` from the journal, confirmed or not.
    Read {
        after: u64,
        limit: u32,
    },
    /// Read the oldest entries of an earlier, damaged journal of this station that
    /// the exchange has not confirmed.
    ReadSalvaged {
        limit: u32,
    },
    Offer {
        attempt: Attempt,
        offer: Offer,
    },
    /// Write down that the exchange holds an earlier journal up to here.
    AcknowledgeSalvaged(Incarnation, u64),
    /// The exchange takes nothing more of an earlier journal; a person has to look.
    SalvageRefused,
    /// Write down that the exchange holds everything up to here.
    Acknowledge(u64),
    /// Write down that the exchange has lost what it had confirmed beyond this.
    Withdraw(u64),
    Listen {
        attempt: Attempt,
        after: u64,
        wait: Duration,
    },
    /// Sign the journal's head at this number and have it co-signed.
    Sign {
        attempt: Attempt,
        number: u64,
    },
    /// Keep a co-signed head with the journal.
    Keep(Box<CoSignedHead>),
    /// Write down what happened at the exchange, then tell it on.
    Receive(Publication),
    /// Write down that publications up to here were for an earlier journal.
    Skip(u64),
    Connected,
    Away,
    /// Nothing is taken over from this station until a person has looked.
    Quarantined(Contradiction),
}
