//! The test at the end: questions out of the catalogue itself, so that it never asks
//! for a rule that is no longer in force, and among them some about visits.

mod bank;
mod visits;

use catalog::Catalog;

use dice::Dice;

/// So many questions of a test for one about visits.
const VISITS_EVERY: usize = 3;

/// A question with one right answer, in Korean and in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub ko: String,
    pub en: String,
    pub answers: Vec<Answer>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub ko: String,
    pub en: String,
    pub(crate) right: bool,
}

/// Questions drawn by a seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examination {
    pub questions: Vec<Question>,
    pass_percent: u32,
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedExamination {
    /// In the order of the questions.
    pub right: Vec<bool>,
    /// Of 100.
    pub points: u32,
    pub passed: bool,
}

impl Examination {
    /// Of the bank: the first asked about no visits.
    pub const VERSION: u32 = 2;

    /// So many questions, or all there are, of which every third is about helping at a
    /// kiosk; no service is asked about twice the same.
    pub fn draw(catalog: &Catalog, questions: usize, pass_percent: u32, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut drawn = visits::questions();
        dice.shuffle(&mut drawn);
        drawn.truncate(questions.div_ceil(VISITS_EVERY));
        let mut others = bank::questions(catalog);
        dice.shuffle(&mut others);
        others.truncate(questions - drawn.len());
        drawn.append(&mut others);
        dice.shuffle(&mut drawn);
        for question in &mut drawn {
            dice.shuffle(&mut question.answers);
        }
        Self {
            questions: drawn,
            pass_percent,
        }
    }

    /// `chosen` are indexes into the answers, in the order of the questions; what is
    /// missing or beyond the answers is wrong. An examination without questions is
    /// passed by nobody.
    pub fn mark(&self, chosen: &[Option<usize>]) -> MarkedExamination {
        let is_right = |(index, question): (usize, &Question)| {
            let choice = chosen.get(index).copied().flatten();
            let answer = choice.and_then(|it| question.answers.get(it));
            answer.is_some_and(|it| it.right)
        };
        let right: Vec<bool> = self.questions.iter().enumerate().map(is_right).collect();
        let known = right.iter().filter(|it| **it).count();
        let points = (known * 100).checked_div(right.len()).unwrap_or(0);
        let points = u32::try_from(points).unwrap_or(0);
        MarkedExamination {
            passed: !right.is_empty() && points >= self.pass_percent,
            points,
            right,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
