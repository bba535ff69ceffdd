//! The written forms: what an older or newer program on the other end reads, and what
//! the exchange's ledger keeps.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use privacy::Personal;
use request::{
    AgentId, CheckId, Consent, RequestId, ResidentNumber, ServiceId, StationId, Vouching,
};
use serde::{Serialize, de::DeserializeOwned};
use vouching::{
    AskedQuestion, CheckEnding, CheckFact, CheckNotice, CheckOpening, CheckOutcome, CheckRefusal,
    DeskDeed, DeskSaying, DeskSheet, Doubt, FirstWord, Ground, KioskDeed, KioskState, KioskView,
    LogLine, NoticeStage, Part, Role, Seat, Speaker, WaitingChecks, Wording,
};

fn is_written<T>(value: &T, text: &str)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    assert_eq!(serde_json::to_string(value).unwrap(), text);
    assert_eq!(serde_json::from_str::<T>(text).unwrap(), *value);
}

fn seat() -> Seat {
    Seat {
        desk: StationId::new("desk-1"),
        agent: AgentId::new("kim.2"),
    }
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn wording() -> Wording {
    Wording {
        ko: "어느 길에 사세요?".to_owned(),
        en: "Which street?".to_owned(),
    }
}

fn consent() -> Consent {
    Consent {
        agency: "행정안전부".to_owned(),
        purpose: "본인 확인".to_owned(),
        fields: vec!["주소".to_owned()],
        language: "ko".to_owned(),
    }
}

#[test]
fn an_opening_is_written_like_this() {
    is_written(
        &CheckOpening {
            request: RequestId::new("gaon-1-7"),
            service: ServiceId::new("job-seeking"),
            language: "ko".to_owned(),
            name: personal("한빛나"),
            resident_number: ResidentNumber::parse("9001012990014").unwrap(),
            consent: consent(),
        },
        r#"{"request":"gaon-1-7","service":"job-seeking","language":"ko","name":"한빛나","resident_number":"9001012990014","consent":{"agency":"행정안전부","purpose":"본인 확인","fields":["주소"],"language":"ko"}}"#,
    );
}

#[test]
fn what_a_kiosk_does_is_written_like_this() {
    is_written(&KioskDeed::Watch, r#"{"type":"watch"}"#);
    is_written(&KioskDeed::Leave, r#"{"type":"leave"}"#);
    is_written(
        &KioskDeed::Say {
            question: 2,
            text: personal("다온로"),
        },
        r#"{"type":"say","question":2,"text":"다온로"}"#,
    );
}

#[test]
fn what_a_desk_does_is_written_like_this() {
    let deeds = [
        (DeskDeed::Watch, r#"{"type":"watch"}"#),
        (DeskDeed::Take, r#"{"type":"take"}"#),
        (
            DeskDeed::Answer {
                question: 1,
                text: personal("다온로"),
            },
            r#"{"type":"answer","question":1,"text":"다온로"}"#,
        ),
        (
            DeskDeed::Believe {
                ground: Ground::SpokenWith,
            },
            r#"{"type":"believe","ground":"spoken_with"}"#,
        ),
        (
            DeskDeed::Refuse {
                doubt: Doubt::Prompted,
            },
            r#"{"type":"refuse","doubt":"prompted"}"#,
        ),
        (DeskDeed::AskMore, r#"{"type":"ask_more"}"#),
        (DeskDeed::Leave, r#"{"type":"leave"}"#),
    ];
    for (deed, text) in deeds {
        is_written(&deed, text);
    }
    is_written(
        &DeskSaying {
            speaker: Speaker {
                agent: AgentId::new("park.1"),
                role: Role::Supervisor,
            },
            deed: DeskDeed::Take,
        },
        r#"{"speaker":{"agent":"park.1","role":"supervisor"},"deed":{"type":"take"}}"#,
    );
    is_written(&Role::Agent, r#""agent""#);
}

#[test]
fn grounds_and_doubts_are_written_like_this() {
    for (ground, text) in [
        (Ground::AnsweredReadily, r#""answered_readily""#),
        (Ground::SpokenWith, r#""spoken_with""#),
        (Ground::Seen, r#""seen""#),
        (Ground::DocumentShown, r#""document_shown""#),
        (Ground::LogRead, r#""log_read""#),
    ] {
        is_written(&ground, text);
    }
    for (doubt, text) in [
        (Doubt::Prompted, r#""prompted""#),
        (Doubt::Hesitated, r#""hesitated""#),
        (Doubt::NotThePerson, r#""not_the_person""#),
        (Doubt::NotOfFreeWill, r#""not_of_free_will""#),
        (Doubt::Other, r#""other""#),
    ] {
        is_written(&doubt, text);
    }
}

#[test]
fn what_waits_is_written_like_this() {
    let notice = |stage| CheckNotice {
        check: CheckId::new("1795476600000-3"),
        kiosk: StationId::new("gaon-1"),
        service: ServiceId::new("job-seeking"),
        language: "ko".to_owned(),
        stage,
        waited_seconds: 12,
    };
    is_written(
        &WaitingChecks {
            edition: 4,
            checks: vec![
                notice(NoticeStage::Agent),
                notice(NoticeStage::Supervisor {
                    believed_by: seat(),
                }),
            ],
        },
        r#"{"edition":4,"checks":[{"check":"1795476600000-3","kiosk":"gaon-1","service":"job-seeking","language":"ko","stage":{"waits_for":"agent"},"waited_seconds":12},{"check":"1795476600000-3","kiosk":"gaon-1","service":"job-seeking","language":"ko","stage":{"waits_for":"supervisor","believed_by":{"desk":"desk-1","agent":"kim.2"}},"waited_seconds":12}]}"#,
    );
}

#[test]
fn what_a_kiosk_sees_is_written_like_this() {
    let vouching = Vouching {
        check: CheckId::new("c-1"),
        agent: AgentId::new("kim.2"),
        desk: StationId::new("desk-1"),
        supervisor: AgentId::new("park.1"),
        supervising_desk: StationId::new("desk-2"),
        asked: 4,
        right: 3,
    };
    let asked = AskedQuestion {
        number: 2,
        wording: wording(),
    };
    for (state, text) in [
        (
            KioskState::Waiting { ahead: 2 },
            r#"{"waiting":{"ahead":2}}"#,
        ),
        (
            KioskState::Asked(asked),
            r#"{"asked":{"number":2,"wording":{"ko":"어느 길에 사세요?","en":"Which street?"}}}"#,
        ),
        (KioskState::Considered, r#""considered""#),
        (KioskState::WaitingForSecond, r#""waiting_for_second""#),
        (KioskState::Supervised, r#""supervised""#),
        (
            KioskState::Passed(vouching),
            r#"{"passed":{"check":"c-1","agent":"kim.2","desk":"desk-1","supervisor":"park.1","supervising_desk":"desk-2","asked":4,"right":3}}"#,
        ),
        (
            KioskState::Ended(CheckEnding::WrongAnswers),
            r#"{"ended":"wrong_answers"}"#,
        ),
    ] {
        let written = format!(r#"{{"edition":7,"state":{text}}}"#);
        is_written(&KioskView { edition: 7, state }, &written);
    }
}

#[test]
fn what_a_desk_sees_is_written_like_this() {
    let sheet = DeskSheet {
        edition: 9,
        check: CheckId::new("c-1"),
        kiosk: StationId::new("gaon-1"),
        service: ServiceId::new("job-seeking"),
        language: "ko".to_owned(),
        part: Part::Second,
        question: Some(AskedQuestion {
            number: 4,
            wording: wording(),
        }),
        said: Some(personal("다온로")),
        log: vec![LogLine {
            wording: wording(),
            right: true,
            asked_by: seat(),
        }],
        right_needed: 3,
        wrong_left: 1,
        first: Some(FirstWord {
            seat: seat(),
            ground: Ground::Seen,
        }),
        may_believe: false,
        may_ask_more: true,
        over: None,
        seconds_left: None,
    };
    is_written(
        &sheet,
        r#"{"edition":9,"check":"c-1","kiosk":"gaon-1","service":"job-seeking","language":"ko","part":"second","question":{"number":4,"wording":{"ko":"어느 길에 사세요?","en":"Which street?"}},"said":"다온로","log":[{"wording":{"ko":"어느 길에 사세요?","en":"Which street?"},"right":true,"asked_by":{"desk":"desk-1","agent":"kim.2"}}],"right_needed":3,"wrong_left":1,"first":{"seat":{"desk":"desk-1","agent":"kim.2"},"ground":"seen"},"may_believe":false,"may_ask_more":true,"over":null}"#,
    );
    let timed = DeskSheet {
        question: None,
        said: None,
        log: Vec::new(),
        first: None,
        seconds_left: Some(870),
        ..sheet
    };
    is_written(
        &timed,
        r#"{"edition":9,"check":"c-1","kiosk":"gaon-1","service":"job-seeking","language":"ko","part":"second","question":null,"said":null,"log":[],"right_needed":3,"wrong_left":1,"first":null,"may_believe":false,"may_ask_more":true,"over":null,"seconds_left":870}"#,
    );
    is_written(&Part::First, r#""first""#);
    is_written(&CheckOutcome::Passed, r#""passed""#);
    let ended = CheckOutcome::Ended(CheckEnding::Left);
    is_written(&ended, r#"{"ended":"left"}"#);
}

#[test]
fn the_ledger_is_written_like_this() {
    let opened = CheckFact::Opened {
        kiosk: StationId::new("gaon-1"),
        request: RequestId::new("gaon-1-7"),
        service: ServiceId::new("job-seeking"),
        consent: consent(),
    };
    let answered = CheckFact::Answered {
        seat: seat(),
        question: "street".to_owned(),
        right: false,
    };
    let believed = CheckFact::Believed {
        seat: seat(),
        ground: Ground::SpokenWith,
    };
    let agreed = CheckFact::Agreed {
        seat: seat(),
        ground: Ground::LogRead,
    };
    let s = r#""seat":{"desk":"desk-1","agent":"kim.2"}"#;
    let facts = [
        (
            opened,
            r#"{"type":"opened","kiosk":"gaon-1","request":"gaon-1-7","service":"job-seeking","consent":{"agency":"행정안전부","purpose":"본인 확인","fields":["주소"],"language":"ko"}}"#.to_owned(),
        ),
        (CheckFact::Taken { seat: seat() }, format!(r#"{{"type":"taken",{s}}}"#)),
        (CheckFact::LetGo { seat: seat() }, format!(r#"{{"type":"let_go",{s}}}"#)),
        (
            answered,
            format!(r#"{{"type":"answered",{s},"question":"street","right":false}}"#),
        ),
        (believed, format!(r#"{{"type":"believed",{s},"ground":"spoken_with"}}"#)),
        (CheckFact::Joined { seat: seat() }, format!(r#"{{"type":"joined",{s}}}"#)),
        (CheckFact::AskedMore { seat: seat() }, format!(r#"{{"type":"asked_more",{s}}}"#)),
        (agreed, format!(r#"{{"type":"agreed",{s},"ground":"log_read"}}"#)),
    ];
    for (fact, text) in facts {
        is_written(&fact, &text);
    }
    for (by, text) in [
        (CheckEnding::WrongAnswers, r#""wrong_answers""#),
        (
            CheckEnding::Refused(Doubt::Hesitated),
            r#"{"refused":"hesitated"}"#,
        ),
        (
            CheckEnding::Overruled(Doubt::Other),
            r#"{"overruled":"other"}"#,
        ),
        (CheckEnding::Left, r#""left""#),
        (CheckEnding::KioskSilent, r#""kiosk_silent""#),
        (CheckEnding::TimeUp, r#""time_up""#),
        (CheckEnding::Interrupted, r#""interrupted""#),
        (CheckEnding::NoSuchPerson, r#""no_such_person""#),
        (CheckEnding::TooFewQuestions, r#""too_few_questions""#),
        (CheckEnding::NetworkAway, r#""network_away""#),
    ] {
        is_written(
            &CheckFact::Ended { by },
            &format!(r#"{{"type":"ended","by":{text}}}"#),
        );
    }
}

#[test]
fn why_not_is_written_like_this() {
    let written = [
        "gone",
        "taken",
        "not-for-you",
        "not-yours",
        "same-desk",
        "same-agent",
        "not-a-supervisor",
        "unproven",
        "not-now",
        "no-such-question",
        "empty",
        "too-long",
        "not-offered",
        "no-such-person",
        "too-few-questions",
        "network-away",
        "too-many-tries",
        "kiosk-tries",
        "full",
    ];
    for (refusal, written) in CheckRefusal::ALL.into_iter().zip(written) {
        assert_eq!(refusal.urn(), format!("urn:minwon:check-{written}"));
        assert_eq!(CheckRefusal::from_urn(refusal.urn()), Some(refusal));
    }
    assert_eq!(CheckRefusal::from_urn("about:blank"), None);
}
