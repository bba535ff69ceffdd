//! An input and output module on a Modbus serial line, seen from the wire: five lamps on its
//! coils, and the cabinet's contacts on its inputs.

mod frame;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::Twin;
use frame::{Frame, Request, exception, sealed};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// Takes its time, but not too much.
    Slow,
    /// Answers when nobody waits any more.
    Late,
    Dead,
    /// The sums of its answers are wrong.
    Damaged,
    /// Another module answers in its place.
    Stranger,
    /// Answers a question that it was not asked.
    Astray,
    /// Its contacts chatter: every look finds another door.
    Chattering,
    /// On two wires: it hears itself, and so does the kiosk hear its own words.
    Echoing,
    /// Refuses whatever it is asked, with this exception.
    Refusing(u8),
}

/// How long a module thinks.
const THINKING: Duration = Duration::from_millis(5);
const SLOWLY: Duration = Duration::from_millis(300);
const LATE: Duration = Duration::from_millis(700);

/// The module's own address.
pub const UNIT: u8 = 1;

const DOOR_LOOP: u8 = 1;
const TAMPER_LOOP: u8 = 1 << 1;
const HEADSET: u8 = 1 << 4;
const LAMPS: u16 = 5;
const CONTACTS: u16 = 5;

/// The operator switch, turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    Run,
    Maintenance,
    Supervisor,
    /// Both contacts are closed, which no switch does.
    Both,
}

pub struct IoModule {
    mood: Mood,
    inputs: u8,
    coils: u8,
    /// Times that each lamp went on.
    lit: [u32; LAMPS as usize],
    reads: u32,
    heard: Vec<u8>,
    unsent: VecDeque<(Instant, Vec<u8>)>,
    wire: VecDeque<Vec<u8>>,
}

impl Default for IoModule {
    fn default() -> Self {
        Self {
            mood: Mood::Well,
            inputs: DOOR_LOOP | TAMPER_LOOP,
            coils: 0,
            lit: [0; LAMPS as usize],
            reads: 0,
            heard: Vec::new(),
            unsent: VecDeque::new(),
            wire: VecDeque::new(),
        }
    }
}

impl IoModule {
    pub fn set_mood(&mut self, mood: Mood) {
        self.mood = mood;
    }

    pub fn mood(&self) -> Mood {
        self.mood
    }

    pub fn open_cabinet(&mut self, open: bool) {
        self.set(DOOR_LOOP, !open);
    }

    pub fn tamper(&mut self, tampered: bool) {
        self.set(TAMPER_LOOP, !tampered);
    }

    pub fn plug_headset(&mut self, plugged: bool) {
        self.set(HEADSET, plugged);
    }

    pub fn turn(&mut self, turned: Turned) {
        self.set(1 << 2, matches!(turned, Turned::Maintenance | Turned::Both));
        self.set(1 << 3, matches!(turned, Turned::Supervisor | Turned::Both));
    }

    /// Whether the lamp in this place is lit.
    pub fn lamp(&self, place: usize) -> bool {
        self.coils & (1 << place) != 0
    }

    /// How often the lamp in this place went on.
    pub fn times_lit(&self, place: usize) -> u32 {
        self.lit.get(place).copied().unwrap_or_default()
    }

    /// Its power fails for a moment: all lamps go out.
    pub fn restart(&mut self) {
        self.coils = 0;
        self.heard.clear();
        self.unsent.clear();
    }

    fn set(&mut self, contact: u8, closed: bool) {
        if closed {
            self.inputs |= contact;
        } else {
            self.inputs &= !contact;
        }
    }

    fn shine(&mut self, coils: u8) {
        for (place, times) in self.lit.iter_mut().enumerate() {
            if coils & (1 << place) != 0 && self.coils & (1 << place) == 0 {
                *times += 1;
            }
        }
        self.coils = coils;
    }

    /// What it answers; nothing when the frame is for another unit.
    fn answer(&mut self, frame: &Frame) -> Option<Vec<u8>> {
        if frame.unit != UNIT {
            return None;
        }
        if let Mood::Refusing(code) = self.mood {
            return Some(exception(frame, code));
        }
        Some(match frame.request {
            Request::ReadInputs { first, count } if within(first, count, CONTACTS) => {
                self.reads += 1;
                let bounced = self.mood == Mood::Chattering && self.reads.is_multiple_of(2);
                let inputs = self.inputs ^ u8::from(bounced);
                let bits = (inputs >> first) & (0xff_u8 >> (8 - count));
                sealed(vec![UNIT, frame.function, 1, bits])
            }
            Request::ReadCoils { first, count } if within(first, count, LAMPS) => {
                let bits = (self.coils >> first) & (0xff_u8 >> (8 - count));
                sealed(vec![UNIT, frame.function, 1, bits])
            }
            Request::WriteCoils { first, count, on } if first == 0 && count == LAMPS => {
                self.shine(on & 0x1f);
                sealed(vec![UNIT, frame.function, 0, 0, 0, 5])
            }
            Request::ReadInputs { .. } | Request::ReadCoils { .. } | Request::WriteCoils { .. } => {
                exception(frame, 2)
            }
            Request::Other => exception(frame, 1),
        })
    }

    fn say(&mut self, asked: &[u8], answer: Vec<u8>, now: Instant) {
        let at = now + THINKING;
        let said = match self.mood {
            Mood::Dead => return,
            Mood::Slow => (now + SLOWLY, answer),
            Mood::Late => (now + LATE, answer),
            Mood::Damaged => {
                let mut bent = answer;
                if let Some(last) = bent.last_mut() {
                    *last ^= 0x55;
                }
                (at, bent)
            }
            Mood::Stranger => {
                let said = answer.get(1..answer.len() - 2).unwrap_or_default();
                (at, sealed([&[UNIT + 1], said].concat()))
            }
            // A register's value, which nobody wanted.
            Mood::Astray => (at, sealed(vec![UNIT, 3, 2, 0, 0])),
            Mood::Echoing => (at, [asked, &answer].concat()),
            Mood::Well | Mood::Chattering | Mood::Refusing(_) => (at, answer),
        };
        self.unsent.push_back(said);
    }
}

fn within(first: u16, count: u16, all: u16) -> bool {
    count > 0 && first.checked_add(count).is_some_and(|end| end <= all)
}

impl Twin for IoModule {
    fn receive(&mut self, bytes: &[u8], now: Instant) {
        self.heard.extend_from_slice(bytes);
        while let Some((frame, length)) = frame::first(&self.heard) {
            let asked: Vec<u8> = self.heard.drain(..length).collect();
            if let Some(answer) = self.answer(&frame) {
                self.say(&asked, answer, now);
            }
        }
        // What begins no frame is noise.
        let spare = self.heard.len().saturating_sub(frame::LONGEST);
        drop(self.heard.drain(..spare));
    }

    fn handle_timeout(&mut self, now: Instant) {
        while self.unsent.front().is_some_and(|(at, _)| *at <= now) {
            self.wire
                .extend(self.unsent.pop_front().map(|(_, bytes)| bytes));
        }
    }

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.unsent.front().map(|(at, _)| *at)
    }
}
