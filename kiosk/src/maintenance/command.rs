//! What maintenance hears and what it wants done.

use std::sync::Arc;

use devices::{
    barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder},
    card_reader::{CardReaderEvent, CardReaderOrder},
    cash::{CashEvent, CashOrder},
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use fitting::Hopper;
use privacy::Personal;
use request::{NetworkId, Timestamp};
use sync::Incarnation;

use super::{book, cash::Tally, fittings::Told, image::ImageShown};
use crate::{
    technicians::TechnicianName,
    visit::{Preferences, Touch, View},
};

#[derive(Clone, Debug)]
pub enum Event {
    /// Whether the kiosk rests: nobody stands here, and nothing is open from before.
    AtRest(bool),
    Card(CardReaderEvent),
    Barcode(BarcodeReaderEvent),
    Cash(CashEvent),
    DocumentPrinter(DocumentPrinterEvent),
    ReceiptPrinter(ReceiptPrinterEvent),
    /// A page for the printer, and how many sheets it is; or it cannot be set.
    PageSet(Option<(Arc<[u8]>, u32)>),
    /// Whose card was read, if it is a technician's.
    CardKnown(Option<TechnicianName>),
    PinChecked(bool),
    Touched(Touch),
    Told(Told),
    Linked(bool),
    /// The networks that the exchange cannot reach.
    Networks(Vec<NetworkId>),
    /// By so many milliseconds the exchange's clock is ahead of this one's.
    ExchangeClock(i64),
    /// What the machine's steward says of its image.
    Image(ImageShown),
    Ledger(Ledger),
    Tallied(Tally),
    /// Where a report is now, or why it is nowhere.
    Saved(Result<String, String>),
    /// Whether the last command to note something has been carried out.
    Noted(bool),
}

#[derive(Clone, Debug)]
pub enum Command {
    Show(Box<View>),
    /// The screen is the citizens' again.
    GiveBack,
    Card(CardReaderOrder),
    Barcode(BarcodeReaderOrder),
    Cash(CashOrder),
    DocumentPrinter(DocumentPrinterOrder),
    ReceiptPrinter(ReceiptPrinterOrder),
    /// Set a page; answered with [`Event::PageSet`].
    SetPage(Box<PageOrder>),
    LookUpCard(Personal<String>),
    CheckPin {
        technician: TechnicianName,
        pin: Personal<String>,
    },
    /// Write it into the book.
    Note(book::Entry),
    /// Tell how it stands with journal, outbox and disk.
    LookAtLedger,
    /// Count the money of the journal behind this entry, if it is that journal's.
    CountMoney {
        after: u64,
        journal: Option<Incarnation>,
    },
    AskNetworks,
    /// Greet whoever comes so.
    Prefer(Preferences),
    /// Let the screen shine with so many percent of what it can.
    Shine(u8),
    /// Sign and save it; answered with [`Event::Saved`].
    Save(Box<Saving>),
    /// End, to be started anew, as soon as nobody stands here.
    Restart,
}

/// A page that is no certificate.
#[derive(Clone, Debug, PartialEq)]
pub struct PageOrder {
    pub template: &'static str,
    pub data: serde_json::Value,
    pub title: &'static str,
    pub printed_on: Timestamp,
}

/// What is to be signed and saved, by its name without an ending.
#[derive(Clone, Debug, PartialEq)]
pub struct Saving {
    pub name: String,
    pub json: serde_json::Value,
    pub page: Option<PageOrder>,
    /// The newest lines of the log go with it.
    pub with_log: bool,
}

/// How it stands with what the kiosk writes down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub entries: u64,
    /// Of them the exchange has not confirmed so many ...
    pub waiting: u64,
    /// ... since then.
    pub oldest: Option<Timestamp>,
    pub broken: bool,
    pub full: bool,
    /// The edition of the catalogue; 0 is the one that was installed.
    pub edition: u64,
    pub services: u32,
}

/// What this kiosk has, as the settings say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fitted {
    pub station: String,
    pub office: catalog::Bilingual,
    pub place: catalog::Bilingual,
    pub telephone: String,
    /// For each card reader whether it reads chips.
    pub card_readers: Vec<bool>,
    pub barcode_reader: bool,
    pub cash: bool,
    pub payment_terminal: bool,
    /// Lights and contacts.
    pub auxiliaries: bool,
    pub power_supply: bool,
    pub hoppers: Vec<Hopper>,
    /// Whether the screen's light can be set.
    pub backlight: bool,
    /// Whether anybody may look after it at all.
    pub technicians: bool,
}
