//! The town: its clock, its stations, and what happens in it moment by moment.

use std::{
    collections::VecDeque,
    path::Path,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use bench::model::{Ahead, Change, Dice, Next, Told};
use catalog::Catalog;
use devices::{card_reader::CardReaderEvent, cash::CashEvent};
use kiosk::{
    recovery,
    visit::{Event, Made, Moment, NotMade},
};
use request::{DocumentNumber, RequestId, StationId, Timestamp};
use sync::{Attempt, HeadQuestion, Hello, Offer, StationEvent};

use crate::{
    agenda::Agenda,
    bug::Bug,
    cable::Cable,
    disk::Disk,
    exchange::Exchange,
    lease::{Granted, LOOK_AFTER, Leasing},
    machine::{Machine, event},
    play::Violation,
    station::{Station, Trade},
    written::Written,
};

/// Kiosks in the town; the station after them is the desk, and copies come last.
pub(crate) const KIOSKS: usize = 2;
pub(crate) const STATIONS: usize = KIOSKS + 1;

/// 2026-11-24, a Tuesday, 09:30 in Korea.
const MORNING: Timestamp = Timestamp::from_millis(1_795_480_200_000);
/// More happenings at one moment than any honest story has.
const STANDSTILL: u32 = 2_000;

#[derive(Clone, Debug)]
pub(crate) enum Happening {
    /// In a kiosk's device; what it tells is heard in the same life alone.
    Device(usize, u32, Next),
    /// Frames that arrive at the exchange, from that life of a station.
    Greets(usize, Call, Hello),
    Offered(usize, Call, Offer),
    Asked(usize, Call, u64, Duration),
    Signs(usize, Call, Box<HeadQuestion>),
    Fetched(usize, u32, DocumentNumber),
    AsksLease(usize, u32),
    /// Frames that arrive at that life of a station.
    Answered(usize, u32, StationEvent),
    Document(usize, u32, DocumentNumber, Option<Arc<[u8]>>),
    Leased(usize, u32, Option<Arc<Granted>>),
    /// In that life of a kiosk.
    LooksAfterLeases(usize, u32),
    Made(usize, u32, RequestId, Result<Made, NotMade>),
    /// The exchange waited long enough with a question.
    StopsWaiting(u64),
    /// A network answers that life of the exchange.
    Attempt(u32, RequestId, StationId),
    /// An exchange with a bug writes down what it acknowledged.
    WritesLate(u32, usize, Offer),
}

/// A question of a station; whoever lives another life has hung up and hears no
/// answer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) life: u32,
    pub(crate) attempt: Attempt,
}

pub(crate) struct Town {
    pub(crate) began: Instant,
    pub(crate) now: Instant,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) stations: Vec<Station>,
    pub(crate) exchange: Exchange,
    pub(crate) agenda: Agenda<Happening>,
    pub(crate) dice: Dice,
    pub(crate) bug: Option<Bug>,
    pub(crate) violation: Option<Violation>,
    pub(crate) crashes: u32,
    /// Times that all a crash had left open was brought to its end.
    pub(crate) recoveries: u32,
}

fn catalog() -> Arc<Catalog> {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    let read = || {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        Arc::new(Catalog::read(&folder).unwrap())
    };
    Arc::clone(CATALOG.get_or_init(read))
}

impl Town {
    pub(crate) fn new(seed: u64, bug: Option<Bug>) -> Self {
        let now = Instant::now();
        let mut town = Self {
            began: now,
            now,
            catalog: catalog(),
            stations: Vec::new(),
            exchange: Exchange::new(),
            agenda: Agenda::default(),
            dice: Dice::new(seed),
            bug,
            violation: None,
            crashes: 0,
            recoveries: 0,
        };
        for at in 0..STATIONS {
            let station = town.station(at);
            town.stations.push(station);
            town.introduce_devices(at);
            town.plan(LOOK_AFTER, Happening::LooksAfterLeases(at, 0));
            town.settle(at);
        }
        town
    }

    fn station(&self, at: usize) -> Station {
        let id = StationId::new(format!("gaon-{}", at + 1));
        let now = Moment {
            instant: self.now,
            wall: MORNING,
        };
        let disk = Disk::of_station(at, &id);
        Station {
            journal: disk.journal(&id),
            disk,
            replication: sync::Station::new(0, 0, at as u64, self.now),
            trade: if at < KIOSKS {
                Trade::Kiosk(Box::new(Machine::new(self.catalog.clone(), &id, now)))
            } else {
                Trade::Desk(Box::default())
            },
            id,
            written: Written::default(),
            life: 0,
            running: true,
            cable: Cable::Well,
            clock_millis: 0,
            journal_broken: false,
            unwritten: None,
            in_doubt: None,
            room: None,
            power: VecDeque::new(),
            leasing: Leasing::default(),
            copied: None,
            newest_offered: None,
            newest_acknowledged: None,
        }
    }

    /// Both clocks, as a station reads them.
    pub(crate) fn moment(&self, at: usize) -> Moment {
        let true_time = MORNING + (self.now - self.began);
        let wall = true_time.as_millis() + self.stations[at].clock_millis;
        Moment {
            instant: self.now,
            wall: Timestamp::from_millis(wall),
        }
    }

    /// Since the morning.
    pub(crate) fn elapsed(&self) -> Duration {
        self.now - self.began
    }

    pub(crate) fn true_time(&self) -> Timestamp {
        MORNING + (self.now - self.began)
    }

    /// Every device says how it is, and a card that lies in the slot that it does.
    pub(crate) fn introduce_devices(&mut self, at: usize) {
        let Some(kiosk) = self.stations[at].kiosk() else {
            return;
        };
        let card = kiosk.slot.card.is_some();
        let inserted = Told::Card(CardReaderEvent::Inserted);
        let introductions = kiosk.introductions().into_iter();
        for told in introductions.chain(card.then_some(inserted)) {
            self.hear_within(at, told);
        }
    }

    /// A device tells something, as `kiosk/src/event_loop.rs` hears it.
    pub(crate) fn hear(&mut self, at: usize, told: Told) {
        if self.stations[at].kiosk().is_some() {
            self.hear_within(at, told);
            self.settle(at);
        }
    }

    fn hear_within(&mut self, at: usize, told: Told) {
        let Some(kiosk) = self.stations[at].kiosk_mut() else {
            return;
        };
        match &told {
            Told::DocumentPrinter(event) => {
                kiosk.counted.printer_told(event);
                let event = recovery::Event::DocumentPrinter(event.clone());
                self.recover(at, event);
            }
            Told::Cash(event) => {
                if let CashEvent::Counted(_) = event {
                    kiosk.mistaken.counted_before = kiosk.counted.clone();
                }
                let counters = kiosk.cash_told(event);
                kiosk.counted.cash_told(counters);
                let event = event.clone();
                self.recover(at, recovery::Event::Cash { event, counters });
            }
            Told::PaymentTerminal(event) => {
                kiosk.counted.terminal_told(event);
                let event = recovery::Event::PaymentTerminal(event.clone());
                self.recover(at, event);
            }
            Told::Card(_) | Told::ReceiptPrinter(_) => {}
        }
        self.tell_within(at, event(told));
    }

    pub(crate) fn tell(&mut self, at: usize, event: Event) {
        let moment = self.moment(at);
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            kiosk.visit.handle(event, moment);
            self.settle(at);
        }
    }

    pub(crate) fn plan(&mut self, after: Duration, what: Happening) {
        self.agenda.plan(self.now, after, what);
    }

    pub(crate) fn plan_devices(&mut self, at: usize, ahead: Ahead) {
        let life = self.stations[at].life;
        for (after, next) in ahead {
            self.plan(after, Happening::Device(at, life, next));
        }
    }

    /// Lets time go by, and everything happen that is due in it.
    pub(crate) fn pass(&mut self, duration: Duration) {
        let until = self.now + duration;
        let mut at_once = 0;
        while self.violation.is_none() {
            let timeouts = self.stations.iter().map(Station::poll_timeout);
            let due = timeouts.chain([self.agenda.next()]).flatten().min();
            let Some(due) = due.filter(|due| *due <= until) else {
                break;
            };
            at_once = if due > self.now { 0 } else { at_once + 1 };
            self.require("time goes on", at_once < STANDSTILL, || {
                "it stands still".to_owned()
            });
            self.now = self.now.max(due);
            match self.agenda.pop(self.now) {
                Some(happening) => self.happen(happening),
                None => self.look_at_the_clocks(),
            }
        }
        self.now = until;
    }

    fn look_at_the_clocks(&mut self) {
        for at in 0..self.stations.len() {
            let moment = self.moment(at);
            let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= moment.instant);
            let station = &mut self.stations[at];
            if !is_due(station.poll_timeout()) {
                continue;
            }
            if is_due(station.replication.poll_timeout()) {
                station.replication.handle_timeout(moment.instant);
            }
            if let Some(kiosk) = station.kiosk_mut()
                && is_due(kiosk.visit.poll_timeout())
            {
                kiosk.visit.handle_timeout(moment);
            }
            if is_due(station.recovery_due()) {
                self.recovery_is_overdue(at);
            }
            self.settle(at);
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Device(at, life, Next::Told(told)) => {
                if self.stations[at].life == life {
                    self.hear(at, told);
                }
            }
            Happening::Device(at, _, Next::Changed(change)) => self.change(at, &change),
            Happening::Greets(at, call, hello) => self.greeted(at, call, &hello),
            Happening::Offered(at, call, offer) => self.offered(at, call, offer),
            Happening::Asked(at, call, after, wait) => self.asked(at, call, after, wait),
            Happening::Signs(at, call, question) => self.signed(at, call, &question),
            Happening::Fetched(at, life, number) => self.fetched(at, life, number),
            Happening::Answered(at, life, event) => self.answered(at, life, event),
            Happening::Document(at, life, number, content) => {
                if self.stations[at].life == life {
                    self.tell(at, Event::Document { number, content });
                }
            }
            Happening::AsksLease(at, life) => self.asked_for_lease(at, life),
            Happening::Leased(at, life, lease) => self.leased(at, life, lease),
            Happening::LooksAfterLeases(at, life) => self.look_after_leases(at, life),
            Happening::Made(at, life, request, made) => {
                if self.stations[at].life == life {
                    self.tell(at, Event::Made { request, made });
                }
            }
            Happening::StopsWaiting(question) => self.stop_waiting(question),
            Happening::Attempt(life, request, station) => self.attempt(life, request, &station),
            Happening::WritesLate(life, at, offer) => self.writes_late(life, at, &offer),
        }
    }

    fn change(&mut self, at: usize, change: &Change) {
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            let kept_won = kiosk.cash.kept_won();
            let ahead = kiosk.change(change);
            if let Change::Resume(_) = change {
                self.all_is_told(at, kept_won, &ahead);
            }
            self.plan_devices(at, ahead);
            self.hold(at);
        }
    }

    /// Says how a device is, now that it is otherwise.
    pub(crate) fn tell_status(&mut self, at: usize, status: impl Fn(&Machine) -> Told) {
        if let Some(told) = self.stations[at].kiosk().map(status) {
            self.hear(at, told);
        }
    }
}
