//! Leases: what the exchange lets a kiosk issue by itself, kept and used as
//! `kiosk/src/leases.rs` does.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use journal::{HeldLease, NewLease, TakenNumbers};
use kiosk::visit::{Event, Link, Made, Making, NotMade, View};
use ledger::{LeaseGrant, LeaseGranted};
use privacy::Personal;
use request::{DocumentNumber, DocumentReference, RequestEvent, ServiceId, Timestamp};
use sync::{Entry, LeasedRecord, Load};

use crate::{
    bug::Bug,
    exchange::PDF,
    town::{Happening, Town},
};

pub(crate) const LEASED: &str = "land-ledger";
/// Few, so that leases are used up.
const PAPERS: usize = 4;
const LASTS: Duration = Duration::from_secs(3 * 3_600);
/// After the exchange was asked, whatever it said.
const ASK_AGAIN: Duration = Duration::from_secs(10 * 60);
pub(crate) const LOOK_AFTER: Duration = Duration::from_secs(10 * 60);
/// How long the press takes.
const TYPESETTING: Duration = Duration::from_millis(300);
/// Later than every afternoon.
const NEVER: Timestamp = Timestamp::from_millis(i64::MAX / 2);

/// A lease as the exchange granted it.
#[derive(Debug)]
pub(crate) struct Granted {
    pub(crate) prefix: String,
    at: Timestamp,
    pub(crate) until: Timestamp,
    load: Load,
}

/// What a kiosk has in memory about leases.
#[derive(Default)]
pub(crate) struct Leasing {
    /// The key for the lease that was asked for is here.
    asked: bool,
    asked_at: Option<Instant>,
}

impl Town {
    /// Asks for a lease when the own is half used up.
    pub(crate) fn ask_for_lease(&mut self, at: usize) {
        let (now, wall) = (self.now, self.moment(at).wall);
        let station = &mut self.stations[at];
        let (life, asked_at) = (station.life, station.leasing.asked_at);
        let waits = asked_at.is_some_and(|asked_at| now < asked_at + ASK_AGAIN);
        if station.kiosk().is_none() || station.journal_broken || waits {
            return;
        }
        let held = station.journal.leases().unwrap();
        if held.first().is_none_or(|lease| half_used(lease, wall)) {
            station.leasing.asked = true;
            station.leasing.asked_at = Some(now);
            let refused = Happening::Leased(at, life, None);
            self.send(at, Happening::AsksLease(at, life), refused);
        }
    }

    /// The question arrives at the exchange.
    pub(crate) fn asked_for_lease(&mut self, at: usize, life: u32) {
        let now = self.true_time();
        let prefix = format!("L{:03}", self.exchange.granted.len());
        let number = |paper: usize| DocumentNumber::new(format!("{prefix}-{paper}"));
        let numbers: Vec<_> = (0..PAPERS).map(number).collect();
        let grant = LeaseGrant {
            prefix: &prefix,
            station: &self.stations[at].id,
            service: &ServiceId::new(LEASED),
            numbers: &numbers,
            until: now + LASTS,
        };
        let granted = self.exchange.store.grant_lease(&grant, now).unwrap();
        let lease = (granted == LeaseGranted::Granted).then(|| {
            Arc::new(Granted {
                prefix,
                at: now,
                until: now + LASTS,
                load: load(numbers),
            })
        });
        self.exchange.granted.extend(lease.clone());
        self.answer(at, Happening::Leased(at, life, lease));
    }

    /// The answer arrives. What comes a second time has no key here any more.
    pub(crate) fn leased(&mut self, at: usize, life: u32, lease: Option<Arc<Granted>>) {
        let station = &mut self.stations[at];
        if station.life != life || station.journal_broken {
            return;
        }
        let asked = std::mem::take(&mut station.leasing.asked);
        if let Some(lease) = lease.filter(|_| asked) {
            self.keep_lease(at, &lease);
            self.tell(at, Event::Link(Link::Leases(self.leases(at))));
        }
    }

    fn keep_lease(&mut self, at: usize, lease: &Granted) {
        let kept = self.stations[at].journal.keep_lease(&NewLease {
            service: &ServiceId::new(LEASED),
            prefix: &lease.prefix,
            signed: b"signed",
            key: "key",
            granted_at: lease.at,
            records_at: lease.at,
            until: lease.until,
            load: &lease.load,
        });
        kept.unwrap();
    }

    /// What the visit is told of them.
    pub(crate) fn leases(&self, at: usize) -> Vec<HeldLease> {
        let mut leases = self.stations[at].journal.leases().unwrap();
        if self.looks_at_no_clock() {
            leases.iter_mut().for_each(|lease| lease.until = NEVER);
        }
        leases
    }

    /// Every ten minutes, as long as this life lasts.
    pub(crate) fn look_after_leases(&mut self, at: usize, life: u32) {
        let (wall, blind) = (self.moment(at).wall, self.looks_at_no_clock());
        let station = &mut self.stations[at];
        if station.life != life {
            return;
        }
        self.agenda
            .plan(self.now, LOOK_AFTER, Happening::LooksAfterLeases(at, life));
        if station.journal_broken || blind {
            return;
        }
        station.journal.see_time(wall).unwrap();
        let view = station.kiosk().and_then(|it| it.view.as_ref());
        if view.is_some_and(View::is_resting) {
            station.journal.drop_leases(wall).unwrap();
        }
        self.tell(at, Event::Link(Link::Leases(self.leases(at))));
        self.ask_for_lease(at);
    }

    /// Takes numbers out of the lease, for ever, and has the papers made.
    pub(crate) fn make(&mut self, at: usize, making: Making) {
        let blind = self.looks_at_no_clock();
        let station = &mut self.stations[at];
        let life = station.life;
        let (service, request) = (making.service, making.request);
        let record = station.journal.leased_record(&service, &making.query);
        let now = if blind {
            Timestamp::from_millis(0)
        } else {
            making.now
        };
        let made = if record.unwrap().is_none() {
            Err(NotMade::NoRecord)
        } else {
            let taken = station.journal.take_leased(&service, making.copies, now);
            taken.unwrap().ok_or(NotMade::NoLease)
        };
        let made = made.map(|taken| self.typeset(at, taken));
        let leases = self.leases(at);
        self.tell_within(at, Event::Link(Link::Leases(leases)));
        let made = Happening::Made(at, life, request, made);
        self.plan(TYPESETTING, made);
    }

    fn typeset(&mut self, at: usize, taken: TakenNumbers) -> Made {
        let wall = self.moment(at).wall;
        let lease = self.granted(&taken.prefix);
        for number in &taken.numbers {
            let fresh = self.stations[at].written.taken.insert(number.clone());
            let granted = lease
                .as_ref()
                .is_some_and(|it| it.load.numbers.contains(number));
            self.require("no number leaves a lease twice", fresh, || {
                number.to_string()
            });
            self.require("no more papers than were granted", granted, || {
                number.to_string()
            });
        }
        if let Some(lease) = lease {
            let in_time = wall <= lease.until || self.bug == Some(Bug::TakesOverWhatRanOut);
            self.require("nothing leaves a lease that has run out", in_time, || {
                taken.prefix.clone()
            });
            if self.bug == Some(Bug::TakesNumbersAgain) {
                self.keep_lease(at, &lease);
            }
        }
        let document = |number| (DocumentReference::of(number, 1, PDF), PDF.into());
        Made {
            lease: taken.prefix,
            documents: taken.numbers.into_iter().map(document).collect(),
        }
    }

    /// Papers that their station dates after the end of their lease do not count
    /// before a person says so.
    pub(crate) fn lease_is_kept(&mut self, entries: &[Entry]) {
        for entry in entries {
            if let Some((number, until)) = self.leased_by(entry)
                && until < entry.recorded_at
            {
                let paper = self.exchange.store.paper(number.as_str()).unwrap();
                let counts = matches!(paper, ledger::Paper::Valid);
                self.require("nothing dated after its lease counts", !counts, || {
                    number.to_string()
                });
            }
        }
    }

    /// The first number that an entry takes out of a lease, and the lease's end.
    pub(crate) fn leased_by(&self, entry: &Entry) -> Option<(DocumentNumber, Timestamp)> {
        let Ok(RequestEvent::PreparedUnderLease { lease, documents }) = entry.event() else {
            return None;
        };
        let until = self.granted(&lease)?.until;
        Some((documents.first()?.number.clone(), until))
    }

    fn granted(&self, prefix: &str) -> Option<Arc<Granted>> {
        let mut granted = self.exchange.granted.iter();
        granted.find(|it| it.prefix == prefix).cloned()
    }

    fn looks_at_no_clock(&self) -> bool {
        matches!(
            self.bug,
            Some(Bug::LooksAtNoClock | Bug::TakesOverWhatRanOut)
        )
    }
}

fn half_used(lease: &HeldLease, now: Timestamp) -> bool {
    let half = (lease.granted_at.as_millis() + lease.until.as_millis()) / 2;
    let runs_out = lease.seen_at > lease.until || now.as_millis() >= half;
    runs_out || lease.left * 2 <= lease.papers
}

/// The record of the one parcel that the town's citizens ask about.
fn load(numbers: Vec<DocumentNumber>) -> Load {
    let text = |text: &str| Personal::new(text.to_owned());
    let query = [("district", "4199910100"), ("parcel_number", "12-3")];
    let record = LeasedRecord {
        query: BTreeMap::from(query.map(|(name, value)| (name.to_owned(), text(value)))),
        record: text("{}"),
    };
    Load {
        numbers,
        records: vec![record],
    }
}
