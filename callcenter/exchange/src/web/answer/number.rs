//! What is said of a number.

use ledger::{Paper, Particulars};
use request::NotANumber;

use super::{Said, Tone};
use crate::web::language::Language;

pub(super) fn said(particulars: &Particulars, language: Language) -> Said {
    let say = |korean, english| language.say(korean, english);
    match particulars.paper {
        Paper::Valid => Said::new(
            Tone::Good,
            say("유효한 번호예요", "This number is valid"),
            &[say(
                "종이의 내용이 바뀌지 않았는지는 번호만으로 알 수 없어요. 종이를 찍은 사진을 올리면 봉인까지 확인해 드려요.",
                "A number cannot tell whether the paper was altered. Upload a picture of it to have its seal checked, too.",
            )],
        ),
        Paper::Void => Said::new(
            Tone::Bad,
            say("무효인 번호예요", "This number is void"),
            &[of_void(particulars.replaced, language)],
        ),
        Paper::Leased => Said::new(
            Tone::Caution,
            say(
                "아직 확인되지 않은 번호예요",
                "This number is not confirmed yet",
            ),
            &[say(
                "통신이 끊긴 동안 무인발급기가 발급했을 수 있어요. 종이를 찍은 사진을 올리면 봉인으로 바로 확인할 수 있어요.",
                "A kiosk may have issued it while it was cut off. Upload a picture of the paper: its seal can be checked at once.",
            )],
        ),
        Paper::Unknown => Said::new(
            Tone::Caution,
            say(
                "이 번호로 발급된 문서가 없어요",
                "No paper was issued under this number",
            ),
            &[say(
                "번호를 종이와 한 글자씩 견주어 보세요. 번호가 맞다면 위조된 종이일 수 있으니 발급 기관에 물어보세요.",
                "Compare the number with the paper letter by letter. If it is right, the paper may be forged: ask the office that is named on it.",
            )],
        ),
    }
}

/// Of a paper that was taken back.
pub(super) fn of_void(replaced: bool, language: Language) -> &'static str {
    if replaced {
        language.say(
            "종이가 제대로 나오지 않아 다른 번호로 다시 발급됐어요. 이 번호의 종이는 쓸 수 없어요.",
            "It did not come out as it should and was made anew under another number. A paper with this one must not be relied upon.",
        )
    } else {
        language.say(
            "발급이 끝나지 않았거나 취소됐어요. 이 번호의 종이는 쓸 수 없어요.",
            "It was never handed out, or was taken back. A paper with this number must not be relied upon.",
        )
    }
}

pub(super) fn not_a_number(reason: NotANumber, language: Language) -> Said {
    let headline = language.say("번호를 다시 확인해 주세요", "Please check the number");
    let line = match reason {
        NotANumber::Empty => language
            .say("문서확인번호를 입력해 주세요.", "Type the document number.")
            .to_owned(),
        NotANumber::Length(typed) => language.say(
            format!("번호는 글자와 숫자 16개인데 {typed}개를 입력했어요."),
            format!("A number has 16 letters and digits; you typed {typed}."),
        ),
        NotANumber::Letter('U' | 'u') => language
            .say(
                "번호에는 U가 없어요. V가 아닌지 보세요.",
                "No number has the letter U. Perhaps it is a V.",
            )
            .to_owned(),
        NotANumber::Letter(letter) => language.say(
            format!("번호에는 ‘{letter}’ 글자가 없어요. 알파벳과 숫자만 있어요."),
            format!("No number has the character ‘{letter}’: only Latin letters and digits."),
        ),
        NotANumber::Month => language
            .say(
                "첫 네 자리는 2611처럼 해와 달이에요.",
                "The first four digits are the year and the month, such as 2611.",
            )
            .to_owned(),
        NotANumber::NotYet => language
            .say(
                "첫 네 자리가 아직 오지 않은 달이에요.",
                "The first four digits are a month that has not come yet.",
            )
            .to_owned(),
    };
    Said {
        tone: Tone::Neutral,
        headline: headline.to_owned(),
        lines: vec![line],
    }
}
