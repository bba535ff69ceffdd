//! Draws questions from a record.

use std::collections::BTreeSet;

use catalog::{AnswerKind, RecordQuestion, TwoPersonCheck, Whose};
use privacy::Personal;
use request::Applicant;
use serde_json::Value;

use dice::Dice;

use crate::{Wording, answer::Answer};

/// A question with everything that is a right answer to it. It never leaves the
/// exchange's memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its id in the catalogue.
    pub id: String,
    pub wording: Wording,
    kind: AnswerKind,
    right: BTreeSet<Answer>,
}

/// Why nobody can be asked. It names no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDrawn {
    #[error("the record is of somebody else")]
    SomebodyElse,
    #[error("the record says too little to ask about")]
    TooFewQuestions,
}

impl Drawn {
    /// Whether an answer is right; `None` when it says nothing.
    pub(crate) fn is_right(&self, given: &Personal<String>) -> Option<bool> {
        // A month that is no month was answered, and wrong.
        let said = Answer::given(AnswerKind::Name, given).is_some();
        said.then(|| Answer::given(self.kind, given).is_some_and(|it| self.right.contains(&it)))
    }
}

/// As many questions as the check's bounds allow, in the order in which they are to
/// be asked; the same for the same seed. Of questions about the same thing the
/// second comes after all other things.
///
/// # Errors
/// When the record does not list the applicant by number and name, or answers fewer
/// questions than right answers are needed.
pub fn draw(
    check: &TwoPersonCheck,
    record: &Value,
    applicant: &Applicant,
    seed: u64,
) -> Result<Vec<Drawn>, NotDrawn> {
    let persons = Persons::read(check, record, applicant)?;
    let mut answered: Vec<(&RecordQuestion, Drawn)> = check
        .questions
        .iter()
        .filter_map(|it| Some((it, persons.drawn(it)?)))
        .collect();
    Dice::new(seed).shuffle(&mut answered);
    let mut asked_about = BTreeSet::new();
    let (mut first, again): (Vec<_>, Vec<_>) = answered
        .into_iter()
        .partition(|(question, _)| asked_about.insert(&question.about));
    first.extend(again);
    first.truncate(check.bounds.asked_max as usize);
    if first.len() < check.bounds.right_needed as usize {
        return Err(NotDrawn::TooFewQuestions);
    }
    Ok(first.into_iter().map(|(_, drawn)| drawn).collect())
}

/// The record, and who in it is who.
struct Persons<'a> {
    record: &'a Value,
    own: &'a Value,
    others: Vec<&'a Value>,
}

impl<'a> Persons<'a> {
    fn read(
        check: &TwoPersonCheck,
        record: &'a Value,
        applicant: &Applicant,
    ) -> Result<Self, NotDrawn> {
        let places = &check.persons;
        let number = applicant.resident_number.digits().reveal();
        let (own, others): (Vec<_>, Vec<_>) = rows(record, &places.rows)
            .iter()
            .partition(|it| text(it, &places.resident_number) == Some(number));
        let [own] = own.as_slice() else {
            return Err(NotDrawn::SomebodyElse);
        };
        let name = text(own, &places.name).and_then(|it| Answer::recorded(AnswerKind::Name, it));
        // A number alone is no person: whoever asks says both.
        if name.is_none() || name != Answer::given(AnswerKind::Name, &applicant.name) {
            return Err(NotDrawn::SomebodyElse);
        }
        Ok(Self {
            record,
            own,
            others,
        })
    }

    fn drawn(&self, question: &RecordQuestion) -> Option<Drawn> {
        let sources = match (question.whose, &question.rows) {
            (Whose::Own, _) => vec![self.own],
            (Whose::Others, _) => self.others.clone(),
            (Whose::Nobodys, Some(pointer)) => rows(self.record, pointer).iter().collect(),
            (Whose::Nobodys, None) => vec![self.record],
        };
        let read = |sources: &[&Value], fields: &[String]| -> BTreeSet<Answer> {
            let pairs = sources
                .iter()
                .flat_map(|source| fields.iter().filter_map(|field| text(source, field)));
            pairs
                .filter_map(|it| Answer::recorded(question.answer, it))
                .collect()
        };
        let except = read(&[self.record], &question.except);
        let right: BTreeSet<_> = read(&sources, &question.fields)
            .difference(&except)
            .cloned()
            .collect();
        (!right.is_empty()).then(|| Drawn {
            id: question.id.clone(),
            wording: Wording {
                ko: question.wording.ko.clone(),
                en: question.wording.en.clone(),
            },
            kind: question.answer,
            right,
        })
    }
}

fn rows<'a>(record: &'a Value, pointer: &str) -> &'a [Value] {
    let list = record.pointer(pointer).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a String> {
    match value.pointer(pointer)? {
        Value::String(text) => Some(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}
