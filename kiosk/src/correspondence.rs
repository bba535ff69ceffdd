//! Does what the station's end of replication wants done: between the journal,
//! the link and the visit.

use std::time::Instant;

use sync::{
    Agreement, Announcement, Attempt, CoSignedHead, Contradiction, Hash, HeadQuestion, Hello,
    Publication, StationCommand, StationEvent,
};

use crate::{
    deed::DeedKind,
    event_loop::EventLoop,
    recovery,
    visit::{self, Event},
};

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
            StationCommand::Compare { number, hash } => self.compare(number, hash),
            StationCommand::Read { after, limit } => self.read(after, limit),
            StationCommand::ReadSalvaged { limit } => self.read_salvaged(limit),
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
                self.journal.withdraw(number)
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
            StationCommand::Keep(head) => self.keep(&head),
            StationCommand::Receive(publication) => self.receive(publication),
            StationCommand::Skip(number) => self.journal.skip(number),
            StationCommand::Connected => {
                tracing::info!("The exchange answers");
                self.ask_networks();
                let public_key = self.ticket_key.clone();
                self.order(link::Order::TellTicketKey { public_key });
                let contact = self.contacts.heard(&[], self.clock.now().wall);
                self.tell(Event::Link(visit::Link::LastContact(contact)));
                self.tell(Event::Link(visit::Link::Connected));
                Ok(())
            }
            StationCommand::Away => {
                tracing::warn!("The exchange is away");
                self.tell(Event::Link(visit::Link::Away));
                Ok(())
            }
            StationCommand::Quarantined(reason) => {
                tracing::error!(%reason, "The exchange has put this station into quarantine");
                Ok(())
            }
        };
        if let Err(error) = done {
            self.journal_fails(&error);
        }
    }

    fn say_hello(&self, attempt: Attempt, received: u64, finding: Option<Contradiction>) {
        let hello = Hello {
            head: self.journal.head().clone(),
            received,
            release: env!("CARGO_PKG_VERSION").to_owned(),
            finding,
        };
        self.order(link::Order::Hello(attempt, hello));
    }

    fn compare(&mut self, number: u64, hash: Hash) -> Result<(), journal::Error> {
        let agreement = Agreement::of(self.journal.hash_at(number)?, hash);
        self.station
            .handle(StationEvent::Compared(agreement), Instant::now());
        Ok(())
    }

    fn read(&mut self, after: u64, limit: u32) -> Result<(), journal::Error> {
        let entries = self.journal.entries(after, limit)?;
        // Where nothing comes after, there is nothing to be chained to.
        let before = self
            .journal
            .hash_at(after)?
            .unwrap_or(self.journal.head().hash);
        let pending = StationEvent::Pending { before, entries };
        self.station.handle(pending, Instant::now());
        Ok(())
    }

    fn read_salvaged(&mut self, limit: u32) -> Result<(), journal::Error> {
        let salvaged = StationEvent::Salvaged(self.journal.salvaged(limit)?);
        self.station.handle(salvaged, Instant::now());
        Ok(())
    }

    fn acknowledge(&mut self, number: u64) -> Result<(), journal::Error> {
        let kind = DeedKind::Acknowledgement;
        self.watched(kind, &kind, |it| it.journal.acknowledge(number))?;
        if self.journal.head().number == number {
            self.tell(Event::OutboxEmpty);
        }
        Ok(())
    }

    fn sign(&mut self, attempt: Attempt, number: u64) -> Result<(), journal::Error> {
        let now = self.clock.now();
        match self
            .journal
            .sign_head(number, &self.journal_key, now.wall)?
        {
            Some(signed) => {
                let public_key = self.journal_public_key.clone();
                let question = HeadQuestion { signed, public_key };
                self.order(link::Order::CoSign { attempt, question });
            }
            None => self
                .station
                .handle(StationEvent::Failed(attempt), now.instant),
        }
        Ok(())
    }

    fn keep(&mut self, head: &CoSignedHead) -> Result<(), journal::Error> {
        let kind = DeedKind::Checkpoint;
        let kept = self.watched(kind, &kind, |it| it.journal.keep_checkpoint(head));
        match kept {
            Err(journal::Error::ForeignHead(number)) => {
                tracing::error!(number, "The exchange has signed for another journal");
                Ok(())
            }
            kept => kept,
        }
    }

    fn receive(&mut self, publication: Publication) -> Result<(), journal::Error> {
        let received = self.watched(DeedKind::Publication, &publication.content, |it| {
            it.journal.receive(&publication)
        })?;
        if !received {
            return Ok(());
        }
        match publication.content {
            Announcement::Request { request, event } => {
                self.recover(recovery::Event::Published {
                    request: request.clone(),
                    event: event.clone(),
                });
                self.tell(Event::Published { request, event });
            }
            // Written down; no screen and no device of this release acts upon them.
            Announcement::Notice { id, .. } => tracing::info!(id, "A notice came"),
            Announcement::Catalog { edition, .. } => {
                tracing::info!(edition, "An edition of the catalogue lies ready");
            }
            Announcement::Claim { request, .. } => {
                tracing::info!(%request, "A claim code came");
            }
            Announcement::Revoked { number } => tracing::warn!(%number, "A document was revoked"),
            Announcement::Order { order, .. } => {
                tracing::warn!(?order, "An order came that this release cannot carry out");
            }
            Announcement::Wedged { number, reason, .. } => {
                tracing::warn!(number, %reason, "The exchange could not apply an entry");
            }
            Announcement::Settled {
                number, applied, ..
            } => tracing::info!(
                number,
                applied,
                "An entry that could not be applied is settled"
            ),
            Announcement::Released => tracing::info!("This station is no longer in quarantine"),
            Announcement::RefundSpent { .. } => tracing::info!("A refund was paid elsewhere"),
        }
        Ok(())
    }
}
