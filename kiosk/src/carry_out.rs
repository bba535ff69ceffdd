//! Does what the visit and the station want done, in the order they said it.
//!
//! A fact is durable before the deed after it: when the journal fails, the
//! deeds that it announces are left undone.

use std::time::{Duration, Instant};

use devices::{
    auxiliaries::AuxiliariesOrder, cash::CashOrder, document_printer::DocumentPrinterOrder,
    payment_terminal::PaymentTerminalOrder,
};
use journal::Mark;
use request::{RequestEvent, RequestId, ServiceRequest};
use sync::StationEvent;

use crate::{
    deed::{Deed, DeedKind, When},
    event_loop::EventLoop,
    handset::{HandsetCommand, HandsetEvent},
    lights::guide_lights,
    recovery::{self, Recovery},
    visit::{Command, Event, View},
};

/// How often a full disk is looked at again.
const LOOK_FOR_ROOM: Duration = Duration::from_secs(15);

impl EventLoop {
    /// Until neither has anything more to say.
    pub(crate) fn carry_out(&mut self) {
        loop {
            if let Some(command) = self.recovery.as_mut().and_then(Recovery::poll_command) {
                self.carry_out_for_recovery(command);
            } else if let Some(command) = self.visit.poll_command() {
                self.carry_out_for_visit(command);
            } else if let Some(command) = self.maintenance.poll_command() {
                self.carry_out_for_maintenance(command);
            } else if let Some(command) = self.handset.poll_command() {
                self.carry_out_for_handset(command);
            } else if let Some(command) = self.editions.poll_command() {
                self.carry_out_for_editions(command);
            } else if let Some(command) = self.station.poll_command() {
                self.carry_out_for_station(command);
            } else {
                return;
            }
        }
    }

    /// Shows it, and lights the place that it is about.
    pub(crate) fn show(&mut self, view: View) {
        let lights = guide_lights(&view.screen);
        if std::mem::replace(&mut self.lights, lights) != lights {
            self.devices.auxiliaries(AuxiliariesOrder::Shine(lights));
        }
        self.screen = view.screen.name();
        (self.show)(view);
    }

    fn hand_in(&self, topic: String, words: board::Words) {
        let now = self.clock.now().wall;
        self.board_line.hand_in(topic, words, now);
    }

    fn carry_out_for_visit(&mut self, command: Command) {
        if self.journal_broken && !command.is_harmless() {
            return;
        }
        match command {
            // What is shown in the meantime is shown when the technician has gone.
            Command::Show(_) if self.maintenance.is_open() => {}
            Command::Show(view) => self.show(*view),
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
                    station: self.station_id.clone(),
                    language: language.to_owned(),
                    terms,
                };
                self.open(&event);
            }
            Command::Record { request, event } => self.record(&request, &event),
            Command::RecordTogether(facts) => self.record_together(&facts),
            Command::Fetch(document) => self.order(link::Order::Fetch(document)),
            Command::Make(making) => self.make(*making),
            Command::AskRoom(attempt, question) => {
                self.order(link::Order::AskRoom(attempt, question));
            }
            Command::AskCheck(attempt, question) => {
                self.order(link::Order::AskCheck(attempt, question));
            }
            Command::HandIn { topic, words } => self.hand_in(topic, words),
            Command::LookUp(code) => {
                let code = code.digits();
                self.order(link::Order::LookUp { code });
            }
            Command::AskPetition(question) => self.order(link::Order::AskPetition(question)),
            Command::Handset(order) => {
                let event = HandsetEvent::Ordered(order);
                self.handset.handle(event, Instant::now());
            }
            Command::LookUpPaper(number) => self.paper_line.look_up(number),
            // Nothing is moved by it, and nothing has to be found out after a crash.
            Command::Barcode(order) => self.devices.barcode_reader(order),
            Command::Card(order) => {
                self.watched(DeedKind::Order, &order, |it| it.devices.card(order));
            }
            Command::DocumentPrinter(order) => self.order_document_printer(order),
            Command::ReceiptPrinter(order) => {
                self.watched(DeedKind::Order, &order, |it| {
                    it.devices.receipt_printer(order.clone())
                });
            }
            Command::Cash(order) => self.order_cash(order),
            Command::PaymentTerminal(order) => self.order_payment_terminal(order),
        }
    }

    fn carry_out_for_handset(&mut self, command: HandsetCommand) {
        match command {
            HandsetCommand::Order(order) => {
                // The line ends only with the program.
                let telephone = self.telephone.as_ref();
                let _ = telephone.map(|it| it.send(order));
            }
            HandsetCommand::Report(voice) => self.tell(Event::Voice(voice)),
        }
    }

    fn carry_out_for_recovery(&mut self, command: recovery::Command) {
        if self.journal_broken {
            self.recovery = None;
            return;
        }
        match command {
            recovery::Command::Record { request, event } => self.record(&request, &event),
            recovery::Command::DocumentPrinter(order) => self.order_document_printer(order),
            recovery::Command::Cash(order) => self.order_cash(order),
            recovery::Command::PaymentTerminal(order) => self.order_payment_terminal(order),
            recovery::Command::Finish => {
                self.recovery = None;
                self.tell(Event::Recovered);
            }
        }
    }

    pub(crate) fn order_document_printer(&mut self, order: DocumentPrinterOrder) {
        self.counted.printer_ordered(&order);
        self.watched(DeedKind::Order, &order, |it| {
            it.devices.document_printer(order.clone())
        });
    }

    fn order_payment_terminal(&mut self, order: PaymentTerminalOrder) {
        self.counted.terminal_ordered(&order);
        self.watched(DeedKind::Order, &order, |it| {
            it.devices.payment_terminal(order.clone())
        });
    }

    pub(crate) fn order_cash(&mut self, order: CashOrder) {
        self.watched(DeedKind::Order, &order, |it| it.devices.cash(order));
    }

    /// Does a deed under the eyes of whoever watches.
    pub(crate) fn watched<T>(
        &mut self,
        kind: DeedKind,
        what: &dyn std::fmt::Debug,
        act: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let Some(mut watch) = self.watch.take() else {
            return act(self);
        };
        let deed = Deed::of(kind, what);
        watch(&deed, When::Before);
        let done = act(self);
        watch(&deed, When::After);
        self.watch = Some(watch);
        done
    }

    /// Mints an id, writes the opening down and gives the request to the visit.
    fn open(&mut self, event: &RequestEvent) {
        let now = self.clock.now();
        let id = match Mark::draw() {
            Ok(mark) => self.journal.mint_request(now.wall, mark),
            Err(error) => return self.journal_fails(&error),
        };
        let written = self.watched(DeedKind::Entry, event, |it| {
            it.journal.append(&id, event, now.wall)
        });
        match written {
            Ok(_) => {
                self.station.handle(StationEvent::Recorded, now.instant);
                if let Some(request) = ServiceRequest::open(id, event) {
                    self.tell(Event::Opened(Box::new(request)));
                }
            }
            // Nothing was promised yet; what was is finished in the reserve.
            Err(journal::Error::Full) => {
                tracing::error!("The disk is full; nobody is served until there is room");
                self.look_for_room_at = Some(now.instant + LOOK_FOR_ROOM);
                self.tell(Event::Room(false));
            }
            Err(error) => self.journal_fails(&error),
        }
    }

    pub(crate) fn look_for_room(&mut self) {
        let has_room = self.journal.has_room();
        self.look_for_room_at = (!has_room).then(|| Instant::now() + LOOK_FOR_ROOM);
        if has_room {
            tracing::info!("The disk has room again");
            self.tell(Event::Room(true));
        }
    }

    fn record(&mut self, request: &RequestId, event: &RequestEvent) {
        if let Err(error) = self.note_counters(request, event) {
            return self.journal_fails(&error);
        }
        let now = self.clock.now().wall;
        let written = self.watched(DeedKind::Entry, event, |it| {
            it.journal.append(request, event, now)
        });
        match written {
            Ok(_) => self.station.handle(StationEvent::Recorded, Instant::now()),
            Err(error) => self.journal_fails(&error),
        }
    }

    fn record_together(&mut self, facts: &[(RequestId, RequestEvent)]) {
        let Some((_, newest)) = facts.last() else {
            return;
        };
        for (request, event) in facts {
            if let Err(error) = self.note_counters(request, event) {
                return self.journal_fails(&error);
            }
        }
        let now = self.clock.now().wall;
        let written = self.watched(DeedKind::Entry, newest, |it| {
            it.journal.append_at_once(facts, now)
        });
        match written {
            Ok(_) => self.station.handle(StationEvent::Recorded, Instant::now()),
            Err(error) => self.journal_fails(&error),
        }
    }

    /// What the device had counted by itself is there before the entry that needs it.
    fn note_counters(
        &mut self,
        request: &RequestId,
        event: &RequestEvent,
    ) -> Result<(), journal::Error> {
        let Some(beside) = self.counted.beside(event) else {
            return Ok(());
        };
        self.watched(DeedKind::Counters, event, |it| {
            let counters = &beside.counters;
            it.journal
                .note_device_counters(beside.device, request, counters)
        })
    }

    pub(crate) fn journal_fails(&mut self, error: &journal::Error) {
        if error.is_damage() {
            self.journal.condemn();
        }
        if !std::mem::replace(&mut self.journal_broken, true) {
            let cause = std::error::Error::source(error).map(ToString::to_string);
            tracing::error!(%error, cause, "The journal failed; nobody is served any more");
            self.tell(Event::JournalBroken);
        }
    }
}
