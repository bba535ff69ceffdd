//! A talk, judged.

use std::collections::BTreeMap;

use distributor::{AgentId, CallId, WallTime};
use privacy::Personal;
use serde::{Deserialize, Serialize};

use super::Form;
use crate::Share;

/// What one reviewer has found of one agent's talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub form: String,
    pub version: u32,
    pub call: CallId,
    pub agent: AgentId,
    pub reviewer: AgentId,
    pub at: WallTime,
    /// By criterion; one that did not come up in the talk is left out.
    pub points: BTreeMap<String, u8>,
    /// What the reviewer writes to the agent; it may speak of the caller.
    pub comment: Option<Personal<String>>,
}

/// What is wrong with a review.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    #[error("the review is by another form, or another version of it")]
    OtherForm,
    #[error("the form has no criterion {0:?}")]
    UnknownCriterion(String),
    #[error("criterion {0:?} has more points than can be given")]
    TooManyPoints(String),
    #[error("nothing was judged")]
    Empty,
    #[error("an agent does not judge a talk of his own")]
    OwnTalk,
    #[error("the comment is longer than {} characters", Review::COMMENT_MOST)]
    CommentTooLong,
}

impl Review {
    /// Characters of a comment, at most.
    pub const COMMENT_MOST: usize = 1_000;
    /// Characters of what the agent answers, at most.
    pub const ANSWER_MOST: usize = 500;

    /// Whether it says the same, whenever it was said.
    pub fn says_what(&self, other: &Self) -> bool {
        let at = other.at;
        Self { at, ..self.clone() } == *other
    }
}

impl Form {
    /// The weighted share of the points that could be had, of what came up.
    ///
    /// # Errors
    /// What is wrong with the review.
    pub fn score(&self, review: &Review) -> Result<Share, ReviewError> {
        if review.form != self.id || review.version != self.version {
            return Err(ReviewError::OtherForm);
        }
        if review.agent == review.reviewer {
            return Err(ReviewError::OwnTalk);
        }
        let letters = review.comment.as_ref().map_or(0, Personal::chars);
        if letters > Review::COMMENT_MOST {
            return Err(ReviewError::CommentTooLong);
        }
        self.share(&review.points)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{
        super::form::tests::{form, points},
        *,
    };

    fn review(given: &[(&str, u8)]) -> Review {
        Review {
            form: "talk".to_owned(),
            version: 2,
            call: CallId(7),
            agent: AgentId(3),
            reviewer: AgentId(9),
            at: WallTime(1_795_480_200_000),
            points: points(given),
            comment: None,
        }
    }

    #[test]
    fn a_review_that_cannot_be_is_refused() {
        let score = |review: &Review| form().score(review);
        let fair = review(&[("fee", 1)]);
        assert_eq!(score(&fair), Ok(Share(1_000)));

        let reviewer = AgentId(3);
        let own = Review {
            reviewer,
            ..fair.clone()
        };
        assert_eq!(score(&own), Err(ReviewError::OwnTalk));
        let version = 1;
        let old = Review {
            version,
            ..fair.clone()
        };
        assert_eq!(score(&old), Err(ReviewError::OtherForm));
        let of = |letters: usize| Review {
            comment: Some(Personal::new("가".repeat(letters))),
            ..fair.clone()
        };
        assert_eq!(score(&of(1_000)), Ok(Share(1_000)));
        assert_eq!(score(&of(1_001)), Err(ReviewError::CommentTooLong));
        assert_eq!(score(&review(&[])), Err(ReviewError::Empty));
    }

    #[test]
    fn what_is_said_again_later_says_the_same_and_another_point_does_not() {
        let first = review(&[("fee", 1), ("greeting", 4)]);
        let at = WallTime(1_795_480_300_000);
        let again = Review {
            at,
            ..first.clone()
        };

        assert!(again.says_what(&first));
        let other = review(&[("fee", 1), ("greeting", 5)]);
        assert!(!other.says_what(&first));
    }

    #[test]
    fn the_written_form_of_a_review_stays_as_it_is() {
        let review = Review {
            comment: Some(Personal::new("친절했어요".to_owned())),
            ..review(&[("fee", 1), ("greeting", 4)])
        };
        let written = r#"{"form":"talk","version":2,"call":7,"agent":3,"reviewer":9,"at":1795480200000,"points":{"fee":1,"greeting":4},"comment":"친절했어요"}"#;

        assert_eq!(serde_json::to_string(&review).unwrap(), written);
        assert_eq!(serde_json::from_str::<Review>(written).unwrap(), review);
        assert!(!format!("{review:?}").contains("친절"));
    }
}
