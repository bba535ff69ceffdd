//! When a station has its journal's head co-signed.
//!
//! What the exchange has confirmed and not signed for could be cut off or written
//! anew, and nobody could prove it. So the newest confirmed entry is signed for as soon
//! as there is one, but once in a minute at most: each time costs both ends a signature
//! and a write of its own, and the entries of a visit are confirmed one by one.
//! Whether it succeeds says nothing about the line: entries go on without it.

use std::time::{Duration, Instant};

use super::{ANSWER_TIMEOUT, Attempt, Standing, Station, StationCommand, Turn};
use crate::HeadAnswer;

/// From one co-signed head to the next.
const SIGN_EVERY: Duration = Duration::from_secs(60);

pub(super) struct Signing {
    turn: Turn,
    /// The exchange has signed for everything up to here since this machine began.
    co_signed: u64,
}

impl Default for Signing {
    fn default() -> Self {
        Self {
            turn: Turn::Idle,
            co_signed: 0,
        }
    }
}

impl Signing {
    pub(super) fn waits_for(&self, attempt: Attempt) -> bool {
        self.turn.waits_for(attempt)
    }

    pub(super) fn due(&self) -> Option<Instant> {
        self.turn.due()
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) {
        match self.turn {
            Turn::Waiting(_, due) if due <= now => self.rest(now),
            Turn::Resting(due) if due <= now => self.turn = Turn::Idle,
            Turn::Idle | Turn::Reading | Turn::Waiting(..) | Turn::Resting(_) => {}
        }
    }

    pub(super) fn rest(&mut self, now: Instant) {
        self.turn = Turn::Resting(now + SIGN_EVERY);
    }

    /// The line is down: an answer that is on its way does not count.
    pub(super) fn give_up(&mut self) {
        if matches!(self.turn, Turn::Waiting(..)) {
            self.turn = Turn::Idle;
        }
    }

    /// The exchange holds the journal up to here. Less than it signed for: it was
    /// restored from a backup, and what it takes over again is signed for anew.
    pub(super) fn reach(&mut self, acknowledged: u64) {
        self.co_signed = self.co_signed.min(acknowledged);
    }
}

impl Station {
    pub(super) fn sign_what_is_confirmed(&mut self, now: Instant) {
        let due = self.standing == Standing::Welcome
            && self.signing.turn == Turn::Idle
            && self.acknowledged > self.signing.co_signed;
        if due {
            let attempt = self.attempt();
            self.signing.turn = Turn::Waiting(attempt, now + ANSWER_TIMEOUT);
            self.commands.push_back(StationCommand::Sign {
                attempt,
                number: self.acknowledged,
            });
        }
    }

    pub(super) fn co_signed(&mut self, answer: HeadAnswer, now: Instant) {
        self.signing.rest(now);
        match answer {
            HeadAnswer::CoSigned(head) => {
                self.signing.co_signed = head.head().number;
                self.commands.push_back(StationCommand::Keep(head));
            }
            // It has forgotten what it confirmed: another exchange by now.
            HeadAnswer::Unknown => self.give_up(now),
            HeadAnswer::Quarantined(reason) => self.quarantined(reason, now),
        }
    }
}
