//! A kiosk as it stands there: its visit, its devices, and who stands before it.

use std::{collections::BTreeSet, sync::Arc};

use bench::model::{
    Ahead, CardSlot, CashBox, CashMood, Change, DocumentPrinter, Next, PrinterMood, ReceiptPrinter,
    Told,
};
use catalog::{Bilingual, Catalog, Hours};
use devices::document_printer::DocumentPrinterEvent;
use kiosk::visit::{Event, Moment, Site, View, Visit};
use request::{RequestEvent, RequestId, StationId};

use crate::{citizen::Citizen, tickets::issuer};

pub(crate) struct Machine {
    pub(crate) visit: Visit,
    pub(crate) view: Option<View>,
    pub(crate) slot: CardSlot,
    pub(crate) printer: DocumentPrinter,
    pub(crate) receipts: ReceiptPrinter,
    pub(crate) cash: CashBox,
    pub(crate) citizen: Citizen,
    /// Pieces of the citizen's purse that went into the slots.
    pub(crate) paid_in: usize,
    /// Numbers of which the printer itself has said that they came out.
    pub(crate) evidence: BTreeSet<String>,
    /// What a shell with a bug writes down after the deed.
    pub(crate) held_back: Option<(RequestId, RequestEvent)>,
}

impl Machine {
    pub(crate) fn new(catalog: Arc<Catalog>, station: &StationId, now: Moment) -> Self {
        Self {
            visit: Visit::new(catalog, site(station), issuer(station), now),
            view: None,
            slot: CardSlot::default(),
            printer: DocumentPrinter::default(),
            receipts: ReceiptPrinter::default(),
            cash: CashBox::default(),
            citizen: Citizen::default(),
            paid_in: 0,
            evidence: BTreeSet::new(),
            held_back: None,
        }
    }

    /// Forgets everything but what is made of metal and paper.
    pub(crate) fn start_again(&mut self, catalog: Arc<Catalog>, station: &StationId, now: Moment) {
        self.cash.reset();
        self.slot.accepting = false;
        self.held_back = None;
        self.view = None;
        self.visit = Visit::new(catalog, site(station), issuer(station), now);
    }

    pub(crate) fn statuses(&self) -> [Told; 4] {
        [
            CardSlot::status(),
            self.printer.status(),
            self.receipts.status(),
            self.cash.status(),
        ]
    }

    pub(crate) fn change(&mut self, change: &Change) -> Ahead {
        let ahead = match change {
            Change::Sheet(job) => self.printer.print(job),
            Change::StackNote => self.cash.stack_note(),
            Change::ReturnNote => self.cash.return_note(),
            Change::Pay { amount_won } => self.cash.pay(*amount_won),
        };
        for (_, next) in &ahead {
            if let Next::Told(Told::DocumentPrinter(DocumentPrinterEvent::Printed {
                job, ..
            })) = next
            {
                self.evidence.insert(job.as_str().to_owned());
            }
        }
        ahead
    }

    pub(crate) fn mend(&mut self) {
        self.cash.hopper_won = 1_000_000;
        self.cash.told_change_won = 1_000_000;
        self.cash.mood = CashMood::Well;
        self.printer.mood = PrinterMood::Well;
        self.receipts.mood = PrinterMood::Well;
    }
}

fn site(station: &StationId) -> Site {
    let both = |text: &str| Bilingual {
        ko: text.to_owned(),
        en: text.to_owned(),
    };
    Site {
        station: station.clone(),
        office: both("가온구청"),
        place: both("1층 로비"),
        jurisdiction: "41999".to_owned(),
        telephone: "110".to_owned(),
        agents_at_screen: true,
        two_person_check: false,
        text_messages: true,
        handset: false,
        hours: Hours::default(),
        card_terminal: false,
    }
}

pub(crate) fn event(told: Told) -> Event {
    match told {
        Told::Card(event) => Event::Card(event),
        Told::DocumentPrinter(event) => Event::DocumentPrinter(event),
        Told::ReceiptPrinter(event) => Event::ReceiptPrinter(event),
        Told::Cash(event) => Event::Cash(event),
    }
}
