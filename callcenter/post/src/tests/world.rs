//! Everything around the office: an inbox, a disk, an exchange, a mail server.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use catalog::Catalog;
use privacy::Personal;
use request::{
    Action, Letter, RequestEvent, RequestId, ServiceId, ServiceRequest, Stage, StationId,
};

use crate::{Command, Event, Folder, Office, Outcome, Place, Site};

const OFFICE: &str = "minwon@hanbit.example";

/// What the mail server does with letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Well,
    Away,
    /// Takes the letter, and the line breaks before it says so.
    BreaksAfterTaking,
}

pub(super) struct World {
    pub(super) now: Instant,
    pub(super) mood: Mood,
    pub(super) exchange_is_away: bool,
    pub(super) disk_is_full: bool,
    site: Site,
    office: Office,
    inbox: BTreeMap<u32, Vec<u8>>,
    processed: usize,
    refused: usize,
    next_uid: u32,
    session: u32,
    told: Vec<u32>,
    /// What is durable: each entry's request and event.
    journal: Vec<(RequestId, RequestEvent)>,
    acknowledged: u64,
    /// Letters the mail server has taken.
    taken: Vec<(RequestId, Letter)>,
    replies: BTreeMap<RequestId, usize>,
}

impl World {
    pub(super) fn new() -> Self {
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let catalog = Catalog::read(&house).unwrap();
        let service = catalog
            .accepted_service(&ServiceId::new("petition"))
            .unwrap();
        let site = Site {
            station: StationId::new("post-1"),
            service: service.clone(),
            language: "ko".to_owned(),
        };
        let now = Instant::now();
        Self {
            now,
            mood: Mood::Well,
            exchange_is_away: false,
            disk_is_full: false,
            office: Office::new(site.clone(), Vec::new(), 0, now),
            site,
            inbox: BTreeMap::new(),
            processed: 0,
            refused: 0,
            next_uid: 1,
            session: 1,
            told: Vec::new(),
            journal: Vec::new(),
            acknowledged: 0,
            taken: Vec::new(),
            replies: BTreeMap::new(),
        }
    }

    /// Answers the id its petition will have.
    pub(super) fn deliver(&mut self, from: &str, id: &str) -> RequestId {
        let raw = format!("From: {from}\nMessage-ID: <{id}@example.org>\nSubject: s\n\ntext");
        let petition = mail::read(raw.as_bytes(), OFFICE).unwrap();
        self.put(raw);
        self.office.request_of(&petition)
    }

    pub(super) fn deliver_automatic(&mut self) {
        self.put("From: na@example.org\nAuto-Submitted: auto-replied\n\nback soon".to_owned());
    }

    fn put(&mut self, raw: String) {
        self.inbox.insert(self.next_uid, raw.into_bytes());
        self.next_uid += 1;
    }

    /// Until nothing moves any more.
    pub(super) fn run(&mut self) {
        while self.step() {}
    }

    pub(super) fn run_steps(&mut self, steps: usize) {
        for _ in 0..steps {
            self.step();
        }
    }

    /// One thing happens; `false` when there is nothing to do.
    fn step(&mut self) -> bool {
        if let Some(command) = self.office.poll_command() {
            self.carry_out(command);
            return true;
        }
        let written = self.journal.len() as u64;
        if self.acknowledged < written && !self.exchange_is_away {
            self.acknowledged = written;
            self.tell(Event::Acknowledged(written));
            return true;
        }
        let next = self
            .inbox
            .keys()
            .find(|uid| !self.told.contains(uid))
            .copied();
        let Some(uid) = next else {
            return false;
        };
        self.told.push(uid);
        let read = mail::read(&self.inbox[&uid], OFFICE);
        let known = read.as_ref().ok().and_then(|it| {
            let id = self.office.request_of(it);
            self.newest_entry_of(&id)
        });
        let place = Place {
            session: self.session,
            uid,
        };
        let read = Box::new(read);
        self.tell(Event::Found { place, read, known });
        true
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Open { request, .. } if self.disk_is_full => {
                self.tell(Event::NoRoom { request });
            }
            Command::Open { request, events } => {
                for event in events {
                    self.journal.push((request.clone(), event));
                }
                let number = self.journal.len() as u64;
                self.tell(Event::Opened { request, number });
            }
            Command::Record { request, event } => self.journal.push((request, event)),
            Command::Move { place, folder } => {
                if place.session == self.session && self.inbox.remove(&place.uid).is_some() {
                    match folder {
                        Folder::Processed => self.processed += 1,
                        Folder::Refused => self.refused += 1,
                    }
                }
            }
            Command::Send(order) => {
                let begun = RequestEvent::SendingBegun {
                    letter: order.letter,
                };
                let last = self.journal.iter().rfind(|(id, _)| *id == order.request);
                assert_eq!(last.map(|it| &it.1), Some(&begun), "written before done");
                let outcome = match self.mood {
                    Mood::Well => Outcome::Sent,
                    Mood::Away => Outcome::Deferred,
                    Mood::BreaksAfterTaking => Outcome::Unknown,
                };
                if outcome != Outcome::Deferred {
                    self.taken.push((order.request.clone(), order.letter));
                }
                self.tell(Event::LetterEnded {
                    request: order.request,
                    letter: order.letter,
                    outcome,
                });
            }
        }
    }

    fn tell(&mut self, event: Event) {
        self.office.handle(event, self.now);
    }

    /// The process dies and starts again: what it knew is gone, the rest is there.
    pub(super) fn restart(&mut self) {
        let mut ids: Vec<RequestId> = self.journal.iter().map(|it| it.0.clone()).collect();
        ids.dedup();
        ids.sort();
        ids.dedup();
        let restored = ids
            .iter()
            .map(|id| (self.request(id), self.newest_entry_of(id)));
        let restored: Vec<_> = restored
            .filter(|(request, _)| !matches!(request.stage, Stage::Closed(_)))
            .map(|(request, number)| (request, number.unwrap()))
            .collect();
        self.office = Office::new(self.site.clone(), restored, self.acknowledged, self.now);
        self.look_again();
    }

    /// A new session with the mailbox.
    pub(super) fn look_again(&mut self) {
        self.session += 1;
        self.told.clear();
        self.tell(Event::MailboxLost);
    }

    pub(super) fn request(&self, id: &RequestId) -> ServiceRequest {
        let events = self.journal.iter().filter(|it| it.0 == *id).map(|it| &it.1);
        ServiceRequest::replay(id.clone(), events).unwrap()
    }

    fn newest_entry_of(&self, id: &RequestId) -> Option<u64> {
        let entry = self.journal.iter().rposition(|it| it.0 == *id)?;
        Some(entry as u64 + 1)
    }

    /// An agent answers; the exchange publishes it, and the journal keeps that.
    pub(super) fn reply(&mut self, id: &RequestId) {
        let event = self.request(id).decide(Action::Reply {
            agent: "kim".to_owned(),
            text: Personal::new("done".to_owned()),
            decision: None,
        });
        let (request, event) = (id.clone(), event.unwrap());
        *self.replies.entry(id.clone()).or_default() += 1;
        self.journal.push((request.clone(), event.clone()));
        self.tell(Event::Published { request, event });
    }

    /// As far as the exchange knows it.
    pub(super) fn reply_if_it_waits(&mut self, id: &RequestId) {
        let known = self.journal.iter().any(|it| it.0 == *id);
        let open = known && self.request(id).stage == Stage::Submitted;
        if open && self.acknowledged == self.journal.len() as u64 {
            let may = self.request(id).decide(Action::Reply {
                agent: "kim".to_owned(),
                text: Personal::new("done".to_owned()),
                decision: None,
            });
            if may.is_ok() {
                self.reply(id);
            }
        }
    }

    pub(super) fn wait_for_retries(&mut self) {
        while let Some(due) = self.office.poll_timeout() {
            self.now = self.now.max(due);
            self.office.handle_timeout(self.now);
            self.run();
        }
    }

    /// Answers how often it was tried.
    pub(super) fn wait_until_given_up(&mut self, id: &RequestId) -> u32 {
        let mut last = Duration::ZERO;
        while let Some(due) = self.office.poll_timeout() {
            let wait = due.duration_since(self.now);
            assert!(wait >= last, "ever more rarely");
            last = wait;
            self.now = due;
            self.office.handle_timeout(self.now);
            self.run();
        }
        self.request(id)
            .correspondence
            .tries(Letter::Acknowledgement)
    }

    pub(super) fn inbox(&self) -> usize {
        self.inbox.len()
    }

    pub(super) fn processed(&self) -> usize {
        self.processed
    }

    pub(super) fn refused(&self) -> usize {
        self.refused
    }

    pub(super) fn petitions(&self) -> usize {
        let opened = |it: &&(RequestId, RequestEvent)| matches!(it.1, RequestEvent::Opened { .. });
        self.journal.iter().filter(opened).count()
    }

    pub(super) fn open_petitions(&self) -> usize {
        let closed = |it: &&(RequestId, RequestEvent)| matches!(it.1, RequestEvent::Closed { .. });
        self.petitions() - self.journal.iter().filter(closed).count()
    }

    pub(super) fn sent(&self, letter: Letter) -> usize {
        self.taken.iter().filter(|it| it.1 == letter).count()
    }

    pub(super) fn sent_to(&self, id: &RequestId, letter: Letter) -> usize {
        let sent = self.taken.iter().filter(|it| it.0 == *id && it.1 == letter);
        sent.count()
    }

    pub(super) fn replies_given(&self, id: &RequestId) -> usize {
        self.replies.get(id).copied().unwrap_or(0)
    }
}
