//! The cash class: coins, notes with an escrow, and hoppers for change.

use crate::DeviceState;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CashOrder {
    /// Take coins and notes until this much is in.
    Collect {
        amount_won: u32,
    },
    /// Take no more.
    Stop,
    StackNote,
    ReturnNote,
    /// Pay out of the hoppers.
    Pay {
        amount_won: u32,
    },
    /// The hopper at this address holds so many coins now: it was filled by hand.
    Fill {
        address: u8,
        coins: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CashEvent {
    CoinAccepted {
        value_won: u32,
    },
    NoteEscrowed {
        value_won: u32,
    },
    NoteStacked {
        value_won: u32,
    },
    NoteReturned {
        value_won: u32,
    },
    /// A coin or note was given back at once.
    Rejected,
    Paid {
        amount_won: u32,
    },
    PaidShort {
        paid_won: u32,
        owed_won: u32,
    },
    /// Answers `Fill`: by its own count the hopper had paid so many coins then.
    Filled {
        address: u8,
        coins_paid: u32,
    },
    /// The hopper's counters were lost while it paid.
    PayUnknown {
        asked_won: u32,
    },
    /// Answers `Stop`: the slots are shut, and all that fell before has been told.
    Stopped,
    Status(CashStatus),
    /// What the devices have counted, the next event included. Whoever writes
    /// that event down keeps this with it, and after a crash hands it back to the
    /// driver, which then tells what happened since.
    Counted(CashCounters),
}

/// What cash devices count by themselves; `None` where it is not known at present.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CashCounters {
    /// Events of the coin acceptor: 1..=255 and round again, 0 after a reset.
    pub coin_events: Option<u8>,
    /// Events of the bill validator, counted likewise.
    pub note_events: Option<u8>,
    /// All that the hoppers have paid in their lives, in won.
    pub paid_won: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashStatus {
    pub state: DeviceState,
    /// What the hoppers can pay now.
    pub change_won: u32,
    pub fault: Option<CashFault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CashFault {
    #[error("a coin is jammed")]
    CoinJam,
    #[error("a note is jammed")]
    NoteJam,
    #[error("the note box is full or taken out")]
    NoteBox,
    #[error("a hopper does not pay out")]
    Hopper,
    #[error("the cash devices do not answer")]
    Silent,
    #[error("credit events were missed")]
    EventsLost,
}
