//! A barcode scanner on a serial line, seen from the wire.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::Twin;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// Bytes that are no text come instead of the code.
    Garbage,
    /// Half of the code is missing, and the end of the line with it.
    CutOff,
    /// Once something is held to it, it sends without end.
    Flood,
    /// One byte after the other, as on the slowest of lines.
    Slow,
    /// Says every code twice.
    Stuttering,
    /// Its light is on, and it reads nothing.
    Dead,
}

/// How long a scanner looks at a code before it beeps.
const LOOKING: Duration = Duration::from_millis(40);
/// Between two bytes of one that is slow.
const SLOW: Duration = Duration::from_millis(20);
/// Between two pieces of a flood.
const FLOOD: Duration = Duration::from_millis(5);
const PIECE: usize = 2048;

#[derive(Default)]
pub struct BarcodeReader {
    mood: Mood,
    /// What is to be sent, and when.
    unsent: VecDeque<(Instant, Vec<u8>)>,
    wire: VecDeque<Vec<u8>>,
}

impl BarcodeReader {
    /// A mood begins with the next paper; a flood ends with its mood.
    pub fn set_mood(&mut self, mood: Mood) {
        if self.mood == Mood::Flood {
            self.unsent.clear();
        }
        self.mood = mood;
    }

    pub fn mood(&self) -> Mood {
        self.mood
    }

    /// Somebody holds a paper with this code before it.
    pub fn hold(&mut self, code: &[u8], now: Instant) {
        let at = now + LOOKING;
        let line = [code, b"\r"].concat();
        match self.mood {
            Mood::Dead => {}
            Mood::Well => self.unsent.push_back((at, line)),
            Mood::Stuttering => {
                self.unsent.push_back((at, line.clone()));
                self.unsent.push_back((at + LOOKING, line));
            }
            Mood::Garbage => self
                .unsent
                .push_back((at, b"\x00\xff\xfe\x07\x80\r".to_vec())),
            Mood::CutOff => self.unsent.push_back((at, code[..code.len() / 2].to_vec())),
            Mood::Slow => {
                let mut at = at;
                for byte in line {
                    self.unsent.push_back((at, vec![byte]));
                    at += SLOW;
                }
            }
            Mood::Flood => self.unsent.push_back((at, vec![b'#'; PIECE])),
        }
    }
}

impl Twin for BarcodeReader {
    /// It takes no orders.
    fn receive(&mut self, _bytes: &[u8], _now: Instant) {}

    fn handle_timeout(&mut self, now: Instant) {
        while let Some((at, _)) = self.unsent.front()
            && *at <= now
        {
            let Some((at, bytes)) = self.unsent.pop_front() else {
                return;
            };
            self.wire.push_back(bytes);
            if self.mood == Mood::Flood && self.unsent.is_empty() {
                self.unsent
                    .push_back((at.max(now) + FLOOD, vec![b'#'; PIECE]));
            }
        }
    }

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.unsent.front().map(|(at, _)| *at)
    }
}
