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
mod printers;

use std::time::Duration;

use devices::{
    card_reader::CardReaderEvent, cash::CashEvent, document_printer::DocumentPrinterEvent,
    printer::JobId, receipt_printer::ReceiptPrinterEvent,
};

pub use card_slot::{Card, CardSlot};
pub use cash_box::{CashBox, CashMood};
pub use dice::Dice;
pub use printers::{DocumentPrinter, PrinterMood, ReceiptPrinter};

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
}

/// What moves in a device.
#[derive(Clone, Debug)]
pub enum Change {
    Sheet(JobId),
    StackNote,
    ReturnNote,
    Pay { amount_won: u32 },
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
