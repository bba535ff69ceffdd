//! The station's end of replication: what to offer, what to listen for, when to try again.
//!
//! A pure machine. A line begins with a hello; what the exchange says it holds is
//! compared with the journal before anything is offered. Delivery is at least
//! once; numbers make it exactly once. Whatever fails, the line is given up as a
//! whole and begins with a hello again: the exchange may be another by then,
//! restored from an older backup.

mod dialogue;
mod salvage;
mod signing;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

pub use dialogue::{Attempt, StationCommand, StationEvent};
use salvage::Salvage;
use signing::Signing;

use crate::{
    Agreement, Answer, Backoff, Contradiction, Entry, Greeting, Hash, Offer, Publications, Welcome,
};

/// Entries offered at once.
const BATCH: u32 = 500;
/// What a batch's bodies may weigh together; a poor line carries it in time.
const BATCH_BYTES: usize = 512 << 10;
/// After this long without an answer an exchange on the way is given up.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// How long the exchange may hold a question for publications.
const LISTEN: Duration = Duration::from_secs(25);
/// How long a station in quarantine waits before it asks whether it still is.
const QUARANTINE_REST: Duration = Duration::from_secs(60);

/// How the exchange looks upon this station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Nothing was said yet on this line.
    Unknown,
    /// The exchange's word is being compared with the journal.
    Comparing(Welcome),
    Welcome,
    Quarantined,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Idle,
    /// The journal is being read.
    Reading,
    /// On the way; given up at the time.
    Waiting(Attempt, Instant),
    /// Tried again at the time.
    Resting(Instant),
}

impl Turn {
    fn due(self) -> Option<Instant> {
        match self {
            Turn::Idle | Turn::Reading => None,
            Turn::Waiting(_, at) | Turn::Resting(at) => Some(at),
        }
    }

    fn waits_for(self, attempt: Attempt) -> bool {
        matches!(self, Turn::Waiting(asked, _) if asked == attempt)
    }
}

pub struct Station {
    acknowledged: u64,
    received: u64,
    /// The newest entry of the last offer.
    offered: u64,
    /// In quarantine: how far entries were offered, to be kept aside.
    kept_aside: Option<u64>,
    /// The journal may hold entries that were not offered.
    unread: bool,
    /// What an earlier journal had not told goes first.
    salvage: Salvage,
    standing: Standing,
    /// To be said with the next hello.
    finding: Option<Contradiction>,
    greeting: Turn,
    offering: Turn,
    listening: Turn,
    signing: Signing,
    attempts: u64,
    backoff: Backoff,
    connected: Option<bool>,
    commands: VecDeque<StationCommand>,
}

impl Station {
    /// `acknowledged` and `received` are the journal's two watermarks; `seed`
    /// spreads the attempts of many stations.
    pub fn new(acknowledged: u64, received: u64, seed: u64, now: Instant) -> Self {
        let mut station = Self {
            acknowledged,
            received,
            offered: 0,
            kept_aside: None,
            unread: true,
            salvage: Salvage::default(),
            standing: Standing::Unknown,
            finding: None,
            greeting: Turn::Idle,
            offering: Turn::Idle,
            listening: Turn::Idle,
            signing: Signing::default(),
            attempts: 0,
            backoff: Backoff::new(seed),
            connected: None,
            commands: VecDeque::new(),
        };
        station.next(now);
        station
    }

    pub fn handle(&mut self, event: StationEvent, now: Instant) {
        match event {
            StationEvent::Recorded => self.unread = true,
            StationEvent::Greeted(attempt, greeting) if self.greeting.waits_for(attempt) => {
                self.greeted(greeting, now);
            }
            StationEvent::Compared(agreement) => self.compared(agreement, now),
            StationEvent::Pending { before, entries } if self.offering == Turn::Reading => {
                self.pending(before, entries, now);
            }
            StationEvent::Salvaged(offer) if self.offering == Turn::Reading => {
                self.salvaged(offer, now);
            }
            StationEvent::Answered(attempt, answer) if self.offering.waits_for(attempt) => {
                self.answered(answer, now);
            }
            StationEvent::Published(attempt, told) if self.listening.waits_for(attempt) => {
                self.published(told);
            }
            StationEvent::CoSigned(attempt, answer) if self.signing.waits_for(attempt) => {
                self.co_signed(answer, now);
            }
            StationEvent::Failed(attempt) if self.signing.waits_for(attempt) => {
                self.signing.rest(now);
            }
            StationEvent::Failed(attempt) if self.any_waits_for(attempt) => self.give_up(now),
            StationEvent::Greeted(..)
            | StationEvent::Pending { .. }
            | StationEvent::Salvaged(_)
            | StationEvent::Answered(..)
            | StationEvent::Published(..)
            | StationEvent::CoSigned(..)
            | StationEvent::Failed(_) => {}
        }
        self.next(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        let is_due = |turn: Turn| turn.due().is_some_and(|due| due <= now);
        let turns = [self.greeting, self.offering, self.listening];
        let silent = |turn: &Turn| is_due(*turn) && matches!(turn, Turn::Waiting(..));
        if turns.iter().any(silent) {
            self.give_up(now);
        } else if is_due(self.greeting) {
            self.greeting = Turn::Idle;
        }
        self.signing.handle_timeout(now);
        self.next(now);
    }

    pub fn poll_command(&mut self) -> Option<StationCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let turns = [self.greeting, self.offering, self.listening];
        turns
            .into_iter()
            .filter_map(Turn::due)
            .chain(self.signing.due())
            .min()
    }

    fn greeted(&mut self, greeting: Greeting, now: Instant) {
        self.greeting = Turn::Idle;
        match greeting {
            Greeting::Welcome(welcome) => {
                self.standing = Standing::Comparing(welcome);
                let Welcome {
                    acknowledged,
                    hash,
                    received,
                } = welcome;
                if received > self.received {
                    self.received = received;
                    self.commands.push_back(StationCommand::Skip(received));
                }
                let number = acknowledged;
                self.commands
                    .push_back(StationCommand::Compare { number, hash });
            }
            Greeting::Contradiction(finding) => {
                self.finding = Some(finding);
                self.greeting = Turn::Resting(now + self.backoff.next_wait());
            }
            Greeting::Quarantined(reason) => self.quarantined(reason, now),
        }
    }

    fn compared(&mut self, agreement: Agreement, now: Instant) {
        let Standing::Comparing(welcome) = self.standing else {
            return;
        };
        let finding = match agreement {
            Agreement::Agrees => None,
            Agreement::Missing => Some(Contradiction::Rewound),
            Agreement::Differs => Some(Contradiction::Forked),
        };
        self.finding = finding;
        if finding.is_some() {
            self.standing = Standing::Unknown;
            self.greeting = Turn::Resting(now + self.backoff.next_wait());
            return;
        }
        self.standing = Standing::Welcome;
        self.kept_aside = None;
        self.acknowledge(welcome.acknowledged);
        self.unread = true;
        self.say(true);
    }

    /// The exchange's word about how far it holds the journal. Less than it once
    /// confirmed: it was restored from a backup, and is offered the rest again.
    fn acknowledge(&mut self, number: u64) {
        if number > self.acknowledged {
            self.commands.push_back(StationCommand::Acknowledge(number));
        } else if number < self.acknowledged {
            self.commands.push_back(StationCommand::Withdraw(number));
        }
        self.acknowledged = number;
        self.signing.reach(number);
    }

    fn pending(&mut self, before: Hash, entries: Vec<Entry>, now: Instant) {
        let Some(speaker) = entries.first().map(|it| it.incarnation.clone()) else {
            self.offering = Turn::Idle;
            return;
        };
        let offer = Offer {
            speaker,
            before,
            entries,
        };
        self.offer(offer, now);
    }

    /// Offers as much of it as goes at once.
    fn offer(&mut self, mut offer: Offer, now: Instant) {
        let mut weight = 0;
        let fits = offer.entries.iter().take_while(|entry| {
            weight += entry.weight();
            weight <= BATCH_BYTES
        });
        // One entry is offered however much it weighs.
        let fitting = fits.count().max(1);
        offer.entries.truncate(fitting);
        self.offered = offer.entries.last().map_or(0, |last| last.number);
        let attempt = self.attempt();
        self.offering = Turn::Waiting(attempt, now + ANSWER_TIMEOUT);
        self.commands
            .push_back(StationCommand::Offer { attempt, offer });
    }

    fn answered(&mut self, answer: Answer, now: Instant) {
        self.offering = Turn::Idle;
        if let Salvage::Offered(journal) = &self.salvage {
            return self.answered_of_earlier(journal.clone(), &answer, now);
        }
        match answer {
            // More than was offered may be another's with this identity: what
            // comes next is compared when it is offered.
            Answer::Acknowledged(number) if number.min(self.offered) > self.acknowledged => {
                self.backoff.reset();
                self.acknowledge(number.min(self.offered));
                // There may be more than one batch held.
                self.unread = true;
            }
            Answer::KeptAside(number) if self.kept_aside.is_some_and(|it| number > it) => {
                self.kept_aside = Some(number);
                self.unread = true;
            }
            Answer::KeptAside(_) if self.kept_aside.is_some() => {}
            // Another with this identity has been found out meanwhile.
            Answer::KeptAside(_) => self.give_up(now),
            // It has forgotten what it said in its welcome: another exchange by now.
            Answer::Acknowledged(_) | Answer::Unknown => self.give_up(now),
            Answer::Quarantined(reason) => self.quarantined(reason, now),
        }
    }

    fn quarantined(&mut self, reason: Contradiction, now: Instant) {
        self.finding = None;
        self.listening = Turn::Idle;
        self.greeting = Turn::Resting(now + QUARANTINE_REST);
        self.say(false);
        if self.standing != Standing::Quarantined {
            self.standing = Standing::Quarantined;
            self.unread = true;
        }
        if self.kept_aside.is_none() {
            self.kept_aside = Some(self.acknowledged);
            self.commands.push_back(StationCommand::Quarantined(reason));
        }
    }

    fn published(&mut self, told: Publications) {
        self.listening = Turn::Idle;
        self.backoff.reset();
        for publication in told.publications {
            // Said twice: known already. Said with a gap: asked for again.
            if publication.follows(self.received) {
                self.received = publication.number;
                self.commands
                    .push_back(StationCommand::Receive(publication));
            }
        }
    }

    /// The line is down: nothing that is on the way counts any more.
    fn give_up(&mut self, now: Instant) {
        self.standing = Standing::Unknown;
        self.offering = Turn::Idle;
        self.listening = Turn::Idle;
        self.signing.give_up();
        self.unread = true;
        self.salvage.again();
        self.greeting = Turn::Resting(now + self.backoff.next_wait());
        self.say(false);
    }

    fn next(&mut self, now: Instant) {
        let asks = matches!(self.standing, Standing::Unknown | Standing::Quarantined);
        if asks && self.greeting == Turn::Idle {
            let attempt = self.attempt();
            self.greeting = Turn::Waiting(attempt, now + ANSWER_TIMEOUT);
            self.commands.push_back(StationCommand::Hello {
                attempt,
                received: self.received,
                finding: self.finding.take(),
            });
        }
        let offers = matches!(self.standing, Standing::Welcome | Standing::Quarantined);
        if self.standing == Standing::Welcome && self.offering == Turn::Idle {
            self.read_salvaged();
        }
        if offers && self.unread && self.offering == Turn::Idle {
            self.unread = false;
            self.offering = Turn::Reading;
            let after = self.kept_aside.unwrap_or(self.acknowledged);
            self.commands.push_back(StationCommand::Read {
                after,
                limit: BATCH,
            });
        }
        if self.standing == Standing::Welcome && self.listening == Turn::Idle {
            let attempt = self.attempt();
            self.listening = Turn::Waiting(attempt, now + LISTEN + ANSWER_TIMEOUT);
            self.commands.push_back(StationCommand::Listen {
                attempt,
                after: self.received,
                wait: LISTEN,
            });
        }
        self.sign_what_is_confirmed(now);
    }

    fn attempt(&mut self) -> Attempt {
        self.attempts += 1;
        Attempt(self.attempts)
    }

    fn any_waits_for(&self, attempt: Attempt) -> bool {
        [self.greeting, self.offering, self.listening]
            .iter()
            .any(|turn| turn.waits_for(attempt))
    }

    fn say(&mut self, connected: bool) {
        if self.connected != Some(connected) {
            self.connected = Some(connected);
            self.commands.push_back(if connected {
                StationCommand::Connected
            } else {
                StationCommand::Away
            });
        }
    }
}
