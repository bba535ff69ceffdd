//! The payment-terminal class: takes money from a payment card, and gives it back.
//!
//! Card numbers stay in the terminal: what comes out of it names a card by its last
//! four digits.

use privacy::Personal;

use crate::DeviceState;

/// Names one transaction for as long as anybody asks about it. Terminals do not know
/// it: which transaction it is they prove by their own counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransactionKey(String);

impl TransactionKey {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentTerminalOrder {
    /// Asks for a card and takes the amount from it. Sent once, whatever happens.
    Authorise {
        key: TransactionKey,
        amount_won: u32,
    },
    /// Nobody wants to pay any more. What became of the transaction is told as ever.
    Abort { key: TransactionKey },
    /// Gives the money of an approval back. Sent once, whatever happens.
    Reverse {
        key: TransactionKey,
        receipt: u32,
        /// What was approved; terminals reverse all of it or nothing.
        approved_won: u32,
        amount_won: u32,
    },
    /// After a restart: what became of it? Nothing moves money.
    Resolve {
        key: TransactionKey,
        deed: Deed,
        amount_won: u32,
        /// What the terminal had counted before it was ordered, if that is known.
        before: Option<u32>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Authorisation,
    Reversal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentTerminalEvent {
    /// What the person with the card is to do now.
    Progress {
        key: TransactionKey,
        progress: Progress,
    },
    Approved {
        key: TransactionKey,
        approval: Approval,
    },
    /// The terminal says that nothing was charged, and why.
    Declined {
        key: TransactionKey,
        reason: DeclineReason,
    },
    /// Proven: nothing was charged, because the terminal was not or could not be asked.
    NotDone {
        key: TransactionKey,
        fault: TerminalFault,
    },
    /// It may have been charged, or given back.
    Unknown {
        key: TransactionKey,
        fault: TerminalFault,
    },
    Reversed {
        key: TransactionKey,
    },
    /// Proven: the money was not given back.
    NotReversed {
        key: TransactionKey,
        reason: NotReversedReason,
    },
    Status(PaymentTerminalStatus),
    /// The number of the terminal's newest transaction, 0 where it has none; told
    /// while nothing is under way.
    Counted {
        trace: u32,
    },
}

/// What the terminal's own display asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    InsertCard,
    /// A PIN, a signature, a choice: whatever the terminal shows.
    FollowTerminal,
    /// The card issuer is asked.
    Processing,
    RemoveCard,
    /// The card was not read, or the PIN was wrong: once more.
    TryAgain,
}

/// The proof of a payment, as slips and disputes name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    pub amount_won: u32,
    /// Its number in the terminal's own counter.
    pub trace: u32,
    /// By which it is reversed.
    pub receipt: u32,
    pub terminal: String,
    /// What the card issuer approved it under.
    pub number: String,
    pub card: Option<MaskedCard>,
}

/// A card by its last four digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedCard(Personal<String>);

impl MaskedCard {
    /// From the last four digits, and nothing else.
    pub fn of(last_four: &str) -> Option<Self> {
        let plain = last_four.len() == 4 && last_four.bytes().all(|it| it.is_ascii_digit());
        plain.then(|| Self(Personal::new(format!("****-****-****-{last_four}"))))
    }

    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

/// Why no money was taken from the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclineReason {
    /// By the person, or because nobody put a card in.
    Cancelled,
    Unreadable,
    Expired,
    /// A kind of card that is not taken here.
    NotAccepted,
    Blocked,
    NotEnough,
    WrongPin,
    /// The card's issuer says no and not why.
    Refused,
    /// The issuer cannot be asked.
    IssuerAway,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReversedReason {
    /// Terminals reverse all of a payment or nothing.
    PartNotPossible,
    /// It says no: the payment is settled, or was reversed before.
    Refused,
    NotReached,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentTerminalStatus {
    pub state: DeviceState,
    pub fault: Option<TerminalFault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TerminalFault {
    #[error("the payment terminal cannot be reached")]
    Offline,
    #[error("the payment terminal does not answer")]
    Silent,
    #[error("the payment terminal does not accept this kiosk")]
    NotRegistered,
    #[error("the payment terminal says what makes no sense")]
    Nonsense,
    #[error("the payment terminal tells of another payment than was ordered")]
    Mismatch,
    #[error("the payment terminal is busy")]
    Busy,
    #[error("the payment terminal reports a fault of its own ({0})")]
    Other(u8),
}

impl TerminalFault {
    /// The code a technician finds in the manual and the citizen's screen shows small.
    pub fn code(self) -> String {
        match self {
            TerminalFault::Offline => "PAY-01".to_owned(),
            TerminalFault::Silent => "PAY-02".to_owned(),
            TerminalFault::NotRegistered => "PAY-03".to_owned(),
            TerminalFault::Nonsense => "PAY-04".to_owned(),
            TerminalFault::Mismatch => "PAY-05".to_owned(),
            TerminalFault::Busy => "PAY-06".to_owned(),
            TerminalFault::Other(raw) => format!("PAY-9{raw:03}"),
        }
    }
}
