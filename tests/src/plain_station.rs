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
use station::{Correspondent, Duty, Moment, Signing, correspondence};
use sync::{StationCommand, StationEvent};
use tokio::runtime::Handle;

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
        let signing = Signing::open(&key_file(&place.journal)).unwrap();
        let station = Correspondent::new(&place.station, &journal, signing, link, "plain").unwrap();
        let running = Running {
            station,
            journal,
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
    station: Correspondent,
    journal: Journal,
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
                Ok(Happening::Link(link::Event::Station(event))) => {
                    self.station.handle(event, Instant::now());
                }
                // Nothing else is asked for.
                Ok(Happening::Link(_)) => {}
                Ok(Happening::Ended) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => self.station.handle_timeout(Instant::now()),
            }
        }
    }

    fn carry_out(&mut self, command: StationCommand) {
        let now = Moment {
            instant: Instant::now(),
            wall: Timestamp::default(),
        };
        let left = self.station.carry_out(command, &mut self.journal, now);
        match left.unwrap() {
            Some(Duty::Acknowledge(number)) => {
                self.journal.acknowledge(number).unwrap();
                let _ = self.confirm.send(number);
            }
            Some(Duty::Keep(head)) => {
                self.journal.keep_checkpoint(&head).unwrap();
                let _ = self.sign.send(head.head().number);
            }
            Some(Duty::Receive(publication)) => {
                correspondence::receive(&mut self.journal, publication).unwrap();
            }
            Some(Duty::Quarantined(reason)) => panic!("put into quarantine: {reason}"),
            Some(Duty::Withdrawn(_) | Duty::Connected | Duty::Away) | None => {}
        }
    }
}
