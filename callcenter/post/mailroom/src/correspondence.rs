//! Does what the station's end of replication wants done: between the journal,
//! the link and the office.

use std::time::Instant;

use post::Event;
use station::correspondence;
use sync::{Announcement, Attempt, Contradiction, Publication, StationCommand, StationEvent};

use crate::event_loop::EventLoop;

impl EventLoop {
    pub(crate) fn carry_out_for_station(&mut self, command: StationCommand) {
        let done = match command {
            StationCommand::Hello {
                attempt,
                received,
                finding,
            } => {
                self.say_hello(attempt, received, finding);
                Ok(())
            }
            StationCommand::Compare { number, hash } => {
                self.answer(correspondence::compare(&self.journal, number, hash))
            }
            StationCommand::Read { after, limit } => {
                self.answer(correspondence::read(&self.journal, after, limit))
            }
            StationCommand::ReadSalvaged { limit } => {
                self.answer(correspondence::read_salvaged(&self.journal, limit))
            }
            StationCommand::AcknowledgeSalvaged(journal, number) => {
                self.journal.acknowledge_salvaged(&journal, number)
            }
            StationCommand::SalvageRefused => {
                tracing::error!("The exchange does not take what was saved of a damaged journal");
                Ok(())
            }
            StationCommand::Offer { attempt, offer } => {
                self.order(link::Order::Offer(attempt, offer));
                Ok(())
            }
            StationCommand::Acknowledge(number) => self.acknowledge(number),
            StationCommand::Withdraw(number) => {
                tracing::warn!(number, "The exchange has lost what it had confirmed");
                let withdrawn = self.journal.withdraw(number);
                self.tell(Event::Acknowledged(number));
                withdrawn
            }
            StationCommand::Listen {
                attempt,
                after,
                wait,
            } => {
                self.order(link::Order::Listen {
                    attempt,
                    after,
                    wait,
                });
                Ok(())
            }
            StationCommand::Sign { attempt, number } => self.sign(attempt, number),
            StationCommand::Keep(head) => correspondence::keep(&mut self.journal, &head),
            StationCommand::Receive(publication) => self.receive(publication),
            StationCommand::Skip(number) => self.journal.skip(number),
            StationCommand::Connected => {
                tracing::info!("The exchange answers");
                Ok(())
            }
            StationCommand::Away => {
                tracing::warn!("The exchange is away");
                Ok(())
            }
            StationCommand::Quarantined(reason) => {
                tracing::error!(%reason, "The exchange has put this post office into quarantine");
                Ok(())
            }
        };
        if let Err(error) = done {
            self.journal_fails(&error);
        }
    }

    fn say_hello(&self, attempt: Attempt, received: u64, finding: Option<Contradiction>) {
        let release = env!("CARGO_PKG_VERSION");
        let hello = correspondence::hello(&self.journal, received, release, finding);
        self.order(link::Order::Hello(attempt, hello));
    }

    fn answer(
        &mut self,
        event: Result<StationEvent, journal::Error>,
    ) -> Result<(), journal::Error> {
        self.station.handle(event?, Instant::now());
        Ok(())
    }

    fn acknowledge(&mut self, number: u64) -> Result<(), journal::Error> {
        self.journal.acknowledge(number)?;
        self.tell(Event::Acknowledged(number));
        Ok(())
    }

    fn sign(&mut self, attempt: Attempt, number: u64) -> Result<(), journal::Error> {
        let now = self.clock.now();
        let (key, public_key) = (&self.journal_key, &self.journal_public_key);
        match correspondence::sign(&self.journal, number, key, public_key, now.wall)? {
            Some(question) => self.order(link::Order::CoSign { attempt, question }),
            None => self
                .station
                .handle(StationEvent::Failed(attempt), now.instant),
        }
        Ok(())
    }

    fn receive(&mut self, publication: Publication) -> Result<(), journal::Error> {
        if !self.journal.receive(&publication)? {
            return Ok(());
        }
        correspondence::log(&publication.content);
        if let Announcement::Request { request, event } = publication.content {
            self.tell(Event::Published { request, event });
        }
        Ok(())
    }
}
