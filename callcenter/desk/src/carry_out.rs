//! Does what the workplace and the station want done, in the order they said it.
//!
//! A fact is durable before what follows it: when the journal fails, the rest is
//! left undone.

use std::time::{Duration, Instant};

use journal::{Mark, WrittenReply};
use request::{Channel, RequestEvent, RequestId, ServiceRequest};
use sync::StationEvent;

use crate::{
    Outbox, chosen_sound,
    event_loop::EventLoop,
    petitions::{PetitionsCommand, PetitionsEvent},
    workplace::{Command, Event},
};

/// How often a full disk is looked at again.
const LOOK_FOR_ROOM: Duration = Duration::from_secs(15);

impl EventLoop {
    /// Until neither has anything more to say.
    pub(crate) fn carry_out(&mut self) {
        loop {
            if let Some(command) = self.workplace.poll_command() {
                self.carry_out_for_workplace(command);
            } else if let Some(command) = self.editions.poll_command() {
                self.carry_out_for_editions(command);
            } else if let Some(command) = self.station.poll_command() {
                self.carry_out_for_station(command);
            } else {
                return;
            }
        }
    }

    fn carry_out_for_workplace(&mut self, command: Command) {
        match command {
            Command::Show(view) => (self.show)(*view),
            Command::Open {
                service,
                version,
                language,
                terms,
            } => self.open(&RequestEvent::Opened {
                service,
                service_version: version,
                channel: Channel::Telephone,
                station: self.station_id.clone(),
                language: language.to_owned(),
                terms,
            }),
            Command::Record { request, event } => self.record(&request, &event),
            Command::Prepared(row) => {
                if !self.journal_broken {
                    self.tell(Event::Prepared(row));
                }
            }
            Command::LookUp(code) => {
                let code = code.digits();
                self.order(link::Order::LookUp { code });
            }
            Command::AskRooms(attempt, question) => {
                self.order(link::Order::AskRooms(attempt, question));
            }
            Command::AskChecks(attempt, question) => {
                self.order(link::Order::AskChecks(attempt, question));
            }
            Command::Wear(badge) => {
                self.petitions.wear(badge.clone());
                self.order(link::Order::Wear(badge));
            }
            Command::Petitions(command) => self.about_petition(command),
            Command::Knowledge(command) => self.knowledge.carry_out(command, &self.runtime),
            Command::Postings(command) => self.postings.carry_out(command, &self.runtime),
            Command::Sending(command) => self.sending.carry_out(command, &self.runtime),
            Command::Attention(command) => self.attention.carry_out(command, &self.runtime),
            Command::RememberSound(chosen) => chosen_sound::write(&self.sound_file, &chosen),
            Command::Telephone(order) => {
                let telephone = self.telephone.as_ref();
                if telephone.is_some_and(|it| it.send(order).is_err()) {
                    tracing::warn!("The telephone has gone");
                }
            }
        }
    }

    fn about_petition(&mut self, command: PetitionsCommand) {
        let now = self.clock.now();
        match command {
            PetitionsCommand::WriteDown {
                request,
                agent,
                text,
                decision,
            } => {
                let reply = WrittenReply {
                    request,
                    agent,
                    written_at: now.wall,
                    text,
                    decision,
                };
                if self.journal_broken {
                    return;
                }
                match self.journal.write_reply(&reply) {
                    Ok(()) => self.tell(Event::Petitions(PetitionsEvent::Written(reply))),
                    Err(error) => self.journal_fails(&error),
                }
            }
            PetitionsCommand::Erase(request) => {
                if let Err(error) = self.journal.erase_reply(&request) {
                    self.journal_fails(&error);
                }
            }
            command @ (PetitionsCommand::Ask(_)
            | PetitionsCommand::Open(_)
            | PetitionsCommand::Take { .. }
            | PetitionsCommand::Send { .. }
            | PetitionsCommand::Find(_)
            | PetitionsCommand::Do { .. }
            | PetitionsCommand::Save { .. }
            | PetitionsCommand::ForgetFiles) => self.petitions.carry_out(command, &self.runtime),
        }
    }

    /// Mints an id, writes the opening down and gives the request to the workplace.
    fn open(&mut self, event: &RequestEvent) {
        if self.journal_broken {
            return;
        }
        let now = self.clock.now();
        let id = match Mark::draw() {
            Ok(mark) => self.journal.mint_request(now.wall, mark),
            Err(error) => return self.journal_fails(&error),
        };
        match self.journal.append(&id, event, now.wall) {
            Ok(_) => {
                self.station.handle(StationEvent::Recorded, now.instant);
                self.look_at_outbox();
                if let Some(request) = ServiceRequest::open(id, event) {
                    self.tell(Event::Opened(Box::new(request)));
                }
            }
            // Nothing was promised yet; what was is finished in the reserve.
            Err(journal::Error::Full) => {
                tracing::error!("The disk is full; nothing is prepared until there is room");
                self.look_for_room_at = Some(now.instant + LOOK_FOR_ROOM);
                self.tell(Event::Room(false));
            }
            Err(error) => self.journal_fails(&error),
        }
    }

    fn record(&mut self, request: &RequestId, event: &RequestEvent) {
        if self.journal_broken {
            return;
        }
        let now = self.clock.now();
        match self.journal.append(request, event, now.wall) {
            Ok(_) => {
                self.station.handle(StationEvent::Recorded, now.instant);
                self.look_at_outbox();
            }
            Err(error) => self.journal_fails(&error),
        }
    }

    /// What is not confirmed is said at any time.
    pub(crate) fn look_at_outbox(&mut self) {
        let waiting = || -> Result<Outbox, journal::Error> {
            let confirmed = self.journal.acknowledged()?;
            let oldest = self.journal.pending(confirmed, 1)?;
            Ok(Outbox {
                waiting: self.journal.head().number.saturating_sub(confirmed),
                since: oldest.first().map(|entry| entry.recorded_at),
            })
        };
        match waiting() {
            Ok(outbox) => self.tell(Event::Outbox(outbox)),
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

    pub(crate) fn journal_fails(&mut self, error: &journal::Error) {
        if error.is_damage() {
            self.journal.condemn();
        }
        if !std::mem::replace(&mut self.journal_broken, true) {
            let cause = std::error::Error::source(error).map(ToString::to_string);
            tracing::error!(%error, cause, "The journal failed; nothing is prepared any more");
            self.tell(Event::JournalBroken);
        }
    }
}
