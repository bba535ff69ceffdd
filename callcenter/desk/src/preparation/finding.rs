//! Finding a service by a plain word or its first consonants, and beginning it.

use catalog::Service;
use locator::Holding;
use privacy::Personal;
use request::ServiceId;

use super::{Field, Preparation, PreparationCommand, step::Step};
use crate::{Moment, Reach};

/// As many services as have a key to pick them.
pub(super) const SHOWN_MAX: usize = 9;
/// As many as stand below the services.
const HELD_MAX: usize = 3;
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

    /// The services that fit what is typed, the best first; the most asked ones while
    /// nothing is.
    pub(super) fn found(&self) -> Vec<&Service> {
        let query = self.draft.query.trim();
        if query.is_empty() {
            return self.catalog.services().take(SHOWN_MAX).collect();
        }
        self.catalog.find(query)
    }

    /// What agencies hold of what is typed; a register behind a paper stands among the
    /// services already.
    pub(super) fn held(&self) -> Vec<&Holding> {
        let services = self.catalog.services().count();
        let found = self.locator.find(&self.draft.query, HELD_MAX + services);
        let found = found.unwrap_or_else(|error| {
            tracing::error!(%error, "The locator failed");
            Vec::new()
        });
        let held = found.into_iter().filter(|it| it.service.is_none());
        held.take(HELD_MAX).collect()
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

    /// Enter takes the one that is left, or is called just what is typed.
    pub(super) fn choose_meant(&mut self) {
        if let Some(id) = self.meant().map(|it| it.id.clone()) {
            self.choose(&id);
        }
    }

    pub(super) fn meant(&self) -> Option<&Service> {
        let query = self.draft.query.trim();
        let called = |it: &&Service| it.title.ko == query || it.title.en == query;
        let found = self.found();
        match found.as_slice() {
            [only] => Some(only),
            several => several.iter().copied().find(called),
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
