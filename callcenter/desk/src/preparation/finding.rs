//! Finding a service by a plain word or its first consonants, and beginning it.

use catalog::Service;
use privacy::Personal;
use request::ServiceId;

use super::{Field, Preparation, PreparationCommand, step::Step};
use crate::{Moment, Reach};

/// Longer than any name of a service; also the longest name of a person.
const LETTERS_MAX: usize = 60;
/// With a hyphen and blanks, as people say a resident number.
const NUMBER_MAX: usize = 20;

impl Preparation {
    /// Takes over what an agent types. What is too long is cut: the caller cannot
    /// have said it.
    pub(super) fn typed(&mut self, field: &Field, text: Personal<String>) {
        match (self.step, field) {
            (Step::Finding, Field::Query) => self.draft.query = cut(&text, LETTERS_MAX),
            (Step::Identifying, Field::Name) => {
                self.draft.name = Personal::new(cut(&text, LETTERS_MAX));
                self.draft.identity_refusal = None;
            }
            (Step::Identifying, Field::ResidentNumber) => {
                self.draft.number = Personal::new(cut(&text, NUMBER_MAX));
                self.number_typed();
            }
            (Step::Filling, Field::Answer(question)) => self.answer_typed(question, text),
            (Step::Reviewing, Field::Telephone) => self.telephone_typed(&text),
            _ => {}
        }
    }

    /// The services that fit what is typed; all of them while nothing is.
    pub(super) fn found(&self) -> Vec<&Service> {
        let (query, language) = (self.draft.query.trim(), self.language);
        let fits = |service: &&Service| {
            query.is_empty()
                || [&service.title, &service.summary, &service.issuer]
                    .into_iter()
                    .any(|text| typing::matches(&language.of(text), query))
        };
        self.catalog.services().filter(fits).collect()
    }

    pub(super) fn choose(&mut self, id: &ServiceId) {
        let Some(service) = self.catalog.service(id) else {
            return;
        };
        let first = |option: &catalog::ServiceOption| {
            let choice = option.choices.first()?;
            Some((option.id.clone(), choice.id.clone()))
        };
        self.draft.options = service.options.iter().filter_map(first).collect();
        self.draft.copies = 1;
        self.draft.service = Some(service.id.clone());
        self.step = Step::Explaining;
    }

    /// Enter takes the one that is left.
    pub(super) fn choose_only(&mut self) {
        if let [only] = self.found().as_slice() {
            let id = only.id.clone();
            self.choose(&id);
        }
    }

    /// Opens the request; the first thing that is written down.
    pub(super) fn begin(&mut self, reach: &Reach, now: Moment) {
        let Some(service) = self.service() else {
            return;
        };
        if self.draft.opening || reach.is_stale(service, now.instant) {
            return;
        }
        let command = PreparationCommand::Open {
            service: service.id.clone(),
            version: service.version,
            language: self.language.code(),
            terms: service.terms(),
        };
        self.draft.opening = true;
        self.commands.push_back(command);
    }
}

pub(super) fn cut(text: &Personal<String>, letters: usize) -> String {
    let typed = text.reveal().chars().filter(|it| !it.is_control());
    typed.take(letters).collect()
}
