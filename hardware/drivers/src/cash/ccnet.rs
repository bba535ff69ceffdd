//! A bill validator that speaks CCNET (CashCode NET interface, MAN_CCNET revision 2.3.1,
//! section 5), on a line of its own: 9,600 baud, eight data bits, no parity, one stop bit. That
//! paper was not to be had whole: what stands here was compared with programs that speak it.
//!
//! A note counts as money when the validator says that it is stacked, and as given back when
//! it says so; after a failure of power it says where a note lay. Where it says neither, the
//! driver says *unknown*. **It was never run on a physical device.**

mod bill_table;
pub mod frame;
mod line;
mod note;
mod state;
mod validator;

use devices::{DeviceState, cash::CashFault};

pub use validator::CcnetBillValidator;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillValidatorOrder {
    /// Take notes, one after another, each into the escrow.
    Open,
    /// Take no more; a note in the escrow waits on.
    Shut,
    /// Where the note in the escrow goes; without one there is nothing to do.
    Stack,
    Return,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillValidatorEvent {
    Escrowed {
        value_won: u32,
    },
    Stacked {
        value_won: u32,
    },
    Returned {
        value_won: u32,
    },
    /// A note was given back at once.
    Rejected,
    /// A note has gone where nothing told, this one if its value is known.
    Unknown {
        value_won: Option<u32>,
    },
    /// A note of which this driver was never told lay there when it began, or when the power
    /// came back.
    Found(Found),
    /// Answers `Shut`: the slot is shut, and what was in the escrow has been told.
    Shut,
    Status(BillValidatorStatus),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// In the stacker, where it stays.
    Stacked,
    /// Before the stacker; it was given back.
    GivenBack,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BillValidatorStatus {
    pub state: DeviceState,
    pub fault: Option<BillValidatorFault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BillValidatorFault {
    #[error("the note box is full")]
    BoxFull,
    #[error("the note box is taken out")]
    BoxOut,
    #[error("a note is jammed in the validator")]
    Jammed,
    #[error("a note is jammed before the note box")]
    BoxJammed,
    #[error("the validator found itself broken")]
    Broken,
    #[error("the validator does not answer")]
    Silent,
}

impl From<BillValidatorFault> for CashFault {
    fn from(fault: BillValidatorFault) -> Self {
        match fault {
            BillValidatorFault::BoxFull | BillValidatorFault::BoxOut => CashFault::NoteBox,
            BillValidatorFault::Jammed
            | BillValidatorFault::BoxJammed
            | BillValidatorFault::Broken => CashFault::NoteJam,
            BillValidatorFault::Silent => CashFault::Silent,
        }
    }
}
