//! The request a trainee fills in, as far as the desk has shown it.

use std::collections::BTreeMap;

use catalog::{Catalog, Question};
use desk::preparation::{
    PreparationView,
    view::{Asked, Form, Identify},
};
use privacy::Personal;
use request::{IdentityLevel, ResidentNumber, ServiceId};
use training::{PreparedRequest, Topic, Wanted};

const DIGITS: usize = 13;

#[derive(Debug, Default)]
pub(super) struct Draft {
    service: Option<ServiceId>,
    number: Personal<String>,
    answers: BTreeMap<String, Personal<String>>,
    options: BTreeMap<String, String>,
    copies: u32,
    /// What the form still asks for, in its order.
    open: Vec<Topic>,
    /// Nothing on the screen shows whether an option was asked for.
    asked: Vec<Topic>,
}

impl Draft {
    pub(super) fn see(&mut self, view: &PreparationView, catalog: &Catalog, language: &str) {
        self.open.clear();
        match view {
            PreparationView::Find(_) => *self = Self::default(),
            PreparationView::Explain(sheet) => {
                let mut services = catalog.services();
                let found = services.find(|it| it.title.in_language(language) == sheet.title);
                self.service = found.map(|it| it.id.clone());
            }
            PreparationView::Identify(identify) => self.identify(identify),
            PreparationView::Fill(form) => self.fill(form, catalog, language),
            PreparationView::Consent(_) | PreparationView::Review(_) | PreparationView::Read(_) => {
            }
        }
        let asked = &self.asked;
        self.open.retain(|topic| !asked.contains(topic));
    }

    pub(super) fn asks_for(&mut self) -> Option<Topic> {
        let topic = self.open.first().cloned()?;
        if matches!(
            topic,
            Topic::Option(_) | Topic::Copies | Topic::EarlierRequest
        ) {
            self.open.remove(0);
            self.asked.push(topic.clone());
        }
        Some(topic)
    }

    /// What was prepared, once.
    pub(super) fn take_prepared(&mut self) -> Option<PreparedRequest> {
        let service = self.service.take()?;
        Some(PreparedRequest {
            wanted: Wanted {
                service: service.as_str().to_owned(),
                answers: std::mem::take(&mut self.answers),
                options: std::mem::take(&mut self.options),
                copies: self.copies,
            },
            applicant: ResidentNumber::parse(&digits(&self.number)).ok(),
        })
    }

    fn identify(&mut self, identify: &Identify) {
        self.number = identify.number.clone();
        if identify.name.reveal().trim().is_empty() {
            self.open.push(Topic::Name);
        }
        if digits(&identify.number).len() < DIGITS {
            self.open.push(Topic::ResidentNumber);
        }
        if identify.known.is_some() {
            self.open.push(Topic::EarlierRequest);
        }
    }

    fn fill(&mut self, form: &Form, catalog: &Catalog, language: &str) {
        let Some(service) = self.service.as_ref().and_then(|it| catalog.service(it)) else {
            return;
        };
        if service.terms().identity == IdentityLevel::None {
            self.number = Personal::default();
        }
        self.answers.clear();
        for asked in &form.questions {
            let question = service.questions.iter().find(|it| it.id == asked.id);
            match (question, &asked.answer) {
                (Some(question), Some(words)) => {
                    let value = value(question, asked, words, catalog, language);
                    self.answers.insert(asked.id.clone(), value);
                }
                (_, None) => self.open.push(Topic::Answer(asked.id.clone())),
                (None, Some(_)) => {}
            }
        }
        self.options.clear();
        for group in &form.groups {
            if let Some(choice) = group.choices.iter().find(|it| it.chosen) {
                self.options.insert(group.option.clone(), choice.id.clone());
            }
            self.open.push(Topic::Option(group.option.clone()));
        }
        self.copies = form.copies;
        self.open.push(Topic::Copies);
    }
}

/// The answer behind the words: a code where the list is closed, else what was typed.
fn value(
    question: &Question,
    asked: &Asked,
    words: &Personal<String>,
    catalog: &Catalog,
    language: &str,
) -> Personal<String> {
    let Some(list) = question.codes.as_ref().and_then(|it| catalog.codes(it)) else {
        let typed = question.answer_from(asked.typed.reveal());
        return typed.map_or_else(|_| words.clone(), Personal::new);
    };
    let mut codes = list.codes.iter();
    let code = codes.find(|it| it.in_language(language) == words.reveal());
    code.map_or_else(|| words.clone(), |it| Personal::new(it.code.clone()))
}

fn digits(text: &Personal<String>) -> String {
    text.reveal().chars().filter(char::is_ascii_digit).collect()
}
