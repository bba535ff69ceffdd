//! Answers that may be given again, for as long as their service says.
//!
//! Only of services about things: the catalogue refuses the others. What was asked is
//! kept as a digest, because an answer to a form is personal whatever it is about.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use catalog::{Query, Service};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// So many answers, and so many bytes of JSON in all.
const ANSWERS_MAX: usize = 1_000;
const BYTES_MAX: usize = 16 << 20;

/// What was asked: service, version and parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked([u8; 32]);

/// In memory alone; gone with the exchange.
#[derive(Default)]
pub(super) struct Answers {
    kept: BTreeMap<Asked, Kept>,
    bytes: usize,
}

struct Kept {
    record: Value,
    bytes: usize,
    until: Instant,
}

impl Asked {
    pub(super) fn of(service: &Service, parameters: &Query) -> Self {
        let mut digest = Sha256::new();
        let mut part = |text: &str| {
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text);
        };
        part(service.id.as_str());
        part(&service.version.to_string());
        for (name, value) in parameters {
            part(name);
            part(value.reveal());
        }
        Self(digest.finalize().into())
    }
}

impl Answers {
    /// The answer to the same question, while it may be given again.
    pub(super) fn find(&self, asked: &Asked, now: Instant) -> Option<Value> {
        let kept = self.kept.get(asked)?;
        (now < kept.until).then(|| kept.record.clone())
    }

    /// Keeps an answer that came at `now`. Where room is short those go first that may
    /// be given again for the shortest time.
    pub(super) fn keep(&mut self, asked: Asked, record: &Value, term: Duration, now: Instant) {
        let bytes = record.to_string().len();
        if bytes > BYTES_MAX {
            return;
        }
        self.remove(&asked);
        let over: Vec<Asked> = (self.kept.iter())
            .filter(|(_, it)| it.until <= now)
            .map(|(asked, _)| *asked)
            .collect();
        over.iter().for_each(|asked| self.remove(asked));
        while self.kept.len() >= ANSWERS_MAX || self.bytes + bytes > BYTES_MAX {
            let first = self.kept.iter().min_by_key(|(_, it)| it.until);
            let Some(asked) = first.map(|(asked, _)| *asked) else {
                break;
            };
            self.remove(&asked);
        }
        self.bytes += bytes;
        let kept = Kept {
            record: record.clone(),
            bytes,
            until: now + term,
        };
        self.kept.insert(asked, kept);
    }

    fn remove(&mut self, asked: &Asked) {
        if let Some(gone) = self.kept.remove(asked) {
            self.bytes -= gone.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TERM: Duration = Duration::from_mins(10);

    fn asked(number: u32) -> Asked {
        let mut digest = [0; 32];
        digest[..4].copy_from_slice(&number.to_be_bytes());
        Asked(digest)
    }

    #[test]
    fn an_answer_is_given_again_until_its_time_is_over() {
        let now = Instant::now();
        let mut answers = Answers::default();

        answers.keep(asked(1), &json!({ "won": 1 }), TERM, now);

        let soon = now + TERM - Duration::from_millis(1);
        assert_eq!(answers.find(&asked(1), soon), Some(json!({ "won": 1 })));
        assert_eq!(answers.find(&asked(1), now + TERM), None);
        assert_eq!(answers.find(&asked(2), now), None);
    }

    #[test]
    fn a_newer_answer_takes_the_place_of_an_older_one() {
        let now = Instant::now();
        let mut answers = Answers::default();

        answers.keep(asked(1), &json!(1), TERM, now);
        answers.keep(asked(1), &json!(2), TERM, now);

        assert_eq!(answers.find(&asked(1), now), Some(json!(2)));
        assert_eq!(answers.bytes, 1);
    }

    #[test]
    fn memory_is_bounded_in_answers_and_in_bytes() {
        let now = Instant::now();
        let mut answers = Answers::default();
        for number in 0..1_500 {
            let at = now + Duration::from_millis(u64::from(number));
            answers.keep(asked(number), &json!("a record"), TERM, at);
        }
        assert_eq!(answers.kept.len(), ANSWERS_MAX);
        assert_eq!(answers.find(&asked(0), now), None, "the oldest went first");
        assert!(answers.find(&asked(1_499), now).is_some());

        let large = json!("x".repeat(BYTES_MAX / 2));
        answers.keep(asked(9_001), &large, TERM, now);
        answers.keep(asked(9_002), &large, TERM, now + TERM / 2);

        assert!(answers.bytes <= BYTES_MAX, "{}", answers.bytes);
        assert!(answers.find(&asked(9_002), now + TERM / 2).is_some());
        let too_large = json!("x".repeat(BYTES_MAX));
        answers.keep(asked(9_003), &too_large, TERM, now);
        assert_eq!(answers.find(&asked(9_003), now), None);
    }
}
