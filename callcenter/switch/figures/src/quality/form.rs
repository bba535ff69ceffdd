//! Quality forms: what a talk is judged by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ReviewError;
use crate::Share;

/// Criteria of a form, at most: more, and nobody fills them in.
const CRITERIA_MOST: usize = 40;
/// A desk has nine keys for what can be given: two are for no points and for what
/// did not come up.
const POINTS_MOST: u8 = 7;
/// Characters of a title in one language, at most.
const LETTERS_MOST: usize = 80;
const NAME_MOST: usize = 32;

/// A title as a desk shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub ko: String,
    pub en: String,
}

impl Wording {
    /// English for every language but Korean.
    pub fn in_language(&self, code: &str) -> &str {
        if code == "ko" { &self.ko } else { &self.en }
    }
}

/// Something a talk is judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// At most 32 small letters, digits and hyphens; the same in every version of the form.
    pub id: String,
    /// As reviewer and agent read it.
    pub title: Wording,
    /// Against the other criteria.
    pub weight: u32,
    /// The best that can be given, from 1 to 7; 0 is the worst.
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
    #[serde(rename = "criterion")]
    pub criteria: Vec<Criterion>,
}

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    #[error("a form has between 1 and {CRITERIA_MOST} criteria")]
    Criteria,
    #[error("{0:?} is no name of a form or a criterion; \"greeting-1\" is one")]
    Name(String),
    #[error("criterion {0:?} is there twice")]
    Twice(String),
    #[error("criterion {0:?} has no weight or no points to give")]
    Worthless(String),
    #[error("criterion {0:?} has more than {POINTS_MOST} points to give")]
    TooFine(String),
    #[error(
        "criterion {0:?} must have between 1 and {LETTERS_MOST} characters in Korean and in English"
    )]
    Words(String),
}

impl Form {
    /// Looks for what cannot be judged by.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), FormError> {
        if !is_name(&self.id) {
            return Err(FormError::Name(self.id.clone()));
        }
        if self.criteria.is_empty() || self.criteria.len() > CRITERIA_MOST {
            return Err(FormError::Criteria);
        }
        for (place, criterion) in self.criteria.iter().enumerate() {
            let id = || criterion.id.clone();
            if !is_name(&criterion.id) {
                return Err(FormError::Name(id()));
            }
            let mut later = self.criteria.iter().skip(place + 1);
            if later.any(|it| it.id == criterion.id) {
                return Err(FormError::Twice(id()));
            }
            if criterion.weight == 0 || criterion.best == 0 {
                return Err(FormError::Worthless(id()));
            }
            if criterion.best > POINTS_MOST {
                return Err(FormError::TooFine(id()));
            }
            if !criterion.title.is_readable() {
                return Err(FormError::Words(id()));
            }
        }
        Ok(())
    }

    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|it| it.id == id)
    }

    /// The weighted share of the points that could be had, of what came up; `points`
    /// are by criterion, and what did not come up is not among them.
    ///
    /// # Errors
    /// What is wrong with the points.
    pub fn share(&self, points: &BTreeMap<String, u8>) -> Result<Share, ReviewError> {
        let (mut had, mut weights, mut failed) = (0.0, 0.0, false);
        for (id, points) in points {
            let criterion = self.criterion(id);
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

impl Wording {
    fn is_readable(&self) -> bool {
        let fits = |it: &str| (1..=LETTERS_MOST).contains(&it.trim().chars().count());
        let plain = |it: &str| !it.chars().any(char::is_control);
        [&self.ko, &self.en].iter().all(|it| fits(it) && plain(it))
    }
}

fn is_name(id: &str) -> bool {
    let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    (1..=NAME_MOST).contains(&id.len()) && id.bytes().all(plain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use super::*;

    pub(in crate::quality) fn form() -> Form {
        let criterion = |id: &str, weight, best, decisive| Criterion {
            id: id.to_owned(),
            title: Wording {
                ko: "인사".to_owned(),
                en: id.to_owned(),
            },
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

    pub(in crate::quality) fn points(points: &[(&str, u8)]) -> BTreeMap<String, u8> {
        let given = points.iter();
        given.map(|(id, it)| ((*id).to_owned(), *it)).collect()
    }

    #[test]
    fn weights_count_and_what_did_not_come_up_does_not() {
        let form = form();
        form.check().unwrap();

        let share = |given: &[(&str, u8)]| form.share(&points(given)).unwrap();
        assert_eq!(share(&[("greeting", 4), ("fee", 1)]), Share(950));
        assert_eq!(share(&[("language", 2)]), Share(400));
    }

    #[test]
    fn without_a_point_where_it_decides_the_whole_talk_has_none() {
        let given = points(&[("greeting", 5), ("fee", 0), ("language", 5)]);

        assert_eq!(form().share(&given), Ok(Share(0)));
    }

    #[test]
    fn points_that_cannot_be_given_are_refused() {
        let refused = |given: &[(&str, u8)]| form().share(&points(given)).unwrap_err();

        assert_eq!(refused(&[]), ReviewError::Empty);
        let unknown = ReviewError::UnknownCriterion("tone".to_owned());
        assert_eq!(refused(&[("tone", 1)]), unknown);
        let too_many = ReviewError::TooManyPoints("fee".to_owned());
        assert_eq!(refused(&[("fee", 2)]), too_many);
    }

    #[test]
    fn a_form_that_cannot_judge_is_refused_with_what_is_wrong() {
        let wrong = |change: &dyn Fn(&mut Form)| {
            let mut form = form();
            change(&mut form);
            form.check().unwrap_err()
        };
        let fee = || "fee".to_owned();

        let twice = wrong(&|it| it.criteria.push(it.criteria[1].clone()));
        assert_eq!(twice, FormError::Twice(fee()));
        assert_eq!(wrong(&|it| it.criteria.clear()), FormError::Criteria);
        let nameless = wrong(&|it| it.id = "The talk".to_owned());
        assert_eq!(nameless, FormError::Name("The talk".to_owned()));
        let weightless = wrong(&|it| it.criteria[1].weight = 0);
        assert_eq!(weightless, FormError::Worthless(fee()));
        let pointless = wrong(&|it| it.criteria[1].best = 0);
        assert_eq!(pointless, FormError::Worthless(fee()));
        let too_fine = wrong(&|it| it.criteria[1].best = 8);
        assert_eq!(too_fine, FormError::TooFine(fee()));
        let wordless = wrong(&|it| it.criteria[1].title.en = " ".to_owned());
        assert_eq!(wordless, FormError::Words(fee()));
        let endless = wrong(&|it| it.criteria[1].title.ko = "가".repeat(81));
        assert_eq!(endless, FormError::Words(fee()));
    }
}
