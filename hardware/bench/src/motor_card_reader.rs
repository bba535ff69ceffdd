//! A motor card reader of the CRT-591 kind, seen from the wire: slot, motor, head and memory.

mod stripe;
mod wire;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{Twin, people::Person};
use wire::{Heard, Wire};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// The next card sticks; until a hand helps nothing moves.
    Jammed,
    /// Hears nothing and says nothing.
    Dead,
    /// What it says first is spoilt each time, and then it is right.
    Spoiling,
    /// Answers another command first, and then the one it was asked.
    Straying,
    /// Says that a card is at its head, and none is.
    SeeingGhosts,
    /// The stripe is worn: its track has a wrong check character.
    Damaged,
    /// The card lies the wrong way round, or is blank.
    Blank,
    /// Some other card: a library's.
    Stranger,
    /// The card's last month was October 2026.
    Expired,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Gate,
    Inside,
}

/// How long a card goes in, comes out, or is looked for after the power came back.
const DRAWING_IN: Duration = Duration::from_millis(600);
const GIVING_BACK: Duration = Duration::from_millis(400);
const SEARCHING: Duration = Duration::from_millis(1_500);
const READING: Duration = Duration::from_millis(120);
const THINKING: Duration = Duration::from_millis(20);
/// After so long a silence no more comes of a frame.
const SILENCE: Duration = Duration::from_millis(250);

#[derive(Default)]
pub struct MotorCardReader {
    pub mood: Mood,
    card: Option<(Person, Place)>,
    /// It was told to, since the power came back.
    initialised: bool,
    open: bool,
    drawn_in_at: Option<Instant>,
    /// What it was told and is doing.
    doing: Option<(Vec<u8>, Instant)>,
    wire: Wire,
    heard_at: Option<Instant>,
    out: VecDeque<Vec<u8>>,
}

impl MotorCardReader {
    /// Somebody holds a card to the slot; `false` when it is not drawn in.
    pub fn insert(&mut self, person: Person, now: Instant) -> bool {
        if !self.initialised || !self.open || self.card.is_some() || self.mood == Mood::Dead {
            return false;
        }
        self.card = Some((person, Place::Gate));
        if self.mood != Mood::Jammed {
            self.drawn_in_at = Some(now + DRAWING_IN);
        }
        true
    }

    /// Somebody takes the card; only one in the mouth can be.
    pub fn pull(&mut self) -> bool {
        let taken = self.place() == Some(Place::Gate) && self.mood != Mood::Jammed;
        if taken {
            self.card = None;
            self.drawn_in_at = None;
        }
        taken
    }

    pub fn place(&self) -> Option<Place> {
        self.card.map(|(_, place)| place)
    }

    /// The power fails and comes back; a card stays where it is.
    pub fn lose_power(&mut self) {
        self.initialised = false;
        self.open = false;
        self.doing = None;
        self.drawn_in_at = None;
        self.wire = Wire::default();
    }

    fn command(&mut self, text: Vec<u8>, now: Instant) {
        let takes = match &text[..] {
            b"C00" | b"C03" => SEARCHING,
            b"C20" => GIVING_BACK,
            b"C67" => READING,
            _ => THINKING,
        };
        // The same once more while it is under way: its acknowledgement was lost.
        if self.doing.as_ref().is_none_or(|(doing, _)| *doing != text) {
            self.doing = Some((text, now + takes));
        }
        self.out.push_back(wire::ACKNOWLEDGE.to_vec());
    }

    /// What came of a command, as the text of a frame.
    fn done(&mut self, text: &[u8]) -> Vec<u8> {
        let [b'C', code @ ..] = text else {
            return b"N0000".to_vec();
        };
        let fault = |fault: &[u8; 2]| [b"N", code, fault].concat();
        if !self.initialised && !code.starts_with(b"0") {
            return fault(b"B0");
        }
        if self.mood == Mood::Jammed && self.card.is_some() {
            return fault(b"10");
        }
        match code {
            b"00" => {
                self.initialised = true;
                self.open = false;
                self.move_to_gate();
                self.positive(code, b"CRT-591-V1.00")
            }
            b"03" => {
                self.initialised = true;
                self.positive(code, b"CRT-591-V1.00")
            }
            b"10" => self.positive(code, b""),
            b"20" if self.card.is_none() => fault(b"02"),
            b"20" => {
                self.move_to_gate();
                self.positive(code, b"")
            }
            b"30" => {
                self.open = false;
                self.positive(code, b"")
            }
            b"32" => {
                self.open = true;
                self.positive(code, b"")
            }
            b"67" => match self.card {
                Some((person, Place::Inside)) => {
                    let tracks = stripe::tracks(person, self.mood);
                    // As it was seen: N where a track is empty, and tracks after it.
                    [b"N", code, b"200", &tracks[..]].concat()
                }
                Some(_) | None => fault(b"00"),
            },
            _ => fault(b"00"),
        }
    }

    fn positive(&self, code: &[u8], data: &[u8]) -> Vec<u8> {
        let place = match self.place() {
            None if self.mood == Mood::SeeingGhosts => b"2",
            None => b"0",
            Some(Place::Gate) => b"1",
            Some(Place::Inside) => b"2",
        };
        [b"P", code, place, b"00", data].concat()
    }

    fn move_to_gate(&mut self) {
        self.drawn_in_at = None;
        if let Some((_, place)) = &mut self.card {
            *place = Place::Gate;
        }
    }

    fn answer(&mut self, text: &[u8]) {
        match self.mood {
            Mood::Spoiling => {
                self.out.push_back(wire::spoilt(text));
                self.wire.keep(text);
            }
            Mood::Straying => {
                self.out.push_back(wire::frame(b"PA5000007"));
                self.out.push_back(self.wire.say(text));
            }
            Mood::Well
            | Mood::Jammed
            | Mood::Dead
            | Mood::SeeingGhosts
            | Mood::Damaged
            | Mood::Blank
            | Mood::Stranger
            | Mood::Expired => self.out.push_back(self.wire.say(text)),
        }
    }
}

impl Twin for MotorCardReader {
    fn receive(&mut self, bytes: &[u8], now: Instant) {
        if self.mood == Mood::Dead {
            return;
        }
        let silent = |last| now.saturating_duration_since(last) >= SILENCE;
        if self.heard_at.replace(now).is_some_and(silent) {
            self.wire.forget();
        }
        for byte in bytes {
            match self.wire.hear(*byte) {
                None | Some(Heard::Acknowledged) => {}
                Some(Heard::Command(text)) => self.command(text, now),
                Some(Heard::Spoilt) => self.out.push_back(wire::REFUSE.to_vec()),
                Some(Heard::Refused) => self.out.extend(self.wire.again()),
                Some(Heard::Clear) => {
                    self.doing = None;
                    self.out.push_back(wire::CLEAR.to_vec());
                }
            }
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        if self.drawn_in_at.take_if(|at| *at <= now).is_some()
            && let Some((_, place)) = &mut self.card
        {
            *place = Place::Inside;
        }
        if let Some((text, _)) = self.doing.take_if(|(_, at)| *at <= now)
            && self.mood != Mood::Dead
        {
            let text = self.done(&text);
            self.answer(&text);
        }
    }

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.out.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let done_at = self.doing.as_ref().map(|(_, at)| *at);
        [self.drawn_in_at, done_at].into_iter().flatten().min()
    }
}
