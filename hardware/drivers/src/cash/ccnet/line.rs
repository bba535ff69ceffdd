//! The discipline of a CCNET line (2.3, 2.5): one command at a time, its answer, and the
//! acknowledgement of that.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::frame::{Heard, Inbox, encode};

const ACKNOWLEDGE: u8 = 0x00;
const REFUSE: u8 = 0xff;
const ILLEGAL: u8 = 0x30;
/// 2.8 lets a validator think for 10 ms and rest for 5 ms in a frame; adapters add to that.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(200);
/// No answer takes longer, however slowly it comes.
const ANSWER_MAX: Duration = Duration::from_secs(3);
/// The line rests between an answer and the next command.
const GAP: Duration = Duration::from_millis(20);
const TRIES: u8 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Reset,
    Poll,
    /// The notes that are taken, all of them into the escrow.
    EnableBillTypes([u8; 3]),
    Stack,
    Return,
    Hold,
    GetBillTable,
}

impl Command {
    fn data(self) -> Vec<u8> {
        match self {
            Command::Reset => vec![0x30],
            Command::Poll => vec![0x33],
            Command::EnableBillTypes([high, middle, low]) => {
                vec![0x34, high, middle, low, high, middle, low]
            }
            Command::Stack => vec![0x35],
            Command::Return => vec![0x36],
            Command::Hold => vec![0x38],
            Command::GetBillTable => vec![0x41],
        }
    }

    /// A note is not sent on its way again before it is seen that it did not go.
    fn tries(self) -> u8 {
        match self {
            Command::Stack | Command::Return => 1,
            Command::Reset
            | Command::Poll
            | Command::EnableBillTypes(_)
            | Command::Hold
            | Command::GetBillTable => TRIES,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Acknowledged,
    Data(Vec<u8>),
    /// It understood and will not, now.
    Refused,
    Silent,
}

#[derive(Default)]
pub(super) struct Line {
    asked: Option<Asked>,
    inbox: Inbox,
    quiet_until: Option<Instant>,
    wire: VecDeque<Vec<u8>>,
}

struct Asked {
    command: Command,
    tries_left: u8,
    due: Instant,
    ends: Instant,
}

impl Line {
    pub(super) fn is_free(&self, now: Instant) -> bool {
        self.asked.is_none() && self.quiet_until.is_none_or(|until| until <= now)
    }

    pub(super) fn ask(&mut self, command: Command, now: Instant) {
        self.asked = Some(Asked {
            command,
            tries_left: command.tries(),
            due: now,
            ends: now,
        });
        self.quiet_until = None;
        self.send(now);
    }

    /// The line was cut, or is new.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    pub(super) fn receive(&mut self, bytes: &[u8], now: Instant) -> Option<(Command, Reply)> {
        let mut told = None;
        for byte in bytes {
            let Some(asked) = &mut self.asked else {
                break;
            };
            asked.due = asked.ends.min(now + ANSWER_TIMEOUT);
            told = match self.inbox.take(*byte) {
                None => None,
                Some(Heard::Spoilt) => {
                    self.ask_again(now);
                    None
                }
                Some(Heard::Data(data)) => self.hear(data, now),
            };
        }
        told
    }

    fn hear(&mut self, data: Vec<u8>, now: Instant) -> Option<(Command, Reply)> {
        let reply = match data[..] {
            [REFUSE] => {
                let again = self.asked.as_ref().is_some_and(|it| it.tries_left > 0);
                if again {
                    self.send(now);
                    return None;
                }
                Reply::Refused
            }
            [ACKNOWLEDGE] => Reply::Acknowledged,
            [ILLEGAL] => Reply::Refused,
            _ => {
                self.wire.push_back(encode(&[ACKNOWLEDGE]));
                Reply::Data(data)
            }
        };
        let asked = self.asked.take()?;
        self.quiet_until = Some(now + GAP);
        Some((asked.command, reply))
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) -> Option<(Command, Reply)> {
        self.quiet_until = self.quiet_until.filter(|until| now < *until);
        let asked = self.asked.as_ref().filter(|asked| asked.due <= now)?;
        if asked.tries_left > 0 {
            self.send(now);
            return None;
        }
        let asked = self.asked.take()?;
        self.quiet_until = Some(now + GAP);
        Some((asked.command, Reply::Silent))
    }

    pub(super) fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        let due = self.asked.as_ref().map(|asked| asked.due);
        due.or(self.quiet_until)
    }

    /// The answer was spoilt; it is said again, and the command is not.
    fn ask_again(&mut self, now: Instant) {
        if let Some(asked) = &mut self.asked
            && asked.ends > now
            && self.wire.is_empty()
        {
            self.wire.push_back(encode(&[REFUSE]));
        }
    }

    fn send(&mut self, now: Instant) {
        self.inbox.forget();
        if let Some(asked) = &mut self.asked {
            asked.tries_left = asked.tries_left.saturating_sub(1);
            asked.due = now + ANSWER_TIMEOUT;
            asked.ends = now + ANSWER_MAX;
            self.wire.push_back(encode(&asked.command.data()));
        }
    }
}
