//! Does what maintenance wants done: the screen, the slot, the book and the hashes.

mod pages;
mod reports;

use std::path::Path;

pub(crate) use reports::Reports;

use devices::{
    auxiliaries::AuxiliariesEvent, barcode_reader::BarcodeReaderEvent,
    card_reader::CardReaderEvent, cash::CashEvent, document_printer::DocumentPrinterEvent,
    payment_terminal::PaymentTerminalEvent, power_supply::PowerSupplyEvent,
    receipt_printer::ReceiptPrinterEvent,
};

use sync::Incarnation;

use crate::{
    event_loop::EventLoop,
    happening::Happening,
    maintenance::{
        Command, Event, Ledger,
        book::{Book, Entry},
        cash::Tally,
        fittings::Told,
    },
    technicians, visit,
};

const ENTRIES_AT_ONCE: u32 = 500;

/// The book as it was left. One that cannot be read is set aside, never written over.
pub(crate) fn read_book(file: &Path) -> Book {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Book::default(),
        Err(error) => {
            tracing::error!(%error, "The machine's book cannot be read");
            return Book::default();
        }
    };
    serde_json::from_str(&text).unwrap_or_else(|error| {
        tracing::error!(%error, "The machine's book is damaged and set aside");
        if let Err(error) = std::fs::rename(file, file.with_extension("damaged")) {
            tracing::error!(%error, "It could not be set aside");
        }
        Book::default()
    })
}

impl EventLoop {
    /// Nobody stands here, and nothing is open from before.
    pub(crate) fn is_idle(&self) -> bool {
        self.recovery.is_none() && self.visit.is_resting() && !self.maintenance.is_open()
    }

    pub(crate) fn maintain(&mut self, event: Event) {
        let now = self.clock.now();
        self.maintenance.handle(event, now);
    }

    /// Tells maintenance whether a technician's card may be looked for.
    pub(crate) fn tend_maintenance(&mut self) {
        let at_rest = self.recovery.is_none() && self.visit.is_resting() && !self.restart_wanted;
        if self.at_rest != at_rest {
            self.at_rest = at_rest;
            self.maintain(Event::AtRest(at_rest));
            self.carry_out();
        }
    }

    /// What a device tells is the visit's; while a technician is at work the visit hears
    /// only how devices are.
    pub(crate) fn tell_of_device(&mut self, event: visit::Event) {
        if let Some(event) = for_maintenance(&event) {
            self.maintain(event);
        }
        if !self.maintenance.is_open() || is_a_standing(&event) {
            self.tell(event);
        }
    }

    pub(crate) fn carry_out_for_maintenance(&mut self, command: Command) {
        match command {
            Command::Show(view) => self.show(*view),
            Command::GiveBack => {
                let now = self.clock.now();
                self.visit.show_again(now);
            }
            Command::Card(order) => self.devices.card(order),
            Command::Barcode(order) => self.devices.barcode_reader(order),
            Command::Cash(order) => self.order_cash(order),
            Command::DocumentPrinter(order) => self.order_document_printer(order),
            Command::ReceiptPrinter(order) => self.devices.receipt_printer(order),
            Command::SetPage(page) => {
                self.aside(move |_| Event::PageSet(pages::set(&page)));
            }
            Command::LookUpCard(number) => self.aside(move |technicians| {
                Event::CardKnown(technicians::of_card(technicians, &number))
            }),
            Command::CheckPin { technician, pin } => self.aside(move |technicians| {
                Event::PinChecked(technicians::has_pin(technicians, &technician, &pin))
            }),
            Command::Note(entry) => self.note_in_book(entry),
            Command::LookAtLedger => {
                let ledger = self.ledger();
                self.maintain(Event::Ledger(ledger));
            }
            Command::CountMoney { after, journal } => match self.count_money(after, journal) {
                Ok(tally) => self.maintain(Event::Tallied(tally)),
                Err(error) => tracing::error!(%error, "The money cannot be counted"),
            },
            Command::Save(saving) => {
                let (reports, now) = (self.reports.clone(), self.clock.now().wall);
                self.aside(move |_| Event::Saved(reports.save(&saving, now)));
            }
            Command::Restart => self.restart_wanted = true,
            Command::AskNetworks => self.ask_networks(),
            Command::Prefer(preferences) => {
                let now = self.clock.now();
                self.visit.prefer(preferences, now);
            }
            Command::Shine(percent) => {
                if let Some(backlight) = &self.backlight {
                    backlight.shine(percent);
                }
            }
        }
    }

    /// Hashes on a thread of its own: it takes its time on purpose.
    fn aside(&self, look: impl FnOnce(&[technicians::Technician]) -> Event + Send + 'static) {
        let (technicians, happenings) = (self.technicians.clone(), self.to_self.clone());
        let work = move || drop(happenings.send(Happening::Maintenance(look(&technicians))));
        let started = std::thread::Builder::new()
            .name("kiosk-technician".to_owned())
            .spawn(work);
        if let Err(error) = started {
            tracing::error!(%error, "The machine has no threads left");
        }
    }

    /// It is on the disk when this says so.
    fn note_in_book(&mut self, entry: Entry) {
        let mut book = self.maintenance.book().clone();
        book.add(entry);
        let written = serde_json::to_vec(&book)
            .map_err(std::io::Error::from)
            .and_then(|text| durable::replace_secret(&self.book_file, &text));
        if let Err(error) = &written {
            tracing::error!(%error, "The machine's book cannot be written");
        }
        self.maintain(Event::Noted(written.is_ok()));
    }

    /// All of the journal's money behind an entry of the journal with that name.
    fn count_money(&self, after: u64, of: Option<Incarnation>) -> Result<Tally, journal::Error> {
        let head = self.journal.head();
        let mut tally = Tally::behind(after, of.as_ref(), head.number, &head.incarnation);
        loop {
            let entries = self.journal.entries(tally.through, ENTRIES_AT_ONCE)?;
            for entry in &entries {
                tally.count(entry.number, entry.event().ok().as_ref());
            }
            if entries.is_empty() {
                return Ok(tally);
            }
        }
    }

    fn ledger(&mut self) -> Ledger {
        let mut ledger = Ledger {
            entries: self.journal.head().number,
            broken: self.journal_broken,
            full: self.look_for_room_at.is_some(),
            edition: self.editions.running(),
            services: u32::try_from(self.catalog.services().count()).unwrap_or(u32::MAX),
            ..Ledger::default()
        };
        let acknowledged = self.journal.acknowledged();
        let pending = acknowledged.and_then(|after| Ok((after, self.journal.pending(after, 1)?)));
        match pending {
            Ok((after, pending)) => {
                ledger.waiting = ledger.entries.saturating_sub(after);
                ledger.oldest = pending.first().map(|it| it.recorded_at);
            }
            Err(error) => {
                tracing::error!(%error, "The journal cannot be read");
                ledger.broken = true;
            }
        }
        ledger
    }
}

/// What maintenance hears of what a device told the visit.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else a visit hears is no device's"
)]
fn for_maintenance(event: &visit::Event) -> Option<Event> {
    Some(match event {
        visit::Event::Card(CardReaderEvent::Status(_)) => return None,
        visit::Event::Card(event) => Event::Card(event.clone()),
        visit::Event::DocumentPrinter(event) => match event {
            DocumentPrinterEvent::Status(it) => Event::Told(Told::DocumentPrinter(it.clone())),
            event => Event::DocumentPrinter(event.clone()),
        },
        visit::Event::ReceiptPrinter(event) => match event {
            ReceiptPrinterEvent::Status(it) => Event::Told(Told::ReceiptPrinter(it.clone())),
            event => Event::ReceiptPrinter(event.clone()),
        },
        visit::Event::Barcode(event) => match event {
            BarcodeReaderEvent::Status(it) => Event::Told(Told::BarcodeReader(*it)),
            event => Event::Barcode(event.clone()),
        },
        visit::Event::Cash(event) => match event {
            CashEvent::Status(it) => Event::Told(Told::Cash(it.clone())),
            event => Event::Cash(event.clone()),
        },
        visit::Event::PaymentTerminal(PaymentTerminalEvent::Status(status)) => {
            Event::Told(Told::PaymentTerminal(*status))
        }
        visit::Event::Auxiliaries(event) => Event::Told(match event {
            AuxiliariesEvent::Sensed(sensors) => Told::Sensed(*sensors),
            AuxiliariesEvent::Status(status) => Told::Auxiliaries(*status),
        }),
        visit::Event::PowerSupply(PowerSupplyEvent::Status(status)) => {
            Event::Told(Told::PowerSupply(*status))
        }
        _ => return None,
    })
}

fn is_a_standing(event: &visit::Event) -> bool {
    matches!(
        event,
        visit::Event::Card(
            CardReaderEvent::Status(_) | CardReaderEvent::Inserted | CardReaderEvent::Removed
        ) | visit::Event::DocumentPrinter(DocumentPrinterEvent::Status(_))
            | visit::Event::ReceiptPrinter(ReceiptPrinterEvent::Status(_))
            | visit::Event::Barcode(BarcodeReaderEvent::Status(_))
            | visit::Event::Cash(CashEvent::Status(_))
            | visit::Event::PaymentTerminal(PaymentTerminalEvent::Status(_))
            | visit::Event::Auxiliaries(_)
            | visit::Event::PowerSupply(_)
    )
}
