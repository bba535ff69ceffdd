//! One question of a service's form, and what can be an answer to it.

use serde::Deserialize;

use crate::{Bilingual, Pattern};

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: String,
    pub label: Bilingual,
    pub hint: Bilingual,
    pub kind: QuestionKind,
    /// Characters at the most.
    pub limit: u32,
    /// The closed list a `list` question is answered from.
    pub codes: Option<String>,
    /// What the whole answer must look like beside its kind, such as a number plate.
    pub pattern: Option<Pattern>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// A code of a closed list, found by typing part of its name.
    List,
    /// A parcel number such as `12` or `12-3`.
    ParcelNumber,
    /// A day of the calendar, `YYYY-MM-DD` (ISO 8601-1, 5.2.2.1, extended).
    Date,
    /// Digits alone, such as a registration number.
    Digits,
    /// Latin capitals, digits and hyphens, such as a declaration number.
    Code,
    /// A name or a few words.
    Text,
}

impl Question {
    /// Whether a text can be an answer, apart from closed lists.
    pub fn accepts(&self, text: &str) -> bool {
        let fits = match self.kind {
            QuestionKind::List => !text.is_empty(),
            QuestionKind::ParcelNumber => is_parcel_number(text),
            QuestionKind::Date => is_day(text),
            QuestionKind::Digits => !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()),
            QuestionKind::Code => is_code(text),
            QuestionKind::Text => !text.trim().is_empty() && !text.chars().any(char::is_control),
        };
        fits && text.chars().count() <= self.limit as usize
            && self.pattern.as_ref().is_none_or(|it| it.fits(text))
    }
}

fn is_parcel_number(text: &str) -> bool {
    let number = |part: &str| {
        (1..=4).contains(&part.len())
            && part.bytes().all(|it| it.is_ascii_digit())
            && !part.starts_with('0')
    };
    match text.split_once('-') {
        Some((main, sub)) => number(main) && number(sub),
        None => number(text),
    }
}

fn is_code(text: &str) -> bool {
    let letter = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit();
    text.bytes().any(letter) && text.bytes().all(|it| letter(it) || it == b'-')
}

/// A day that exists, of the years people and things of today may have seen.
fn is_day(text: &str) -> bool {
    calendar::parse_day(text).is_some_and(|it| it.year() >= 1800)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn question(kind: QuestionKind, pattern: Option<&str>) -> Question {
        let words = Bilingual {
            ko: "질문".to_owned(),
            en: "Question".to_owned(),
        };
        Question {
            id: "it".to_owned(),
            label: words.clone(),
            hint: words,
            kind,
            limit: 12,
            codes: None,
            pattern: pattern.map(|it| it.to_owned().try_into().unwrap()),
        }
    }

    #[test]
    fn each_kind_of_question_takes_its_own_answers_alone() {
        let table = [
            (QuestionKind::ParcelNumber, "12-3", true),
            (QuestionKind::ParcelNumber, "012", false),
            (QuestionKind::ParcelNumber, "12-", false),
            (QuestionKind::Date, "2024-02-29", true),
            (QuestionKind::Date, "2023-02-29", false),
            (QuestionKind::Date, "1900-02-29", false),
            (QuestionKind::Date, "2024-13-01", false),
            (QuestionKind::Date, "2024-4-01", false),
            (QuestionKind::Date, "2024-04-01-", false),
            (QuestionKind::Date, "1024-04-01", false),
            (QuestionKind::Digits, "1234567890", true),
            (QuestionKind::Digits, "１２", false),
            (QuestionKind::Digits, "", false),
            (QuestionKind::Digits, "1234567890123", false),
            (QuestionKind::Code, "41000-26-X", true),
            (QuestionKind::Code, "--", false),
            (QuestionKind::Code, "a1", false),
            (QuestionKind::Text, "한빛상사", true),
            (QuestionKind::Text, "  ", false),
            (QuestionKind::Text, "한\u{7}빛", false),
            (QuestionKind::Text, "가나다라마바사아자차카타파", false),
        ];

        for (kind, text, expected) in table {
            assert_eq!(
                question(kind, None).accepts(text),
                expected,
                "{kind:?} {text:?}"
            );
        }
    }

    #[test]
    fn a_number_plate_fits_its_pattern_as_a_whole() {
        let plate = question(QuestionKind::Text, Some("[0-9]{2,3}[가-힣][0-9]{4}"));

        assert!(plate.accepts("12가3456"));
        assert!(!plate.accepts("12가34567"));
        assert!(!plate.accepts("x12가3456"));
    }
}
