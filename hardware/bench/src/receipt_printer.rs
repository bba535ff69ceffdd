//! An ESC/POS thermal printer, seen from the wire: it reads its commands, burns
//! dots and cuts papers.

mod commands;
mod picture;

use std::{collections::VecDeque, time::Instant};

use commands::{Command, Parser};

use crate::Twin;

/// Bytes of one row of dots on an 80 mm roll.
pub const ROW_BYTES: usize = 72;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    PaperOut,
    /// The roll is about to end; it still prints.
    PaperLow,
    /// The roll ends after so many rows of dots.
    PaperEnds {
        rows: usize,
    },
    CoverOpen,
    CutterStuck,
    /// Off line for a reason it does not give.
    Offline,
    /// Says that all is well, and does nothing of what it hears.
    Lying,
    /// Hears nothing and says nothing.
    Dead,
}

/// What fell out, cut off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub rows: Vec<[u8; ROW_BYTES]>,
}

#[derive(Default)]
pub struct ReceiptPrinter {
    mood: Mood,
    parser: Parser,
    /// Understood and not yet done, because the printer is stuck.
    waiting: VecDeque<Command>,
    status_back: bool,
    in_work: Paper,
    papers: Vec<Paper>,
    wire: VecDeque<Vec<u8>>,
}

impl ReceiptPrinter {
    pub fn set_mood(&mut self, mood: Mood) {
        self.mood = mood;
        if mood != Mood::Dead {
            self.say_status();
            self.work();
        }
    }

    /// Everything that was cut off so far.
    pub fn papers(&self) -> &[Paper] {
        &self.papers
    }

    fn stuck(&self) -> bool {
        match self.mood {
            Mood::Well | Mood::PaperLow | Mood::PaperEnds { .. } => false,
            Mood::PaperOut
            | Mood::CoverOpen
            | Mood::CutterStuck
            | Mood::Offline
            | Mood::Lying
            | Mood::Dead => true,
        }
    }

    fn work(&mut self) {
        while !self.stuck() {
            let Some(command) = self.waiting.pop_front() else {
                return;
            };
            self.obey(command);
        }
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Reset => {}
            Command::StatusBack(on) => {
                self.status_back = on;
                self.say_status();
            }
            Command::Raster(rows) => self.burn(rows),
            Command::Feed(lines) => self.burn(vec![[0; ROW_BYTES]; usize::from(lines) * 30]),
            Command::Cut => self.papers.push(std::mem::take(&mut self.in_work)),
            // Bits 0 and 1: the roll is about to end (GS r).
            Command::Fence => {
                let low = self.mood == Mood::PaperLow;
                self.wire.push_back(vec![if low { 0x03 } else { 0x00 }]);
            }
        }
    }

    fn burn(&mut self, mut rows: Vec<[u8; ROW_BYTES]>) {
        if let Mood::PaperEnds { rows: left } = self.mood {
            if left < rows.len() {
                let rest = rows.split_off(left);
                self.in_work.rows.extend(rows);
                self.waiting.push_front(Command::Raster(rest));
                self.set_mood(Mood::PaperOut);
                return;
            }
            self.mood = Mood::PaperEnds {
                rows: left - rows.len(),
            };
        }
        self.in_work.rows.extend(rows);
    }

    /// Automatic status back (GS a).
    fn say_status(&mut self) {
        if !self.status_back {
            return;
        }
        self.wire.push_back(match self.mood {
            Mood::Well | Mood::PaperEnds { .. } | Mood::Lying => vec![0x10, 0, 0, 0],
            Mood::PaperOut => vec![0x18, 0, 0x0f, 0],
            Mood::PaperLow => vec![0x10, 0, 0x03, 0],
            Mood::Offline => vec![0x18, 0, 0, 0],
            Mood::CoverOpen => vec![0x38, 0, 0, 0],
            Mood::CutterStuck => vec![0x18, 0x08, 0, 0],
            Mood::Dead => return,
        });
    }
}

impl Twin for ReceiptPrinter {
    fn receive(&mut self, bytes: &[u8], _now: Instant) {
        if self.mood == Mood::Dead {
            return;
        }
        for byte in bytes {
            match self.parser.read(*byte) {
                Some(commands::Read::Command(command)) => self.waiting.push_back(command),
                // Answered at once, even by a printer that is stuck.
                Some(commands::Read::AskPaper) => {
                    let paper = match self.mood {
                        Mood::PaperOut => 0x7e,
                        Mood::PaperLow => 0x1e,
                        Mood::Well
                        | Mood::PaperEnds { .. }
                        | Mood::CoverOpen
                        | Mood::CutterStuck
                        | Mood::Offline
                        | Mood::Lying
                        | Mood::Dead => 0x12,
                    };
                    self.wire.push_back(vec![paper]);
                }
                Some(commands::Read::AskOnline) => {
                    let works = !self.stuck() || self.mood == Mood::Lying;
                    self.wire.push_back(vec![if works { 0x12 } else { 0x1a }]);
                }
                None => {}
            }
        }
        self.work();
    }

    fn handle_timeout(&mut self, _now: Instant) {}

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        None
    }
}
