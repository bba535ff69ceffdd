//! Does what the visit and the station want done, in the order they said it.
//!
//! A fact is durable before the deed after it: when the journal fails, the
//! deeds that it announces are left undone.

use std::time::Instant;

use request::{RequestEvent, RequestId, ServiceRequest};
use sync::StationEvent;

use crate::{
    event_loop::EventLoop,
    visit::{self, Command, Event},
};

impl EventLoop {
    /// Until neither has anything more to say.
    pub(crate) fn carry_out(&mut self) {
        loop {
            if let Some(command) = self.visit.poll_command() {
                self.carry_out_for_visit(command);
            } else if let Some(command) = self.station.poll_command() {
                self.carry_out_for_station(command);
            } else {
                return;
            }
        }
    }

    fn carry_out_for_visit(&mut self, command: Command) {
        if self.journal_broken && !command.is_harmless() {
            return;
        }
        match command {
            Command::Show(view) => (self.show)(*view),
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
            Command::Fetch(document) => self.order(link::Order::Fetch(document)),
            Command::Card(order) => self.devices.card(order),
            Command::DocumentPrinter(order) => self.devices.document_printer(order),
            Command::ReceiptPrinter(order) => self.devices.receipt_printer(order),
            Command::Cash(order) => self.devices.cash(order),
        }
    }

    /// Mints an id, writes the opening down and gives the request to the visit.
    fn open(&mut self, event: &RequestEvent) {
        let id = self.journal.mint_request(self.clock.now().wall);
        self.record(&id, event);
        if let Some(request) = ServiceRequest::open(id, event).filter(|_| !self.journal_broken) {
            self.tell(Event::Opened(Box::new(request)));
        }
    }

    fn record(&mut self, request: &RequestId, event: &RequestEvent) {
        match self.journal.append(request, event, self.clock.now().wall) {
            Ok(_) => self.station.handle(StationEvent::Recorded, Instant::now()),
            Err(error) => self.journal_fails(&error),
        }
    }

    pub(crate) fn journal_fails(&mut self, error: &journal::Error) {
        if !std::mem::replace(&mut self.journal_broken, true) {
            let cause = std::error::Error::source(error).map(ToString::to_string);
            tracing::error!(%error, cause, "The journal failed; nobody is served any more");
            self.tell(Event::JournalBroken);
        }
    }
}
