//! One kiosk and everything around it, in virtual time.

mod agent;
mod carry_out;
mod checks;
mod exchange;
mod hands;
mod leases;
mod power;
mod site;
mod tickets;
mod told;

use std::{
    path::Path,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use bench::model::{
    Ahead, CardSlot, CashBox, Change, Dice, DocumentPrinter, PaymentTerminal, ReceiptPrinter,
};
use catalog::Catalog;
use devices::{barcode_reader::BarcodeReaderOrder, document_printer::DocumentPrinterEvent};
use journal::Journal;
use request::{RequestEvent, RequestId, ServiceRequest, StationId, Timestamp};
use ticket::Issuer;

pub(super) use agent::Desk;
pub(super) use bench::model::{Card, CashMood, PrinterMood, TerminalMood};
pub(super) use checks::{CheckDesks, KIM, is_left};
pub(super) use exchange::{Exchange, ExchangeMood, Validity};
pub(super) use site::Fitted;
use site::site;

use super::laws;
use crate::handset::HandsetOrder;
use crate::visit::{
    Contact, Event, Link, Moment, Touch, Visit,
    view::{Screen, View},
};

/// 2026-11-24, a Tuesday, 09:30 in Korea.
const MORNING: Timestamp = Timestamp::from_millis(1_795_480_200_000);
/// More happenings at one moment than any honest story has.
const STANDSTILL: u32 = 2_000;

#[derive(Clone, Debug)]
pub(super) enum Happening {
    Tell(Event),
    /// The exchange tells; it tells again until the journal has it.
    Publish(RequestId, RequestEvent),
    World(Change),
}

pub(super) struct Town {
    pub(super) now: Moment,
    pub(super) visit: Visit,
    pub(super) view: Option<View>,
    pub(super) journal: Journal,
    pub(super) journal_broken: bool,
    /// After so many commands the machine loses its power.
    pub(super) crash_in: Option<u32>,
    /// After so many entries the disk is full.
    pub(super) journal_breaks_in: Option<u32>,
    pub(super) cash: CashBox,
    pub(super) printer: DocumentPrinter,
    pub(super) receipts: ReceiptPrinter,
    pub(super) terminal: PaymentTerminal,
    /// By what people can pay here.
    means: Fitted,
    pub(super) slot: CardSlot,
    pub(super) exchange: Exchange,
    pub(super) desk: Desk,
    pub(super) checks: CheckDesks,
    /// What was written for the board, below which topic.
    pub(super) postings: Vec<(String, board::Words)>,
    /// What was ordered of the handset, and of the scanner.
    pub(super) handset: Vec<HandsetOrder>,
    pub(super) scanner: Vec<BarcodeReaderOrder>,
    /// Whether the lease's records answer what is asked.
    records_lie_here: bool,
    /// What the kiosk's file says of the last contact.
    contact: Contact,
    pub(super) dice: Dice,
    pub(super) requests: Vec<RequestId>,
    /// What the citizens heard of, screen by screen.
    pub(super) screens: Vec<&'static str>,
    ahead: Vec<(Instant, u64, Happening)>,
    scheduled: u64,
    pub(super) crashes: u32,
}

pub(super) fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

pub(super) fn catalog() -> Arc<Catalog> {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    let read = || {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalog");
        Arc::new(Catalog::read(&folder).unwrap())
    };
    Arc::clone(CATALOG.get_or_init(read))
}

/// The station's key for tickets.
pub(super) fn tickets() -> Arc<Issuer> {
    static TICKETS: OnceLock<Arc<Issuer>> = OnceLock::new();
    let made = || {
        let key = Issuer::fresh_key().unwrap();
        Arc::new(Issuer::from_pem("gaon-1", &key).unwrap())
    };
    Arc::clone(TICKETS.get_or_init(made))
}

impl Default for Town {
    fn default() -> Self {
        Self::with_seed(0)
    }
}

impl Town {
    pub(super) fn with_seed(seed: u64) -> Self {
        Self::fitted(seed, Fitted::Cash)
    }

    /// A kiosk at which one can pay by card.
    pub(super) fn taking(means: Fitted) -> Self {
        Self::fitted(0, means)
    }

    fn fitted(seed: u64, means: Fitted) -> Self {
        let now = Moment {
            instant: Instant::now(),
            wall: MORNING,
        };
        let mut town = Self {
            now,
            visit: Visit::new(catalog(), site(means), tickets(), now),
            view: None,
            journal: Journal::in_memory(StationId::new("gaon-1")).unwrap(),
            journal_broken: false,
            crash_in: None,
            journal_breaks_in: None,
            cash: CashBox::default(),
            printer: DocumentPrinter::default(),
            receipts: ReceiptPrinter::default(),
            terminal: PaymentTerminal::default(),
            means,
            slot: CardSlot::default(),
            exchange: Exchange::new(),
            desk: Desk::default(),
            checks: CheckDesks::default(),
            postings: Vec::new(),
            handset: Vec::new(),
            scanner: Vec::new(),
            records_lie_here: true,
            contact: Contact::default(),
            dice: Dice::new(seed),
            requests: Vec::new(),
            screens: Vec::new(),
            ahead: Vec::new(),
            scheduled: 0,
            crashes: 0,
        };
        town.introduce_devices();
        town
    }

    /// The same kiosk with another edition of the catalogue.
    pub(super) fn offering(catalog: Catalog) -> Self {
        let mut town = Self::default();
        town.visit = Visit::new(Arc::new(catalog), site(town.means), tickets(), town.now);
        town.introduce_devices();
        town
    }

    /// Every device and the link say how they are.
    pub(super) fn introduce_devices(&mut self) {
        let connected = Event::Link(if self.exchange.mood == ExchangeMood::Away {
            Link::Away
        } else {
            Link::Connected
        });
        if self.exchange.mood != ExchangeMood::Away {
            self.contact.heard(&[], self.now.wall);
        }
        let contact = Event::Link(Link::LastContact(self.contact.clone()));
        for event in [
            contact,
            CardSlot::status().into(),
            self.printer.status().into(),
            self.receipts.status().into(),
            connected,
        ] {
            self.tell(event);
        }
        if self.means != Fitted::Card {
            self.tell(self.cash.status().into());
        }
        if self.means != Fitted::Cash {
            self.tell(self.terminal.status().into());
        }
        self.tell_leases();
    }

    pub(super) fn tell(&mut self, event: Event) {
        self.visit.handle(event, self.now);
        self.carry_out();
        laws::hold(self);
    }

    pub(super) fn touch(&mut self, touch: Touch) {
        self.tell(Event::Touched(touch));
    }

    pub(super) fn screen(&self) -> &Screen {
        &self.view.as_ref().unwrap().screen
    }

    pub(super) fn schedule(
        &mut self,
        ahead: impl IntoIterator<Item = (Duration, impl Into<Happening>)>,
    ) {
        for (after, happening) in ahead {
            self.scheduled += 1;
            let at = self.now.instant + after;
            self.ahead.push((at, self.scheduled, happening.into()));
        }
    }

    /// Lets time go by, and everything happen that is due in it.
    pub(super) fn pass(&mut self, duration: Duration) {
        let until = self.now.instant + duration;
        let mut at_once = 0;
        loop {
            let next = self.ahead.iter().map(|it| (it.0, it.1)).min();
            let due = [next.map(|it| it.0), self.visit.poll_timeout()];
            let Some(at) = due.into_iter().flatten().min().filter(|at| *at <= until) else {
                break;
            };
            at_once = if at > self.now.instant {
                0
            } else {
                at_once + 1
            };
            assert!(
                at_once < STANDSTILL,
                "time stands still at {:?}",
                self.screens.last()
            );
            self.set_clock(at);
            match next.filter(|next| next.0 <= at) {
                Some((_, index)) => {
                    let found = self.ahead.iter().position(|it| it.1 == index).unwrap();
                    let (_, _, happening) = self.ahead.swap_remove(found);
                    self.happen(happening);
                }
                None => {
                    self.visit.handle_timeout(self.now);
                    self.carry_out();
                    laws::hold(self);
                }
            }
        }
        self.set_clock(until);
    }

    pub(super) fn pass_seconds(&mut self, seconds: u64) {
        self.pass(Duration::from_secs(seconds));
    }

    /// Waits for a screen, and no longer than any deadline of a visit.
    pub(super) fn wait_for(&mut self, screen: &str) {
        for _ in 0..300 {
            if self.screen().name() == screen {
                return;
            }
            self.pass_seconds(1);
        }
        panic!("{screen} never came: {:?}", self.screens);
    }

    fn set_clock(&mut self, at: Instant) {
        let passed = at.saturating_duration_since(self.now.instant);
        self.now = Moment {
            instant: self.now.instant + passed,
            wall: self.now.wall + passed,
        };
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Tell(event) => self.tell(event),
            Happening::Publish(id, event) => self.publish(id, event),
            Happening::World(change) => {
                let ahead = self.change(&change);
                self.schedule(ahead);
            }
        }
    }

    fn change(&mut self, change: &Change) -> Ahead {
        match change {
            Change::Sheet(job) => self.printer.print(job),
            Change::StackNote => self.cash.stack_note(),
            Change::ReturnNote => self.cash.return_note(),
            Change::Pay { amount_won } => self.cash.pay(*amount_won),
            Change::Resume(seen) => self.cash.resume(*seen),
            Change::LookUp { job, before } => self.printer.look_up(job, *before),
            Change::Compare { job, before } => self.printer.compare(job, *before),
            Change::Charge { key, amount_won } => self.terminal.charge(key, *amount_won),
            Change::ReverseCard { key, amount_won } => self.terminal.give_back(key, *amount_won),
            Change::LookUpCard {
                key,
                deed,
                amount_won,
                before,
            } => self.terminal.look_up(key, *deed, *amount_won, *before),
        }
    }

    /// The last request, as the journal has it.
    pub(super) fn request(&self) -> ServiceRequest {
        let id = self.requests.last().unwrap();
        self.journal.request(id).unwrap().unwrap()
    }

    /// Tells a document printer's event that nobody has asked for.
    pub(super) fn printer_says(&mut self, event: DocumentPrinterEvent) {
        self.tell(Event::DocumentPrinter(event));
    }
}
