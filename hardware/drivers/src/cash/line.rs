//! The discipline of one ccTalk line: one question at a time, its echo, its answer.
//!
//! All devices hang on one wire, so the host hears its own bytes first. An
//! answer must be the next frame, from the address asked; anything else spoils
//! the exchange, and after a pause the question is asked again.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::cctalk::{Frame, FrameFault, HOST, header};

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
        Self {
            address,
            header,
            data: data.to_vec(),
            tries: TRIES,
        }
    }

    pub(super) fn once(address: u8, header: u8, data: &[u8]) -> Self {
        Self {
            tries: 1,
            ..Self::new(address, header, data)
        }
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
    /// The adapter has been heard to echo; then an answer without an echo
    /// before it is an old one.
    echoes: bool,
    wire: VecDeque<Vec<u8>>,
}

struct Asked {
    question: Question,
    bytes: Vec<u8>,
    tries_left: u8,
    due: Instant,
    echoed: bool,
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
            echoed: false,
            spoilt: false,
        });
        self.quiet_until = None;
        self.send();
    }

    /// Forgets the question, if any; the line was cut.
    pub(super) fn hang_up(&mut self) -> Option<Question> {
        self.heard.clear();
        self.wire.clear();
        self.quiet_until = None;
        self.echoes = false;
        self.asked.take().map(|asked| asked.question)
    }

    pub(super) fn receive(&mut self, bytes: &[u8], now: Instant) -> Option<(Question, Reply)> {
        let asked = self.asked.as_mut()?;
        if asked.spoilt || self.quiet_until.is_some_and(|until| now < until) {
            return None;
        }
        self.heard.extend_from_slice(bytes);
        if !asked.echoed && (self.echoes || self.heard.first() == asked.bytes.first()) {
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
            asked.echoed = true;
            self.echoes = true;
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
                asked.echoed = false;
                asked.spoilt = false;
                self.send();
            }
            return None;
        }
        let asked = self.asked.as_mut().filter(|asked| asked.due <= now)?;
        self.quiet_until = Some(now + PAUSE);
        // An adapter that has stopped echoing must not make the line deaf.
        self.echoes &= asked.echoed || asked.spoilt;
        if asked.tries_left > 0 {
            asked.tries_left -= 1;
            return None;
        }
        self.asked
            .take()
            .map(|asked| (asked.question, Reply::Silent))
    }

    pub(super) fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        self.quiet_until
            .or(self.asked.as_ref().map(|asked| asked.due))
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
    let frame = Frame::decode(heard)?;
    match frame.header {
        header::REPLY => Ok(Reply::Answer(frame.data)),
        header::NAK | header::BUSY => Ok(Reply::Refused),
        _ => Err(FrameFault::Checksum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLL: [u8; 5] = [0x02, 0x00, 0x01, 0xfe, 0xff];
    const ANSWER: [u8; 5] = [0x01, 0x00, 0x02, 0x00, 0xfd];

    struct Table {
        line: Line,
        now: Instant,
        sent: usize,
    }

    impl Table {
        fn asking(tries: u8) -> Self {
            let mut table = Self {
                line: Line::default(),
                now: Instant::now(),
                sent: 0,
            };
            table.ask(tries);
            table
        }

        fn ask(&mut self, tries: u8) {
            let question = Question {
                tries,
                ..Question::new(2, header::SIMPLE_POLL, &[])
            };
            self.line.ask(question, self.now);
            self.count_sent();
        }

        fn count_sent(&mut self) {
            while let Some(bytes) = self.line.poll_wire() {
                assert_eq!(bytes, POLL);
                self.sent += 1;
            }
        }

        fn hear(&mut self, bytes: &[u8]) -> Option<Reply> {
            let heard = self.line.receive(bytes, self.now);
            heard.map(|(_, reply)| reply)
        }

        /// Lets time pass until the line says something of itself or rests.
        fn wait(&mut self) -> Option<Reply> {
            while let Some(due) = self.line.poll_timeout() {
                self.now = due;
                let said = self.line.handle_timeout(due);
                self.count_sent();
                if let Some((_, reply)) = said {
                    return Some(reply);
                }
            }
            None
        }
    }

    #[test]
    fn an_answer_is_heard_with_or_without_an_echo_and_in_any_pieces() {
        for echo in [&[][..], &POLL] {
            let mut table = Table::asking(TRIES);
            let said = [echo, &ANSWER].concat();
            let (last, before) = said.split_last().expect("an answer has bytes");

            for byte in before {
                assert_eq!(table.hear(&[*byte]), None);
            }

            assert_eq!(table.hear(&[*last]), Some(Reply::Answer(Vec::new())));
        }
    }

    #[test]
    fn an_old_answer_that_comes_before_the_echo_is_not_taken() {
        let mut table = Table::asking(TRIES);
        table.hear(&[&POLL[..], &ANSWER].concat());
        table.now += GAP;
        table.ask(TRIES);

        assert_eq!(table.hear(&ANSWER), None);
        assert_eq!(table.hear(&[&POLL[..], &ANSWER].concat()), None, "spoilt");
    }

    #[test]
    fn a_spoilt_answer_is_asked_for_again_and_silence_told_in_the_end() {
        let mut damaged = ANSWER;
        damaged[4] ^= 1;
        let mut table = Table::asking(TRIES);
        table.hear(&[&POLL[..], &damaged].concat());

        assert_eq!(table.wait(), Some(Reply::Silent));
        assert_eq!(table.sent, usize::from(TRIES));
    }

    #[test]
    fn what_must_not_happen_twice_is_sent_once() {
        let mut table = Table::asking(1);

        assert_eq!(table.wait(), Some(Reply::Silent));
        assert_eq!(table.sent, 1);
    }

    #[test]
    fn a_question_asked_after_the_gap_is_sent_once() {
        let mut table = Table::asking(TRIES);
        table.hear(&ANSWER);
        table.now += GAP;
        table.ask(1);

        assert_eq!(table.wait(), Some(Reply::Silent));
        assert_eq!(table.sent, 2);
    }

    #[test]
    fn a_stranger_is_not_taken_for_the_device_asked() {
        let mut table = Table::asking(TRIES);
        let stranger = Frame {
            destination: HOST,
            source: 3,
            header: header::REPLY,
            data: Vec::new(),
        };

        assert_eq!(table.hear(&stranger.encode()), None);
        assert_eq!(table.hear(&ANSWER), None, "spoilt");
    }
}
