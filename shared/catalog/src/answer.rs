//! From what is typed to an answer, and from an answer to words.

use calendar::parse_day;

use crate::{Catalog, Question, QuestionKind};

/// Why something typed is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAnswer {
    #[error("nothing is typed")]
    Missing,
    #[error("it is longer than the question allows")]
    TooLong,
    /// A date whose day is not in the calendar.
    #[error("there is no such day")]
    NoSuchDay,
    #[error("it does not look like an answer to this question")]
    Unlike,
}

impl Question {
    /// The answer as it is written down that is meant by what somebody has typed.
    ///
    /// A day may be typed with any marks between its numbers or with none, digits with
    /// hyphens or blanks in between, a code in small letters. A closed list is
    /// answered by its codes alone.
    ///
    /// # Errors
    /// When it is no answer, and why.
    pub fn answer_from(&self, typed: &str) -> Result<String, NotAnAnswer> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(NotAnAnswer::Missing);
        }
        let answer = match self.kind {
            QuestionKind::List | QuestionKind::ParcelNumber => typed.to_owned(),
            QuestionKind::Date => day_of(typed).ok_or(NotAnAnswer::Unlike)?,
            QuestionKind::Digits => without(typed, |it| it == '-' || it.is_whitespace()),
            QuestionKind::Code => without(typed, char::is_whitespace).to_ascii_uppercase(),
            // A number plate is typed with a blank as often as without.
            QuestionKind::Text if self.accepts(typed) => typed.to_owned(),
            QuestionKind::Text => without(typed, char::is_whitespace),
        };
        if self.accepts(&answer) {
            return Ok(answer);
        }
        Err(if answer.chars().count() > self.limit as usize {
            NotAnAnswer::TooLong
        } else if self.kind == QuestionKind::Date {
            NotAnAnswer::NoSuchDay
        } else {
            NotAnAnswer::Unlike
        })
    }
}

impl Catalog {
    /// Whether this is an answer as it is written down, of a closed list or not.
    pub fn is_answer(&self, question: &Question, answer: &str) -> bool {
        match &question.codes {
            Some(list) => self
                .codes(list)
                .is_some_and(|list| list.get(answer).is_some()),
            None => question.accepts(answer),
        }
    }

    /// An answer as people say it: a code's name, a day of the calendar in words.
    pub fn answer_in_words(&self, question: &Question, answer: &str, language: &str) -> String {
        let list = question.codes.as_ref().and_then(|it| self.codes(it));
        if let Some(code) = list.and_then(|it| it.get(answer)) {
            return code.in_language(language).to_owned();
        }
        let day = (question.kind == QuestionKind::Date).then(|| day_in_words(answer, language));
        day.flatten().unwrap_or_else(|| answer.to_owned())
    }
}

/// A day as ISO 8601 writes it, whatever stands between its numbers.
fn day_of(typed: &str) -> Option<String> {
    let runs: Vec<&str> = typed
        .split(|it: char| !it.is_ascii_digit())
        .filter(|it| !it.is_empty())
        .collect();
    let (year, month, day) = match runs.as_slice() {
        [all] if all.len() == 8 => (&all[..4], &all[4..6], &all[6..]),
        [year, month, day] => (*year, *month, *day),
        _ => return None,
    };
    let right = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    right.then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

/// A day of the calendar (`2026-11-24`) as people say it; none when it is none.
pub fn day_in_words(day: &str, language: &str) -> Option<String> {
    let day = parse_day(day)?;
    Some(if language == "en" {
        day.strftime("%B %-d, %Y").to_string()
    } else {
        format!("{}년 {}월 {}일", day.year(), day.month(), day.day())
    })
}

fn without(text: &str, left_out: impl Fn(char) -> bool) -> String {
    text.chars().filter(|it| !left_out(*it)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Bilingual;

    fn question(kind: QuestionKind, pattern: Option<&str>) -> Question {
        Question {
            id: "it".to_owned(),
            label: Bilingual::default(),
            hint: Bilingual::default(),
            kind,
            limit: 14,
            codes: None,
            pattern: pattern.map(|it| it.to_owned().try_into().unwrap()),
        }
    }

    #[test]
    fn people_write_days_as_they_like_and_mean_one_day() {
        let day = question(QuestionKind::Date, None);
        for typed in [
            "2026-11-05",
            "20261105",
            " 2026.11.5. ",
            "2026/11/05",
            "2026년 11월 5일",
            "2026 11 05",
        ] {
            assert_eq!(
                day.answer_from(typed).as_deref(),
                Ok("2026-11-05"),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_no_answer_says_why() {
        let plate = Some("[0-9]{2,3}[가-힣][0-9]{4}");
        let table = [
            (QuestionKind::Date, None, " ", NotAnAnswer::Missing),
            (
                QuestionKind::Date,
                None,
                "2026-02-30",
                NotAnAnswer::NoSuchDay,
            ),
            (QuestionKind::Date, None, "20261301", NotAnAnswer::NoSuchDay),
            (QuestionKind::Date, None, "26-1-5", NotAnAnswer::Unlike),
            (QuestionKind::Date, None, "2026-11", NotAnAnswer::Unlike),
            (QuestionKind::Digits, None, "12a", NotAnAnswer::Unlike),
            (
                QuestionKind::Digits,
                None,
                "123456789012345",
                NotAnAnswer::TooLong,
            ),
            (QuestionKind::Code, None, "--", NotAnAnswer::Unlike),
            (QuestionKind::ParcelNumber, None, "012", NotAnAnswer::Unlike),
            (QuestionKind::Text, plate, "12가345", NotAnAnswer::Unlike),
        ];

        for (kind, pattern, typed, why) in table {
            let answer = question(kind, pattern).answer_from(typed);
            assert_eq!(answer, Err(why), "{typed}");
        }
    }

    #[test]
    fn blanks_hyphens_and_small_letters_do_not_make_another_answer() {
        let plate = Some("[0-9]{2,3}[가-힣][0-9]{4}");
        let table = [
            (QuestionKind::Digits, None, "123-45-67890", "1234567890"),
            (QuestionKind::Code, None, "41000 - 26x", "41000-26X"),
            (QuestionKind::Text, plate, "12가 3456", "12가3456"),
            (QuestionKind::Text, None, " 한빛 상사 ", "한빛 상사"),
        ];

        for (kind, pattern, typed, answer) in table {
            let taken = question(kind, pattern).answer_from(typed);
            assert_eq!(taken.as_deref(), Ok(answer), "{typed}");
        }
    }

    #[test]
    fn a_day_is_read_as_people_say_it() {
        let (catalog, day) = (Catalog::default(), question(QuestionKind::Date, None));
        let said = |answer, language| catalog.answer_in_words(&day, answer, language);

        assert_eq!(said("2026-11-05", "ko"), "2026년 11월 5일");
        assert_eq!(said("2026-11-05", "en"), "November 5, 2026");
        // What an agent sees while the citizen is still typing.
        assert_eq!(said("2026-1", "ko"), "2026-1");
        assert_eq!(said("2026-00-05", "en"), "2026-00-05");
    }
}
