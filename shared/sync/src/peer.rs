//! The exchange's end of replication: what is taken over from a station, what is
//! known already, and when one identity turns out to be two.
//!
//! Decides on what is stored and stores nothing. The state is a hash and a
//! number for each journal a station has had, and it never runs out: an entry
//! offered again after a year is known as well as one offered again at once.

use std::collections::BTreeMap;

use request::StationId;

use crate::{Contradiction, Entry, Greeting, Hash, Head, Hello, Incarnation, Offer, Welcome};

/// What the exchange has stored of a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    station: StationId,
    /// How far each of the station's journals has been taken over.
    heads: BTreeMap<Incarnation, Head>,
    /// The journal that began last.
    current: Option<Incarnation>,
    quarantine: Option<Contradiction>,
}

/// What is to be written down before a hello is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A journal nobody has heard of begins; it is the current one from now on.
    Begin(Head),
    Quarantine(Contradiction),
}

/// What becomes of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken<'a> {
    /// These follow what is there; `head` is where the chain stands with them.
    Apply { entries: &'a [Entry], head: Head },
    /// All of it is known, or it leaves a gap: everything up to here is held.
    Held(u64),
    /// The station is in quarantine: kept apart.
    Aside,
    /// No hello has been heard of this journal, or another began since.
    Unknown,
    /// The chain does not continue the one that is held.
    Forked,
}

/// What the exchange makes of a head, whose signature the caller has verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// It is what the exchange holds at that number.
    Held,
    /// No hello has been heard of this journal, another began since, or it is not
    /// held so far.
    Unknown,
    /// Something else is held at that number.
    Forked,
    /// Nothing of this station is signed for until a person has looked.
    InQuarantine(Contradiction),
}

/// An offer that no station of ours makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the entries are not consecutive entries of one journal of this station")]
pub struct NotAnOffer;

impl Peer {
    /// A station that was never heard of.
    pub fn new(station: StationId) -> Self {
        Self {
            station,
            heads: BTreeMap::new(),
            current: None,
            quarantine: None,
        }
    }

    /// As it was stored: the heads of its journals, the one that began last,
    /// and why it is in quarantine.
    pub fn stored(
        station: StationId,
        heads: impl IntoIterator<Item = Head>,
        current: Option<Incarnation>,
        quarantine: Option<Contradiction>,
    ) -> Self {
        let heads = heads
            .into_iter()
            .map(|head| (head.incarnation.clone(), head))
            .collect();
        Self {
            station,
            heads,
            current,
            quarantine,
        }
    }

    /// How far a journal has been taken over.
    pub fn head(&self, incarnation: &Incarnation) -> Option<&Head> {
        self.heads.get(incarnation)
    }

    /// The journal that began last.
    pub fn current(&self) -> Option<&Incarnation> {
        self.current.as_ref()
    }

    pub fn quarantine(&self) -> Option<Contradiction> {
        self.quarantine
    }

    /// Answers a hello. `held` is the hash the exchange holds at the number the
    /// hello names, if it reaches so far; `published` the newest publication an
    /// earlier journal of this station has confirmed.
    pub fn greet(
        &self,
        hello: &Hello,
        held: Option<Hash>,
        published: u64,
    ) -> (Option<Change>, Greeting) {
        if let Some(reason) = self.quarantine {
            return (None, Greeting::Quarantined(reason));
        }
        if let Some(finding) = hello.finding {
            return quarantine(finding);
        }
        let Some(own) = self.heads.get(&hello.head.incarnation) else {
            let genesis = Head::genesis(self.station.clone(), hello.head.incarnation.clone());
            let greeting = welcome(&genesis, published.max(hello.received));
            return (Some(Change::Begin(genesis)), greeting);
        };
        if self.current.as_ref() != Some(&hello.head.incarnation) {
            return (None, Greeting::Contradiction(Contradiction::Superseded));
        }
        let held = known_at(own, hello.head.number, held);
        // An old hello is an ancestor of what is held; another hash never is.
        if held.is_some_and(|held| held != hello.head.hash) {
            return quarantine(Contradiction::Forked);
        }
        (None, welcome(own, hello.received))
    }

    /// Decides on an offer. `held` is the hash the exchange holds at the offer's
    /// last entry, if it reaches so far.
    ///
    /// # Errors
    /// When it is none.
    pub fn take<'a>(&self, offer: &'a Offer, held: Option<Hash>) -> Result<Taken<'a>, NotAnOffer> {
        let (Some(first), Some(last)) = (offer.entries.first(), offer.entries.last()) else {
            return Err(NotAnOffer);
        };
        let mut due = first.number;
        for entry in &offer.entries {
            if entry.station != self.station
                || entry.incarnation != first.incarnation
                || entry.number != due
                || due == 0
            {
                return Err(NotAnOffer);
            }
            due = due.checked_add(1).ok_or(NotAnOffer)?;
        }
        if self.quarantine.is_some() {
            return Ok(Taken::Aside);
        }
        // An earlier journal that still speaks is found out by its next hello.
        let speaks = self.current.as_ref() == Some(&offer.speaker);
        let Some(own) = self.heads.get(&first.incarnation).filter(|_| speaks) else {
            return Ok(Taken::Unknown);
        };
        if first.number > own.number + 1 {
            return Ok(Taken::Held(own.number));
        }
        let known = offer
            .entries
            .partition_point(|entry| entry.number <= own.number);
        let (known, fresh) = offer.entries.split_at(known);
        let before = Head {
            number: first.number - 1,
            hash: offer.before,
            ..own.clone()
        };
        let met = known
            .iter()
            .fold(before, |head, entry| head.followed_by(entry));
        let held = if met.number == own.number {
            Some(own.hash)
        } else {
            held
        };
        if held.is_some_and(|held| held != met.hash) {
            return Ok(Taken::Forked);
        }
        if last.number <= own.number {
            return Ok(Taken::Held(own.number));
        }
        let head = fresh
            .iter()
            .fold(met, |head, entry| head.followed_by(entry));
        Ok(Taken::Apply {
            entries: fresh,
            head,
        })
    }

    /// Compares a head with what is held. `held` is the hash the exchange holds at
    /// its number, if it reaches so far.
    pub fn compare(&self, head: &Head, held: Option<Hash>) -> Compared {
        if let Some(reason) = self.quarantine {
            return Compared::InQuarantine(reason);
        }
        let speaks =
            head.station == self.station && self.current.as_ref() == Some(&head.incarnation);
        let own = self.heads.get(&head.incarnation).filter(|_| speaks);
        match own.and_then(|own| known_at(own, head.number, held)) {
            None => Compared::Unknown,
            Some(known) if known == head.hash => Compared::Held,
            Some(_) => Compared::Forked,
        }
    }

    /// Takes over what was written down after a hello.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Begin(head) => {
                self.current = Some(head.incarnation.clone());
                self.heads.insert(head.incarnation.clone(), head.clone());
            }
            Change::Quarantine(reason) => self.quarantine = Some(*reason),
        }
    }

    /// Takes over how far a journal has come.
    pub fn advance(&mut self, head: Head) {
        self.heads.insert(head.incarnation.clone(), head);
    }

    /// A person has looked: the station may go on.
    pub fn release(&mut self) {
        self.quarantine = None;
    }
}

/// The chain's hash at a number, as far as it is held; `held` is what was stored there.
fn known_at(own: &Head, number: u64, held: Option<Hash>) -> Option<Hash> {
    match number {
        0 => Some(Head::genesis(own.station.clone(), own.incarnation.clone()).hash),
        number if number == own.number => Some(own.hash),
        number if number < own.number => held,
        _ => None,
    }
}

fn quarantine(reason: Contradiction) -> (Option<Change>, Greeting) {
    (
        Some(Change::Quarantine(reason)),
        Greeting::Quarantined(reason),
    )
}

fn welcome(head: &Head, received: u64) -> Greeting {
    Greeting::Welcome(Welcome {
        acknowledged: head.number,
        hash: head.hash,
        received,
    })
}
