//! The one place where visit, journal, devices and link meet.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use catalog::Catalog;
use devices::{card_reader::CardReaderEvent, lights::Lights};
use fitting::{DeviceEvent, Devices};
use journal::Journal;
use request::StationId;
use station::{
    Bulletin, Clock, Contacts, Correspondent, EditionEvent, EditionShelf, Editions, Forgetting,
};
use ticket::Code;
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    backlight::Backlight,
    board_line::BoardLine,
    card_readers::CardReaders,
    content::Content,
    deed::Watch,
    evidence::Counted,
    handset::Handset,
    happening::Happening,
    leases::Asked,
    maintaining::Reports,
    maintenance::{self, Maintenance, fittings::Told},
    paper_line::PaperLine,
    press::Job,
    pulse::Pulse,
    recovery::{self, Recovery},
    technicians::Technician,
    visit::{self, Event, View, Visit},
};

/// How often the exchange is asked which networks it cannot reach.
const ASK_NETWORKS: Duration = Duration::from_secs(20);
/// With nothing due, the loop looks around once in a while all the same.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

pub(crate) struct EventLoop {
    pub(crate) visit: Visit,
    /// What a crash left open, until all of it is brought to an end.
    pub(crate) recovery: Option<Recovery>,
    /// What the devices have counted.
    pub(crate) counted: Counted,
    pub(crate) watch: Option<Watch>,
    pub(crate) station: Correspondent,
    pub(crate) station_id: StationId,
    pub(crate) journal: Journal,
    pub(crate) devices: Devices,
    pub(crate) card_readers: CardReaders,
    pub(crate) handset: Handset,
    /// None where there is no handset.
    pub(crate) telephone: Option<UnboundedSender<softphone::Order>>,
    pub(crate) clock: Clock,
    pub(crate) show: Box<dyn FnMut(View) + Send>,
    /// The guide lights, as they shine.
    pub(crate) lights: Lights,
    pub(crate) happenings: Receiver<Happening>,
    /// Nothing that must be written down first may be done any more.
    pub(crate) journal_broken: bool,
    pub(crate) contacts: Contacts,
    /// What the office has announced, as it stands.
    pub(crate) bulletin: Bulletin,
    pub(crate) board_line: BoardLine,
    pub(crate) paper_line: PaperLine,
    /// The office wants the program started anew, when nobody stands here.
    pub(crate) restart_wanted: bool,
    /// By which the exchange knows this station's tickets.
    pub(crate) ticket_key: String,
    /// Leases that were asked for.
    pub(crate) asked: Asked,
    /// Makes documents under them.
    pub(crate) press: Sender<Job>,
    /// When leases are looked after.
    pub(crate) leases_at: Instant,
    pub(crate) ask_networks_at: Option<Instant>,
    /// Set while the disk is full.
    pub(crate) look_for_room_at: Option<Instant>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) editions: Editions<Content>,
    pub(crate) shelf: EditionShelf<Content>,
    /// For what this loop has done elsewhere.
    pub(crate) to_self: Sender<Happening>,
    pub(crate) forgetting: Forgetting,
    pub(crate) maintenance: Maintenance,
    /// What maintenance was last told of whether the kiosk rests.
    pub(crate) at_rest: bool,
    pub(crate) technicians: Arc<[Technician]>,
    /// The book of whoever looks after the kiosk.
    pub(crate) book_file: PathBuf,
    pub(crate) reports: Reports,
    pub(crate) backlight: Option<Backlight>,
    /// None on a machine that has no steward.
    pub(crate) pulse: Option<Pulse>,
    /// What is shown, by its name.
    pub(crate) screen: &'static str,
}

impl EventLoop {
    /// Runs until the program ends, or the office wants it started anew and nobody
    /// stands here.
    pub(crate) fn run(mut self) {
        let contact = self.contacts.last();
        self.tell(Event::Link(visit::Link::LastContact(contact)));
        self.tell(Event::Bulletin(self.bulletin.clone()));
        loop {
            self.carry_out();
            self.tend_maintenance();
            self.go_over_to_edition();
            self.forget_pages();
            self.beat();
            if self.restart_wanted && self.is_idle() {
                tracing::warn!("The kiosk ends to be started anew, as ordered");
                return;
            }
            match self.happenings.recv_timeout(self.wait()) {
                Ok(Happening::Ended) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(happening) => self.hear(happening),
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.look_at_the_clock();
        }
    }

    fn wait(&self) -> Duration {
        let due = [
            self.visit.poll_timeout(),
            self.maintenance.poll_timeout(),
            self.handset.poll_timeout(),
            self.recovery.as_ref().and_then(Recovery::poll_timeout),
            self.station.poll_timeout(),
            self.ask_networks_at,
            (!self.journal_broken).then_some(self.leases_at),
            self.look_for_room_at,
            self.forget_due(),
            self.editions.poll_timeout(),
            self.pulse.as_ref().map(Pulse::poll_timeout),
        ];
        let now = Instant::now();
        due.into_iter()
            .flatten()
            .map(|due| due.saturating_duration_since(now))
            .fold(LONGEST_WAIT, Duration::min)
    }

    fn look_at_the_clock(&mut self) {
        let now = self.clock.now();
        let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= now.instant);
        if is_due(self.visit.poll_timeout()) {
            self.visit.handle_timeout(now);
        }
        if is_due(self.maintenance.poll_timeout()) {
            self.maintenance.handle_timeout(now);
        }
        if is_due(self.handset.poll_timeout()) {
            self.handset.handle_timeout(now.instant);
        }
        if let Some(recovery) = &mut self.recovery
            && is_due(recovery.poll_timeout())
        {
            recovery.handle_timeout(now.instant);
        }
        if is_due(self.station.poll_timeout()) {
            self.station.handle_timeout(now.instant);
        }
        if is_due(self.ask_networks_at) {
            self.ask_networks();
        }
        if is_due(self.look_for_room_at) {
            self.look_for_room();
        }
        if !self.journal_broken && self.leases_at <= now.instant {
            self.look_after_leases();
        }
        if is_due(self.editions.poll_timeout()) {
            self.editions.handle_timeout(now.instant);
        }
        if is_due(self.forget_due()) {
            self.forget_finished();
        }
    }

    /// Who was here is not to be found in memory by who comes next.
    fn forget_pages(&mut self) {
        if self.visit.is_resting()
            && !self.journal_broken
            && let Err(error) = self.journal.release_memory()
        {
            self.journal_fails(&error);
        }
    }

    pub(crate) fn ask_networks(&mut self) {
        self.order(link::Order::AskNetworks);
        self.ask_networks_at = Some(Instant::now() + ASK_NETWORKS);
    }

    fn hear(&mut self, happening: Happening) {
        match happening {
            Happening::Touched(touch) if self.maintenance.is_open() => {
                self.maintain(maintenance::Event::Touched(touch));
            }
            Happening::Touched(touch) => self.tell(Event::Touched(touch)),
            Happening::Maintenance(event) => self.maintain(event),
            Happening::Device(event) => self.hear_device(event),
            Happening::Link(event) => self.linked(event),
            Happening::Edition(event) => self.edition_happened(event),
            Happening::Handset(event) => self.handset.handle(event, Instant::now()),
            Happening::Board(edition) => self.tell(Event::Board(edition)),
            Happening::HandedIn(taken) => self.tell(Event::HandedIn(taken)),
            Happening::Trusted(list) => self.tell(Event::Trusted(Arc::new(list))),
            Happening::PaperLookedUp { number, answer } => {
                self.tell(Event::PaperLookedUp { number, answer });
            }
            Happening::Made { request, made } => self.tell(Event::Made { request, made }),
            Happening::Ended => {}
        }
    }

    fn hear_device(&mut self, event: DeviceEvent) {
        match event {
            DeviceEvent::Card(index, event) => {
                if let CardReaderEvent::Status(status) = &event {
                    let told = Told::CardReader(index, status.state);
                    self.maintain(maintenance::Event::Told(told));
                }
                if let Some(event) = self.card_readers.hear(index, event) {
                    self.tell_of_device(Event::Card(event));
                }
            }
            DeviceEvent::DocumentPrinter(event) => {
                self.counted.printer_told(&event);
                self.recover(recovery::Event::DocumentPrinter(event.clone()));
                self.tell_of_device(Event::DocumentPrinter(event));
            }
            DeviceEvent::ReceiptPrinter(event) => self.tell_of_device(Event::ReceiptPrinter(event)),
            DeviceEvent::Cash { event, counters } => {
                self.counted.cash_told(counters);
                self.recover(recovery::Event::Cash {
                    event: event.clone(),
                    counters,
                });
                self.tell_of_device(Event::Cash(event));
            }
            DeviceEvent::PaymentTerminal(event) => {
                self.counted.terminal_told(&event);
                self.recover(recovery::Event::PaymentTerminal(event.clone()));
                self.tell_of_device(Event::PaymentTerminal(event));
            }
            DeviceEvent::Barcode(event) => self.tell_of_device(Event::Barcode(event)),
            DeviceEvent::Auxiliaries(event) => self.tell_of_device(Event::Auxiliaries(event)),
            DeviceEvent::PowerSupply(event) => self.tell_of_device(Event::PowerSupply(event)),
        }
    }

    fn linked(&mut self, event: link::Event) {
        match event {
            link::Event::Station(event) => self.station.handle(event, Instant::now()),
            link::Event::Document { number, content } => {
                self.tell(Event::Document { number, content });
            }
            link::Event::Networks(link::Reach { reached, away, at }) => {
                let wall = self.clock.now().wall;
                self.maintain(maintenance::Event::Networks(away.clone()));
                let ahead = at.as_millis().saturating_sub(wall.as_millis());
                self.maintain(maintenance::Event::ExchangeClock(ahead));
                let contact = self.contacts.heard(&reached, wall);
                self.tell(Event::Link(visit::Link::LastContact(contact)));
                self.tell(Event::Link(visit::Link::NetworksAway(away)));
                self.ask_for_leases();
            }
            link::Event::Room(attempt, answer) => self.tell(Event::RoomAnswered(attempt, answer)),
            link::Event::Check(attempt, answer) => {
                self.tell(Event::CheckAnswered(attempt, answer));
            }
            // A kiosk asks about no other's room or check.
            link::Event::Rooms(..) | link::Event::Checks(..) => {}
            link::Event::EditionOffered(answer) => {
                self.edition_happened(EditionEvent::Offered(answer));
            }
            link::Event::EditionCame { digest, signed } => {
                self.edition_happened(EditionEvent::Came { digest, signed });
            }
            link::Event::Leased { service, answer } => self.leased(service, answer.as_ref()),
            link::Event::PetitionAnswered { question, answer } => {
                self.tell(Event::PetitionAnswered { question, answer });
            }
            link::Event::LookedUp { code, answer } => {
                // The code is the one that was sent.
                if let Ok(code) = Code::parse(&code) {
                    self.tell(Event::LookedUp { code, answer });
                }
            }
        }
    }

    /// While something is open from before, the devices' words are about that.
    pub(crate) fn recover(&mut self, event: recovery::Event) {
        if let Some(recovery) = &mut self.recovery {
            recovery.handle(event, Instant::now());
        }
    }

    pub(crate) fn tell(&mut self, event: Event) {
        let now = self.clock.now();
        self.visit.handle(event, now);
    }

    pub(crate) fn order(&self, order: link::Order) {
        self.station.order(order);
    }
}
