//! Questions and answers of a module on a Modbus serial line in RTU mode (MODBUS Application
//! Protocol V1.1b3; MODBUS over Serial Line V1.02).
//!
//! RTU tells frames apart by silences, which no adapter keeps. A frame is found here by what it
//! must begin with and by its sum, wherever it begins: noise, other units' answers and the
//! echo of a two-wire line are passed over.

/// No frame is longer (Serial Line, chapter 2.5.1).
const FRAME_MAX: usize = 256;
const READ_DISCRETE_INPUTS: u8 = 0x02;
const WRITE_MULTIPLE_COILS: u8 = 0x0f;
/// Set in the function of an answer that is an exception (chapter 7).
const EXCEPTION: u8 = 0x80;

/// What a module is asked. Eight inputs or coils at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Inputs { first: u16, count: u8 },
    Coils { first: u16, count: u8, on: u8 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A bit for each input, the first one lowest.
    Inputs(u8),
    CoilsSet,
    Exception(u8),
}

impl Question {
    fn function(self) -> u8 {
        match self {
            Question::Inputs { .. } => READ_DISCRETE_INPUTS,
            Question::Coils { .. } => WRITE_MULTIPLE_COILS,
        }
    }

    pub(super) fn encode(self, unit: u8) -> Vec<u8> {
        let (first, count) = match self {
            Question::Inputs { first, count } | Question::Coils { first, count, .. } => {
                (first, count)
            }
        };
        let mut frame = vec![unit, self.function()];
        frame.extend(first.to_be_bytes());
        frame.extend(u16::from(count).to_be_bytes());
        if let Question::Coils { on, .. } = self {
            frame.extend([1, on]);
        }
        sealed(frame)
    }

    /// What an answer of its kind begins with, and how long it is.
    fn answer(self, unit: u8) -> (Vec<u8>, usize) {
        let mut begin = vec![unit, self.function()];
        let length = match self {
            Question::Inputs { .. } => {
                begin.push(1);
                6
            }
            Question::Coils { first, count, .. } => {
                begin.extend(first.to_be_bytes());
                begin.extend(u16::from(count).to_be_bytes());
                8
            }
        };
        (begin, length)
    }
}

/// What has come since the last question.
#[derive(Debug, Default)]
pub(super) struct Inbox(Vec<u8>);

impl Inbox {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes bytes in; answers when with them the answer to this question is there.
    pub(super) fn push(&mut self, bytes: &[u8], question: Question, unit: u8) -> Option<Answer> {
        for byte in bytes {
            if self.0.len() == FRAME_MAX {
                self.0.remove(0);
            }
            self.0.push(*byte);
            if let Some(answer) = self.ending_here(question, unit) {
                return Some(answer);
            }
        }
        None
    }

    /// A frame whose last byte has just come.
    fn ending_here(&self, question: Question, unit: u8) -> Option<Answer> {
        let (begin, length) = question.answer(unit);
        if let Some(frame) = self.last(length)
            && frame.starts_with(&begin)
            && is_whole(frame)
        {
            return Some(match question {
                Question::Inputs { count, .. } => Answer::Inputs(frame[3] & mask(count)),
                Question::Coils { .. } => Answer::CoilsSet,
            });
        }
        let exception = self.last(5)?;
        let refused = exception.starts_with(&[unit, question.function() | EXCEPTION]);
        (refused && is_whole(exception)).then(|| Answer::Exception(exception[2]))
    }

    fn last(&self, length: usize) -> Option<&[u8]> {
        let begin = self.0.len().checked_sub(length)?;
        self.0.get(begin..)
    }
}

fn mask(count: u8) -> u8 {
    0xff_u8
        .checked_shr(8_u32.saturating_sub(count.into()))
        .unwrap_or(0)
}

fn sealed(mut frame: Vec<u8>) -> Vec<u8> {
    let sum = crc(&frame);
    frame.extend(sum.to_le_bytes());
    frame
}

fn is_whole(frame: &[u8]) -> bool {
    frame
        .split_last_chunk()
        .is_some_and(|(said, sum)| crc(said) == u16::from_le_bytes(*sum))
}

/// CRC-16 of the serial line, its polynomial 0x8005 mirrored (Serial Line, chapter 6.2.2).
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xa001 * (sum & 1))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: u8 = 0x11;

    #[test]
    fn questions_are_those_that_are_published() {
        let inputs = Question::Inputs {
            first: 0xc4,
            count: 0x16,
        };
        let asked = [0x11, 0x02, 0x00, 0xc4, 0x00, 0x16, 0xba, 0xa9];
        assert_eq!(inputs.encode(UNIT), asked);
        // The answer of the same example to ten coils, and an exception.
        for frame in [
            &[0x11, 0x0f, 0x00, 0x13, 0x00, 0x0a, 0x26, 0x99][..],
            &[0x11, 0x02, 0x03, 0xac, 0xdb, 0x35, 0x20, 0x18],
            &[0x0a, 0x81, 0x02, 0xb0, 0x53],
        ] {
            assert!(is_whole(frame), "{frame:02x?}");
        }
    }

    #[test]
    fn an_answer_is_found_behind_noise_an_echo_and_another_unit() {
        let question = Question::Inputs { first: 0, count: 5 };
        let mut inbox = Inbox::default();
        let strange = sealed(vec![0x12, 0x02, 1, 0xff]);
        let answer = sealed(vec![UNIT, 0x02, 1, 0xf5]);
        let noise = vec![UNIT, 0x02, 0x01];
        let line = [question.encode(UNIT), strange, noise, answer].concat();

        let (last, before) = line.split_last().unwrap_or((&0, &[]));
        assert_eq!(inbox.push(before, question, UNIT), None);
        // Only as many bits as were asked for.
        let told = inbox.push(&[*last], question, UNIT);
        assert_eq!(told, Some(Answer::Inputs(0x15)));
    }

    #[test]
    fn an_answer_to_another_question_or_with_a_wrong_sum_is_none() {
        let question = Question::Coils {
            first: 0,
            count: 5,
            on: 3,
        };
        let mut bent = sealed(vec![UNIT, 0x0f, 0, 0, 0, 5]);
        bent[3] ^= 1;
        for frame in [
            sealed(vec![UNIT, 0x0f, 0, 8, 0, 5]),
            sealed(vec![UNIT, 0x02, 1, 3]),
            sealed(vec![UNIT, 0x82, 2]),
            question.encode(UNIT),
            bent,
        ] {
            let mut inbox = Inbox::default();
            assert_eq!(inbox.push(&frame, question, UNIT), None, "{frame:02x?}");
        }
        let mut inbox = Inbox::default();
        let refused = sealed(vec![UNIT, 0x8f, 2]);
        let told = inbox.push(&refused, question, UNIT);
        assert_eq!(told, Some(Answer::Exception(2)));
    }
}
