//! A bill validator that speaks CCNET, seen from the wire: slot, escrow and stacker.

mod wire;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::Twin;
use wire::{Heard, Wire};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// Hears nothing and says nothing.
    Dead,
    /// The next note that is stacked sticks on its way, until a hand helps.
    Jammed,
    /// The box is full.
    Full,
    /// Gives every note back at once.
    Rejecting,
    /// Tells twice what became of a note.
    Stuttering,
    /// Does not tell what became of a note.
    Forgetful,
    /// What it says first is spoilt each time; said again, it is right.
    Spoiling,
}

/// What this validator takes, by their places in its table.
pub const NOTES_WON: [u32; 4] = [1_000, 5_000, 10_000, 50_000];

const RESETTING: Duration = Duration::from_millis(800);
const DRAWING_IN: Duration = Duration::from_millis(600);
const MOVING: Duration = Duration::from_millis(500);
/// Then it gives a note back by itself.
const HOLDING: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    PowerUp,
    Initialising,
    Resting,
    Accepting(u8),
    Escrow(u8),
    Holding(u8),
    Stacking(u8),
    Returning(u8),
    Stuck(u8),
}

pub struct CcnetBillValidator {
    pub mood: Mood,
    state: State,
    /// When the state ends by itself.
    until: Option<Instant>,
    /// Where a note lay when the power failed: 11, 12 or nowhere.
    lying: u8,
    enabled: [u8; 3],
    events: VecDeque<Vec<u8>>,
    stacked_won: u32,
    returned_won: u32,
    wire: Wire,
    out: VecDeque<Vec<u8>>,
}

impl Default for CcnetBillValidator {
    fn default() -> Self {
        Self {
            mood: Mood::Well,
            state: State::PowerUp,
            until: None,
            lying: wire::POWER_UP,
            enabled: [0; 3],
            events: VecDeque::new(),
            stacked_won: 0,
            returned_won: 0,
            wire: Wire::default(),
            out: VecDeque::new(),
        }
    }
}

impl CcnetBillValidator {
    /// Somebody holds a note to the slot; `false` when it is not drawn in.
    pub fn insert(&mut self, value_won: u32, now: Instant) -> bool {
        let kind = NOTES_WON.iter().position(|it| *it == value_won);
        let Some(kind) = kind.and_then(|kind| u8::try_from(kind).ok()) else {
            return false;
        };
        let taken = self.state == State::Resting
            && self.is_enabled(kind)
            && !matches!(self.mood, Mood::Full | Mood::Dead);
        if taken {
            self.enter(State::Accepting(kind), Some(now + DRAWING_IN));
        }
        taken
    }

    /// The power fails and comes back.
    pub fn lose_power(&mut self) {
        self.lying = match self.state {
            State::Accepting(_)
            | State::Escrow(_)
            | State::Holding(_)
            | State::Returning(_)
            | State::Stuck(_) => wire::POWER_UP_IN_VALIDATOR,
            State::Stacking(kind) => {
                self.stacked_won += value_won(kind);
                wire::POWER_UP_IN_STACKER
            }
            State::PowerUp | State::Initialising | State::Resting => wire::POWER_UP,
        };
        if self.lying == wire::POWER_UP_IN_VALIDATOR {
            self.returned_won += self.note_won();
        }
        self.events.clear();
        self.enabled = [0; 3];
        self.wire = Wire::default();
        self.enter(State::PowerUp, None);
    }

    /// A hand takes the stuck note out and gives it to whom it belongs.
    pub fn clear_jam(&mut self) {
        self.mood = Mood::Well;
        if let State::Stuck(kind) = self.state {
            self.returned_won += value_won(kind);
            self.events.clear();
            self.lying = wire::POWER_UP;
            self.enter(State::PowerUp, None);
        }
    }

    pub fn stacked_won(&self) -> u32 {
        self.stacked_won
    }

    pub fn returned_won(&self) -> u32 {
        self.returned_won
    }

    /// What lies before the stacker.
    pub fn note_won(&self) -> u32 {
        match self.state {
            State::Accepting(kind)
            | State::Escrow(kind)
            | State::Holding(kind)
            | State::Stacking(kind)
            | State::Returning(kind)
            | State::Stuck(kind) => value_won(kind),
            State::PowerUp | State::Initialising | State::Resting => 0,
        }
    }

    fn is_enabled(&self, kind: u8) -> bool {
        // The highest types come first.
        (self.enabled[usize::from(2 - kind / 8)] >> (kind % 8)) & 1 == 1
    }

    fn enter(&mut self, state: State, until: Option<Instant>) {
        self.state = state;
        self.until = until;
    }

    fn command(&mut self, data: &[u8], now: Instant) {
        let answer = match (data, self.state) {
            ([wire::POLL], _) => self.polled(),
            ([wire::RESET], _) => {
                if matches!(self.state, State::Escrow(_) | State::Holding(_)) {
                    self.returned_won += self.note_won();
                }
                if !matches!(self.state, State::Stuck(_)) {
                    self.enabled = [0; 3];
                    self.enter(State::Initialising, Some(now + RESETTING));
                }
                wire::ACKNOWLEDGE.to_vec()
            }
            ([wire::BILL_TABLE], State::Resting) => table(),
            ([wire::IDENTIFICATION], _) => wire::identification(),
            ([wire::STATUS], _) => [&self.enabled[..], &[0; 3]].concat(),
            ([wire::ENABLE, high, middle, low, ..], State::Resting) => {
                self.enabled = [*high, *middle, *low];
                wire::ACKNOWLEDGE.to_vec()
            }
            ([wire::STACK], State::Escrow(kind) | State::Holding(kind)) => {
                self.enter(State::Stacking(kind), Some(now + MOVING));
                wire::ACKNOWLEDGE.to_vec()
            }
            ([wire::RETURN], State::Escrow(kind) | State::Holding(kind)) => {
                self.enter(State::Returning(kind), Some(now + MOVING));
                wire::ACKNOWLEDGE.to_vec()
            }
            ([wire::HOLD], State::Escrow(kind) | State::Holding(kind)) => {
                self.enter(State::Holding(kind), Some(now + HOLDING));
                wire::ACKNOWLEDGE.to_vec()
            }
            _ => wire::ILLEGAL.to_vec(),
        };
        if self.mood == Mood::Spoiling {
            self.out.push_back(wire::spoilt(&answer));
            self.wire.keep(&answer);
        } else {
            self.out.push_back(self.wire.say(&answer));
        }
    }

    fn polled(&mut self) -> Vec<u8> {
        if let Some(event) = self.events.pop_front() {
            return event;
        }
        match self.state {
            State::PowerUp => vec![self.lying],
            State::Initialising => vec![0x13],
            State::Resting if self.mood == Mood::Full => vec![0x41],
            State::Resting if self.enabled == [0; 3] => vec![0x19],
            State::Resting => vec![0x14],
            State::Accepting(_) => vec![0x15],
            State::Escrow(kind) => vec![0x80, kind],
            State::Holding(_) => vec![0x1a],
            State::Stacking(_) => vec![0x17],
            State::Returning(_) => vec![0x18],
            State::Stuck(_) => vec![0x43],
        }
    }

    fn tell(&mut self, event: &[u8]) {
        let times = match self.mood {
            Mood::Forgetful => 0,
            Mood::Stuttering => 2,
            Mood::Well
            | Mood::Dead
            | Mood::Jammed
            | Mood::Full
            | Mood::Rejecting
            | Mood::Spoiling => 1,
        };
        self.events
            .extend(std::iter::repeat_n(event.to_vec(), times));
    }

    /// The present state has ended by itself.
    fn ended(&mut self, now: Instant) {
        match self.state {
            State::Initialising => self.enter(State::Resting, None),
            State::Accepting(kind) if self.mood == Mood::Rejecting => {
                self.returned_won += value_won(kind);
                self.tell(&[0x1c, 0x65]);
                self.enter(State::Resting, None);
            }
            State::Accepting(kind) => self.enter(State::Escrow(kind), Some(now + HOLDING)),
            State::Escrow(kind) | State::Holding(kind) => {
                self.enter(State::Returning(kind), Some(now + MOVING));
            }
            State::Stacking(kind) if self.mood == Mood::Jammed => {
                self.enter(State::Stuck(kind), None);
            }
            State::Stacking(kind) => {
                self.stacked_won += value_won(kind);
                self.tell(&[0x81, kind]);
                self.enter(State::Resting, None);
            }
            State::Returning(kind) => {
                self.returned_won += value_won(kind);
                self.tell(&[0x82, kind]);
                self.enter(State::Resting, None);
            }
            State::PowerUp | State::Resting | State::Stuck(_) => {}
        }
    }
}

fn value_won(kind: u8) -> u32 {
    NOTES_WON.get(usize::from(kind)).copied().unwrap_or(0)
}

/// Digits, country and noughts of each of the 24 types.
fn table() -> Vec<u8> {
    let mut table = Vec::new();
    for value_won in NOTES_WON {
        let noughts = value_won.ilog10();
        let digits = value_won / 10u32.pow(noughts);
        let number = |it: u32| u8::try_from(it).unwrap_or_default();
        table.extend([number(digits), b'K', b'O', b'R', number(noughts)]);
    }
    table.resize(24 * 5, 0);
    table
}

impl Twin for CcnetBillValidator {
    fn receive(&mut self, bytes: &[u8], now: Instant) {
        if self.mood == Mood::Dead {
            return;
        }
        for byte in bytes {
            match self.wire.hear(*byte) {
                None | Some(Heard::Acknowledged) => {}
                Some(Heard::Command(data)) => self.command(&data, now),
                Some(Heard::Spoilt) => self.out.push_back(wire::frame(&[0xff])),
                Some(Heard::Refused) => self.out.extend(self.wire.again()),
            }
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        if self.until.take_if(|until| *until <= now).is_some() {
            self.ended(now);
        }
    }

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.out.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.until
    }
}
