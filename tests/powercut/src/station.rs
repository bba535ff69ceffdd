//! A station on a recording disk: the real journal, and devices that count.

use journal::{Journal, Key, Options};
use request::{Action, RequestEvent, RequestId, ServiceRequest, StationId, Timestamp};
use sync::{Announcement, Publication};

use crate::{
    drive::{self, Drive},
    laws::{Law, Violation},
    world::{Deed, Fact, Seen, World},
};

/// When a station writes a movement down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The intention, the deed, the outcome.
    IntentionFirst,
    /// The deed, and then both: a fault to be found.
    DeedFirst,
}

/// Why a visit cannot go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stopped {
    #[error("the journal has failed")]
    Journal(#[from] journal::Error),
    #[error("the script of the visit is wrong")]
    Refused(#[from] request::Refusal),
}

pub(crate) struct Station<'a> {
    drive: &'a Drive,
    journal: Journal,
    order: Order,
    now: Timestamp,
    published: u64,
    /// What happened outside the disk, each after so many operations.
    facts: Vec<(usize, Fact)>,
}

/// The journal of this station, on whatever disk is plugged in.
pub(crate) fn open(drive: &Drive) -> Result<Journal, journal::Error> {
    // The room of a reserve is on no disk in memory.
    let usual = Options::default();
    let options = Options {
        reserve_bytes: 0,
        log_pages: drive.disk().checkpoint_pages.unwrap_or(usual.log_pages),
        reread: drive::reread,
        ..usual
    };
    let key = Key::from_bytes([7; 32]);
    Journal::open_with(&drive.journal(), station_id(), &key, &options)
}

pub(crate) fn station_id() -> StationId {
    StationId::new("gaon-1")
}

impl<'a> Station<'a> {
    pub(crate) fn start(drive: &'a Drive, order: Order) -> Result<Self, journal::Error> {
        Ok(Self {
            journal: open(drive)?,
            drive,
            order,
            now: Timestamp::from_millis(1_795_600_000_000),
            published: 0,
            facts: Vec::new(),
        })
    }

    /// Closes the journal in an orderly way, and opens it again.
    pub(crate) fn restart(self) -> Result<Self, journal::Error> {
        self.restart_after(|| {})
    }

    /// What happens between closing and opening is the world's.
    pub(crate) fn restart_after(self, happens: impl FnOnce()) -> Result<Self, journal::Error> {
        let Self {
            drive,
            journal,
            order,
            now,
            published,
            facts,
        } = self;
        drop(journal);
        happens();
        let mut station = Self {
            journal: open(drive)?,
            drive,
            order,
            now,
            published,
            facts,
        };
        station.take_over()?;
        Ok(station)
    }

    /// After a start the journal alone knows what has happened: what it refused
    /// may be there, and then stays.
    fn take_over(&mut self) -> Result<(), journal::Error> {
        let known = World::after(&self.facts);
        let (number, received) = (self.journal.head().number, self.journal.received()?);
        if number > known.number {
            self.note(Fact::Written(number));
        }
        if received > known.received {
            self.published = received;
            self.note(Fact::Received(received));
        }
        Ok(())
    }

    /// Where the open journal says something else than it has acknowledged: what
    /// it refused to write has not happened.
    pub(crate) fn disagreements(&self) -> Result<Vec<Violation>, journal::Error> {
        let world = World::after(&self.facts);
        let mut broken = Vec::new();
        for id in self.journal.requests()? {
            let nothing = Seen::default();
            let seen = world.requests.get(&id).unwrap_or(&nothing);
            if self.journal.events(&id)? != seen.written {
                broken.push(Violation {
                    law: Law::NothingInvented,
                    detail: format!("{id} has what was refused, or lacks what was not"),
                });
            }
        }
        Ok(broken)
    }

    pub(crate) fn into_facts(self) -> Vec<(usize, Fact)> {
        self.facts
    }

    /// Writes an action's event down and takes it over.
    pub(crate) fn act(
        &mut self,
        request: &mut ServiceRequest,
        action: Action,
    ) -> Result<(), Stopped> {
        let event = request.decide(action)?;
        self.record(&request.id, &event)?;
        request.apply(&event);
        Ok(())
    }

    pub(crate) fn record(&mut self, id: &RequestId, event: &RequestEvent) -> Result<(), Stopped> {
        self.now = self.now + std::time::Duration::from_millis(700);
        self.note(Fact::Asked {
            request: id.clone(),
            event: event.clone(),
        });
        let number = self.journal.append(id, event, self.now)?;
        self.note(Fact::Written(number));
        Ok(())
    }

    /// Takes over what the exchange tells about a request.
    pub(crate) fn hear(
        &mut self,
        request: &mut ServiceRequest,
        event: RequestEvent,
    ) -> Result<(), Stopped> {
        self.note(Fact::Asked {
            request: request.id.clone(),
            event: event.clone(),
        });
        self.journal.receive(&Publication {
            number: self.published + 1,
            previous: self.published,
            recorded_at: self.now,
            content: Announcement::Request {
                request: request.id.clone(),
                event: event.clone(),
            },
        })?;
        self.published += 1;
        self.note(Fact::Received(self.published));
        request.apply(&event);
        Ok(())
    }

    /// The exchange confirms all that was offered.
    pub(crate) fn confirm(&mut self) -> Result<(), Stopped> {
        let newest = self.journal.head().number;
        self.journal.acknowledge(newest)?;
        self.note(Fact::Confirmed(newest));
        Ok(())
    }

    /// A movement: what is intended, what the device does, what came of it.
    pub(crate) fn movement(
        &mut self,
        request: &mut ServiceRequest,
        intention: Action,
        deed: Option<Deed>,
        outcome: Action,
    ) -> Result<(), Stopped> {
        match self.order {
            Order::IntentionFirst => {
                self.act(request, intention)?;
                self.deed(request, deed);
            }
            Order::DeedFirst => {
                self.deed(request, deed);
                self.act(request, intention)?;
            }
        }
        self.act(request, outcome)
    }

    /// What a device does of its own accord, such as a coin that falls.
    pub(crate) fn deed(&mut self, request: &ServiceRequest, deed: Option<Deed>) {
        if let Some(deed) = deed {
            self.note(Fact::Done {
                request: request.id.clone(),
                deed,
            });
        }
    }

    fn note(&mut self, fact: Fact) {
        let operations = self.drive.disk().log().len();
        self.facts.push((operations, fact));
    }
}
