//! Quality forms: how a talk is judged by who has listened to it.

use std::collections::BTreeMap;

use distributor::{AgentId, CallId, WallTime};
use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::Share;

/// Criteria of a form, at most.
const CRITERIA_MOST: usize = 40;

/// Something a talk is judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub id: String,
    /// As the reviewer reads it.
    pub title: String,
    /// Against the other criteria.
    pub weight: u32,
    /// The best that can be given; 0 is the worst.
    pub best: u8,
    /// Without a single point here the whole talk has none: a wrong fee, a
    /// resident number said aloud.
    #[serde(default)]
    pub decisive: bool,
}

/// A form. What has been reviewed by one stays reviewed by that version of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub id: String,
    pub version: u32,
    pub criteria: Vec<Criterion>,
}

/// A talk, judged.
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

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    #[error("a form has between 1 and 40 criteria")]
    Criteria,
    #[error("criterion {0:?} is there twice")]
    Twice(String),
    #[error("criterion {0:?} has no weight or no points to give")]
    Worthless(String),
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
}

impl Form {
    /// Looks for what cannot be judged by.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), FormError> {
        if self.criteria.is_empty() || self.criteria.len() > CRITERIA_MOST {
            return Err(FormError::Criteria);
        }
        for (place, criterion) in self.criteria.iter().enumerate() {
            let id = &criterion.id;
            if self.criteria.iter().skip(place + 1).any(|it| it.id == *id) {
                return Err(FormError::Twice(id.clone()));
            }
            if criterion.weight == 0 || criterion.best == 0 {
                return Err(FormError::Worthless(id.clone()));
            }
        }
        Ok(())
    }

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
        let (mut had, mut weights, mut failed) = (0.0, 0.0, false);
        for (id, points) in &review.points {
            let criterion = self.criteria.iter().find(|it| it.id == *id);
            let criterion = criterion.ok_or_else(|| ReviewError::UnknownCriterion(id.clone()))?;
            if *points > criterion.best {
                return Err(ReviewError::TooManyPoints(id.clone()));
            }
            let weight = f64::from(criterion.weight);
            had += weight * f64::from(*points) / f64::from(criterion.best);
            weights += weight;
            failed |= criterion.decisive && *points == 0;
        }
        if weights == 0.0 {
            return Err(ReviewError::Empty);
        }
        Ok(Share::of(if failed { 0.0 } else { had / weights }))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn form() -> Form {
        let criterion = |id: &str, weight, best, decisive| Criterion {
            id: id.to_owned(),
            title: id.to_owned(),
            weight,
            best,
            decisive,
        };
        Form {
            id: "talk".to_owned(),
            version: 2,
            criteria: vec![
                criterion("greeting", 1, 5, false),
                criterion("fee", 3, 1, true),
                criterion("language", 1, 5, false),
            ],
        }
    }

    fn review(points: &[(&str, u8)]) -> Review {
        Review {
            form: "talk".to_owned(),
            version: 2,
            call: CallId(7),
            agent: AgentId(3),
            reviewer: AgentId(9),
            at: WallTime(1_795_480_200_000),
            points: points
                .iter()
                .map(|(id, it)| ((*id).to_owned(), *it))
                .collect(),
            comment: None,
        }
    }

    #[test]
    fn weights_count_and_what_did_not_come_up_does_not() {
        let form = form();
        form.check().unwrap();

        assert_eq!(
            form.score(&review(&[("greeting", 4), ("fee", 1)])),
            Ok(Share(950))
        );
        assert_eq!(
            form.score(&review(&[("greeting", 5), ("fee", 0)])),
            Ok(Share(0))
        );
        assert_eq!(form.score(&review(&[("language", 2)])), Ok(Share(400)));
    }

    #[test]
    fn a_review_that_cannot_be_is_refused() {
        let form = form();
        let refused = |points: &[(&str, u8)]| form.score(&review(points)).unwrap_err();

        assert_eq!(refused(&[]), ReviewError::Empty);
        let unknown = ReviewError::UnknownCriterion("tone".to_owned());
        assert_eq!(refused(&[("tone", 1)]), unknown);
        let too_many = ReviewError::TooManyPoints("fee".to_owned());
        assert_eq!(refused(&[("fee", 2)]), too_many);
        let own = Review {
            reviewer: AgentId(3),
            ..review(&[("fee", 1)])
        };
        assert_eq!(form.score(&own), Err(ReviewError::OwnTalk));
        let old = Review {
            version: 1,
            ..review(&[("fee", 1)])
        };
        assert_eq!(form.score(&old), Err(ReviewError::OtherForm));
    }

    #[test]
    fn a_form_that_cannot_judge_is_refused() {
        let mut twice = form();
        twice.criteria.push(twice.criteria[0].clone());
        assert_eq!(twice.check(), Err(FormError::Twice("greeting".to_owned())));
        let mut worthless = form();
        worthless.criteria[1].weight = 0;
        assert_eq!(
            worthless.check(),
            Err(FormError::Worthless("fee".to_owned()))
        );
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
