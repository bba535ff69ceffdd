//! Who is signed in: sessions with an end, kept in memory alone; pure.
//!
//! A browser holds a random key and nothing else. Here its digest stands, so that not
//! even this memory could be turned back into a cookie. When the exchange starts anew
//! everybody signs in again.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// Nobody has touched it for so long: whoever it was has gone to lunch.
pub(super) const IDLE: Duration = Duration::from_mins(15);
/// However busy: a working day.
pub(super) const WHOLE: Duration = Duration::from_hours(8);
/// At once, of all operators and of one; who signs in beyond it ends the oldest.
const SESSIONS_MAX: usize = 500;
const SESSIONS_OF_ONE: usize = 5;

const KEY_BYTES: usize = 32;

/// What a browser shows, in hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key([u8; KEY_BYTES]);

/// By what a session is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SessionId([u8; 32]);

/// Marks that each form of a session bears, one for each place it is sent to.
#[derive(Clone)]
pub(super) struct Forms([u8; KEY_BYTES]);

/// Under which passphrase a session was begun: with another it is over, wherever that
/// was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp([u8; 32]);

/// Whose a session is.
#[derive(Clone)]
pub(super) struct Holder {
    pub(super) operator: String,
    pub(super) stamp: Stamp,
    pub(super) forms: Forms,
}

struct Session {
    holder: Holder,
    began: Instant,
    touched: Instant,
}

#[derive(Default)]
pub(super) struct Sessions(BTreeMap<SessionId, Session>);

impl Key {
    /// From bytes drawn for it alone.
    pub(super) fn new(drawn: [u8; KEY_BYTES]) -> Self {
        Self(drawn)
    }

    pub(super) fn read(digits: &str) -> Option<Self> {
        let is_digit = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
        if digits.len() != 2 * KEY_BYTES || !digits.bytes().all(is_digit) {
            return None;
        }
        let mut key = [0; KEY_BYTES];
        for (index, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[2 * index..2 * index + 2], 16).ok()?;
        }
        Some(Self(key))
    }

    pub(super) fn digits(&self) -> String {
        hexadecimal(&self.0)
    }

    pub(super) fn id(&self) -> SessionId {
        SessionId(Sha256::digest(self.0).into())
    }
}

impl Stamp {
    /// Of a passphrase, by its hash.
    pub(super) fn of(hash: &str) -> Self {
        Self(Sha256::digest(hash).into())
    }
}

impl Forms {
    pub(super) fn new(drawn: [u8; KEY_BYTES]) -> Self {
        Self(drawn)
    }

    /// The mark of a form that is sent to a path by whoever shows a key.
    pub(super) fn mark(&self, path: &str) -> String {
        hexadecimal(&self.mac(path).finalize().into_bytes())
    }

    /// Whether a form bears the mark; takes as long whatever it bears.
    pub(super) fn made(&self, path: &str, mark: &str) -> bool {
        let Some(Key(mark)) = Key::read(mark) else {
            return false;
        };
        self.mac(path).verify_slice(&mark).is_ok()
    }

    fn mac(&self, path: &str) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.0)
            .expect("a key of any length will do (RFC 2104)");
        mac.update(path.as_bytes());
        mac
    }
}

impl Sessions {
    /// Begins one; whoever shows the key is this operator from now on.
    pub(super) fn begin(&mut self, key: &Key, holder: Holder, now: Instant) {
        self.0.retain(|_, it| !it.is_over(now));
        self.leave_room(SESSIONS_OF_ONE, |it| it.holder.operator == holder.operator);
        self.leave_room(SESSIONS_MAX, |_| true);
        let session = Session {
            holder,
            began: now,
            touched: now,
        };
        self.0.insert(key.id(), session);
    }

    /// Whose session it is, which goes on from now; none when it is over or never was.
    pub(super) fn touch(&mut self, id: SessionId, now: Instant) -> Option<Holder> {
        let session = self.0.get_mut(&id)?;
        if session.is_over(now) {
            self.0.remove(&id);
            return None;
        }
        session.touched = now;
        Some(session.holder.clone())
    }

    pub(super) fn end(&mut self, id: SessionId) {
        self.0.remove(&id);
    }

    /// It goes on under the passphrase that was given in it.
    pub(super) fn stamp(&mut self, id: SessionId, stamp: Stamp) {
        if let Some(session) = self.0.get_mut(&id) {
            session.holder.stamp = stamp;
        }
    }

    fn leave_room(&mut self, most: usize, counts: impl Fn(&Session) -> bool) {
        let mut counted: Vec<_> = self.0.iter().filter(|(_, it)| counts(it)).collect();
        counted.sort_by_key(|(_, it)| it.touched);
        let too_many = (counted.len() + 1).saturating_sub(most);
        let oldest: Vec<_> = counted.iter().take(too_many).map(|(id, _)| **id).collect();
        for id in oldest {
            self.0.remove(&id);
        }
    }
}

impl Session {
    fn is_over(&self, now: Instant) -> bool {
        let since = |it| now.saturating_duration_since(it);
        since(self.touched) >= IDLE || since(self.began) >= WHOLE
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

#[cfg(test)]
#[path = "session/tests.rs"]
mod tests;
