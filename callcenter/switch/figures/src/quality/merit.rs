//! What the reviews of an agent's talks come to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Form;
use crate::Share;

/// A mean, and of how many reviews: of few it says little.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mean {
    pub share: Share,
    pub reviews: u32,
}

/// Of one criterion, in the reviews in which it came up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionMerit {
    pub criterion: String,
    pub mean: Mean,
}

/// An agent's reviews, taken together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merit {
    /// None where nothing was reviewed.
    pub score: Option<Mean>,
    /// In the order of their names.
    pub criteria: Vec<CriterionMerit>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// In thousandths.
    shares: u64,
    reviews: u32,
}

impl Sum {
    fn add(&mut self, share: Share) {
        self.shares += u64::from(share.0);
        self.reviews += 1;
    }

    /// Rounded down, as everything that has a goal.
    fn mean(self) -> Option<Mean> {
        let mean = self.shares.checked_div(u64::from(self.reviews))?;
        Some(Mean {
            share: Share(u16::try_from(mean).unwrap_or(u16::MAX)),
            reviews: self.reviews,
        })
    }
}

/// Adds reviews up.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    score: Sum,
    criteria: BTreeMap<String, Sum>,
}

impl Tally {
    /// `form` is the version that was judged by, where it is still known: without it
    /// nobody can say what the points of a criterion were of.
    pub fn add(&mut self, form: Option<&Form>, points: &BTreeMap<String, u8>, score: Share) {
        self.score.add(score);
        for (id, points) in points {
            if let Some(criterion) = form.and_then(|it| it.criterion(id)) {
                let share = f64::from(*points) / f64::from(criterion.best);
                let sum = self.criteria.entry(id.clone()).or_default();
                sum.add(Share::of(share));
            }
        }
    }

    pub fn merit(&self) -> Merit {
        let criteria = self.criteria.iter().filter_map(|(id, sum)| {
            Some(CriterionMerit {
                criterion: id.clone(),
                mean: sum.mean()?,
            })
        });
        Merit {
            score: self.score.mean(),
            criteria: criteria.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::form::tests::{form, points},
        *,
    };

    fn mean(share: u16, reviews: u32) -> Mean {
        let share = Share(share);
        Mean { share, reviews }
    }

    #[test]
    fn each_criterion_is_the_mean_of_the_reviews_it_came_up_in() {
        let (form, mut tally) = (form(), Tally::default());
        let first = points(&[("greeting", 5), ("fee", 1)]);
        tally.add(Some(&form), &first, Share(1_000));
        tally.add(Some(&form), &points(&[("greeting", 2)]), Share(401));

        let merit = tally.merit();

        assert_eq!(merit.score, Some(mean(700, 2)));
        let criteria = merit.criteria.into_iter();
        let criteria: Vec<_> = criteria.map(|it| (it.criterion, it.mean)).collect();
        let expected = [("fee", mean(1_000, 1)), ("greeting", mean(700, 2))];
        assert_eq!(criteria, expected.map(|(id, it)| (id.to_owned(), it)));
    }

    #[test]
    fn a_review_by_a_form_nobody_knows_any_more_counts_by_its_score_alone() {
        let mut tally = Tally::default();

        tally.add(None, &points(&[("greeting", 2)]), Share(400));

        let merit = tally.merit();
        assert_eq!(merit.score, Some(mean(400, 1)));
        assert!(merit.criteria.is_empty());
    }

    #[test]
    fn nothing_reviewed_has_no_mean() {
        assert_eq!(Tally::default().merit(), Merit::default());
    }
}
