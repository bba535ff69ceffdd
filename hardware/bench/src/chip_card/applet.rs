//! A card's operating system, as much of ISO/IEC 7816-4 as an identity card needs.

use std::{
    net::{Shutdown, TcpStream},
    sync::mpsc::Receiver,
    time::Duration,
};

use vpicc::VSmartCard;

use super::{Mood, contents};
use crate::people::Person;

const IDENTITY: [u8; 8] = *b"\xf0MINWON\x01";
/// A library's card, say.
const ANOTHER: [u8; 7] = *b"\xf0LIBRAR";
const FILE: u8 = 1;

/// Answers to reset (ISO/IEC 7816-3:2006, 8.2): T=1, and the older T=0.
const ATR: [u8; 11] = [
    0x3b, 0x95, 0x13, 0x81, 0x01, 0x80, 0x73, 0xff, 0x01, 0x00, 0x0b,
];
const ATR_OLD: [u8; 8] = *b"\x3b\x06MINWON";
const ATR_GARBLED: [u8; 2] = [0x55, 0x00];
/// What an old card says at once.
const PIECE: usize = 48;
/// How long a slow card thinks about every command.
const THINKING: Duration = Duration::from_millis(900);

const DONE: u16 = 0x9000;
const WRONG_LENGTH: u16 = 0x6700;
const NOT_FOUND: u16 = 0x6a82;
const NO_FILE: u16 = 0x6986;
const OUTSIDE: u16 = 0x6b00;
const NO_SUCH_COMMAND: u16 = 0x6d00;

pub(super) struct Applet {
    mood: Mood,
    application: &'static [u8],
    file: Vec<u8>,
    selected: bool,
    opened: bool,
    /// What an old card still has to say.
    waiting: Vec<u8>,
    wire: TcpStream,
    pulled: Receiver<()>,
}

impl Applet {
    pub(super) fn new(person: Person, mood: Mood, wire: TcpStream, pulled: Receiver<()>) -> Self {
        let application: &[u8] = if mood == Mood::Stranger {
            &ANOTHER
        } else {
            &IDENTITY
        };
        Self {
            mood,
            application,
            file: contents::file(&person, mood),
            selected: false,
            opened: false,
            waiting: Vec::new(),
            wire,
            pulled,
        }
    }

    fn select(&mut self, name: &[u8]) -> Vec<u8> {
        self.selected = name == self.application;
        self.opened = false;
        if !self.selected {
            return status(NOT_FOUND);
        }
        // File control information: the application's name.
        let length = u8::try_from(name.len()).expect("an application's name is short");
        let information = [&[0x6f, length + 2, 0x84, length][..], name].concat();
        if self.mood == Mood::Old {
            self.waiting.clone_from(&information);
            return status(0x6100 | u16::from(length + 4));
        }
        answer(&information)
    }

    fn get_response(&mut self, length: u8) -> Vec<u8> {
        if self.waiting.is_empty() || usize::from(length) != self.waiting.len() {
            return status(WRONG_LENGTH);
        }
        answer(&std::mem::take(&mut self.waiting))
    }

    /// READ BINARY with a short file identifier, or an offset into the open file.
    fn read(&mut self, first: u8, second: u8, length: u8) -> Vec<u8> {
        if self.mood == Mood::Snatched {
            // Fails when it has been pulled already.
            let _ = self.wire.shutdown(Shutdown::Both);
            return Vec::new();
        }
        let by_identifier = first & 0x80 != 0;
        if by_identifier {
            self.opened = first & 0x1f == FILE;
            if !self.opened {
                return status(NOT_FOUND);
            }
        }
        if !self.selected || !self.opened {
            return status(NO_FILE);
        }
        let high = if by_identifier { 0 } else { first };
        let offset = usize::from(u16::from_be_bytes([high, second]));
        let Some(left) = self.file.get(offset..).filter(|left| !left.is_empty()) else {
            return status(OUTSIDE);
        };
        let wanted = if length == 0 {
            256
        } else {
            usize::from(length)
        };
        if self.mood == Mood::Old {
            let piece = left.len().min(PIECE);
            return if wanted == piece {
                answer(&left[..piece])
            } else {
                status(0x6c00 | u16::try_from(piece).unwrap_or_default())
            };
        }
        if length != 0 && wanted > left.len() {
            return [left, &[0x62, 0x82]].concat();
        }
        answer(&left[..left.len().min(wanted)])
    }
}

fn answer(data: &[u8]) -> Vec<u8> {
    [data, &DONE.to_be_bytes()].concat()
}

fn status(word: u16) -> Vec<u8> {
    word.to_be_bytes().to_vec()
}

impl VSmartCard for Applet {
    fn atr(&self) -> &[u8] {
        if self.mood == Mood::Garbled {
            &ATR_GARBLED
        } else if self.mood == Mood::Old {
            &ATR_OLD
        } else {
            &ATR
        }
    }

    fn power_off(&mut self) {
        self.reset();
    }

    fn reset(&mut self) {
        self.selected = false;
        self.opened = false;
        self.waiting.clear();
    }

    fn execute(&mut self, command: &[u8]) -> Vec<u8> {
        if self.mood == Mood::Mute {
            // Until it is pulled.
            let _ = self.pulled.recv();
            return Vec::new();
        }
        if self.mood == Mood::Slow {
            let _ = self.pulled.recv_timeout(THINKING);
        }
        match *command {
            [0x00, 0xa4, 0x04, 0x00, length, ref rest @ ..] => {
                let length = usize::from(length);
                match rest.split_at_checked(length) {
                    Some((name, [] | [_])) => self.select(name),
                    _ => status(WRONG_LENGTH),
                }
            }
            [0x00, 0xb0, first, second, length] => self.read(first, second, length),
            [0x00, 0xc0, 0x00, 0x00, length] => self.get_response(length),
            [0x00, 0xa4 | 0xb0 | 0xc0, ..] => status(WRONG_LENGTH),
            _ => status(NO_SUCH_COMMAND),
        }
    }
}
