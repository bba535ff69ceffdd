//! The form: questions, options, copies; and the consent that is read aloud.

use catalog::{Code, NotAnAnswer, Question};
use privacy::Personal;
use request::{Action, Consent, Fee};

use super::{Preparation, finding::cut, step::Step, view::AnswerRefusal};
use crate::Moment;

/// More suggestions than this help nobody.
pub(super) const SUGGESTIONS: usize = 5;
/// Blanks and hyphens that may stand in what is typed and not in the answer.
const BLANKS_MAX: usize = 10;

impl Preparation {
    fn question(&self, id: &str) -> Option<&Question> {
        self.service()?.questions.iter().find(|it| it.id == id)
    }

    pub(super) fn answer_typed(&mut self, id: &str, text: Personal<String>) {
        let Some(question) = self.question(id) else {
            return;
        };
        let typed = cut(&text, question.limit as usize + BLANKS_MAX);
        let answer = question
            .codes
            .is_none()
            .then(|| question.answer_from(&typed));
        self.draft.refusals.remove(id);
        if let Some(Ok(answer)) = answer {
            let answer = Personal::new(answer);
            self.draft.answers.insert(id.to_owned(), answer);
        } else {
            self.draft.answers.remove(id);
        }
        self.draft.typed.insert(id.to_owned(), Personal::new(typed));
    }

    /// Codes that fit what is typed, the best first.
    pub(super) fn suggestions(&self, question: &Question) -> Vec<&Code> {
        let list = question
            .codes
            .as_ref()
            .and_then(|it| self.catalog.codes(it));
        let typed = self.draft.typed.get(&question.id);
        let answered = self.draft.answers.contains_key(&question.id);
        match (list, typed) {
            (Some(list), Some(typed)) if !answered => {
                let (language, typed) = (self.language.code(), typed.reveal().trim());
                let fits = |code: &&Code| typing::matches(code.in_language(language), typed);
                list.codes.iter().filter(fits).take(SUGGESTIONS).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn pick_suggestion(&mut self, id: &str, index: usize) {
        let picked = self.question(id).and_then(|question| {
            let code = *self.suggestions(question).get(index)?;
            Some(code.code.clone())
        });
        if let Some(code) = picked {
            self.draft.refusals.remove(id);
            self.draft
                .answers
                .insert(id.to_owned(), Personal::new(code));
        }
    }

    pub(super) fn pick_option(&mut self, option: String, choice: String) {
        let known = self.service().and_then(|it| it.option(&option));
        if known.is_some_and(|it| it.choices.iter().any(|it| it.id == choice)) {
            self.draft.options.insert(option, choice);
        }
    }

    pub(super) fn more_copies(&mut self) {
        let most = self.service().map_or(1, |it| it.copies_max);
        self.draft.copies = (self.draft.copies + 1).min(most);
    }

    /// Takes the form over when nothing is missing.
    pub(super) fn filled(&mut self, now: Moment) {
        self.take_only_suggestions();
        let Some(service) = self.service() else {
            return;
        };
        let questions = service.questions.clone();
        self.draft.refusals = questions
            .iter()
            .filter_map(|it| Some((it.id.clone(), self.refusal(it)?)))
            .collect();
        if !self.draft.refusals.is_empty() {
            return;
        }
        for question in questions {
            if let Some(answer) = self.draft.answers.get(&question.id).cloned() {
                let question = question.id;
                self.act(Action::Answer { question, answer });
            }
        }
        let (options, copies) = (self.draft.options.clone(), self.draft.copies);
        self.act(Action::ChooseOptions { options, copies });
        if let Some(fee) = self.fee_today(now) {
            self.act(Action::QuoteFee(fee));
        }
        let asks = self.service().is_some_and(|it| it.consent.is_some());
        self.step = if asks && !self.draft.consented {
            Step::Consenting
        } else {
            Step::Reviewing
        };
    }

    /// What was typed and fits one code alone needs no picking.
    fn take_only_suggestions(&mut self) {
        let only = |question: &Question| match self.suggestions(question).as_slice() {
            [only] => Some((question.id.clone(), Personal::new(only.code.clone()))),
            _ => None,
        };
        let questions = self.service().map(|it| it.questions.as_slice());
        let taken: Vec<_> = questions
            .unwrap_or_default()
            .iter()
            .filter_map(only)
            .collect();
        self.draft.answers.extend(taken);
    }

    fn refusal(&self, question: &Question) -> Option<AnswerRefusal> {
        if self.draft.answers.contains_key(&question.id) {
            return None;
        }
        let typed = self.draft.typed.get(&question.id);
        let typed = typed.map_or("", |it| it.reveal().as_str());
        Some(match question.answer_from(typed) {
            Err(NotAnAnswer::Missing) => AnswerRefusal::Missing,
            Ok(_) | Err(_) if question.codes.is_some() => AnswerRefusal::NotInList,
            Err(NotAnAnswer::NoSuchDay) => AnswerRefusal::NoSuchDay,
            Ok(_) | Err(NotAnAnswer::TooLong | NotAnAnswer::Unlike) => AnswerRefusal::NotAllowed,
        })
    }

    /// The fee of one copy today, with the answers given so far.
    pub(super) fn fee_today(&self, now: Moment) -> Option<Fee> {
        let answers = &self.draft.answers;
        let answer = |question: &str| answers.get(question).map(|it| it.reveal().clone());
        let (place, language) = (&self.place.jurisdiction, self.language.code());
        let service = self.service()?;
        self.catalog
            .fee(service, &answer, place, now.wall.local(), language)
    }

    /// Records the words that were read aloud and agreed to.
    pub(super) fn consent(&mut self) {
        if let Some(consent) = self.consent_in_words()
            && self.act(Action::Consent(consent))
        {
            self.draft.consented = true;
            self.step = Step::Reviewing;
        }
    }

    pub(super) fn consent_in_words(&self) -> Option<Consent> {
        let (service, language) = (self.service()?, self.language);
        let asked = service.consent.as_ref()?;
        let network = self.catalog.network(&service.network)?;
        Some(Consent {
            agency: language.of(&network.agency),
            purpose: language.of(&asked.purpose),
            fields: asked.fields.iter().map(|it| language.of(it)).collect(),
            language: language.code().to_owned(),
        })
    }
}
