//! What makes talks, and what was found of them: the same live and read from the call book.

use distributor::{AgentId, QueueId, WallTime};
use figures::{Review, Share};
use privacy::Personal;
use serde::{Deserialize, Serialize};

/// A fact of the call book, without what does not matter to a talk that is judged. It
/// reads what the call book has written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Happening {
    Queued {
        queue: QueueId,
    },
    Moved {
        to: QueueId,
    },
    Bridged {
        agent: AgentId,
    },
    JoinedAtKiosk {
        agent: AgentId,
    },
    Transferred {
        by: AgentId,
    },
    CallerLeft {
        lost: bool,
    },
    AgentLeft {
        agent: AgentId,
        lost: bool,
    },
    DispositionSaid {
        agent: AgentId,
        disposition: String,
    },
    DispositionUnsaid {
        agent: AgentId,
    },
    Recorded,
    RecordingErased,
    /// Whoever was in a talk is not any more.
    Started,
    Reviewed {
        review: Review,
        score: Share,
    },
    ReviewAnswered(WrittenAnswer),
    #[serde(other)]
    Else,
}

/// What an agent has answered to the review of a reviewer that was made then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenAnswer {
    pub agent: AgentId,
    pub reviewer: AgentId,
    pub reviewed_at: WallTime,
    pub text: Personal<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use distributor::CallId;

    use super::*;
    use crate::call_book::Fact;

    #[test]
    fn a_review_and_its_answer_are_written_like_this_and_read_as_they_were() {
        let review = Review {
            form: "talk".to_owned(),
            version: 2,
            call: CallId(7),
            agent: AgentId(3),
            reviewer: AgentId(9),
            at: WallTime(1_795_480_900_000),
            points: [("fee".to_owned(), 1)].into(),
            comment: Some(Personal::new("친절했어요".to_owned())),
        };
        let answer = WrittenAnswer {
            agent: AgentId(3),
            reviewer: AgentId(9),
            reviewed_at: WallTime(1_795_480_900_000),
            text: Personal::new("고마워요".to_owned()),
        };
        let facts = [
            (
                Fact::Reviewed {
                    review: Box::new(review),
                    score: Share(950),
                },
                r#"{"type":"reviewed","review":{"form":"talk","version":2,"call":7,"agent":3,"reviewer":9,"at":1795480900000,"points":{"fee":1},"comment":"친절했어요"},"score":950}"#,
            ),
            (
                Fact::ReviewAnswered(answer),
                r#"{"type":"review-answered","agent":3,"reviewer":9,"reviewed_at":1795480900000,"text":"고마워요"}"#,
            ),
        ];

        for (fact, written) in facts {
            assert_eq!(serde_json::to_string(&fact).unwrap(), written);
            let read: Happening = serde_json::from_str(written).unwrap();
            assert_eq!(read, fact.of_talk());
            assert!(!format!("{fact:?}").contains("요"));
        }
    }
}
