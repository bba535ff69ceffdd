//! An examination under way, question by question.

use catalog::Catalog;
use training::{Examination, MarkedExamination, Question};

use super::ExaminationRules;

pub(super) struct Sitting {
    seed: u64,
    examination: Examination,
    chosen: Vec<Option<usize>>,
}

impl Sitting {
    pub(super) fn begin(catalog: &Catalog, rules: ExaminationRules, seed: u64) -> Self {
        Self {
            seed,
            examination: Examination::draw(catalog, rules.questions, rules.pass_percent, seed),
            chosen: Vec::new(),
        }
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// The question that is asked now, from 0, of how many.
    pub(super) fn question(&self) -> Option<(&Question, usize, usize)> {
        let at = self.chosen.len();
        let questions = &self.examination.questions;
        Some((questions.get(at)?, at, questions.len()))
    }

    /// Takes an answer; the last one brings the marks. What is no answer changes
    /// nothing.
    pub(super) fn answer(&mut self, answer: usize) -> Option<MarkedExamination> {
        let (question, at, of) = self.question()?;
        if answer >= question.answers.len() {
            return None;
        }
        let last = at + 1 == of;
        self.chosen.push(Some(answer));
        last.then(|| self.examination.mark(&self.chosen))
    }
}
