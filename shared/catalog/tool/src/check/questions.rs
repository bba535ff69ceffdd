//! A question can be asked and answered.

use catalog::QuestionKind;

use crate::{folder::Folder, report::Report, words::Words};

/// A day is written with so many characters.
const DAY: u32 = 10;
/// `9999-9999`.
const PARCEL_NUMBER: u32 = 9;

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for (part, service) in folder.services() {
        let mut say = |place: &str, rule, words| report.at(&part.source, place, rule, words);
        for (number, question) in service.questions.iter().enumerate() {
            let place = format!("/question/{number}");
            match (&question.codes, question.kind) {
                (Some(name), QuestionKind::List) => {
                    if !folder.codes.iter().any(|it| it.name == *name) {
                        say(&format!("{place}/codes"), "unknown-codes", unknown(name));
                    }
                }
                (None, QuestionKind::List) => say(&place, "no-codes", without_codes()),
                (Some(_), _) => say(&format!("{place}/codes"), "idle-codes", idle_codes()),
                (None, _) => {}
            }
            let least = match question.kind {
                QuestionKind::Date => DAY,
                QuestionKind::ParcelNumber => PARCEL_NUMBER,
                QuestionKind::List
                | QuestionKind::Digits
                | QuestionKind::Code
                | QuestionKind::Text => 1,
            };
            if question.limit < least {
                let words = Words::new(
                    format!("limit: 이 질문의 답에는 적어도 {least}자가 필요해요"),
                    format!("limit: an answer to this question needs {least} characters"),
                );
                say(&format!("{place}/limit"), "limit", words);
            }
        }
        if service.copies_max == 0 {
            let words = Words::new(
                "copies_max: 적어도 1부는 나올 수 있어야 해요",
                "copies_max must be at least 1",
            );
            say("/copies_max", "copies", words);
        }
    }
    for part in &folder.accepted {
        let Some(service) = &part.value else { continue };
        let mut say = |place: &str, rule, words| report.at(&part.source, place, rule, words);
        if service.answer_within_days == 0 {
            let words = Words::new(
                "answer_within_days: 적어도 1일이어야 해요",
                "answer_within_days must be at least 1",
            );
            say("/answer_within_days", "term", words);
        }
        if service.questions.is_empty() {
            let words = Words::new("question: 묻는 것이 없어요", "question: nothing is asked");
            say("/question", "nothing-asked", words);
        }
        for (number, question) in service.questions.iter().enumerate() {
            if question.limit == 0 {
                let words = Words::new(
                    "limit: 답을 한 자도 쓸 수 없어요",
                    "limit: no answer can be written",
                );
                say(&format!("/question/{number}/limit"), "limit", words);
            }
        }
    }
}

fn unknown(name: &str) -> Words {
    Words::new(
        format!("`{name}`: codes에 없는 코드 목록이에요"),
        format!("`{name}` is no code list of the folder codes"),
    )
}

fn without_codes() -> Words {
    Words::new(
        "목록에서 고르는 질문(kind = \"list\")에는 codes가 있어야 해요",
        "A question answered from a list (kind = \"list\") needs `codes`",
    )
}

fn idle_codes() -> Words {
    Words::new(
        "codes는 목록에서 고르는 질문(kind = \"list\")에만 쓸 수 있어요",
        "Only a question answered from a list (kind = \"list\") has `codes`",
    )
}
