//! A station and an exchange with a line between them that loses, doubles,
//! reorders and delays what it carries.

use std::time::{Duration, Instant};

use privacy::Personal;
use request::{RequestId, StationId, Timestamp};
use sync::{
    Agreement, Announcement, Answer, Attempt, Change, Content, Contradiction, Entry, Greeting,
    Hash, Head, Hello, Incarnation, Offer, Peer, Publication, Publications, Salt, Station,
    StationCommand, StationEvent, Taken,
};

const STATION: &str = "gaon-1";

/// What lies on a station's disk.
#[derive(Clone)]
pub(crate) struct Disk {
    heads: Vec<Head>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) acknowledged: u64,
    pub(crate) received: u64,
    pub(crate) told: Vec<u64>,
}

impl Disk {
    pub(crate) fn fresh(incarnation: u8) -> Self {
        let incarnation = Incarnation::from_bytes([incarnation; 16]);
        Self {
            heads: vec![Head::genesis(StationId::new(STATION), incarnation)],
            entries: Vec::new(),
            acknowledged: 0,
            received: 0,
            told: Vec::new(),
        }
    }

    fn head(&self) -> &Head {
        self.heads.last().expect("a genesis")
    }

    fn hash(&self, number: u64) -> Option<Hash> {
        let index = usize::try_from(number).ok()?;
        self.heads.get(index).map(|head| head.hash)
    }

    fn append(&mut self, word: &str) {
        let head = self.head().clone();
        let entry = Entry {
            station: head.station.clone(),
            incarnation: head.incarnation.clone(),
            number: head.number + 1,
            request: RequestId::new("r"),
            recorded_at: Timestamp::from_millis(7),
            content: Content::Whole {
                salt: Salt::from_bytes([3; 16]),
                body: Personal::new(format!("{word} {}", head.number)),
            },
        };
        self.heads
            .push(head.after(&entry.request, entry.recorded_at, &entry.commitment()));
        self.entries.push(entry);
    }
}

/// A running station: what it knows in memory, on its disk.
pub(crate) struct Machine {
    pub(crate) disk: Disk,
    station: Station,
    word: &'static str,
    up: Vec<(Asked, Question)>,
    /// How often it was booted: nobody hears an answer to an earlier life.
    life: u32,
    down: Vec<StationEvent>,
    pub(crate) quarantined: Option<Contradiction>,
}

#[derive(Clone, Copy)]
struct Asked {
    attempt: Attempt,
    life: u32,
}

#[derive(Clone)]
enum Question {
    Hello(Hello),
    Offer(Offer),
    Listen(u64),
}

impl Machine {
    /// `word` tells what this machine writes from what another does.
    pub(crate) fn boot(disk: Disk, word: &'static str, now: Instant) -> Self {
        let station = Station::new(disk.acknowledged, disk.received, 5, now);
        let mut machine = Self {
            disk,
            station,
            word,
            up: Vec::new(),
            life: 0,
            down: Vec::new(),
            quarantined: None,
        };
        machine.carry_out(now);
        machine
    }

    pub(crate) fn record(&mut self, now: Instant) {
        self.disk.append(self.word);
        self.station.handle(StationEvent::Recorded, now);
        self.carry_out(now);
    }

    /// The process dies; what is on its way to the exchange still arrives.
    pub(crate) fn crash(&mut self, now: Instant) {
        self.life += 1;
        self.station = Station::new(self.disk.acknowledged, self.disk.received, 6, now);
        self.down.clear();
        self.carry_out(now);
    }

    /// The exchange has gone and another is there: every line breaks, although
    /// what was on its way may still arrive.
    pub(crate) fn lose_line(&mut self, now: Instant) {
        let of_this_life = self.up.iter().filter(|(asked, _)| asked.life == self.life);
        let unheard = of_this_life.map(|(asked, _)| asked.attempt);
        let unanswered = self.down.iter().filter_map(|event| match event {
            StationEvent::Greeted(attempt, _)
            | StationEvent::Answered(attempt, _)
            | StationEvent::Published(attempt, _) => Some(*attempt),
            _ => None,
        });
        let broken: Vec<Attempt> = unheard.chain(unanswered).collect();
        self.life += 1;
        self.down.clear();
        for attempt in broken {
            self.station.handle(StationEvent::Failed(attempt), now);
        }
        self.carry_out(now);
    }

    pub(crate) fn tick(&mut self, now: Instant) -> Instant {
        let due = self.station.poll_timeout().map_or(now, |due| due.max(now));
        self.station.handle_timeout(due);
        self.carry_out(due);
        due
    }

    /// The exchange hears one of the questions on the way; which stays on the
    /// way when it is to be heard again.
    pub(crate) fn ask(&mut self, exchange: &mut Exchange, which: usize, again: bool) {
        if self.up.is_empty() {
            return;
        }
        let which = which % self.up.len();
        let (Asked { attempt, life }, question) = if again {
            self.up[which].clone()
        } else {
            self.up.remove(which)
        };
        let answer = match question {
            Question::Hello(hello) => StationEvent::Greeted(attempt, exchange.greet(&hello)),
            Question::Offer(offer) => StationEvent::Answered(attempt, exchange.take(&offer)),
            Question::Listen(after) => {
                StationEvent::Published(attempt, exchange.publications(after))
            }
        };
        if life == self.life {
            self.down.push(answer);
        }
    }

    pub(crate) fn hear(&mut self, which: usize, again: bool, now: Instant) {
        if self.down.is_empty() {
            return;
        }
        let which = which % self.down.len();
        let event = if again {
            self.down[which].clone()
        } else {
            self.down.remove(which)
        };
        self.station.handle(event, now);
        self.carry_out(now);
    }

    pub(crate) fn lose(&mut self, which: usize, now: Instant) {
        if which.is_multiple_of(2) && !self.up.is_empty() {
            let (Asked { attempt, life }, _) = self.up.remove(which % self.up.len());
            if life == self.life {
                self.station.handle(StationEvent::Failed(attempt), now);
                self.carry_out(now);
            }
        } else if !self.down.is_empty() {
            self.down.remove(which % self.down.len());
        }
    }

    /// A good line for some minutes.
    pub(crate) fn calm_down(&mut self, exchange: &mut Exchange, now: Instant) -> Instant {
        let mut now = now;
        for _ in 0..400 {
            for _ in 0..self.up.len() {
                self.ask(exchange, 0, false);
            }
            for _ in 0..self.down.len() {
                self.hear(0, false, now);
            }
            now += Duration::from_secs(1);
            self.station.handle_timeout(now);
            self.carry_out(now);
        }
        now
    }

    fn carry_out(&mut self, now: Instant) {
        let life = self.life;
        let asked = |attempt| Asked { attempt, life };
        while let Some(command) = self.station.poll_command() {
            match command {
                StationCommand::Hello {
                    attempt,
                    received,
                    finding,
                } => {
                    let hello = Hello {
                        head: self.disk.head().clone(),
                        received,
                        release: "1".to_owned(),
                        finding,
                    };
                    self.up.push((asked(attempt), Question::Hello(hello)));
                }
                StationCommand::Compare { number, hash } => {
                    let agreement = Agreement::of(self.disk.hash(number), hash);
                    self.station.handle(StationEvent::Compared(agreement), now);
                }
                StationCommand::ReadSalvaged { .. }
                | StationCommand::AcknowledgeSalvaged(..)
                | StationCommand::SalvageRefused => panic!("there was no damaged journal"),
                StationCommand::Read { after, limit } => {
                    let before = self.disk.hash(after).expect("an offered entry is there");
                    let entries = self.disk.entries.iter().filter(|it| it.number > after);
                    let entries = entries.take(limit.min(3) as usize).cloned().collect();
                    self.station
                        .handle(StationEvent::Pending { before, entries }, now);
                }
                StationCommand::Offer { attempt, offer } => {
                    self.up.push((asked(attempt), Question::Offer(offer)));
                }
                StationCommand::Acknowledge(number) | StationCommand::Withdraw(number) => {
                    self.disk.acknowledged = number;
                }
                StationCommand::Listen { attempt, after, .. } => {
                    self.up.push((asked(attempt), Question::Listen(after)));
                }
                // Its signatures have tests of their own.
                StationCommand::Sign { attempt, .. } => {
                    self.station.handle(StationEvent::Failed(attempt), now);
                }
                StationCommand::Keep(_) => panic!("nothing was signed"),
                StationCommand::Receive(publication) => {
                    assert!(publication.follows(self.disk.received));
                    self.disk.received = publication.number;
                    self.disk.told.push(publication.number);
                }
                StationCommand::Skip(number) => self.disk.received = number,
                StationCommand::Quarantined(reason) => self.quarantined = Some(reason),
                StationCommand::Connected | StationCommand::Away => {}
            }
        }
    }
}

/// The exchange as a ledger in memory.
#[derive(Clone)]
pub(crate) struct Exchange {
    pub(crate) peer: Peer,
    pub(crate) log: Vec<Entry>,
    pub(crate) aside: Vec<Entry>,
    hashes: Vec<Head>,
    published: Vec<Publication>,
    /// What an earlier journal has confirmed.
    received: u64,
    wall: i64,
}

impl Exchange {
    pub(crate) fn new() -> Self {
        Self {
            peer: Peer::new(StationId::new(STATION)),
            log: Vec::new(),
            aside: Vec::new(),
            hashes: Vec::new(),
            published: Vec::new(),
            received: 0,
            wall: 0,
        }
    }

    pub(crate) fn publish(&mut self) {
        self.wall += 10;
        let newest = self.published.last().map_or(0, |it| it.number);
        let now = Timestamp::from_millis(self.wall);
        self.published.push(Publication {
            number: Publication::next_number(newest, now),
            previous: 0,
            recorded_at: now,
            content: Announcement::Released,
        });
    }

    /// Goes on from a backup; the time does not.
    pub(crate) fn restore(&mut self, backup: &Exchange) {
        let wall = self.wall;
        *self = Exchange {
            wall,
            ..backup.clone()
        };
    }

    fn greet(&mut self, hello: &Hello) -> Greeting {
        let held = self.held(&hello.head.incarnation, hello.head.number);
        let (change, greeting) = self.peer.greet(hello, held, self.received);
        if let Some(change) = change {
            self.peer.apply(&change);
            assert!(!matches!(change, Change::Begin(head) if head.number != 0));
        }
        if matches!(greeting, Greeting::Welcome(_)) {
            self.received = self.received.max(hello.received);
        }
        greeting
    }

    fn take(&mut self, offer: &Offer) -> Answer {
        let newest = offer.entries.last().expect("an entry");
        let last = newest.number;
        let held = self.held(&newest.incarnation, last);
        match self.peer.take(offer, held).expect("an offer") {
            Taken::Apply { entries, head } => {
                for entry in entries {
                    let mut before = self.hashes.iter().rev();
                    let before = before.find(|it| it.incarnation == entry.incarnation);
                    let genesis =
                        || Head::genesis(entry.station.clone(), entry.incarnation.clone());
                    let before = before.cloned().unwrap_or_else(genesis);
                    self.hashes.push(before.followed_by(entry));
                    self.log.push(entry.clone());
                }
                assert_eq!(self.hashes.last(), Some(&head));
                self.peer.advance(head);
                Answer::Acknowledged(last)
            }
            Taken::Held(number) => Answer::Acknowledged(number),
            Taken::Aside => {
                let fresh = offer.entries.iter().filter(|it| !self.aside.contains(it));
                let fresh: Vec<Entry> = fresh.cloned().collect();
                self.aside.extend(fresh);
                Answer::KeptAside(last)
            }
            Taken::Unknown => Answer::Unknown,
            Taken::Forked => {
                self.peer.apply(&Change::Quarantine(Contradiction::Forked));
                Answer::Quarantined(Contradiction::Forked)
            }
        }
    }

    fn held(&self, incarnation: &Incarnation, number: u64) -> Option<Hash> {
        let held = self
            .hashes
            .iter()
            .find(|it| it.number == number && it.incarnation == *incarnation);
        held.map(|it| it.hash)
    }

    fn publications(&self, after: u64) -> Publications {
        let mut previous = after;
        let later = self.published.iter().filter(|it| it.number > after);
        let told = later.take(2).map(|publication| Publication {
            previous: std::mem::replace(&mut previous, publication.number),
            ..publication.clone()
        });
        Publications {
            publications: told.collect(),
        }
    }

    /// The numbers of all that was published.
    pub(crate) fn published(&self) -> impl Iterator<Item = u64> {
        self.published.iter().map(|it| it.number)
    }
}

pub(crate) fn later(now: Instant, millis: u64) -> Instant {
    now + Duration::from_millis(millis)
}
