//! The questions of a service's form, one at a time.

use catalog::{Code, CodeList, NotAnAnswer, Question, QuestionKind};
use privacy::Personal;
use request::Action;

use super::{
    Moment, Touch, Visit,
    entry::Entry,
    step::Step,
    view::{AnswerRefusal, KeyboardLayout},
};

/// More than this many suggestions help nobody.
pub(super) const SUGGESTIONS: usize = 4;

impl Visit {
    pub(super) fn ask(&mut self, question: usize) {
        let letters = self.person.language.letters();
        let words = self.petition().and_then(|it| it.questions.get(question));
        if let Some(asked) = words {
            let entry = Entry::with_digits(letters, asked.limit);
            self.person.entry = entry.holding(&self.answered(&asked.id));
            let refusal = None;
            self.enter(Step::Asking { question, refusal });
            return;
        }
        let Some(asked) = self
            .service()
            .and_then(|service| service.questions.get(question))
        else {
            return;
        };
        let entry = match asked.kind {
            QuestionKind::List => Entry::new(letters, asked.limit),
            QuestionKind::ParcelNumber => Entry::new(KeyboardLayout::Digits, asked.limit),
            QuestionKind::Date => Entry::day(),
            QuestionKind::Digits => Entry::digits(asked.limit),
            QuestionKind::Code => Entry::code(asked.limit),
            QuestionKind::Text => Entry::with_digits(letters, asked.limit),
        };
        let answered = self.answered(&asked.id);
        let chosen = self.code_list(asked).and_then(|it| it.get(&answered));
        let held = chosen.map_or(answered.as_str(), |it| it.in_language(self.language()));
        self.person.entry = entry.holding(held);
        self.enter(Step::Asking {
            question,
            refusal: None,
        });
    }

    pub(super) fn asking(&mut self, question: usize, touch: Touch, now: Moment) {
        match touch {
            Touch::Key(key) => {
                let refusal = self.person.entry.press(key).err();
                self.enter(Step::Asking { question, refusal });
            }
            Touch::PickSuggestion(index) => {
                let found = self
                    .suggestions(question)
                    .get(index as usize)
                    .map(|it| it.code.clone());
                if let Some(code) = found {
                    self.answer(question, &code, now);
                }
            }
            Touch::Next if self.petition().is_some() => self.answer_in_words(question),
            Touch::Next => self.answer_typed(question, now),
            Touch::Back if question > 0 => self.ask(question - 1),
            Touch::Back => self.turn_back(now),
            _ => {}
        }
    }

    fn answer_typed(&mut self, question: usize, now: Moment) {
        let Some(asked) = self
            .service()
            .and_then(|service| service.questions.get(question))
        else {
            return;
        };
        let text = self.person.entry.text();
        let answer = match asked.kind {
            QuestionKind::List if text.is_empty() => Err(AnswerRefusal::Missing),
            QuestionKind::List => match self.suggestions(question).as_slice() {
                [only] => Ok(only.code.clone()),
                _ => Err(AnswerRefusal::NotInList),
            },
            QuestionKind::ParcelNumber
            | QuestionKind::Date
            | QuestionKind::Digits
            | QuestionKind::Code
            | QuestionKind::Text => asked.answer_from(&text).map_err(refusal),
        };
        match answer {
            Ok(answer) => self.answer(question, &answer, now),
            Err(refusal) => self.enter(Step::Asking {
                question,
                refusal: Some(refusal),
            }),
        }
    }

    pub(super) fn answer(&mut self, question: usize, answer: &str, _now: Moment) {
        let Some(service) = self.service() else {
            return;
        };
        let (id, count) = (
            service.questions[question].id.clone(),
            service.questions.len(),
        );
        self.note_answer(id, answer.to_owned());
        if question + 1 < count {
            self.ask(question + 1);
        } else {
            self.enter(Step::Choosing);
        }
    }

    /// Writes an answer down; the line is empty for the next.
    pub(super) fn note_answer(&mut self, question: String, answer: String) {
        let answer = Personal::new(answer);
        let answers = &mut self.person.answers;
        answers.insert(question.clone(), answer.clone());
        self.act(Action::Answer { question, answer });
        self.person.entry = Entry::default();
    }

    /// What was answered before: who comes back to a question finds it as it was left.
    fn answered(&self, question: &str) -> String {
        let answer = self.person.answers.get(question);
        answer.map_or_else(String::new, |it| it.reveal().clone())
    }

    fn code_list(&self, asked: &Question) -> Option<&CodeList> {
        self.catalog.codes(asked.codes.as_ref()?)
    }

    /// Codes that fit what is typed, the best first.
    pub(super) fn suggestions(&self, question: usize) -> Vec<&Code> {
        let asked = self
            .service()
            .and_then(|service| service.questions.get(question));
        let list = asked.and_then(|it| self.code_list(it));
        let typed = self.person.entry.text();
        match list {
            Some(list) if !typed.is_empty() => {
                let fits =
                    |code: &&Code| typing::matches(code.in_language(self.language()), &typed);
                list.codes.iter().filter(fits).take(SUGGESTIONS).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn refusal(why: NotAnAnswer) -> AnswerRefusal {
    match why {
        NotAnAnswer::Missing => AnswerRefusal::Missing,
        NotAnAnswer::TooLong => AnswerRefusal::TooLong,
        NotAnAnswer::NoSuchDay => AnswerRefusal::NoSuchDay,
        NotAnAnswer::Unlike => AnswerRefusal::Unlike,
    }
}
