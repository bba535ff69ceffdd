//! The PIN behind a technician's card, and how long one waits who types a wrong one.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};

use lockout::{Lockout, Patience};
use privacy::Personal;
use request::Timestamp;

use super::{Moment, book::Book};
use crate::technicians::{PIN, TechnicianName};
use crate::visit::Key;

const HOUR: Duration = Duration::from_secs(60 * 60);
/// Three wrong ones, then half a minute, a minute, two …
const PATIENCE: Patience = Patience {
    tries: 3,
    first_wait: Duration::from_secs(30),
    longest_wait: HOUR,
    forgotten_after: Duration::from_secs(24 * 60 * 60),
};
/// Whoever has several cards tries them all at the one slot.
const PATIENCE_WITH_SLOT: Patience = Patience {
    tries: 6,
    ..PATIENCE
};
const NAMES_MAX: usize = 64;
/// There is one place to guess from.
const SLOT: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Keeps count of wrong PINs, also over a restart.
pub(super) struct Gate {
    lockout: Lockout,
}

/// Somebody with a technician's card types.
#[derive(Clone, Debug)]
pub(super) struct Typing {
    pub(super) technician: TechnicianName,
    pub(super) digits: Personal<String>,
    /// The last one was wrong.
    pub(super) refused: bool,
    /// It is being looked at.
    pub(super) checking: bool,
}

impl Gate {
    /// The machine was perhaps switched off by who has typed wrong ones: the book knows.
    pub(super) fn new(book: &Book, now: Moment) -> Self {
        let mut lockout = Lockout::new(PATIENCE_WITH_SLOT, PATIENCE, NAMES_MAX);
        for wrong in book.wrong_pins() {
            let then = now.instant.checked_sub(age(wrong.at, now.wall));
            if let Some(then) = then {
                lockout.failed(SLOT, wrong.technician.as_str(), then);
            }
        }
        Self { lockout }
    }

    /// How long yet this technician has to wait.
    pub(super) fn wait(&self, technician: &TechnicianName, now: Instant) -> Option<Duration> {
        let tried = self.lockout.may_try(SLOT, technician.as_str(), now);
        tried.err().map(|it| it.wait)
    }

    pub(super) fn failed(&mut self, technician: &TechnicianName, now: Instant) {
        self.lockout.failed(SLOT, technician.as_str(), now);
    }

    pub(super) fn succeeded(&mut self, technician: &TechnicianName) {
        self.lockout.succeeded(technician.as_str());
    }
}

/// A clock that was set back makes nothing older.
fn age(at: Timestamp, now: Timestamp) -> Duration {
    let millis = now.as_millis().saturating_sub(at.as_millis());
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

impl Typing {
    pub(super) fn new(technician: TechnicianName) -> Self {
        Self {
            technician,
            digits: Personal::default(),
            refused: false,
            checking: false,
        }
    }

    pub(super) fn key(&mut self, key: Key) {
        if self.checking {
            return;
        }
        let mut digits = self.digits.reveal().clone();
        match key {
            Key::Character(digit) if digit.is_ascii_digit() && digits.len() < *PIN.end() => {
                digits.push(digit);
                self.refused = false;
            }
            Key::Backspace => drop(digits.pop()),
            Key::Clear => digits.clear(),
            Key::Character(_) | Key::Shift | Key::Layout | Key::Digits => {}
        }
        self.digits = Personal::new(digits);
    }

    pub(super) fn count(&self) -> usize {
        self.digits.reveal().len()
    }

    pub(super) fn is_complete(&self) -> bool {
        self.count() >= *PIN.start()
    }
}
