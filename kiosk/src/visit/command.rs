//! What a visit hears and what it wants done.

use std::sync::Arc;

use ::vouching::{CheckFault, KioskDeed};
use board::{Edition, Words};
use devices::{
    auxiliaries::AuxiliariesEvent,
    barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder},
    card_reader::{CardReaderEvent, CardReaderOrder},
    cash::{CashEvent, CashOrder},
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    payment_terminal::{PaymentTerminalEvent, PaymentTerminalOrder, Progress},
    power_supply::PowerSupplyEvent,
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use handover::{Attempt, KioskAnswer, KioskQuestion, RoomFault};
use journal::HeldLease;
use request::{
    Channel, DocumentNumber, DocumentReference, NetworkId, RequestEvent, RequestId, ServiceId,
    ServiceRequest, Terms,
};

use seal::TrustList;
use station::Bulletin;
use sync::{PaperAnswer, PetitionAnswer, PetitionQuestion, TicketAnswer};
use ticket::Code;

use super::{Contact, Made, Making, NotMade, Touch, View};
use crate::handset::{HandsetOrder, Voice};

#[derive(Clone, Debug)]
pub enum Event {
    Touched(Touch),
    /// The journal has a new request for this visit.
    Opened(Box<ServiceRequest>),
    /// The exchange has told something about a request; the journal has it.
    Published {
        request: RequestId,
        event: RequestEvent,
    },
    /// A document has come, or never will.
    Document {
        number: DocumentNumber,
        content: Option<Arc<[u8]>>,
    },
    /// What the exchange says of a ticket; `None` when it said nothing in time.
    LookedUp {
        code: Code,
        answer: Option<TicketAnswer>,
    },
    /// What the exchange says of a petition; `None` when it said nothing in time.
    PetitionAnswered {
        question: PetitionQuestion,
        answer: Option<PetitionAnswer>,
    },
    /// What the exchange says of a paper; `None` when it said nothing in time.
    PaperLookedUp {
        number: DocumentNumber,
        answer: Option<PaperAnswer>,
    },
    /// By whom seals may be.
    Trusted(Arc<TrustList>),
    Barcode(BarcodeReaderEvent),
    /// Documents were made here, or not.
    Made {
        request: RequestId,
        made: Result<Made, NotMade>,
    },
    Link(Link),
    /// The exchange's answer about the citizen's room.
    RoomAnswered(Attempt, Result<KioskAnswer, RoomFault>),
    /// The exchange's answer about the two-person check.
    CheckAnswered(
        ::vouching::Attempt,
        Result<::vouching::KioskAnswer, CheckFault>,
    ),
    /// What the office has announced, as it stands.
    Bulletin(Bulletin),
    /// The copy of the local government's board.
    Board(Edition),
    /// Whether the exchange has taken a notice.
    HandedIn(bool),
    /// How it stands with the handset's call.
    Voice(Voice),
    Card(CardReaderEvent),
    DocumentPrinter(DocumentPrinterEvent),
    ReceiptPrinter(ReceiptPrinterEvent),
    Cash(CashEvent),
    PaymentTerminal(PaymentTerminalEvent),
    Auxiliaries(AuxiliariesEvent),
    PowerSupply(PowerSupplyEvent),
    /// The journal cannot be written: nothing more may happen here.
    JournalBroken,
    /// What a crash left open has been brought to an end.
    Recovered,
    /// The exchange has confirmed all that was written down.
    OutboxEmpty,
    /// Whether the journal's disk has room for something new. Without it what
    /// was begun is still finished.
    Room(bool),
}

impl Event {
    /// Whether only somebody who stands in front of the kiosk can have caused it.
    pub(super) fn shows_a_person(&self) -> bool {
        match self {
            Event::Touched(_) => true,
            Event::Card(event) => !matches!(event, CardReaderEvent::Status(_)),
            Event::Barcode(event) => !matches!(event, BarcodeReaderEvent::Status(_)),
            Event::Cash(event) => matches!(
                event,
                CashEvent::CoinAccepted { .. }
                    | CashEvent::NoteEscrowed { .. }
                    | CashEvent::Rejected
            ),
            // It asks for a card by itself; all else follows a card.
            Event::PaymentTerminal(PaymentTerminalEvent::Progress { progress, .. }) => {
                *progress != Progress::InsertCard
            }
            Event::PaymentTerminal(_)
            | Event::Opened(_)
            | Event::Published { .. }
            | Event::Document { .. }
            | Event::LookedUp { .. }
            | Event::PetitionAnswered { .. }
            | Event::PaperLookedUp { .. }
            | Event::Trusted(_)
            | Event::Made { .. }
            | Event::Link(_)
            | Event::RoomAnswered(..)
            | Event::CheckAnswered(..)
            | Event::Bulletin(_)
            | Event::Board(_)
            | Event::HandedIn(_)
            | Event::Voice(_)
            | Event::DocumentPrinter(_)
            | Event::ReceiptPrinter(_)
            | Event::Auxiliaries(_)
            | Event::PowerSupply(_)
            | Event::JournalBroken
            | Event::Recovered
            | Event::OutboxEmpty
            | Event::Room(_) => false,
        }
    }
}

/// News about the way to the exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    Connected,
    Away,
    /// The networks the exchange cannot reach.
    NetworksAway(Vec<NetworkId>),
    /// When the exchange and the networks were last known to answer.
    LastContact(Contact),
    /// What the exchange lets this station issue by itself.
    Leases(Vec<HeldLease>),
}

#[derive(Clone, Debug)]
pub enum Command {
    Show(Box<View>),
    Open {
        service: ServiceId,
        version: u32,
        channel: Channel,
        language: &'static str,
        terms: Terms,
    },
    /// Write it down; later commands must not be carried out before it is durable.
    Record {
        request: RequestId,
        event: RequestEvent,
    },
    /// As [`Command::Record`], for what happens to several requests at one moment: all
    /// of it is written down, or nothing.
    RecordTogether(Vec<(RequestId, RequestEvent)>),
    Fetch(DocumentReference),
    /// Make documents here, under a lease.
    Make(Box<Making>),
    /// Ask the exchange what a ticket is good for now.
    LookUp(Code),
    /// Ask the exchange about a petition.
    AskPetition(PetitionQuestion),
    /// Ask the exchange whether a paper with this number counts.
    LookUpPaper(DocumentNumber),
    /// Hand a notice for the board in to the exchange.
    HandIn {
        topic: String,
        words: Words,
    },
    /// Ask the exchange about the room in which the citizen waits for an agent.
    AskRoom(Attempt, KioskQuestion),
    /// Ask the exchange about the check of who the citizen is.
    AskCheck(::vouching::Attempt, ::vouching::KioskQuestion),
    /// Call the agent whose help the citizen has, or no longer.
    Handset(HandsetOrder),
    Card(CardReaderOrder),
    Barcode(BarcodeReaderOrder),
    DocumentPrinter(DocumentPrinterOrder),
    ReceiptPrinter(ReceiptPrinterOrder),
    Cash(CashOrder),
    PaymentTerminal(PaymentTerminalOrder),
}

impl Command {
    /// What it writes down.
    pub fn facts(&self) -> Vec<(RequestId, RequestEvent)> {
        match self {
            Command::Record { request, event } => vec![(request.clone(), event.clone())],
            Command::RecordTogether(facts) => facts.clone(),
            _ => Vec::new(),
        }
    }

    /// What may be done without writing it down: it gives people back what is theirs.
    pub fn is_harmless(&self) -> bool {
        match self {
            Command::Show(_)
            | Command::AskRoom(_, KioskQuestion::Close { .. })
            | Command::AskCheck(
                _,
                ::vouching::KioskQuestion::Do {
                    deed: KioskDeed::Leave,
                    ..
                },
            )
            | Command::Handset(HandsetOrder::HangUp | HandsetOrder::SetVolume(_))
            | Command::Card(CardReaderOrder::Release)
            | Command::Barcode(BarcodeReaderOrder::Cancel)
            | Command::Cash(CashOrder::Stop | CashOrder::ReturnNote)
            | Command::PaymentTerminal(PaymentTerminalOrder::Abort { .. }) => true,
            Command::Open { .. }
            | Command::Record { .. }
            | Command::RecordTogether(_)
            | Command::Fetch(_)
            | Command::Make(_)
            | Command::LookUp(_)
            | Command::AskPetition(_)
            | Command::LookUpPaper(_)
            | Command::HandIn { .. }
            | Command::Handset(HandsetOrder::Call { .. })
            | Command::AskRoom(_, KioskQuestion::Open(_) | KioskQuestion::Post { .. })
            | Command::AskCheck(
                _,
                ::vouching::KioskQuestion::Open(_)
                | ::vouching::KioskQuestion::Do {
                    deed: KioskDeed::Watch | KioskDeed::Say { .. },
                    ..
                },
            )
            | Command::Card(CardReaderOrder::Accept)
            | Command::Barcode(BarcodeReaderOrder::Read)
            | Command::DocumentPrinter(_)
            | Command::ReceiptPrinter(_)
            | Command::PaymentTerminal(
                PaymentTerminalOrder::Authorise { .. }
                | PaymentTerminalOrder::Reverse { .. }
                | PaymentTerminalOrder::Resolve { .. },
            )
            | Command::Cash(
                CashOrder::Collect { .. }
                | CashOrder::StackNote
                | CashOrder::Pay { .. }
                | CashOrder::Fill { .. },
            ) => false,
        }
    }
}
