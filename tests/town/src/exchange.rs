//! The exchange without its sockets: its real store, and networks that answer as
//! the dice fall, as `callcenter/exchange/src/issue.rs` works on a request.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ledger::{Document, Store};
use request::{
    Action, DeclineReason, DocumentNumber, DocumentReference, NetworkFault, RequestEvent,
    RequestId, ServiceRequest, Stage, StationId,
};
use sync::{Answer, Greeting, Hello, Offer, Publications, StationEvent};

use crate::{
    bug::Bug,
    disk::Disk,
    lease::Granted,
    town::{Call, Happening, Town},
};

/// Between attempts while a network fails.
const PAUSE: Duration = Duration::from_secs(30);
pub(crate) const PDF: &[u8] = b"%PDF";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Networks {
    #[default]
    Well,
    /// Answers when no citizen waits any more, whether it is still wanted or not.
    Slow,
    Fail(NetworkFault),
    Decline(DeclineReason),
}

pub(crate) struct Exchange {
    pub(crate) store: Store,
    disk: Disk,
    pub(crate) networks: Networks,
    /// Counts its starts; what it had in memory before is lost.
    pub(crate) life: u32,
    /// Every number ever made.
    pub(crate) numbers: Vec<DocumentNumber>,
    /// Every lease ever granted.
    pub(crate) granted: Vec<Arc<Granted>>,
    waiting: Vec<Question>,
    asked: u64,
}

/// A station's question for publications, held until there is something to tell.
struct Question {
    id: u64,
    at: usize,
    call: Call,
    after: u64,
    until: Instant,
}

impl Exchange {
    pub(crate) fn new() -> Self {
        let disk = Disk::of_exchange();
        Self {
            store: disk.store(),
            disk,
            networks: Networks::Well,
            life: 0,
            numbers: Vec::new(),
            granted: Vec::new(),
            waiting: Vec::new(),
            asked: 0,
        }
    }

    fn documents(&mut self, request: &ServiceRequest) -> Vec<DocumentReference> {
        (1..=request.copies)
            .map(|copy| {
                let fresh = DocumentNumber::new(format!("2611-{:04}", self.numbers.len()));
                let number = self.store.reserve(&request.id, copy, 1, &fresh).unwrap();
                if number == fresh {
                    self.numbers.push(fresh);
                }
                let reference = DocumentReference::of(number, 1, PDF);
                let document = Document {
                    reference,
                    pdf: PDF.to_vec(),
                };
                self.store.finish(&document).unwrap();
                document.reference
            })
            .collect()
    }
}

impl Town {
    /// The exchange dies and is started again: nothing durable is lost; whoever
    /// waited for an answer waits in vain.
    pub(crate) fn restart_exchange(&mut self) {
        let disk = Disk::with(&self.exchange.disk.image());
        self.exchange.store = disk.store();
        self.exchange.disk = disk;
        self.exchange.life += 1;
        self.exchange.waiting.clear();
        let jobs = self.exchange.store.jobs().unwrap();
        for (request, station) in jobs {
            self.ask_network(request, station);
        }
    }

    /// A hello arrives.
    pub(crate) fn greeted(&mut self, at: usize, call: Call, hello: &Hello) {
        let store = &self.exchange.store;
        let mut greeting = store.greet(hello, self.true_time()).unwrap();
        if self.bug == Some(Bug::WelcomesAnOlderCopy)
            && let Greeting::Welcome(welcome) = &mut greeting
            && hello.head.number < welcome.acknowledged
        {
            welcome.acknowledged = hello.head.number;
            welcome.hash = hello.head.hash;
        }
        self.answer_call(at, call, StationEvent::Greeted(call.attempt, greeting));
    }

    /// An offer arrives.
    pub(crate) fn offered(&mut self, at: usize, call: Call, offer: Offer) {
        let last = offer.entries.last().map_or(0, |it| it.number);
        let answer = if self.bug == Some(Bug::AcknowledgesBeforeWriting) {
            let late = Happening::WritesLate(self.exchange.life, at, offer);
            self.plan(Duration::from_millis(500), late);
            Some(Answer::Acknowledged(last))
        } else {
            self.write_down(at, &offer)
        };
        let event = match answer {
            Some(answer) => StationEvent::Answered(call.attempt, answer),
            None => StationEvent::Failed(call.attempt),
        };
        self.answer_call(at, call, event);
    }

    pub(crate) fn writes_late(&mut self, life: u32, at: usize, offer: &Offer) {
        if life == self.exchange.life {
            self.write_down(at, offer);
        }
    }

    /// `None` when it is no offer at all.
    fn write_down(&mut self, at: usize, offer: &Offer) -> Option<Answer> {
        let station = self.stations[at].id.clone();
        let now = self.true_time();
        let taken = self.exchange.store.take(&station, offer, now).unwrap();
        let mut received = taken.ok()?;
        if self.bug == Some(Bug::ForgetsWhatItKnows) {
            let entries = offer.entries.iter();
            received.submitted = entries
                .filter(|it| it.event() == Ok(RequestEvent::Submitted))
                .map(|it| it.request.clone())
                .collect();
        }
        if self.bug == Some(Bug::TakesOverWhatRanOut) {
            self.apply_wedged();
        }
        self.lease_is_kept(&offer.entries);
        for request in received.submitted {
            self.ask_network(request, station.clone());
        }
        match received.answer {
            Answer::KeptAside(number) if self.bug == Some(Bug::ConfirmsWhatItKeepsAside) => {
                Some(Answer::Acknowledged(number))
            }
            answer => Some(answer),
        }
    }

    pub(crate) fn answer_call(&mut self, at: usize, call: Call, event: StationEvent) {
        self.answer(at, Happening::Answered(at, call.life, event));
    }

    fn ask_network(&mut self, request: RequestId, station: StationId) {
        let after = match self.exchange.networks {
            Networks::Well => 1_500,
            Networks::Slow => 70_000,
            Networks::Fail(_) | Networks::Decline(_) => 3_000,
        };
        let life = self.exchange.life;
        let attempt = Happening::Attempt(life, request, station);
        self.plan(Duration::from_millis(after), attempt);
    }

    pub(crate) fn attempt(&mut self, life: u32, id: RequestId, station: &StationId) {
        let store = self.exchange.store.clone();
        if life != self.exchange.life {
            return;
        }
        let forgets = self.bug == Some(Bug::ForgetsWhatItKnows);
        let Some(request) = store
            .request(&id)
            .unwrap()
            .filter(|it| forgets || it.stage == Stage::Submitted)
        else {
            return store.end_job(&id).unwrap();
        };
        let action = match self.exchange.networks {
            Networks::Well | Networks::Slow => Action::Prepare(self.exchange.documents(&request)),
            Networks::Fail(fault) => Action::FailAttempt(fault),
            Networks::Decline(reason) => Action::Decline(reason),
        };
        let again = matches!(action, Action::FailAttempt(_));
        let event = match (action, forgets) {
            (Action::Prepare(documents), true) => Ok(RequestEvent::Prepared { documents }),
            (action, _) => request.decide(action),
        };
        let Ok(event) = event else {
            return store.end_job(&id).unwrap();
        };
        let now = self.true_time();
        store.publish(&id, station, &event, now, !again).unwrap();
        self.ring();
        if again {
            self.plan(PAUSE, Happening::Attempt(life, id, station.clone()));
        }
    }

    /// A question for publications arrives.
    pub(crate) fn asked(&mut self, at: usize, call: Call, after: u64, wait: Duration) {
        self.exchange.asked += 1;
        let id = self.exchange.asked;
        let until = self.now + wait;
        self.exchange.waiting.push(Question {
            id,
            at,
            call,
            after,
            until,
        });
        self.plan(wait, Happening::StopsWaiting(id));
        self.ring();
    }

    pub(crate) fn stop_waiting(&mut self, question: u64) {
        let now = self.now;
        let waiting = &mut self.exchange.waiting;
        if let Some(it) = waiting.iter_mut().find(|it| it.id == question) {
            it.until = now;
            self.ring();
        }
    }

    /// Answers every question that has an answer, or has waited long enough.
    pub(crate) fn ring(&mut self) {
        let now = self.now;
        for question in std::mem::take(&mut self.exchange.waiting) {
            let station = &self.stations[question.at].id;
            let store = &self.exchange.store;
            let publications = store.publications(station, question.after).unwrap();
            if publications.is_empty() && question.until > now {
                self.exchange.waiting.push(question);
            } else {
                let told = Publications { publications };
                let (at, call) = (question.at, question.call);
                self.answer_call(at, call, StationEvent::Published(call.attempt, told));
            }
        }
    }

    /// A document is asked for.
    pub(crate) fn fetched(&mut self, at: usize, life: u32, number: DocumentNumber) {
        let pdf = self.exchange.store.pdf(number.as_str()).unwrap();
        let content = pdf.map(Arc::from);
        self.answer(at, Happening::Document(at, life, number, content));
    }

    /// Sends a frame back through the station's cable.
    pub(crate) fn answer(&mut self, at: usize, frame: Happening) {
        for after in self.stations[at].cable.carry(&mut self.dice) {
            self.plan(after, frame.clone());
        }
    }
}
