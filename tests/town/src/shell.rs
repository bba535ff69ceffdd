//! The shell around a station: carries out what visit and replication want done,
//! in the order they say it, as `kiosk/src/carry_out.rs` does.

use journal::Mark;
use kiosk::{
    recovery,
    visit::{Command, Event, Link},
};
use request::{RequestEvent, RequestId, ServiceRequest};
use std::time::Duration;
use sync::{Agreement, Announcement, Hello, Publication, StationCommand, StationEvent};

use crate::{
    bug::Bug,
    cable::Cable,
    town::{Call, Happening, Town},
};

const REFUSED: Duration = Duration::from_millis(50);

impl Town {
    /// Until the station has nothing more to do; then the laws must hold.
    pub(crate) fn settle(&mut self, at: usize) {
        while self.violation.is_none() && self.stations[at].running {
            let station = &mut self.stations[at];
            if let Some(command) = station.poll_recovery() {
                if station.power_goes() {
                    return self.crash(at, None);
                }
                self.for_recovery(at, command);
            } else if let Some(command) = station.poll_visit() {
                if station.power_goes_before(&command) {
                    return self.crash(at, Some(command));
                }
                self.for_visit(at, command);
            } else if let Some(command) = station.replication.poll_command() {
                if station.power_goes() {
                    return self.crash(at, None);
                }
                self.for_replication(at, command);
            } else {
                break;
            }
        }
        self.hold(at);
    }

    fn for_visit(&mut self, at: usize, command: Command) {
        let station = &mut self.stations[at];
        if station.journal_broken && !command.is_harmless() {
            return;
        }
        self.was_written_down(at, &command);
        let station = &mut self.stations[at];
        let Some(kiosk) = station.kiosk_mut() else {
            return;
        };
        match command {
            Command::Show(view) => kiosk.view = Some(*view),
            Command::Open {
                service,
                version,
                channel,
                language,
                terms,
            } => {
                let event = RequestEvent::Opened {
                    service,
                    service_version: version,
                    channel,
                    station: station.id.clone(),
                    language: language.to_owned(),
                    terms,
                };
                if let Some(request) = self.open(at, &event) {
                    self.tell_within(at, Event::Opened(Box::new(request)));
                }
            }
            Command::Record { request, event } => self.record_or_hold_back(at, request, event),
            Command::RecordTogether(facts) => self.record_together(at, &facts),
            Command::Fetch(document) => {
                let life = station.life;
                let number = document.number;
                let unfetched = Happening::Document(at, life, number.clone(), None);
                self.send(at, Happening::Fetched(at, life, number), unfetched);
            }
            // No citizen of the town calls an agent.
            Command::AskRoom(..) | Command::AskCheck(..) | Command::Handset(_) => {}
            // The town's citizens come without tickets.
            // Nobody in this town writes for the board.
            Command::HandIn { .. } | Command::LookUpPaper(_) | Command::Barcode(_) => {}
            Command::LookUp(code) => {
                let answer = None;
                self.tell_within(at, Event::LookedUp { code, answer });
            }
            Command::AskPetition(question) => {
                let answer = None;
                self.tell_within(at, Event::PetitionAnswered { question, answer });
            }
            Command::Make(making) => self.make(at, *making),
            Command::Card(order) => {
                let ahead = kiosk.slot.order(order);
                self.plan_devices(at, ahead);
            }
            Command::DocumentPrinter(order) => self.order_printer(at, &order),
            Command::ReceiptPrinter(order) => {
                let ahead = kiosk.receipts.order(order);
                self.plan_devices(at, ahead);
            }
            Command::Cash(order) => self.order_cash(at, order),
            Command::PaymentTerminal(order) => self.order_terminal(at, &order),
        }
    }

    /// Tells the visit something while it is being listened to.
    pub(crate) fn tell_within(&mut self, at: usize, event: Event) {
        let moment = self.moment(at);
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            kiosk.visit.handle(event, moment);
        }
    }

    /// Opens a request; nothing when the journal does not take it.
    pub(crate) fn open(&mut self, at: usize, event: &RequestEvent) -> Option<ServiceRequest> {
        let wall = self.moment(at).wall;
        let mark = self.mark();
        let id = self.stations[at].journal.mint_request(wall, mark);
        let recorded = self.record(at, &id, event);
        ServiceRequest::open(id, event).filter(|_| recorded)
    }

    /// Drawn with the town's dice.
    fn mark(&mut self) -> Mark {
        let drawn = self.dice.below(u64::MAX).to_le_bytes();
        match self.bug {
            Some(Bug::MintsFromTheDiskAlone) => Mark::from_bytes([0; Mark::BYTES]),
            _ => Mark::from_bytes(std::array::from_fn(|place| drawn[place])),
        }
    }

    /// Writes an entry down; `false` when the disk is full or the power has gone.
    pub(crate) fn record(&mut self, at: usize, id: &RequestId, event: &RequestEvent) -> bool {
        let (now, wall) = (self.now, self.moment(at).wall);
        let station = &mut self.stations[at];
        if station.journal_broken {
            return false;
        }
        if station.is_full() {
            self.journal_fails(at, Some(event));
            return false;
        }
        self.is_proven(at, id, event);
        let too_late = self.bug == Some(Bug::NotesCountersTooLate);
        if !too_late && !self.note_counters(at, id, event) {
            return false;
        }
        let station = &mut self.stations[at];
        if station.power_goes_in_write() {
            self.crash_in_write(at, &[(id.clone(), event.clone())]);
            return false;
        }
        if self.bug == Some(Bug::AcceptsBeforeWriting) {
            station.written.entry(id, event);
            let last = station.unwritten.replace((id.clone(), event.clone()));
            if let Some((id, event)) = last {
                station.journal.append(&id, &event, wall).unwrap();
                station.replication.handle(StationEvent::Recorded, now);
            }
            return true;
        }
        let number = station.journal.append(id, event, wall).unwrap();
        station.written.entry(id, event);
        let expected = station.written.entries;
        station.replication.handle(StationEvent::Recorded, now);
        self.require("numbers have no gap", number == expected, || {
            format!("entry {number} came where {expected} was due")
        });
        let counters = self.stations[at].kiosk().map(|it| it.cash_counters);
        self.is_written(at, id, event, counters.unwrap_or_default());
        if too_late {
            return self.note_counters(at, id, event);
        }
        true
    }

    /// Writes down what happened to several requests at one moment: all of it, or nothing.
    fn record_together(&mut self, at: usize, facts: &[(RequestId, RequestEvent)]) {
        let facts = match self.bug {
            Some(Bug::LosesWhatIsCarried) => &facts[..1],
            _ => facts,
        };
        // Such a shell knows no transaction.
        if self.bug == Some(Bug::AcceptsBeforeWriting) {
            let life = self.stations[at].life;
            for (id, event) in facts {
                if self.stations[at].life == life {
                    self.record(at, id, event);
                }
            }
            return;
        }
        let (now, wall) = (self.now, self.moment(at).wall);
        if self.stations[at].journal_broken {
            return;
        }
        if self.stations[at].is_full() {
            return self.journal_fails(at, None);
        }
        for (id, event) in facts {
            self.is_proven(at, id, event);
            if !self.note_counters(at, id, event) {
                return;
            }
        }
        if self.stations[at].power_goes_in_write() {
            return self.crash_in_write(at, facts);
        }
        let station = &mut self.stations[at];
        station.journal.append_at_once(facts, wall).unwrap();
        station.replication.handle(StationEvent::Recorded, now);
        for (id, event) in facts {
            self.stations[at].written.entry(id, event);
            let counters = self.stations[at].kiosk().map(|it| it.cash_counters);
            self.is_written(at, id, event, counters.unwrap_or_default());
        }
    }

    fn journal_fails(&mut self, at: usize, unwritten: Option<&RequestEvent>) {
        let station = &mut self.stations[at];
        station.journal_broken = true;
        if let Some(kiosk) = station.kiosk_mut() {
            if let Some(RequestEvent::CoinTaken { value_won }) = unwritten {
                kiosk.cash.uncounted_won += value_won;
            }
            self.tell_within(at, Event::JournalBroken);
        }
    }

    fn for_replication(&mut self, at: usize, command: StationCommand) {
        let now = self.now;
        let life = self.stations[at].life;
        match command {
            StationCommand::Hello {
                attempt,
                received,
                finding,
            } => {
                let hides = self.bug == Some(Bug::HidesWhatItFinds);
                let hello = Hello {
                    head: self.stations[at].journal.head().clone(),
                    received,
                    release: String::new(),
                    finding: finding.filter(|_| !hides),
                };
                let call = Call { life, attempt };
                self.call(at, call, Happening::Greets(at, call, hello));
            }
            StationCommand::Compare { number, hash } => {
                let station = &mut self.stations[at];
                let own = station.journal.hash_at(number).unwrap();
                let compared = StationEvent::Compared(Agreement::of(own, hash));
                station.replication.handle(compared, now);
            }
            StationCommand::Read { after, limit } => {
                let station = &mut self.stations[at];
                let mut entries = station.journal.entries(after, limit).unwrap();
                if self.bug == Some(Bug::TrustsTheClock) {
                    let newest = station.newest_acknowledged;
                    entries.retain(|entry| newest.is_none_or(|it| entry.recorded_at >= it));
                }
                let before = station.journal.hash_at(after).unwrap().unwrap();
                let read = StationEvent::Pending { before, entries };
                station.replication.handle(read, now);
            }
            StationCommand::Offer { attempt, offer } => {
                let station = &mut self.stations[at];
                station.newest_offered = offer.entries.last().map(|it| it.recorded_at);
                let call = Call { life, attempt };
                self.call(at, call, Happening::Offered(at, call, offer));
            }
            StationCommand::Listen {
                attempt,
                after,
                wait,
            } => {
                let call = Call { life, attempt };
                self.call(at, call, Happening::Asked(at, call, after, wait));
            }
            StationCommand::Sign { attempt, number } => {
                self.sign(at, Call { life, attempt }, number);
            }
            StationCommand::Keep(head) => self.keep_checkpoint(at, &head),
            StationCommand::Acknowledge(number) => {
                let too_many = u64::from(self.bug == Some(Bug::AcknowledgesOneTooMany));
                self.acknowledge(at, number + too_many);
            }
            StationCommand::Withdraw(number) => {
                panic!("the exchange lost what comes after {number}")
            }
            StationCommand::ReadSalvaged { .. }
            | StationCommand::AcknowledgeSalvaged(..)
            | StationCommand::SalvageRefused => panic!("there was no damaged journal"),
            StationCommand::Skip(number) => {
                panic!("there was no earlier journal, and {number} was published for it")
            }
            StationCommand::Quarantined(reason) => self.is_in_quarantine(at, reason),
            StationCommand::Receive(publication) => self.receive(at, publication),
            StationCommand::Connected => {
                self.is_welcome(at);
                self.tell_within(at, Event::Link(Link::Connected));
                self.ask_for_lease(at);
            }
            StationCommand::Away => self.tell_within(at, Event::Link(Link::Away)),
        }
    }

    fn acknowledge(&mut self, at: usize, number: u64) {
        if self.stations[at].journal_broken {
            return;
        }
        self.is_at_the_exchange(at, number);
        let station = &mut self.stations[at];
        station.journal.acknowledge(number).unwrap();
        station.written.acknowledged = number;
        station.newest_acknowledged = station.newest_offered;
    }

    fn receive(&mut self, at: usize, publication: Publication) {
        let station = &mut self.stations[at];
        if station.journal_broken {
            return;
        }
        if station.is_full() {
            return self.journal_fails(at, None);
        }
        if station.journal.receive(&publication).unwrap() {
            let number = publication.number;
            match publication.content {
                Announcement::Request { request, event } => {
                    station.written.publication(number, &request, &event);
                    let published = recovery::Event::Published {
                        request: request.clone(),
                        event: event.clone(),
                    };
                    self.recover(at, published);
                    self.tell_within(at, Event::Published { request, event });
                }
                Announcement::Released
                | Announcement::Wedged { .. }
                | Announcement::Settled { .. } => station.written.received = number,
                other => panic!("the exchange announced {other:?}"),
            }
        }
    }

    /// Asks the exchange.
    pub(crate) fn call(&mut self, at: usize, call: Call, frame: Happening) {
        let failed = StationEvent::Failed(call.attempt);
        self.send(at, frame, Happening::Answered(at, call.life, failed));
    }

    /// Sends a frame to the exchange; a cut cable refuses it.
    pub(crate) fn send(&mut self, at: usize, frame: Happening, refused: Happening) {
        let cable = self.stations[at].cable;
        if cable == Cable::Cut {
            return self.plan(REFUSED, refused);
        }
        for after in cable.carry(&mut self.dice) {
            self.plan(after, frame.clone());
        }
    }

    /// A frame from the exchange arrives.
    pub(crate) fn answered(&mut self, at: usize, life: u32, event: StationEvent) {
        let now = self.now;
        let station = &mut self.stations[at];
        if station.life == life {
            station.replication.handle(event, now);
            self.settle(at);
        }
    }

    fn record_or_hold_back(&mut self, at: usize, id: RequestId, event: RequestEvent) {
        let late = match self.bug {
            Some(Bug::JournalsAfterPrinting | Bug::JournalsAfterPrintingUnwatched) => {
                matches!(event, RequestEvent::IssueBegun { .. })
            }
            Some(Bug::JournalsAfterPaying) => matches!(event, RequestEvent::PayoutBegun { .. }),
            _ => false,
        };
        match self.stations[at].kiosk_mut() {
            Some(kiosk) if late => kiosk.mistaken.held_back = Some((id, event)),
            _ => {
                self.record(at, &id, &event);
            }
        }
    }
}
