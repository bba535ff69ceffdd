//! Whether a paper is genuine: held to the scanner, asked about by its number, and told.

use kiosk::visit::view::{
    Keyboard, KeyboardLayout, PaperField, PaperHolding, PaperNumber, PaperTold, PaperVerdict,
    Screen,
};
use request::NotANumber;

use super::Words;

const NUMBER: &str = "2611-7KQM-X4TD-09RW";

pub(crate) fn papers(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let holding = |may_scan, may_type, unreadable| {
        Screen::HoldPaper(PaperHolding {
            may_scan,
            may_type,
            unreadable,
        })
    };
    hang("", holding(true, true, false));
    hang("-unreadable", holding(true, true, true));
    hang("-without-line", holding(true, false, false));
    hang("-without-reader", holding(false, true, false));
    hang("-nothing", holding(false, false, false));
    for (state, text, refusal) in [
        ("", "2611-7KQ", None),
        ("-short", "26117KQM", Some(NotANumber::Length(8))),
        (
            "-letter",
            "2611-7UQM-X4TD-09RW",
            Some(NotANumber::Letter('U')),
        ),
        ("-month", "2613-7KQM-X4TD-09RW", Some(NotANumber::Month)),
        ("-empty", "", Some(NotANumber::Empty)),
    ] {
        hang(
            state,
            Screen::PaperNumber(PaperNumber {
                text: text.to_owned(),
                keyboard: Keyboard {
                    layout: KeyboardLayout::Capitals,
                    shifted: false,
                    row_of_digits: true,
                },
                refusal,
            }),
        );
    }
    verdicts(words, hang);
}

fn verdicts(words: Words, hang: &mut impl FnMut(&str, Screen)) {
    let field = |name: &str, value: &str| PaperField {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let sealed = |verdict| PaperTold {
        verdict,
        number: NUMBER.to_owned(),
        kind: words.say("주민등록표 등본", "Resident register, household"),
        issuer: words.say("한빛시 가온구청장", "Mayor of Gaon-gu, Hanbit-si"),
        issued_on: words.say("2026년 11월 24일", "November 24, 2026"),
        until: words.say("2027년 2월 22일", "February 22, 2027"),
        over: false,
        fields: vec![
            field("세대주", "한*나"),
            field("주민등록번호", "9****1-2*****4"),
            field("주소", "한*시 가*구 별*로 *, 1**동 3*호"),
            field("비고", ""),
        ],
    };
    let bare = |verdict| PaperTold {
        verdict,
        number: String::new(),
        kind: String::new(),
        issuer: String::new(),
        issued_on: String::new(),
        until: String::new(),
        over: false,
        fields: Vec::new(),
    };
    let by_number = |verdict| PaperTold {
        fields: Vec::new(),
        ..sealed(verdict)
    };
    let of_number = |verdict| PaperTold {
        number: NUMBER.to_owned(),
        ..bare(verdict)
    };
    for (state, told) in [
        ("", sealed(PaperVerdict::Genuine)),
        ("-unasked", sealed(PaperVerdict::GenuineUnasked)),
        ("-untold", sealed(PaperVerdict::GenuineUntold)),
        (
            "-over",
            PaperTold {
                over: true,
                ..sealed(PaperVerdict::Genuine)
            },
        ),
        ("-not-on-record", sealed(PaperVerdict::NotOnRecord)),
        ("-void", sealed(PaperVerdict::Void)),
        ("-replaced", sealed(PaperVerdict::Replaced)),
        ("-altered", bare(PaperVerdict::Altered)),
        ("-stranger", bare(PaperVerdict::Stranger)),
        ("-damaged", bare(PaperVerdict::Damaged)),
        ("-no-seal", bare(PaperVerdict::NoSeal)),
        ("-number-valid", by_number(PaperVerdict::NumberValid)),
        ("-number-leased", of_number(PaperVerdict::NumberLeased)),
        ("-number-unknown", of_number(PaperVerdict::NumberUnknown)),
        ("-not-answered", of_number(PaperVerdict::NotAnswered)),
        ("-too-many", of_number(PaperVerdict::TooManyTries)),
    ] {
        hang(state, Screen::PaperTold(told));
    }
}
