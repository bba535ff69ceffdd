//! A station without a visit: a journal, its end of replication and its link run
//! as they do in a kiosk, on a thread of their own.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use journal::{Journal, Key};
use request::{
    Channel, IdentityLevel, Outcome, RequestEvent, RequestId, ServiceId, StationId, Terms,
    Timestamp,
};
use station::correspondence;
use sync::{KeyPair, Station, StationCommand, StationEvent};
use tokio::{runtime::Handle, sync::mpsc::UnboundedSender};

/// With nothing due, the loop looks around once in a while all the same.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Of the journal's file.
pub const JOURNAL_KEY: [u8; 32] = [7; 32];

/// Where a plain station is and how it reaches the exchange.
#[derive(Clone)]
pub struct Place {
    pub station: StationId,
    pub journal: PathBuf,
    /// Such as a [`bench::cable::Cable`]'s.
    pub url: String,
    pub credentials: PathBuf,
    pub clock: link::Clock,
}

enum Happening {
    Record(RequestId, RequestEvent, Timestamp),
    Link(link::Event),
    Ended,
}

pub struct PlainStation {
    happenings: Sender<Happening>,
    /// Each watermark the exchange has confirmed.
    confirmed: Receiver<u64>,
    /// Each number the exchange has signed for, once that is kept.
    signed: Receiver<u64>,
    thread: Option<JoinHandle<()>>,
}

impl PlainStation {
    /// Opens the journal and starts the station; `within` runs its link.
    pub fn start(place: Place, within: &Handle) -> Self {
        let (happenings, heard) = channel();
        let (confirm, confirmed) = channel();
        let (sign, signed) = channel();
        let tell = happenings.clone();
        let entered = within.enter();
        let settings = link::Settings {
            exchange: place.url,
            station: place.station.clone(),
            credentials: place.credentials,
            clock: place.clock,
        };
        let link = link::start(settings, move |event| {
            drop(tell.send(Happening::Link(event)));
        });
        drop(entered);
        let journal = open(&place.journal, &place.station);
        let key = journal::signing_key(&key_file(&place.journal)).unwrap();
        let (acknowledged, received) =
            (journal.acknowledged().unwrap(), journal.received().unwrap());
        let mut station = Station::new(acknowledged, received, 1, Instant::now());
        if journal.salvaged_count().unwrap() > 0 {
            station.tell_salvage();
        }
        let running = Running {
            station,
            journal,
            key,
            link,
            heard,
            confirm,
            sign,
        };
        let thread = std::thread::spawn(move || running.run());
        Self {
            happenings,
            confirmed,
            signed,
            thread: Some(thread),
        }
    }

    pub fn record(&self, request: &RequestId, event: RequestEvent, at: Timestamp) {
        let record = Happening::Record(request.clone(), event, at);
        self.happenings.send(record).unwrap();
    }

    /// Waits until the exchange holds everything up to `number`.
    pub fn until_confirmed(&self, number: u64, patience: Duration) {
        until(&self.confirmed, number, patience);
    }

    /// Waits until a co-signed head at `number` or beyond is kept.
    pub fn until_signed_for(&self, number: u64, patience: Duration) {
        until(&self.signed, number, patience);
    }
}

impl Drop for PlainStation {
    fn drop(&mut self) {
        let _ = self.happenings.send(Happening::Ended);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn until(reached: &Receiver<u64>, number: u64, patience: Duration) {
    let given_up = Instant::now() + patience;
    loop {
        let left = given_up.saturating_duration_since(Instant::now());
        match reached.recv_timeout(left) {
            Ok(reached) if reached >= number => return,
            Ok(_) => {}
            Err(error) => panic!("entry {number} was not reached: {error}"),
        }
    }
}

/// Where the key lies that signs a journal's heads.
pub fn key_file(journal: &Path) -> PathBuf {
    journal.with_extension("key.pem")
}

/// A damaged one is set aside.
pub fn open(journal: &Path, station: &StationId) -> Journal {
    let (key, now) = (Key::from_bytes(JOURNAL_KEY), Timestamp::default());
    let opened = Journal::open_or_set_aside(journal, station.clone(), &key, now);
    opened.unwrap().0
}

/// What a station writes of a request that nobody could answer.
pub fn unanswered(station: &StationId) -> [RequestEvent; 4] {
    [
        RequestEvent::Opened {
            service: ServiceId::new("land-ledger"),
            service_version: 1,
            channel: Channel::Kiosk,
            station: station.clone(),
            language: "ko".to_owned(),
            terms: Terms {
                identity: IdentityLevel::None,
                consent: false,
                questions: Vec::new(),
                copies_max: 1,
            },
        },
        RequestEvent::OptionsChosen {
            options: [("scope".to_owned(), "all".to_owned())].into(),
            copies: 1,
        },
        RequestEvent::Submitted,
        RequestEvent::Closed {
            outcome: Outcome::Failed,
        },
    ]
}

struct Running {
    station: Station,
    journal: Journal,
    key: KeyPair,
    link: UnboundedSender<link::Order>,
    heard: Receiver<Happening>,
    confirm: Sender<u64>,
    sign: Sender<u64>,
}

impl Running {
    fn run(mut self) {
        loop {
            while let Some(command) = self.station.poll_command() {
                self.carry_out(command);
            }
            let now = Instant::now();
            let due = self.station.poll_timeout();
            let wait = due.map_or(LONGEST_WAIT, |due| due.saturating_duration_since(now));
            match self.heard.recv_timeout(wait.min(LONGEST_WAIT)) {
                Ok(Happening::Record(request, event, at)) => {
                    self.journal.append(&request, &event, at).unwrap();
                    self.station.handle(StationEvent::Recorded, Instant::now());
                }
                Ok(Happening::Link(event)) => self.linked(event),
                Ok(Happening::Ended) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => self.station.handle_timeout(Instant::now()),
            }
        }
    }

    fn linked(&mut self, event: link::Event) {
        let event = match event {
            link::Event::Greeted(attempt, greeting) => StationEvent::Greeted(attempt, greeting),
            link::Event::Answered(attempt, answer) => StationEvent::Answered(attempt, answer),
            link::Event::Published(attempt, told) => StationEvent::Published(attempt, told),
            link::Event::CoSigned(attempt, answer) => StationEvent::CoSigned(attempt, answer),
            link::Event::Failed(attempt) => StationEvent::Failed(attempt),
            link::Event::Document { .. }
            | link::Event::Networks { .. }
            | link::Event::Leased { .. }
            | link::Event::Room(..)
            | link::Event::Rooms(..)
            | link::Event::LookedUp { .. } => return,
        };
        self.station.handle(event, Instant::now());
    }

    fn carry_out(&mut self, command: StationCommand) {
        match command {
            StationCommand::Hello {
                attempt,
                received,
                finding,
            } => {
                let hello = correspondence::hello(&self.journal, received, "plain", finding);
                self.order(link::Order::Hello(attempt, hello));
            }
            StationCommand::Compare { number, hash } => {
                self.answer(correspondence::compare(&self.journal, number, hash));
            }
            StationCommand::Read { after, limit } => {
                self.answer(correspondence::read(&self.journal, after, limit));
            }
            StationCommand::ReadSalvaged { limit } => {
                self.answer(correspondence::read_salvaged(&self.journal, limit));
            }
            StationCommand::AcknowledgeSalvaged(journal, number) => {
                self.journal.acknowledge_salvaged(&journal, number).unwrap();
            }
            StationCommand::SalvageRefused => panic!("what was saved is not taken"),
            StationCommand::Offer { attempt, offer } => {
                self.order(link::Order::Offer(attempt, offer));
            }
            StationCommand::Acknowledge(number) => {
                self.journal.acknowledge(number).unwrap();
                let _ = self.confirm.send(number);
            }
            StationCommand::Withdraw(number) => self.journal.withdraw(number).unwrap(),
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
                let (now, public_key) = (Timestamp::default(), self.key.public().to_pem().unwrap());
                let question =
                    correspondence::sign(&self.journal, number, &self.key, &public_key, now);
                let question = question.unwrap().unwrap();
                self.order(link::Order::CoSign { attempt, question });
            }
            StationCommand::Keep(head) => {
                self.journal.keep_checkpoint(&head).unwrap();
                let _ = self.sign.send(head.head().number);
            }
            StationCommand::Receive(publication) => {
                self.journal.receive(&publication).unwrap();
            }
            StationCommand::Skip(number) => self.journal.skip(number).unwrap(),
            StationCommand::Quarantined(reason) => panic!("put into quarantine: {reason}"),
            StationCommand::Connected | StationCommand::Away => {}
        }
    }

    fn answer(&mut self, event: Result<StationEvent, journal::Error>) {
        self.station.handle(event.unwrap(), Instant::now());
    }

    fn order(&self, order: link::Order) {
        let _ = self.link.send(order);
    }
}
