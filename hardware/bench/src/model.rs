//! A kiosk's devices in virtual time, without a wire: where money, cards and
//! paper really are, whatever the kiosk believes.
//!
//! An order is answered with what will follow from it, each after its time. Who
//! plays the time says it then: to the kiosk, or to the device itself.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a mood changes one thing; with every other it stays as it is"
)]

mod card_slot;
mod cash_box;
mod dice;
mod document_printer;
mod event_counter;
mod payment_terminal;
mod printers;

use std::time::Duration;

use devices::{
    card_reader::CardReaderEvent,
    cash::{CashCounters, CashEvent},
    document_printer::{DocumentPrinterEvent, PageCount},
    payment_terminal::{Deed, PaymentTerminalEvent, TransactionKey},
    printer::JobId,
    receipt_printer::ReceiptPrinterEvent,
};

pub use card_slot::{Card, CardSlot};
pub use cash_box::{CashBox, CashMood};
pub use dice::Dice;
pub use document_printer::DocumentPrinter;
pub use payment_terminal::{PaymentTerminal, TerminalMood};
pub use printers::{PrinterMood, ReceiptPrinter};

/// What will follow, and after how long.
pub type Ahead = Vec<(Duration, Next)>;

#[derive(Clone, Debug)]
pub enum Next {
    /// The kiosk hears of it, if it lives.
    Told(Told),
    /// It happens in the device, whether a kiosk lives or not.
    Changed(Change),
}

/// What a device tells its kiosk.
#[derive(Clone, Debug)]
pub enum Told {
    Card(CardReaderEvent),
    DocumentPrinter(DocumentPrinterEvent),
    ReceiptPrinter(ReceiptPrinterEvent),
    Cash(CashEvent),
    PaymentTerminal(PaymentTerminalEvent),
}

/// What moves in a device.
#[derive(Clone, Debug)]
pub enum Change {
    Sheet(JobId),
    StackNote,
    ReturnNote,
    Pay {
        amount_won: u32,
    },
    /// The cash devices' driver has found them again, and goes on after what it was
    /// told that its station had seen.
    Resume(Option<CashCounters>),
    /// The printer's driver has looked for a job of before a crash.
    LookUp {
        job: JobId,
        before: Option<PageCount>,
    },
    Charge {
        key: TransactionKey,
        amount_won: u32,
    },
    ReverseCard {
        key: TransactionKey,
        amount_won: u32,
    },
    /// The payment terminal's driver asks for its newest transaction.
    LookUpCard {
        key: TransactionKey,
        deed: Deed,
        amount_won: u32,
        before: Option<u32>,
    },
    /// It was not there: the printer's counts are compared.
    Compare {
        job: JobId,
        before: PageCount,
    },
}

impl Change {
    /// Whether it is a driver's, and ends with its station.
    pub fn is_of_a_driver(&self) -> bool {
        match self {
            Change::Resume(_)
            | Change::LookUp { .. }
            | Change::Compare { .. }
            | Change::LookUpCard { .. } => true,
            Change::Sheet(_)
            | Change::StackNote
            | Change::ReturnNote
            | Change::Pay { .. }
            | Change::Charge { .. }
            | Change::ReverseCard { .. } => false,
        }
    }
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
