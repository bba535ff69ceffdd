//! The state of everything a kiosk needs besides the citizen.

use std::time::{Duration, Instant};

use devices::{
    DeviceState,
    auxiliaries::{AuxiliariesEvent, Sensors},
    barcode_reader::{BarcodeReaderEvent, BarcodeReaderStatus},
    card_reader::CardReaderEvent,
    cash::{CashEvent, CashStatus},
    document_printer::DocumentPrinterEvent,
    payment_terminal::{PaymentTerminalEvent, PaymentTerminalStatus},
    power_supply::{Power, PowerSupplyEvent, Source},
    printer::{PrinterFault, PrinterStatus, Supply},
    receipt_printer::ReceiptPrinterEvent,
};
use journal::HeldLease;
use request::{NetworkId, ServiceId, Timestamp};
use station::Bulletin;

use super::{Event, Link, Moment, contact::Heard, view::Trouble};

/// How long a bulletin is believed to stand without looking at the calendar, which
/// may be set.
const LONGEST_LOOK: Duration = Duration::from_secs(60);

/// What the devices and the link have last said of themselves.
#[derive(Debug, Default)]
pub(super) struct Fittings {
    card_reader: Option<DeviceState>,
    printer: Option<PrinterStatus>,
    receipt_printer: Option<PrinterStatus>,
    cash: Option<CashStatus>,
    scanner: Option<BarcodeReaderStatus>,
    payment_terminal: Option<PaymentTerminalStatus>,
    /// As they were last sensed, whether or not they still are.
    sensors: Sensors,
    power: Option<Power>,
    /// Nobody can tell any more whether it is still so.
    power_untold: bool,
    linked: bool,
    networks_away: Vec<NetworkId>,
    heard: Option<Heard>,
    leases: Vec<HeldLease>,
    bulletin: Bulletin,
    /// The office wants nobody served here.
    closed: bool,
    /// When something of the bulletin is over.
    bulletin_due: Option<Instant>,
    journal_broken: bool,
    /// The journal's disk is full: nothing new can be begun.
    no_room: bool,
    card_in: bool,
    /// The card in the slot is a former citizen's.
    card_left: bool,
}

impl Fittings {
    pub(super) fn note(&mut self, event: &Event, now: Moment) {
        match event {
            Event::Card(CardReaderEvent::Status(status)) => self.card_reader = Some(status.state),
            Event::DocumentPrinter(DocumentPrinterEvent::Status(status)) => {
                self.printer = Some(status.clone());
            }
            Event::ReceiptPrinter(ReceiptPrinterEvent::Status(status)) => {
                self.receipt_printer = Some(status.clone());
            }
            Event::Cash(CashEvent::Status(status)) => self.cash = Some(status.clone()),
            Event::Barcode(BarcodeReaderEvent::Status(status)) => self.scanner = Some(*status),
            Event::PaymentTerminal(PaymentTerminalEvent::Status(status)) => {
                self.payment_terminal = Some(*status);
            }
            Event::Auxiliaries(AuxiliariesEvent::Sensed(sensors)) => self.sensors = *sensors,
            Event::PowerSupply(PowerSupplyEvent::Status(status)) => {
                self.power_untold = status.power.is_none();
                self.power = status.power.or(self.power);
            }
            Event::Link(Link::Connected) => self.linked = true,
            Event::Link(Link::Away) => self.linked = false,
            Event::Link(Link::NetworksAway(networks)) => self.networks_away.clone_from(networks),
            Event::Link(Link::LastContact(contact)) => {
                self.heard = Some(Heard::new(contact.clone(), now));
            }
            Event::Link(Link::Leases(leases)) => self.leases.clone_from(leases),
            Event::Bulletin(bulletin) => {
                self.bulletin.clone_from(bulletin);
                self.look_at_bulletin(now);
            }
            Event::JournalBroken => self.journal_broken = true,
            Event::Room(room) => self.no_room = !room,
            Event::Card(CardReaderEvent::Inserted) => self.card_in = true,
            Event::Card(CardReaderEvent::Removed) => {
                self.card_in = false;
                self.card_left = false;
            }
            _ => {}
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Moment) {
        if self.bulletin_due.is_some_and(|due| due <= now.instant) {
            self.look_at_bulletin(now);
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        self.bulletin_due
    }

    fn look_at_bulletin(&mut self, now: Moment) {
        self.closed = self.bulletin.is_closed(now.wall);
        let change = self.bulletin.next_change(now.wall);
        // A term of many years is looked at again before.
        self.bulletin_due = change.map(|at| {
            let left = at.as_millis().saturating_sub(now.wall.as_millis());
            let left = Duration::from_millis(left.unsigned_abs());
            now.instant + left.min(LONGEST_LOOK)
        });
    }

    /// What the office has to say to everybody, newest first.
    pub(super) fn notices(&self, language: &str, now: Moment) -> Vec<String> {
        let notices = self.bulletin.notices(language, now.wall);
        notices.into_iter().map(str::to_owned).collect()
    }

    pub(super) fn journal_broken(&self) -> bool {
        self.journal_broken
    }

    pub(super) fn card_in(&self) -> bool {
        self.card_in
    }

    pub(super) fn card_left(&self) -> bool {
        self.card_left
    }

    /// The visit ended while its card was still in the slot.
    pub(super) fn leave_card(&mut self) {
        self.card_left = self.card_in;
    }

    /// What keeps the whole kiosk from serving anybody.
    pub(super) fn out_of_service(&self) -> Option<Trouble> {
        if self.journal_broken || self.no_room {
            return Some(Trouble::Journal);
        }
        if self.cabinet_is_open() {
            return Some(Trouble::Cabinet);
        }
        if self.power_is_ending() {
            return Some(Trouble::Power);
        }
        self.closed.then_some(Trouble::ClosedByOffice)
    }

    /// Somebody is in the cabinet, or tries to get in.
    pub(super) fn cabinet_is_open(&self) -> bool {
        self.sensors.cabinet_open || self.sensors.tampered
    }

    /// A supply that ran on its battery when it was last heard of has lost that by now.
    fn power_is_ending(&self) -> bool {
        let untold = self.power_untold;
        let ends = |it: Power| it.is_ending() || (untold && it.source == Source::Battery);
        self.power.is_some_and(ends)
    }

    pub(super) fn printer_trouble(&self) -> Option<Trouble> {
        let status = self.printer.as_ref()?;
        match status.fault {
            Some(PrinterFault::PaperOut) => Some(Trouble::PrinterPaper),
            Some(PrinterFault::PaperJam) => Some(Trouble::PrinterJam),
            Some(PrinterFault::CoverOpen) => Some(Trouble::PrinterCover),
            Some(_) => Some(Trouble::Printer),
            None if status.paper == Supply::Out => Some(Trouble::PrinterPaper),
            None => broken(status.state).then_some(Trouble::Printer),
        }
    }

    pub(super) fn exchange_trouble(&self) -> Option<Trouble> {
        (!self.linked).then_some(Trouble::ExchangeAway)
    }

    /// How long the exchange has not been heard of; for ever, when it never was.
    pub(super) fn silence(&self, now: Instant) -> Duration {
        if self.linked {
            return Duration::ZERO;
        }
        self.heard
            .as_ref()
            .map_or(Duration::MAX, |heard| heard.age(now))
    }

    /// It is this late at least, going by what was last heard of the exchange.
    pub(super) fn heard_by(&self, now: Instant) -> Option<Timestamp> {
        let heard = self.heard.as_ref()?;
        Some(heard.contact.exchange? + heard.age(now))
    }

    pub(super) fn lease(&self, service: &ServiceId) -> Option<&HeldLease> {
        self.leases.iter().find(|it| it.service == *service)
    }

    /// When the exchange was last heard of, while it is away.
    pub(super) fn exchange_silent_since(&self) -> Option<Timestamp> {
        let heard = self.heard.as_ref().filter(|_| !self.linked)?;
        heard.contact.exchange
    }

    /// When the way to a network was last known to be open.
    pub(super) fn last_contact(&self, network: &NetworkId) -> Option<Timestamp> {
        let contact = &self.heard.as_ref()?.contact;
        contact.networks.get(network).copied().or(contact.exchange)
    }

    pub(super) fn network_trouble(&self, network: &NetworkId) -> Option<Trouble> {
        self.networks_away
            .contains(network)
            .then_some(Trouble::AgencyAway)
    }

    pub(super) fn card_trouble(&self) -> Option<Trouble> {
        let unusable = self.card_reader.is_none_or(broken);
        unusable.then_some(Trouble::CardReader)
    }

    pub(super) fn cash_trouble(&self) -> Option<Trouble> {
        match &self.cash {
            Some(status) if !broken(status.state) && status.fault.is_none() => None,
            _ => Some(Trouble::Cash),
        }
    }

    pub(super) fn terminal_trouble(&self) -> Option<Trouble> {
        match &self.payment_terminal {
            Some(status) if !broken(status.state) && status.fault.is_none() => None,
            _ => Some(Trouble::PaymentTerminal),
        }
    }

    /// The cash devices have told what moved while nobody listened, and what they
    /// have counted since. What a payment finds in its books after a crash is
    /// counted from there, so none begins before.
    pub(super) fn cash_has_told(&self) -> bool {
        let state = self.cash.as_ref().map(|status| status.state);
        matches!(state, Some(DeviceState::Ready | DeviceState::Busy))
    }

    pub(super) fn change_won(&self) -> u32 {
        self.cash.as_ref().map_or(0, |status| status.change_won)
    }

    /// There is a scanner, and it works.
    pub(super) fn scanner_works(&self) -> bool {
        let status = self.scanner.as_ref();
        status.is_some_and(|it| !broken(it.state) && it.fault.is_none())
    }

    pub(super) fn receipt_trouble(&self) -> Option<Trouble> {
        match &self.receipt_printer {
            Some(status) if !broken(status.state) && status.fault.is_none() => None,
            _ => Some(Trouble::ReceiptPrinter),
        }
    }
}

fn broken(state: DeviceState) -> bool {
    matches!(state, DeviceState::Absent | DeviceState::Faulted)
}
