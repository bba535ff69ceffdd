//! Moments of a two-person check.

use kiosk::visit::view::{
    CardRefusal, Check, CheckEnd, Consent, Failed, FailureReason, InsertCard, MoneyOutcome,
    NumberEntry, NumberProof, NumberRefusal, Screen, View,
};

use super::{Words, view};

pub(crate) fn moments(words: Words) -> Vec<(String, View)> {
    let check =
        |state: &str, check: Check| (format!("check-{state}"), view(words, Screen::Check(check)));
    let mut moments = vec![
        check("agreeing", Check::Agreeing(consent(words))),
        check("opening", Check::Opening),
        check("next", Check::Waiting { ahead: 0 }),
        check("waiting", Check::Waiting { ahead: 3 }),
        check("said", Check::Said),
        check("considered", Check::Considered),
        check("second", Check::WaitingForSecond),
        check("supervised", Check::Supervised),
    ];
    for (state, end, may_retry) in [
        ("not-believed", CheckEnd::NotBelieved, false),
        ("tries", CheckEnd::TooManyTries, false),
        ("nobody", CheckEnd::NoSuchPerson, true),
        ("too-few", CheckEnd::TooFewQuestions, false),
        ("away", CheckEnd::RegisterAway, true),
        ("nobody-came", CheckEnd::NobodyCame, true),
        ("line", CheckEnd::LineLost, true),
        ("unavailable", CheckEnd::Unavailable, false),
    ] {
        moments.push(check(state, Check::Ended { end, may_retry }));
    }
    for (state, refusal) in [
        ("", CardRefusal::Unreadable),
        ("-unknown", CardRefusal::Unknown),
    ] {
        let refused = Screen::InsertCard(InsertCard::Refused(refusal));
        moments.push((
            format!("check-offered{state}"),
            View {
                check_offered: true,
                ..view(words, refused)
            },
        ));
    }
    for (state, refusal) in [("", None), ("-no-date", Some(NumberRefusal::NotANumber))] {
        let entry = NumberEntry {
            proof: NumberProof::TwoPersons,
            ..number("900101-1●●", 9, refusal)
        };
        let name = format!("check-number{state}");
        moments.push((name, view(words, Screen::ResidentNumber(entry))));
    }
    let failed = Failed {
        reason: FailureReason::NotVouched,
        money: MoneyOutcome::NotAsked,
        code: "NET-02".to_owned(),
        request: None,
        accepted_at: None,
        may_retry: false,
    };
    moments.push((
        "check-run-out".to_owned(),
        view(words, Screen::Failed(failed)),
    ));
    moments
}

/// The number of the card's holder, as far as it is typed.
pub(crate) fn number(shown: &str, digits: u32, refusal: Option<NumberRefusal>) -> NumberEntry {
    NumberEntry {
        shown: shown.to_owned(),
        digits,
        refusal,
        proof: NumberProof::Card { tries_left: 2 },
    }
}

fn consent(words: Words) -> Consent {
    Consent {
        agency: words.say(
            "행정안전부 주민등록과",
            "Ministry of the Interior and Safety, resident registration",
        ),
        purpose: words.say(
            "카드 없이 본인 확인",
            "To confirm who you are without a card",
        ),
        fields: vec![
            words.say("주소와 전입일", "Address and date of moving in"),
            words.say("함께 사는 사람의 이름", "Names of those who live with you"),
            words.say("전에 살던 주소", "Earlier addresses"),
        ],
        retention: words.say(
            "누가 무엇을 물었고 맞았는지를 5년 동안 보관해요",
            "Who asked what, and whether it was right, is kept for 5 years",
        ),
    }
}
