//! The station's end of replication: what to offer, what to listen for, when to try again.
//!
//! A pure machine. Delivery is at least once; numbers make it exactly once: the
//! exchange knows each entry by `(station, number)`, the journal each
//! publication by its number.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{Acknowledgement, Backoff, Entry, Offer, Publication, Publications};

/// Entries offered at once; enough for a visit, small enough for a poor line.
const BATCH: u32 = 100;
/// After this long without an answer an exchange on the way is given up.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// How long the exchange may hold a question for publications.
const LISTEN: Duration = Duration::from_secs(25);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StationEvent {
    /// The journal has a new entry.
    Recorded,
    /// Answers [`StationCommand::Read`].
    Pending(Vec<Entry>),
    Acknowledged(Acknowledgement),
    OfferFailed,
    Published(Publications),
    ListenFailed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StationCommand {
    /// Read unconfirmed entries after `after` from the journal.
    Read {
        after: u64,
        limit: u32,
    },
    Offer(Offer),
    /// Write down that the exchange holds everything up to here.
    Acknowledge(u64),
    Listen {
        after: u64,
        wait: Duration,
    },
    /// Write down what happened at the exchange, then tell it on.
    Receive(Publication),
    Connected,
    Away,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Idle,
    /// On the way; given up at the time.
    Waiting(Instant),
    /// After a failure; tried again at the time.
    Resting(Instant),
}

impl Turn {
    fn due(self) -> Option<Instant> {
        match self {
            Turn::Idle => None,
            Turn::Waiting(at) | Turn::Resting(at) => Some(at),
        }
    }
}

pub struct Station {
    acknowledged: u64,
    received: u64,
    /// The journal may hold entries that were not offered.
    unread: bool,
    offering: Turn,
    listening: Turn,
    offer_backoff: Backoff,
    listen_backoff: Backoff,
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
            unread: true,
            offering: Turn::Idle,
            listening: Turn::Idle,
            offer_backoff: Backoff::new(seed),
            listen_backoff: Backoff::new(seed.rotate_left(32)),
            connected: None,
            commands: VecDeque::new(),
        };
        station.next(now);
        station
    }

    pub fn handle(&mut self, event: StationEvent, now: Instant) {
        match event {
            StationEvent::Recorded => self.unread = true,
            StationEvent::Pending(entries) => self.pending(entries, now),
            StationEvent::Acknowledged(answer) => self.acknowledged(answer),
            StationEvent::OfferFailed => {
                self.offering = Turn::Resting(now + self.offer_backoff.next_wait());
                self.say(false);
            }
            StationEvent::Published(answer) => self.published(answer),
            StationEvent::ListenFailed => {
                self.listening = Turn::Resting(now + self.listen_backoff.next_wait());
                self.say(false);
            }
        }
        self.next(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        let mut silent = false;
        for turn in [&mut self.offering, &mut self.listening] {
            if turn.due().is_some_and(|due| due <= now) {
                silent |= matches!(turn, Turn::Waiting(_));
                *turn = Turn::Idle;
            }
        }
        if silent {
            self.say(false);
        }
        self.unread |= self.offering == Turn::Idle && self.connected == Some(false);
        self.next(now);
    }

    pub fn poll_command(&mut self) -> Option<StationCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        [self.offering.due(), self.listening.due()]
            .into_iter()
            .flatten()
            .min()
    }

    fn pending(&mut self, entries: Vec<Entry>, now: Instant) {
        if entries.is_empty() {
            self.offering = Turn::Idle;
            return;
        }
        self.offering = Turn::Waiting(now + ANSWER_TIMEOUT);
        self.commands
            .push_back(StationCommand::Offer(Offer { entries }));
    }

    fn acknowledged(&mut self, answer: Acknowledgement) {
        self.offering = Turn::Idle;
        self.offer_backoff.reset();
        self.say(true);
        if answer.acknowledged > self.acknowledged {
            self.acknowledged = answer.acknowledged;
            self.commands
                .push_back(StationCommand::Acknowledge(answer.acknowledged));
            // There may be more than one batch held.
            self.unread = true;
        }
    }

    fn published(&mut self, answer: Publications) {
        self.listening = Turn::Idle;
        self.listen_backoff.reset();
        self.say(true);
        for publication in answer.publications {
            // Said twice: known already. Said with a gap: asked for again.
            if publication.number == self.received + 1 {
                self.received = publication.number;
                self.commands
                    .push_back(StationCommand::Receive(publication));
            }
        }
    }

    fn next(&mut self, now: Instant) {
        if self.unread && self.offering == Turn::Idle {
            self.unread = false;
            self.offering = Turn::Waiting(now + ANSWER_TIMEOUT);
            self.commands.push_back(StationCommand::Read {
                after: self.acknowledged,
                limit: BATCH,
            });
        }
        if self.listening == Turn::Idle {
            // Whether the exchange is there at all is wanted at once.
            let wait = if self.connected == Some(true) {
                LISTEN
            } else {
                Duration::ZERO
            };
            self.listening = Turn::Waiting(now + wait + ANSWER_TIMEOUT);
            self.commands.push_back(StationCommand::Listen {
                after: self.received,
                wait,
            });
        }
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
        if !connected {
            self.unread = true;
        }
    }
}
