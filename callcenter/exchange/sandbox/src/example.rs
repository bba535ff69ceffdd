//! How a service may be asked for, so that its network has a record.

use std::collections::BTreeMap;

use catalog::{Catalog, Question, QuestionKind, Service};
use request::IdentityLevel;

use crate::networks::questions;

/// The inhabitant whom most networks know.
const KNOWN: &str = "9001012990014";

/// Who asks for a service, and what they answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// A resident number; none where the service asks nobody who they are.
    pub applicant: Option<String>,
    /// Answers as they are written down, by question.
    pub answers: BTreeMap<String, String>,
    /// Choices, by option.
    pub options: BTreeMap<String, String>,
}

impl Example {
    /// About the known inhabitant, where the network has a record of them, else about
    /// somebody or something in the middle of what it knows.
    pub fn of(catalog: &Catalog, service: &Service) -> Self {
        let known = questions(service.network.as_str(), &service.query);
        let theirs = |it: &&BTreeMap<String, String>| {
            it.get("resident_number")
                .is_some_and(|number| number == KNOWN)
        };
        let parameters = known.iter().find(theirs).or(known.get(known.len() / 2));
        let asks_who = service.identity > IdentityLevel::None;
        let mut example = Self {
            applicant: asks_who.then(|| KNOWN.to_owned()),
            answers: service
                .questions
                .iter()
                .map(|it| (it.id.clone(), answer(catalog, it)))
                .collect(),
            options: service
                .options
                .iter()
                .filter_map(|it| Some((it.id.clone(), it.choices.first()?.id.clone())))
                .collect(),
        };
        for (name, source) in &service.parameters {
            let Some(value) = parameters.and_then(|it| it.get(name)) else {
                continue;
            };
            let place = match source.split_once('.') {
                Some(("applicant", _)) => {
                    example.applicant = Some(value.clone());
                    continue;
                }
                Some(("answer", id)) => example.answers.get_mut(id),
                Some(("option", id)) => example.options.get_mut(id),
                _ => None,
            };
            if let Some(place) = place {
                place.clone_from(value);
            }
        }
        example
    }
}

/// To a question that no network is asked.
fn answer(catalog: &Catalog, question: &Question) -> String {
    let list = question.codes.as_ref().and_then(|it| catalog.codes(it));
    let first = list.and_then(|it| it.codes.first());
    if let Some(code) = first {
        return code.code.clone();
    }
    match question.kind {
        QuestionKind::List | QuestionKind::ParcelNumber | QuestionKind::Digits => "12",
        QuestionKind::Date => "2026-11-20",
        QuestionKind::Code => "A-1",
        QuestionKind::Text => "한빛",
    }
    .to_owned()
}
