//! The discipline of one ccTalk line: one question at a time, its echo, its answer.
//!
//! All devices hang on one wire, so the host hears its own bytes first. An
//! answer must be the next frame, from the address asked; anything else spoils
//! the exchange, and after a pause the question is asked again.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::cctalk::{Frame, FrameFault, HOST, OVERHEAD, header};

/// Part 1 lets a device think for 50 ms per kilobyte; USB adapters add up to 32 ms.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(200);
/// After an answer, so that an answer said twice is not taken for the next one.
const GAP: Duration = Duration::from_millis(10);
/// After a spoilt exchange; part 1, section 11.1: receivers forget after 50 ms.
const PAUSE: Duration = Duration::from_millis(60);
/// How often a question that may be asked again is asked.
pub(super) const TRIES: u8 = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) address: u8,
    pub(super) header: u8,
    pub(super) data: Vec<u8>,
    /// One for a deed that must not happen twice.
    pub(super) tries: u8,
}

impl Question {
    pub(super) fn new(address: u8, header: u8, data: &[u8]) -> Self {
        Self { address, header, data: data.to_vec(), tries: TRIES }
    }

    pub(super) fn once(address: u8, header: u8, data: &[u8]) -> Self {
        Self { tries: 1, ..Self::new(address, header, data) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// An acknowledgement is an answer without data.
    Answer(Vec<u8>),
    /// The device understood and will not.
    Refused,
    Silent,
}

#[derive(Default)]
pub(super) struct Line {
    asked: Option<Asked>,
    heard: Vec<u8>,
    quiet_until: Option<Instant>,
    wire: VecDeque<Vec<u8>>,
}

struct Asked {
    question: Question,
    bytes: Vec<u8>,
    tries_left: u8,
    due: Instant,
    spoilt: bool,
}

impl Line {
    pub(super) fn is_free(&self, now: Instant) -> bool {
        self.asked.is_none() && self.quiet_until.is_none_or(|until| until <= now)
    }

    pub(super) fn ask(&mut self, question: Question, now: Instant) {
        let frame = Frame {
            destination: question.address,
            source: HOST,
            header: question.header,
            data: question.data.clone(),
        };
        let bytes = frame.encode();
        let tries_left = question.tries.saturating_sub(1);
        self.asked = Some(Asked {
            question,
            bytes,
            tries_left,
            due: now + ANSWER_TIMEOUT,
            spoilt: false,
        });
        self.send();
    }

    /// Forgets the question, if any; the line was cut.
    pub(super) fn hang_up(&mut self) -> Option<Question> {
        self.heard.clear();
        self.wire.clear();
        self.quiet_until = None;
        self.asked.take().map(|asked| asked.question)
    }

    pub(super) fn receive(&mut self, bytes: &[u8], now: Instant) -> Option<(Question, Reply)> {
        let asked = self.asked.as_mut()?;
        if asked.spoilt || self.quiet_until.is_some_and(|until| now < until) {
            return None;
        }
        self.heard.extend_from_slice(bytes);
        if self.heard.first() == asked.bytes.first() {
            let whole = asked.bytes.len();
            let known = self.heard.len().min(whole);
            if self.heard[..known] != asked.bytes[..known] {
                asked.spoilt = true;
                return None;
            }
            if known < whole {
                return None;
            }
            self.heard.drain(..whole);
        }
        if self.heard.is_empty() {
            return None;
        }
        match reply(&self.heard, asked.question.address) {
            Ok(reply) => {
                let answered = self.asked.take()?;
                self.heard.clear();
                self.quiet_until = Some(now + GAP);
                Some((answered.question, reply))
            }
            Err(FrameFault::Incomplete) => None,
            Err(FrameFault::Checksum) => {
                tracing::debug!(address = asked.question.address, "Heard a spoilt answer");
                asked.spoilt = true;
                None
            }
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) -> Option<(Question, Reply)> {
        if let Some(until) = self.quiet_until {
            if now < until {
                return None;
            }
            self.quiet_until = None;
            if let Some(asked) = &mut self.asked {
                asked.due = now + ANSWER_TIMEOUT;
                asked.spoilt = false;
                self.send();
            }
            return None;
        }
        let asked = self.asked.as_mut().filter(|asked| asked.due <= now)?;
        self.quiet_until = Some(now + PAUSE);
        if asked.tries_left > 0 {
            asked.tries_left -= 1;
            return None;
        }
        self.asked.take().map(|asked| (asked.question, Reply::Silent))
    }

    pub(super) fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        self.quiet_until.or(self.asked.as_ref().map(|asked| asked.due))
    }

    fn send(&mut self) {
        self.heard.clear();
        if let Some(asked) = &self.asked {
            self.wire.push_back(asked.bytes.clone());
        }
    }
}

/// Reads an answer; a frame from somebody else counts as damaged.
fn reply(heard: &[u8], address: u8) -> Result<Reply, FrameFault> {
    if heard.first() != Some(&HOST) || heard.get(2).is_some_and(|source| *source != address) {
        return Err(FrameFault::Checksum);
    }
    debug_assert!(OVERHEAD > 2, "source is within the fixed part");
    let frame = Frame::decode(heard)?;
    match frame.header {
        header::REPLY => Ok(Reply::Answer(frame.data)),
        header::NAK | header::BUSY => Ok(Reply::Refused),
        _ => Err(FrameFault::Checksum),
    }
}
