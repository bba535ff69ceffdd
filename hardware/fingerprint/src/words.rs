//! What is asked of the process that has the reader, and what it answers.

use zeroize::Zeroizing;

use crate::frame::frame;

/// The number of a question that takes a finger; what is said of an earlier one is nobody's
/// answer any more.
pub type Errand = u32;

#[derive(Clone, PartialEq, Eq)]
pub enum Question {
    /// Keep this template (ISO/IEC 19794-2) to compare with.
    Import(Zeroizing<Vec<u8>>),
    /// Compare a finger with what was imported.
    Match(Errand),
    /// Make a template of a finger.
    Read(Errand),
    /// No finger is wanted any more.
    Cancel,
    /// End, and all there is in memory with it.
    End,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// The process is there; it looks for its reader.
    Up,
    /// The reader is there and open.
    Reader,
    NoReader,
    /// libfprint is not installed.
    NoLibrary,
    /// The reader is there and cannot be opened.
    Shut,
    Imported,
    /// What was to be imported is no template for this reader.
    Refused,
    /// A finger may come.
    Wanted(Errand),
    Detected(Errand),
    Lifted(Errand),
    /// What came is of no use; another try may come.
    Unusable(Errand, Hint),
    /// So many of so many looks at the finger are done.
    Stage(Errand, u8, u8),
    Matched(Errand),
    NotMatched(Errand),
    Template(Errand, Zeroizing<Vec<u8>>),
    Failed(Errand, Failure),
    Cancelled(Errand),
}

/// What to do better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    TryAgain,
    TooShort,
    Center,
    LiftFirst,
    /// Too few ridges are seen: dry, wet, or too little of the finger.
    Faint,
}

/// Why there will be no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing was imported.
    NoReference,
    /// The reader cannot do it.
    Unsupported,
    /// The reader broke off.
    Device,
}

const HINTS: [Hint; 5] = [
    Hint::TryAgain,
    Hint::TooShort,
    Hint::Center,
    Hint::LiftFirst,
    Hint::Faint,
];
const FAILURES: [Failure; 3] = [Failure::NoReference, Failure::Unsupported, Failure::Device];

impl Question {
    pub fn to_frame(&self) -> Zeroizing<Vec<u8>> {
        match self {
            Question::Import(record) => message(1, 0, record),
            Question::Match(errand) => message(2, *errand, &[]),
            Question::Read(errand) => message(3, *errand, &[]),
            Question::Cancel => message(4, 0, &[]),
            Question::End => message(5, 0, &[]),
        }
    }

    pub fn from_message(message: &[u8]) -> Option<Self> {
        let (kind, errand, rest) = parts(message)?;
        Some(match (kind, rest) {
            (1, record) => Question::Import(Zeroizing::new(record.to_vec())),
            (2, []) => Question::Match(errand),
            (3, []) => Question::Read(errand),
            (4, []) => Question::Cancel,
            (5, []) => Question::End,
            _ => return None,
        })
    }
}

impl Answer {
    pub fn to_frame(&self) -> Zeroizing<Vec<u8>> {
        match self {
            Answer::Up => message(1, 0, &[]),
            Answer::Reader => message(2, 0, &[]),
            Answer::NoReader => message(3, 0, &[]),
            Answer::NoLibrary => message(4, 0, &[]),
            Answer::Shut => message(5, 0, &[]),
            Answer::Imported => message(6, 0, &[]),
            Answer::Refused => message(7, 0, &[]),
            Answer::Wanted(errand) => message(8, *errand, &[]),
            Answer::Detected(errand) => message(9, *errand, &[]),
            Answer::Lifted(errand) => message(10, *errand, &[]),
            Answer::Unusable(errand, hint) => message(11, *errand, &[code(&HINTS, hint)]),
            Answer::Stage(errand, done, all) => message(12, *errand, &[*done, *all]),
            Answer::Matched(errand) => message(13, *errand, &[]),
            Answer::NotMatched(errand) => message(14, *errand, &[]),
            Answer::Template(errand, record) => message(15, *errand, record),
            Answer::Failed(errand, why) => message(16, *errand, &[code(&FAILURES, why)]),
            Answer::Cancelled(errand) => message(17, *errand, &[]),
        }
    }

    pub fn from_message(message: &[u8]) -> Option<Self> {
        let (kind, errand, rest) = parts(message)?;
        Some(match (kind, rest) {
            (1, []) => Answer::Up,
            (2, []) => Answer::Reader,
            (3, []) => Answer::NoReader,
            (4, []) => Answer::NoLibrary,
            (5, []) => Answer::Shut,
            (6, []) => Answer::Imported,
            (7, []) => Answer::Refused,
            (8, []) => Answer::Wanted(errand),
            (9, []) => Answer::Detected(errand),
            (10, []) => Answer::Lifted(errand),
            (11, [hint]) => Answer::Unusable(errand, *HINTS.get(usize::from(*hint))?),
            (12, [done, all]) => Answer::Stage(errand, *done, *all),
            (13, []) => Answer::Matched(errand),
            (14, []) => Answer::NotMatched(errand),
            (15, record) => Answer::Template(errand, Zeroizing::new(record.to_vec())),
            (16, [why]) => Answer::Failed(errand, *FAILURES.get(usize::from(*why))?),
            (17, []) => Answer::Cancelled(errand),
            _ => return None,
        })
    }
}

fn message(kind: u8, errand: Errand, rest: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut message = Zeroizing::new(Vec::with_capacity(5 + rest.len()));
    message.push(kind);
    message.extend_from_slice(&errand.to_be_bytes());
    message.extend_from_slice(rest);
    frame(&message)
}

fn parts(message: &[u8]) -> Option<(u8, Errand, &[u8])> {
    let (kind, rest) = message.split_first()?;
    let (errand, rest) = rest.split_first_chunk()?;
    Some((*kind, u32::from_be_bytes(*errand), rest))
}

fn code<T: PartialEq>(all: &[T], one: &T) -> u8 {
    let place = all.iter().position(|it| it == one);
    place
        .and_then(|it| u8::try_from(it).ok())
        .unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Collector;

    fn carried(frame: &[u8]) -> Zeroizing<Vec<u8>> {
        let mut collector = Collector::default();
        collector.push(frame);
        collector.message().expect("short").expect("whole")
    }

    #[test]
    fn whatever_is_asked_or_answered_is_understood() {
        let record = Zeroizing::new(b"a template".to_vec());
        for question in [
            Question::Import(record.clone()),
            Question::Match(7),
            Question::Read(u32::MAX),
            Question::Cancel,
            Question::End,
        ] {
            let carried = carried(&question.to_frame());
            assert!(Question::from_message(&carried) == Some(question));
        }
        let mut answers = vec![
            Answer::Up,
            Answer::Reader,
            Answer::NoReader,
            Answer::NoLibrary,
            Answer::Shut,
            Answer::Imported,
            Answer::Refused,
            Answer::Wanted(1),
            Answer::Detected(2),
            Answer::Lifted(3),
            Answer::Stage(4, 2, 5),
            Answer::Matched(5),
            Answer::NotMatched(6),
            Answer::Template(7, record),
            Answer::Cancelled(8),
        ];
        answers.extend(HINTS.map(|hint| Answer::Unusable(9, hint)));
        answers.extend(FAILURES.map(|why| Answer::Failed(10, why)));
        for answer in answers {
            let carried = carried(&answer.to_frame());
            assert!(Answer::from_message(&carried) == Some(answer));
        }
    }

    #[test]
    fn what_is_no_message_is_none() {
        let known = [0, 1, 2, 8, 11, 12, 16, 17, 18, 255];
        for length in 0..8 {
            for kind in known {
                let mut message = vec![0xee; length];
                if let Some(first) = message.first_mut() {
                    *first = kind;
                }
                let question = Question::from_message(&message);
                let answer = Answer::from_message(&message);
                let short = length < 5;
                assert!(
                    !short || question.is_none() && answer.is_none(),
                    "{message:?}"
                );
            }
        }
        assert!(Answer::from_message(&[11, 0, 0, 0, 1, 9]).is_none());
        assert!(Answer::from_message(&[16, 0, 0, 0, 1, 9]).is_none());
    }
}
