//! A bill validator at address 40 with stacker and escrow that knows four
//! Korean notes.

use std::time::{Duration, Instant};

use super::{
    Mood,
    event_buffer::EventBuffer,
    frame::{Answer, Request},
};

pub(super) const ADDRESS: u8 = 40;

/// Bill types from 1 on, scaled by a hundred won; the other places hold none.
const NOTES: [(u32, &[u8; 7]); 4] = [
    (1_000, b"KR0010A"),
    (5_000, b"KR0050A"),
    (10_000, b"KR0100A"),
    (50_000, b"KR0500A"),
];
const NO_NOTE: &[u8; 7] = b".......";
/// Factor 100, low byte first; no decimal places.
const SCALING: [u8; 3] = [100, 0, 0];

/// Event codes of header 159.
const RETURNED: u8 = 1;
const INVALID: u8 = 2;
const NOT_TRANSPORTED: u8 = 3;
const INHIBITED: u8 = 4;
const JAMMED_IN_STACKER: u8 = 7;
const STACKER_FULL: u8 = 14;
/// Answers to header 154.
const ESCROW_EMPTY: u8 = 254;
const NOT_ROUTED: u8 = 255;
/// Fault codes of header 232.
const BILL_JAMMED: u8 = 39;
const STACKER_FULL_FAULT: u8 = 45;

const MOVING: Duration = Duration::from_millis(800);
/// A note about which nobody decides goes back.
const ESCROW_TIMEOUT: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Waiting,
    ToStacker,
    ToMouth,
}

struct Note {
    kind: u8,
    value_won: u32,
    place: Place,
    /// When it arrives or its patience ends; counted from the next look.
    due: Option<Instant>,
}

#[derive(Default)]
pub(super) struct BillValidator {
    open: bool,
    mask: u16,
    /// Stacker and escrow are in use.
    modes: u8,
    jam: bool,
    jammed: bool,
    full: bool,
    events: EventBuffer,
    note: Option<Note>,
    pub(super) stacker_won: u32,
    pub(super) mouth_won: u32,
}

impl BillValidator {
    pub(super) fn is_open(&self) -> bool {
        self.open && self.mask != 0
    }

    pub(super) fn escrow_won(&self) -> u32 {
        self.note.as_ref().map_or(0, |note| note.value_won)
    }

    pub(super) fn set_mood(&mut self, mood: Mood) {
        self.jam = mood == Mood::NoteJam;
        self.jammed &= self.jam;
        self.full = mood == Mood::NotesFull;
        if self.full {
            self.events.push([0, STACKER_FULL]);
        }
    }

    pub(super) fn reset(&mut self) {
        if let Some(note) = self.note.take() {
            self.mouth_won += note.value_won;
        }
        self.open = false;
        self.mask = 0;
        self.modes = 0;
        self.events = EventBuffer::default();
    }

    pub(super) fn insert(&mut self, value_won: u32) {
        let known = NOTES.iter().position(|(value, _)| *value == value_won);
        let refused = match known {
            _ if !self.open || self.full => None,
            None => Some(INVALID),
            Some(place) if self.mask & 1 << place == 0 => Some(INHIBITED),
            Some(_) if self.note.is_some() || self.jammed => Some(NOT_TRANSPORTED),
            Some(place) => {
                let kind = u8::try_from(place + 1).expect("four notes");
                self.admit(kind, value_won);
                return;
            }
        };
        self.mouth_won += value_won;
        if let Some(code) = refused {
            self.events.push([0, code]);
        }
    }

    fn admit(&mut self, kind: u8, value_won: u32) {
        if self.modes & 0b10 == 0 {
            self.stacker_won += value_won;
            self.events.push([kind, 0]);
            return;
        }
        self.note = Some(Note {
            kind,
            value_won,
            place: Place::Waiting,
            due: None,
        });
        self.events.push([kind, 1]);
    }

    pub(super) fn answer(&mut self, request: &Request, now: Instant) -> Option<Answer> {
        match (request.header, &request.data[..]) {
            (254, []) => Answer::acknowledge(),
            (245, []) => Answer::data(b"Bill Validator"),
            (242, []) => Answer::data(&[0x28, 0x10, 0x00]),
            (232, []) => Answer::data(&[self.fault_code()]),
            (231, &[low, high]) => {
                self.mask = u16::from_le_bytes([low, high]);
                Answer::acknowledge()
            }
            (230, []) => Answer::data(&self.mask.to_le_bytes()),
            (228, &[open]) => {
                self.open = open & 1 != 0;
                Answer::acknowledge()
            }
            (227, []) => Answer::data(&[u8::from(self.open)]),
            (159, []) => {
                self.watch(now);
                Answer::data(&self.events.tell())
            }
            (157, &[place @ 1..=16]) => {
                let note = NOTES.get(usize::from(place) - 1);
                Answer::data(note.map_or(NO_NOTE, |(_, id)| *id))
            }
            (156, country) => Answer::data(if country == b"KR" {
                &SCALING
            } else {
                &[0, 0, 0]
            }),
            (154, &[route]) => self.route(route, now),
            (153, &[modes]) => {
                self.modes = modes;
                Answer::acknowledge()
            }
            (152, []) => Answer::data(&[self.modes]),
            _ => Answer::refuse(),
        }
    }

    fn fault_code(&self) -> u8 {
        match (self.jammed, self.full) {
            (true, _) => BILL_JAMMED,
            (false, true) => STACKER_FULL_FAULT,
            (false, false) => 0,
        }
    }

    fn route(&mut self, route: u8, now: Instant) -> Option<Answer> {
        let Some(note) = self.note.as_mut().filter(|it| it.place == Place::Waiting) else {
            return Answer::data(&[ESCROW_EMPTY]);
        };
        if self.jammed {
            return Answer::data(&[NOT_ROUTED]);
        }
        match route {
            0 => note.place = Place::ToMouth,
            1 if self.modes & 1 != 0 => note.place = Place::ToStacker,
            255 => {
                note.due = Some(now + ESCROW_TIMEOUT);
                return Answer::acknowledge();
            }
            _ => return Answer::data(&[NOT_ROUTED]),
        }
        note.due = Some(now + MOVING);
        Answer::acknowledge()
    }

    /// A note's patience is counted from the first look at it.
    fn watch(&mut self, now: Instant) {
        if let Some(note) = &mut self.note
            && note.due.is_none()
            && !self.jammed
        {
            note.due = Some(now + ESCROW_TIMEOUT);
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) {
        let Some(note) = self
            .note
            .take_if(|note| note.due.is_some_and(|due| due <= now))
        else {
            return;
        };
        match note.place {
            Place::ToStacker if self.jam => {
                self.jammed = true;
                self.events.push([0, JAMMED_IN_STACKER]);
                self.note = Some(Note {
                    place: Place::Waiting,
                    due: None,
                    ..note
                });
            }
            Place::ToStacker => {
                self.stacker_won += note.value_won;
                self.events.push([note.kind, 0]);
            }
            Place::ToMouth | Place::Waiting => {
                self.mouth_won += note.value_won;
                self.events.push([0, RETURNED]);
            }
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        self.note.as_ref()?.due
    }
}
