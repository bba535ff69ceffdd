//! The form's questions, with each of the keyboards.

use kiosk::visit::view::{AnswerRefusal, Keyboard, KeyboardLayout, Question, QuestionKind, Screen};

use super::{Words, groups};

pub(crate) fn questions(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let keyboard = |layout, shifted| Keyboard {
        layout,
        shifted,
        row_of_digits: false,
    };
    let district = Question {
        label: words.say(
            "땅이 어느 동에 있나요?",
            "In which neighborhood is the land?",
        ),
        hint: words.say(
            "동 이름을 입력하세요. 첫소리만 써도 찾아요 (예: ㅅㄴ)",
            "Type the name of the neighborhood",
        ),
        kind: QuestionKind::Text,
        text: String::new(),
        composing: String::new(),
        limit: 30,
        many_lines: false,
        suggestions: Vec::new(),
        choices: Vec::new(),
        refusal: None,
        keyboard: keyboard(KeyboardLayout::Hangul, false),
    };
    hang("", Screen::Question(district.clone()));
    hang(
        "-suggestions",
        Screen::Question(Question {
            text: "가".to_owned(),
            composing: "온".to_owned(),
            suggestions: [
                "한빛시 가온구 새나래동",
                "한빛시 가온구 솔내동",
                "한빛시 가온구 시내동",
                "한빛시 다온구 서늘동",
            ]
            .map(str::to_owned)
            .to_vec(),
            ..district.clone()
        }),
    );
    hang(
        "-refused",
        Screen::Question(Question {
            text: "없는동".to_owned(),
            refusal: Some(AnswerRefusal::NotInList),
            keyboard: keyboard(KeyboardLayout::Hangul, true),
            ..district.clone()
        }),
    );
    hang(
        "-latin",
        Screen::Question(Question {
            text: "Sae".to_owned(),
            refusal: Some(AnswerRefusal::TooLong),
            keyboard: keyboard(KeyboardLayout::Latin, true),
            ..district.clone()
        }),
    );
    hang(
        "-digits",
        Screen::Question(Question {
            label: words.say("지번이 무엇인가요?", "What is the parcel number?"),
            hint: words.say("예: 12 또는 12-3", "For example 12 or 12-3"),
            text: "12-".to_owned(),
            refusal: Some(AnswerRefusal::NotAllowed),
            keyboard: keyboard(KeyboardLayout::Digits, false),
            ..district.clone()
        }),
    );
    hang(
        "-choice",
        Screen::Question(Question {
            label: words.say("어디에 내실 건가요?", "Whom is it for?"),
            hint: String::new(),
            kind: QuestionKind::Choice,
            choices: groups(words)[0].choices.clone(),
            refusal: Some(AnswerRefusal::Missing),
            keyboard: keyboard(KeyboardLayout::None, false),
            ..district.clone()
        }),
    );
    written(words, &district, hang);
    petition(words, &district, hang);
}

/// A whole text, of which the end is seen while it is typed.
fn petition(words: Words, asked: &Question, hang: &mut impl FnMut(&str, Screen)) {
    let sentence = words.say(
        "별내동 12번지 앞 가로등이 사흘째 꺼져 있어요. ",
        "The street light at 12 Byeollae-dong has been dark for three days. ",
    );
    let text = |times| Question {
        label: words.say("내용", "What happened"),
        hint: words.say(
            "언제, 어디서, 무엇이, 어떻게 되면 좋을지 써 주세요",
            "When, where, what, and how it should be put right",
        ),
        text: sentence.repeat(times),
        composing: words.say("밤", ""),
        limit: 1000,
        many_lines: true,
        ..asked.clone()
    };
    hang("-text", Screen::Question(text(2)));
    hang("-long-text", Screen::Question(text(12)));
}

/// Days, codes and words with digits among them.
fn written(words: Words, asked: &Question, hang: &mut impl FnMut(&str, Screen)) {
    let keyboard = |layout, row_of_digits| Keyboard {
        layout,
        shifted: false,
        row_of_digits,
    };
    let day = Question {
        label: words.say("어느 날의 날씨인가요?", "Which day's weather?"),
        hint: words.say("예: 2026-11-30", "For example 2026-11-30"),
        text: "2026-02-3".to_owned(),
        limit: 10,
        keyboard: keyboard(KeyboardLayout::Number, false),
        ..asked.clone()
    };
    hang("-day", Screen::Question(day.clone()));
    hang(
        "-no-such-day",
        Screen::Question(Question {
            text: "2026-02-30".to_owned(),
            refusal: Some(AnswerRefusal::NoSuchDay),
            ..day
        }),
    );
    hang(
        "-code",
        Screen::Question(Question {
            label: words.say("신고번호가 무엇인가요?", "What is the declaration number?"),
            hint: words.say("예: 41000-26-100001", "For example 41000-26-100001"),
            text: "41000-26".to_owned(),
            refusal: Some(AnswerRefusal::Unlike),
            keyboard: keyboard(KeyboardLayout::Capitals, true),
            ..asked.clone()
        }),
    );
    hang(
        "-plate",
        Screen::Question(Question {
            label: words.say("자동차등록번호가 무엇인가요?", "What is the number plate?"),
            hint: words.say("예: 12가3456", "For example 12가3456"),
            text: "12".to_owned(),
            composing: "가".to_owned(),
            keyboard: keyboard(KeyboardLayout::Hangul, true),
            ..asked.clone()
        }),
    );
}
