//! A serial insertion reader for magnetic stripes, seen from the wire.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{Twin, people::Person};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// The check character is wrong, as on a worn stripe.
    Damaged,
    /// Half of the track is missing.
    Truncated,
    /// The card's last month was October 2026.
    Expired,
    /// Some other card: a bank's, a library's.
    Stranger,
    /// Sees the card go in and reads nothing.
    Blind,
    /// Sends everything twice, with noise between.
    Stuttering,
}

/// Up to which the cards on the bench count (YYMM).
const LAST_MONTH: &str = "3012";
/// How long a card takes to go in and be read.
const READING: Duration = Duration::from_millis(120);

#[derive(Default)]
pub struct MagneticStripeReader {
    pub mood: Mood,
    inserted: Option<Person>,
    track_due: Option<Instant>,
    wire: VecDeque<Vec<u8>>,
    heard: Vec<u8>,
}

impl MagneticStripeReader {
    /// Somebody puts a card in.
    pub fn insert(&mut self, person: Person, now: Instant) {
        self.say(b"I\r");
        self.inserted = Some(person);
        self.track_due = Some(now + READING);
    }

    /// Somebody pulls the card.
    pub fn pull(&mut self) {
        if self.inserted.take().is_some() {
            self.track_due = None;
            self.say(b"R\r");
        }
    }

    pub fn has_card(&self) -> bool {
        self.inserted.is_some()
    }

    fn say(&mut self, bytes: &[u8]) {
        self.wire.push_back(bytes.to_vec());
        if self.mood == Mood::Stuttering {
            self.wire.push_back(b"\x00\xff#".to_vec());
            self.wire.push_back(b"\r".to_vec());
            self.wire.push_back(bytes.to_vec());
        }
    }

    fn send_track(&mut self) {
        let Some(person) = &self.inserted else {
            return;
        };
        let track = match self.mood {
            Mood::Blind => return,
            Mood::Stranger => with_check("+9999012345678=991212100000?".to_owned()),
            Mood::Damaged => {
                let mut track = track(person, LAST_MONTH);
                let check = track
                    .pop()
                    .map_or(b' ', |check| if check == b'!' { b'"' } else { b'!' });
                track.push(check);
                track
            }
            Mood::Truncated => {
                let track = track(person, LAST_MONTH);
                track[..track.len() / 2].to_vec()
            }
            Mood::Expired => track(person, "2610"),
            Mood::Well | Mood::Stuttering => track(person, LAST_MONTH),
        };
        self.say(&[&track[..], b"\r"].concat());
    }
}

/// Track 3 of an identity card.
fn track(person: &Person, last_month: &str) -> Vec<u8> {
    let name = URL_SAFE_NO_PAD.encode(person.name);
    with_check(format!(
        "+KRID1={}={name}={last_month}?",
        person.resident_number
    ))
}

fn with_check(track: String) -> Vec<u8> {
    let mut track = track.into_bytes();
    let sum = track.iter().fold(0, |sum, byte| sum ^ byte);
    track.push((sum & 0x3f) + b' ');
    track
}

impl Twin for MagneticStripeReader {
    fn receive(&mut self, bytes: &[u8], _now: Instant) {
        for byte in bytes {
            if *byte != b'\r' {
                self.heard.push(*byte);
                continue;
            }
            if std::mem::take(&mut self.heard) == b"S" && self.inserted.is_some() {
                self.say(b"I\r");
            }
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        if self.track_due.is_some_and(|due| due <= now) {
            self.track_due = None;
            self.send_track();
        }
    }

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.track_due
    }
}
