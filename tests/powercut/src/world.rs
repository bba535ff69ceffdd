//! What a power cut does not undo: the devices' own counters, and what the
//! station has promised.

use std::collections::BTreeMap;

use request::{DocumentNumber, RequestEvent, RequestId};

/// What a device has done; its counter says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    CoinFell(u32),
    NoteStacked(u32),
    NoteReturned(u32),
    PaidOut(u32),
    Printed(DocumentNumber),
}

/// What happened outside the disk, in order.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    /// The journal was asked to write this down.
    Asked {
        request: RequestId,
        event: RequestEvent,
    },
    /// It has answered: what was asked has happened, under this number.
    Written(u64),
    /// It has answered: a publication was taken over.
    Received(u64),
    /// It has answered: the exchange's confirmation is noted.
    Confirmed(u64),
    Done {
        request: RequestId,
        deed: Deed,
    },
}

/// What is known of one request outside the disk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// What the journal has acknowledged about it.
    pub(crate) written: Vec<RequestEvent>,
    pub(crate) coins_won: u32,
    /// Of these, the coin whose fall is not acknowledged yet.
    pub(crate) uncounted_won: u32,
    pub(crate) stacked_won: u32,
    pub(crate) notes_returned_won: u32,
    pub(crate) paid_out_won: u32,
    pub(crate) sheets: BTreeMap<DocumentNumber, u32>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) requests: BTreeMap<RequestId, Seen>,
    /// What the journal was asked last, until it has acknowledged.
    pub(crate) asked: Option<(RequestId, RequestEvent)>,
    /// What it has refused before that. After a power cut it may be there all the
    /// same, until something acknowledged has taken its place in the log.
    pub(crate) refused: Option<(RequestId, RequestEvent)>,
    /// The newest number that was answered.
    pub(crate) number: u64,
    pub(crate) received: u64,
    pub(crate) confirmed: u64,
}

impl World {
    /// What is known in the end.
    pub(crate) fn after(facts: &[(usize, Fact)]) -> Self {
        let mut world = Self::default();
        for (_, fact) in facts {
            world.take(fact);
        }
        world
    }

    pub(crate) fn take(&mut self, fact: &Fact) {
        match fact {
            Fact::Asked { request, event } => {
                self.refused = self.asked.replace((request.clone(), event.clone()));
            }
            Fact::Written(number) => {
                self.number = *number;
                self.acknowledge();
            }
            Fact::Received(number) => {
                self.received = *number;
                self.acknowledge();
            }
            Fact::Confirmed(number) => {
                self.confirmed = *number;
                (self.asked, self.refused) = (None, None);
            }
            Fact::Done { request, deed } => {
                self.requests.entry(request.clone()).or_default().did(deed);
            }
        }
    }

    /// What may be there or not.
    pub(crate) fn open(&self) -> impl Iterator<Item = &(RequestId, RequestEvent)> {
        self.asked.iter().chain(&self.refused)
    }

    fn acknowledge(&mut self) {
        self.refused = None;
        if let Some((request, event)) = self.asked.take() {
            let seen = self.requests.entry(request).or_default();
            if matches!(event, RequestEvent::CoinTaken { .. }) {
                seen.uncounted_won = 0;
            }
            seen.written.push(event);
        }
    }
}

impl Seen {
    /// Whether neither journal nor devices know of it.
    pub(crate) fn untouched(&self) -> bool {
        self.written.is_empty()
            && self.sheets.is_empty()
            && self.coins_won + self.stacked_won + self.paid_out_won == 0
    }

    fn did(&mut self, deed: &Deed) {
        match deed {
            Deed::CoinFell(won) => {
                self.coins_won += won;
                self.uncounted_won += won;
            }
            Deed::NoteStacked(won) => self.stacked_won += won,
            Deed::NoteReturned(won) => self.notes_returned_won += won,
            Deed::PaidOut(won) => self.paid_out_won += won,
            Deed::Printed(number) => *self.sheets.entry(number.clone()).or_default() += 1,
        }
    }
}
