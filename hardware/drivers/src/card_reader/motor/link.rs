//! The handshake of the CRT-591 family (protocol 1.4): a command, its acknowledgement, what
//! came of it, and the acknowledgement of that.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use zeroize::Zeroize;

use super::{
    answer::{self, Answer},
    command::Command,
    frame::{Control, Heard, Inbox, encode},
};

/// A command is acknowledged within this, else it is sent again (1.4.2, case 1).
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_millis(300);
/// After so long a silence no more comes of a frame.
const SILENCE: Duration = Duration::from_millis(500);
/// What is still under way when all is called off has gone by then.
const CLEARED: Duration = Duration::from_millis(300);
const SENDS: u8 = 3;
/// How often a spoilt answer is asked for again.
const REFUSALS: u8 = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Answered(Answer),
    Silent,
}

#[derive(Default)]
pub(super) struct Link {
    inbox: Inbox,
    last_byte: Option<Instant>,
    asked: Option<Asked>,
    quiet_until: Option<Instant>,
    wire: VecDeque<Vec<u8>>,
}

struct Asked {
    command: Command,
    acknowledged: bool,
    sends_left: u8,
    refusals_left: u8,
    due: Instant,
}

impl Link {
    pub(super) fn is_free(&self, now: Instant) -> bool {
        self.asked.is_none() && self.quiet_until.is_none_or(|until| until <= now)
    }

    pub(super) fn ask(&mut self, command: Command, now: Instant) {
        self.asked = Some(Asked {
            command,
            acknowledged: false,
            sends_left: SENDS,
            refusals_left: REFUSALS,
            due: now,
        });
        self.quiet_until = None;
        self.inbox.forget();
        self.send(now);
    }

    /// The line was cut, or is new.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    pub(super) fn receive(&mut self, bytes: &[u8], now: Instant) -> Option<(Command, Reply)> {
        if self.half_heard_until().is_some_and(|until| until <= now) {
            self.inbox.forget();
        }
        self.last_byte = Some(now);
        let mut told = None;
        for byte in bytes {
            if let Some(heard) = self.inbox.take(*byte) {
                told = self.hear(heard, now).or(told);
            }
        }
        told
    }

    fn hear(&mut self, heard: Heard, now: Instant) -> Option<(Command, Reply)> {
        match heard {
            Heard::Control(Control::Acknowledge) => {
                if let Some(asked) = self.asked.as_mut().filter(|asked| !asked.acknowledged) {
                    asked.acknowledged = true;
                    asked.due = now + asked.command.takes();
                }
                None
            }
            Heard::Control(Control::Refuse) => {
                let again = |asked: &Asked| !asked.acknowledged && asked.sends_left > 0;
                if self.asked.as_ref().is_some_and(again) {
                    self.send(now);
                }
                None
            }
            Heard::Control(Control::Clear) => None,
            Heard::Spoilt => {
                self.refuse();
                None
            }
            Heard::Text(mut text) => {
                let command = self.asked.as_ref()?.command;
                let answer = answer::read(&text, command);
                text.zeroize();
                // One to another command, too, lest it come again and again.
                self.wire.push_back(Control::Acknowledge.encode());
                let Some(answer) = answer else {
                    tracing::debug!(?command, "The card reader answered another command");
                    return None;
                };
                self.asked = None;
                Some((command, Reply::Answered(answer)))
            }
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) -> Option<(Command, Reply)> {
        self.quiet_until = self.quiet_until.filter(|until| now < *until);
        if self.half_heard_until().is_some_and(|until| until <= now) {
            self.inbox.forget();
            self.refuse();
        }
        let asked = self.asked.as_ref().filter(|asked| asked.due <= now)?;
        if !asked.acknowledged && asked.sends_left > 0 {
            self.send(now);
            return None;
        }
        let command = asked.command;
        self.asked = None;
        self.wire.push_back(Control::Clear.encode());
        self.quiet_until = Some(now + CLEARED);
        Some((command, Reply::Silent))
    }

    pub(super) fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        let due = self.asked.as_ref().map(|asked| asked.due);
        [due, self.quiet_until, self.half_heard_until()]
            .into_iter()
            .flatten()
            .min()
    }

    fn half_heard_until(&self) -> Option<Instant> {
        let last = self.last_byte.filter(|_| self.inbox.is_open())?;
        Some(last + SILENCE)
    }

    fn refuse(&mut self) {
        let asked = self.asked.as_mut();
        if let Some(asked) = asked.filter(|asked| asked.refusals_left > 0) {
            asked.refusals_left -= 1;
            self.wire.push_back(Control::Refuse.encode());
        }
    }

    fn send(&mut self, now: Instant) {
        if let Some(asked) = &mut self.asked {
            asked.sends_left = asked.sends_left.saturating_sub(1);
            asked.due = now + ACKNOWLEDGED_WITHIN;
            self.wire.push_back(encode(&asked.command.text()));
        }
    }
}
