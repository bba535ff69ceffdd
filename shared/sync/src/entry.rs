//! A journal entry on its travels.

use privacy::Personal;
use request::{RequestEvent, RequestId, StationId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Hash, Head, Incarnation, Salt, commitment};

/// Something that happened at a station. `(station, incarnation, number)`
/// identifies it for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub station: StationId,
    pub incarnation: Incarnation,
    /// 1, 2, 3 … without a gap in each incarnation.
    pub number: u64,
    pub request: RequestId,
    /// By the station's clock; order never depends on it.
    pub recorded_at: Timestamp,
    pub content: Content,
}

/// What an entry says, or what is left of it when the law has had it erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// `body` is the event as JSON, to the letter as it was journaled.
    Whole { salt: Salt, body: Personal<String> },
    /// Enough to check the chain, too little to learn anything.
    Erased { commitment: Hash },
}

/// Why an entry's event cannot be had. Without the decoder's own words: they
/// repeat the value they choke on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the entry's body was erased")]
    Erased,
    #[error("the entry's body is no event that this release knows (column {column})")]
    Malformed { column: usize },
}

impl Entry {
    /// What the chain binds of this entry's body.
    pub fn commitment(&self) -> Hash {
        match &self.content {
            Content::Whole { salt, body } => commitment(salt, body.reveal()),
            Content::Erased { commitment } => *commitment,
        }
    }

    /// # Errors
    /// When the body was erased, or comes from another release or a forger.
    pub fn event(&self) -> Result<RequestEvent, Unreadable> {
        self.content.event()
    }

    /// About how many bytes it takes on the way.
    pub(crate) fn weight(&self) -> usize {
        const FRAME: usize = 256;
        match &self.content {
            Content::Whole { body, .. } => FRAME + body.reveal().len(),
            Content::Erased { .. } => FRAME,
        }
    }
}

impl Content {
    /// # Errors
    /// As [`Entry::event`].
    pub fn event(&self) -> Result<RequestEvent, Unreadable> {
        match self {
            Content::Whole { body, .. } => {
                serde_json::from_str(body.reveal()).map_err(|error| Unreadable::Malformed {
                    column: error.column(),
                })
            }
            Content::Erased { .. } => Err(Unreadable::Erased),
        }
    }
}

impl Head {
    /// The head after this entry.
    #[must_use]
    pub fn followed_by(&self, entry: &Entry) -> Self {
        self.after(&entry.request, entry.recorded_at, &entry.commitment())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const BODY: &str = r#"{"type":"answered","question":"name","answer":"홍길동"}"#;

    fn entry(content: Content) -> Entry {
        Entry {
            station: StationId::new("gaon-1"),
            incarnation: Incarnation::from_bytes([7; 16]),
            number: 1,
            request: RequestId::new("r"),
            recorded_at: Timestamp::from_millis(0),
            content,
        }
    }

    fn whole(body: &str) -> Entry {
        entry(Content::Whole {
            salt: Salt::from_bytes([1; 16]),
            body: Personal::new(body.to_owned()),
        })
    }

    #[test]
    fn an_entry_says_what_happened_until_it_is_erased_and_is_bound_alike() {
        let entry_whole = whole(BODY);
        let erased = entry(Content::Erased {
            commitment: entry_whole.commitment(),
        });

        assert!(matches!(
            entry_whole.event().unwrap(),
            RequestEvent::Answered { answer, .. } if answer.reveal() == "홍길동"
        ));
        assert_eq!(erased.event(), Err(Unreadable::Erased));
        assert_eq!(erased.commitment(), entry_whole.commitment());
        assert_ne!(whole("{}").commitment(), entry_whole.commitment());
    }

    #[test]
    fn nobody_is_named_by_an_entry_or_by_what_is_wrong_with_it() {
        let malformed = whole(r#"{"type":"answered","question":"name","answer":["홍길동"]}"#);
        let error = malformed.event().unwrap_err();

        assert!(matches!(error, Unreadable::Malformed { .. }));
        for said in [format!("{malformed:?}"), format!("{error} {error:?}")] {
            assert!(!said.contains("홍"), "{said}");
        }
    }
}
