//! A station's end of replication with its journal and its link: does what needs no
//! program.

use std::time::Instant;

use journal::{Error, Journal};
use request::StationId;
use sync::{CoSignedHead, Contradiction, Publication, Station, StationCommand, StationEvent};
use tokio::sync::mpsc::UnboundedSender;

use crate::{Moment, Signing, attempts_seed, correspondence};

/// Speaks with the exchange for a program, which polls it beside its own machine.
pub struct Correspondent {
    station: Station,
    link: UnboundedSender<link::Order>,
    signing: Signing,
    release: &'static str,
}

/// What is left for the program to do, because it has a part in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Write down that the exchange has everything up to this number.
    Acknowledge(u64),
    /// The exchange has lost what came after this number; the journal knows it.
    Withdrawn(u64),
    /// Keep a co-signed head, see [`correspondence::keep`].
    Keep(Box<CoSignedHead>),
    /// Take what came over, see [`correspondence::receive`].
    Receive(Publication),
    Connected,
    Away,
    Quarantined(Contradiction),
}

impl Correspondent {
    /// Begins where the journal stands. `release` is the program's.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn new(
        id: &StationId,
        journal: &Journal,
        signing: Signing,
        link: UnboundedSender<link::Order>,
        release: &'static str,
    ) -> Result<Self, Error> {
        let (acknowledged, received) = (journal.acknowledged()?, journal.received()?);
        let mut station = Station::new(acknowledged, received, attempts_seed(id), Instant::now());
        if journal.salvaged_count()? > 0 {
            station.tell_salvage();
        }
        Ok(Self {
            station,
            link,
            signing,
            release,
        })
    }

    /// Gives the link an order.
    pub fn order(&self, order: link::Order) {
        // The link ends only with the program.
        let _ = self.link.send(order);
    }

    pub fn handle(&mut self, event: StationEvent, now: Instant) {
        self.station.handle(event, now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        self.station.handle_timeout(now);
    }

    pub fn poll_command(&mut self) -> Option<StationCommand> {
        self.station.poll_command()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.station.poll_timeout()
    }

    /// Does what a command says, as far as no program has a part in it.
    ///
    /// # Errors
    /// When the journal cannot be read or written.
    pub fn carry_out(
        &mut self,
        command: StationCommand,
        journal: &mut Journal,
        now: Moment,
    ) -> Result<Option<Duty>, Error> {
        match command {
            StationCommand::Hello {
                attempt,
                received,
                finding,
            } => {
                let hello = correspondence::hello(journal, received, self.release, finding);
                self.order(link::Order::Hello(attempt, hello));
            }
            StationCommand::Compare { number, hash } => {
                let compared = correspondence::compare(journal, number, hash)?;
                self.handle(compared, now.instant);
            }
            StationCommand::Read { after, limit } => {
                let pending = correspondence::read(journal, after, limit)?;
                self.handle(pending, now.instant);
            }
            StationCommand::ReadSalvaged { limit } => {
                let salvaged = StationEvent::Salvaged(journal.salvaged(limit)?);
                self.handle(salvaged, now.instant);
            }
            StationCommand::AcknowledgeSalvaged(earlier, number) => {
                journal.acknowledge_salvaged(&earlier, number)?;
            }
            StationCommand::SalvageRefused => {
                tracing::error!("The exchange does not take what was saved of a damaged journal");
            }
            StationCommand::Offer { attempt, offer } => {
                self.order(link::Order::Offer(attempt, offer));
            }
            StationCommand::Listen {
                attempt,
                after,
                wait,
            } => self.order(link::Order::Listen {
                attempt,
                after,
                wait,
            }),
            StationCommand::Sign { attempt, number } => {
                match self.signing.question(journal, number, now.wall)? {
                    Some(question) => self.order(link::Order::CoSign { attempt, question }),
                    None => self.handle(StationEvent::Failed(attempt), now.instant),
                }
            }
            StationCommand::Skip(number) => journal.skip(number)?,
            StationCommand::Withdraw(number) => {
                tracing::warn!(number, "The exchange has lost what it had confirmed");
                journal.withdraw(number)?;
                return Ok(Some(Duty::Withdrawn(number)));
            }
            StationCommand::Acknowledge(number) => return Ok(Some(Duty::Acknowledge(number))),
            StationCommand::Keep(head) => return Ok(Some(Duty::Keep(head))),
            StationCommand::Receive(publication) => {
                return Ok(Some(Duty::Receive(publication)));
            }
            StationCommand::Connected => {
                tracing::info!("The exchange answers");
                return Ok(Some(Duty::Connected));
            }
            StationCommand::Away => {
                tracing::warn!("The exchange is away");
                return Ok(Some(Duty::Away));
            }
            StationCommand::Quarantined(reason) => {
                tracing::error!(%reason, "The exchange has put this station into quarantine");
                return Ok(Some(Duty::Quarantined(reason)));
            }
        }
        Ok(None)
    }
}
