//! The one place where office, journal, exchange, mailbox and mail server meet.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use catalog::AcceptedService;
use journal::Journal;
use lettre::Address;
use mail::{NotAPetition, Petition};
use post::{Command, Event, Office, Order, Outcome, Place};
use request::{RequestEvent, RequestId, ServiceId};
use station::{Clock, Correspondent, Forgetting, Moment};
use sync::StationEvent;
use tokio::sync::mpsc::UnboundedSender;

use crate::{happening::Happening, letter, mailbox, outgoing::MailServer};

/// With nothing due, the loop looks around once in a while all the same.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

pub(crate) struct EventLoop {
    pub(crate) office: Office,
    pub(crate) station: Correspondent,
    pub(crate) journal: Journal,
    pub(crate) mailbox: UnboundedSender<mailbox::Order>,
    pub(crate) server: Arc<MailServer>,
    pub(crate) runtime: tokio::runtime::Handle,
    pub(crate) service: Arc<AcceptedService>,
    pub(crate) address: Address,
    pub(crate) clock: Clock,
    pub(crate) heard: Receiver<Happening>,
    pub(crate) happenings: Sender<Happening>,
    /// Nothing that must be written down first may be done any more.
    pub(crate) journal_broken: bool,
    pub(crate) forgetting: Forgetting,
}

impl EventLoop {
    /// Runs until the program ends, or the journal fails.
    pub(crate) fn run(mut self) {
        loop {
            self.carry_out();
            if self.journal_broken {
                return;
            }
            match self.heard.recv_timeout(self.wait()) {
                Ok(Happening::Ended) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(happening) => self.hear(happening),
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.look_at_the_clock();
        }
    }

    fn wait(&self) -> Duration {
        let due = [
            self.office.poll_timeout(),
            self.station.poll_timeout(),
            Some(self.forgetting.due()),
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
        if is_due(self.office.poll_timeout()) {
            self.office.handle_timeout(now.instant);
        }
        if is_due(self.station.poll_timeout()) {
            self.station.handle_timeout(now.instant);
        }
        if self.forgetting.due() <= now.instant {
            self.forget_finished(now);
        }
    }

    fn hear(&mut self, happening: Happening) {
        match happening {
            Happening::Link(event) => self.linked(event),
            Happening::Found { place, read } => self.found(place, read),
            Happening::MailboxLost => self.tell(Event::MailboxLost),
            Happening::LetterEnded {
                request,
                letter,
                outcome,
            } => self.tell(Event::LetterEnded {
                request,
                letter,
                outcome,
            }),
            Happening::Ended => {}
        }
    }

    fn found(&mut self, place: Place, read: Box<Result<Petition, NotAPetition>>) {
        let id = read
            .as_ref()
            .as_ref()
            .ok()
            .map(|it| self.office.request_of(it));
        let known = id.map_or(Ok(None), |id| self.journal.newest_entry_of(&id));
        match known {
            Ok(known) => self.tell(Event::Found { place, read, known }),
            Err(error) => self.journal_fails(&error),
        }
    }

    fn linked(&mut self, event: link::Event) {
        match event {
            link::Event::Station(event) => self.station.handle(event, Instant::now()),
            // A post office asks for none of these.
            link::Event::Networks(_)
            | link::Event::LookedUp { .. }
            | link::Event::PetitionAnswered { .. }
            | link::Event::Document { .. }
            | link::Event::Leased { .. }
            | link::Event::EditionOffered(_)
            | link::Event::EditionCame { .. }
            | link::Event::Room(..)
            | link::Event::Rooms(..)
            | link::Event::Check(..)
            | link::Event::Checks(..) => {}
        }
    }

    /// Until neither has anything more to say. A fact is durable before what follows
    /// it: when the journal fails, the rest is left undone.
    fn carry_out(&mut self) {
        while !self.journal_broken {
            if let Some(command) = self.office.poll_command() {
                self.carry_out_for_office(command);
            } else if let Some(command) = self.station.poll_command() {
                self.carry_out_for_station(command);
            } else {
                return;
            }
        }
    }

    fn carry_out_for_office(&mut self, command: Command) {
        match command {
            Command::Open { request, events } => self.open(request, &events),
            Command::Record { request, event } => {
                let now = self.clock.now();
                match self.journal.append(&request, &event, now.wall) {
                    Ok(_) => self.station.handle(StationEvent::Recorded, now.instant),
                    Err(error) => self.journal_fails(&error),
                }
            }
            Command::Move { place, folder } => {
                // The mailbox ends only with the program.
                let _ = self.mailbox.send(mailbox::Order { place, folder });
            }
            Command::Send(order) => self.send(*order),
        }
    }

    fn open(&mut self, request: RequestId, events: &[RequestEvent]) {
        let now = self.clock.now();
        match self.journal.append_together(&request, events, now.wall) {
            Ok(number) => {
                tracing::info!(%request, "A petition came");
                self.station.handle(StationEvent::Recorded, now.instant);
                self.tell(Event::Opened { request, number });
            }
            Err(journal::Error::Full) => {
                tracing::error!("The disk is full; letters stay in the mailbox");
                self.tell(Event::NoRoom { request });
            }
            Err(error) => self.journal_fails(&error),
        }
    }

    fn send(&self, order: Order) {
        let now = self.clock.now().wall;
        let composed = letter::compose(&order, &self.address, &self.service, now);
        let (server, happenings) = (Arc::clone(&self.server), self.happenings.clone());
        self.runtime.spawn(async move {
            let outcome = match composed {
                Some(composed) => server.send(&composed).await,
                None => Outcome::Refused,
            };
            let Order {
                request, letter, ..
            } = order;
            tracing::info!(%request, ?letter, ?outcome, "A letter was given to the mail server");
            drop(happenings.send(Happening::LetterEnded {
                request,
                letter,
                outcome,
            }));
        });
    }

    fn forget_finished(&mut self, now: Moment) {
        let kept = self.service.retention.at_station();
        let term = |_: &ServiceId| kept;
        if let Err(error) = self.forgetting.forget(&mut self.journal, &term, kept, now) {
            self.journal_fails(&error);
        }
    }

    pub(crate) fn tell(&mut self, event: Event) {
        self.office.handle(event, Instant::now());
    }

    pub(crate) fn journal_fails(&mut self, error: &journal::Error) {
        if error.is_damage() {
            self.journal.condemn();
        }
        self.journal_broken = true;
        let cause = std::error::Error::source(error).map(ToString::to_string);
        tracing::error!(%error, cause, "The journal failed; letters stay where they are");
    }
}
