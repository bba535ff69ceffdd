//! The jitter buffer: packets in, in any order; one after the other out, in time.
//!
//! Packets go by their sequence numbers alone, so that a sender's wrong timestamps do
//! no harm. The delay grows by itself when packets come late (what was concealed
//! meanwhile is the delay) and is taken back when more lies waiting than lateness of
//! late has asked for.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

/// Packets that wait at the most; more are not delay but a fault.
const CAPACITY: usize = 32;
/// Fruitless takes in a row after which a talkspurt is over, and waiting begins anew.
const SPURT_ENDS_AFTER: u32 = 4;
const DELAY_MIN: Duration = Duration::from_millis(10);
const DELAY_MAX: Duration = Duration::from_millis(300);
/// How far back lateness is remembered.
const WINDOW: Duration = Duration::from_secs(4);
/// A packet this much early or late is of a clock that was set.
const CLOCK_JUMP: Duration = Duration::from_secs(2);
/// Takes after which delay that nobody needed is given back.
const SURPLUS_AFTER: u32 = 50;

/// What became of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    Kept,
    Duplicate,
    /// Its place has been played.
    Late,
    /// It is kept, and the oldest that waited was not.
    Overflowed,
}

/// What is to be heard now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    Sound(Vec<u8>),
    /// A packet without sound had this place: a digit, comfort noise.
    Quiet,
    /// This packet did not come in time.
    Lost,
    /// Nothing is there, and nothing is known to be missing.
    Nothing,
}

/// One stream's packets; a new stream takes a new buffer.
#[derive(Clone, Debug, Default)]
pub struct JitterBuffer {
    /// `None` holds the place of a packet without sound.
    waiting: BTreeMap<u64, Option<Vec<u8>>>,
    /// The next number; none before the first talkspurt.
    next: Option<u64>,
    /// Since when a talkspurt waits to begin.
    filling_since: Option<Instant>,
    playing: bool,
    fruitless: u32,
    lateness: Lateness,
    /// The least that lay waiting after a take, and of how many takes.
    surplus: Option<(usize, u32)>,
}

impl JitterBuffer {
    /// Takes a packet; `sound` is none where it only holds a place. `sent` is the
    /// packet's own clock as time, for how late it is.
    pub fn insert(
        &mut self,
        number: u64,
        sound: Option<Vec<u8>>,
        sent: Duration,
        now: Instant,
    ) -> Inserted {
        if self.next.is_some_and(|next| number < next) {
            if sound.is_some() {
                self.lateness.note(sent, now);
            }
            return Inserted::Late;
        }
        if self.waiting.contains_key(&number) {
            return Inserted::Duplicate;
        }
        // A digit's timestamp is that of its beginning and says nothing about the way.
        if sound.is_some() {
            self.lateness.note(sent, now);
        }
        self.waiting.insert(number, sound);
        if !self.playing {
            self.filling_since.get_or_insert(now);
        }
        if self.waiting.len() > CAPACITY {
            self.waiting.pop_first();
            self.next = self.waiting.first_key_value().map(|(number, _)| *number);
            return Inserted::Overflowed;
        }
        Inserted::Kept
    }

    /// What is due; called once for each packet's duration.
    pub fn take(&mut self, now: Instant) -> Taken {
        if !self.playing && !self.begins(now) {
            return Taken::Nothing;
        }
        self.give_back_surplus();
        let Some((&first, _)) = self.waiting.first_key_value() else {
            self.fruitless += 1;
            self.surplus = None;
            if self.fruitless >= SPURT_ENDS_AFTER {
                self.playing = false;
            }
            return Taken::Nothing;
        };
        self.fruitless = 0;
        let next = self.next.unwrap_or(first);
        // It may still come when packets of late have come as late as that; waiting for it makes the delay.
        let newest = self
            .waiting
            .last_key_value()
            .map_or(first, |(number, _)| *number);
        if first > next && newest - next < self.delay_in_frames() {
            return Taken::Nothing;
        }
        self.next = Some(next + 1);
        if first > next {
            return Taken::Lost;
        }
        match self.waiting.pop_first() {
            Some((_, Some(sound))) => Taken::Sound(sound),
            _ => Taken::Quiet,
        }
    }

    /// How long a talkspurt is held back before it is heard.
    pub fn delay(&self) -> Duration {
        self.lateness.peak().clamp(DELAY_MIN, DELAY_MAX)
    }

    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// In packets of 20 ms, rounded up.
    fn delay_in_frames(&self) -> u64 {
        self.delay().as_millis().div_ceil(20) as u64
    }

    fn begins(&mut self, now: Instant) -> bool {
        let Some(since) = self.filling_since else {
            return false;
        };
        let waited = now.saturating_duration_since(since) >= self.delay();
        if !waited && (self.waiting.len() as u64) <= self.delay_in_frames() {
            return false;
        }
        self.filling_since = None;
        self.playing = true;
        self.fruitless = 0;
        self.surplus = None;
        // Whatever was lost while nothing was heard is not missed.
        self.next = self.waiting.first_key_value().map(|(number, _)| *number);
        true
    }

    /// Lets go of the oldest packet when there was always one more than needed.
    fn give_back_surplus(&mut self) {
        // One is being taken now; what lateness may cost must lie behind it.
        let behind = self.waiting.len().saturating_sub(1);
        let (least, takes) = self
            .surplus
            .map_or((behind, 0), |(least, takes)| (least.min(behind), takes + 1));
        self.surplus = Some((least, takes));
        if takes < SURPLUS_AFTER {
            return;
        }
        self.surplus = None;
        if least as u64 > self.delay_in_frames()
            && let Some((number, _)) = self.waiting.pop_first()
        {
            self.next = Some(number + 1);
        }
    }
}

/// How much later than the quickest the packets of the last seconds came.
#[derive(Clone, Debug, Default)]
struct Lateness {
    began: Option<(Instant, Duration)>,
    /// Quickest and slowest transit of each part of the window, newest last, in microseconds.
    parts: VecDeque<(Instant, i64, i64)>,
}

impl Lateness {
    const PARTS: u32 = 4;

    fn note(&mut self, sent: Duration, now: Instant) {
        let (began, first) = *self.began.get_or_insert((now, sent));
        let travelled = now.saturating_duration_since(began).as_micros() as i64;
        let transit = travelled - (sent.as_micros() as i64 - first.as_micros() as i64);
        let part = WINDOW / Self::PARTS;
        // The sender's clock was set; that is no lateness.
        let before = self.parts.back().map_or(transit, |part| part.1);
        if transit.abs_diff(before) > CLOCK_JUMP.as_micros() as u64 {
            self.parts.clear();
        }
        match self.parts.back_mut() {
            Some((since, quickest, slowest)) if now.saturating_duration_since(*since) < part => {
                *quickest = (*quickest).min(transit);
                *slowest = (*slowest).max(transit);
            }
            _ => self.parts.push_back((now, transit, transit)),
        }
        while self.parts.len() > Self::PARTS as usize {
            self.parts.pop_front();
        }
    }

    fn peak(&self) -> Duration {
        let quickest = self.parts.iter().map(|part| part.1).min();
        let slowest = self.parts.iter().map(|part| part.2).max();
        match (quickest, slowest) {
            (Some(quickest), Some(slowest)) => {
                Duration::from_micros(slowest.saturating_sub(quickest).unsigned_abs())
            }
            _ => Duration::ZERO,
        }
    }
}

#[cfg(test)]
#[path = "jitter/tests.rs"]
mod tests;
