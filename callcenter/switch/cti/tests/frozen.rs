//! The written forms: what an older or newer program on the other end reads.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "frozen/quality.rs"]
mod quality;

use badge::SignedBadge;
use cti::{
    AgentState, CallInfo, Closing, Colleague, Destination, Directory, Disposition,
    DispositionRefusal, Dispositions, Event, FRAME_MAX, FrameFault, Frames, FromDesk, FromSwitch,
    LoanRefusal, MonitorMode, Monitoring, Office, RecordingState, Request, RequestRefusal,
    RequestedState, SignInRefusal, SignedIn, Talk, TalkState, TelephoneAccount, Visit, WrapUp,
    frame,
};
use figures::Wording;
use privacy::Personal;
use proptest::prelude::*;

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn call() -> CallInfo {
    CallInfo {
        call: 7,
        queue: "general".to_owned(),
        language: "ko".to_owned(),
        waited_seconds: 75,
        caller: Some(personal("02-0000-0000")),
        requests: vec!["kiosk-1-261124-a1b2c3-000001".to_owned()],
        callback: false,
        cut_off: true,
        visit: None,
    }
}

fn visit() -> Visit {
    Visit {
        kiosk: "kiosk-1".to_owned(),
        room: "1795480200000-3".to_owned(),
    }
}

/// What is written of each, and that it is read as it was.
fn is_written<T>(value: &T, text: &str)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let written = frame::write(value).unwrap();
    assert_eq!(String::from_utf8(written.clone()).unwrap().trim_end(), text);
    let mut frames = Frames::default();
    frames.push(&written);
    assert_eq!(frames.take::<T>().unwrap().as_ref(), Some(value));
}

#[test]
fn what_a_desk_says_is_written_like_this() {
    let ask = |request| FromDesk::Request(request);
    let cases = [
        (
            FromDesk::Hello { version: 1 },
            r#"{"type":"hello","version":1}"#,
        ),
        (
            FromDesk::Heartbeat { number: 3 },
            r#"{"type":"heartbeat","number":3}"#,
        ),
        (
            FromDesk::HeartbeatHeard { number: 3 },
            r#"{"type":"heartbeat-heard","number":3}"#,
        ),
        (
            FromDesk::SignIn {
                account: "agent-1".to_owned(),
                passphrase: personal("open"),
            },
            r#"{"type":"sign-in","account":"agent-1","passphrase":"open"}"#,
        ),
        (
            FromDesk::Resume {
                account: "agent-1".to_owned(),
                resumption: personal("ab"),
            },
            r#"{"type":"resume","account":"agent-1","resumption":"ab"}"#,
        ),
        (FromDesk::SignOut, r#"{"type":"sign-out"}"#),
        (
            ask(Request::SetAgentState {
                state: RequestedState::NotReady {
                    reason: "meal".to_owned(),
                },
            }),
            r#"{"type":"request","service":"set-agent-state","state":{"agent-state":"not-ready","reason":"meal"}}"#,
        ),
        (
            ask(Request::SingleStepTransferCall {
                to: Destination::Number {
                    number: personal("0312345678"),
                },
            }),
            r#"{"type":"request","service":"single-step-transfer-call","to":{"kind":"number","number":"0312345678"}}"#,
        ),
        (
            ask(Request::ConsultationCall {
                to: Destination::Agent { id: 2 },
            }),
            r#"{"type":"request","service":"consultation-call","to":{"kind":"agent","id":2}}"#,
        ),
        (
            ask(Request::Monitor {
                agent: 2,
                mode: MonitorMode::Whisper,
            }),
            r#"{"type":"request","service":"monitor","agent":2,"mode":"whisper"}"#,
        ),
        (
            ask(Request::PauseRecording),
            r#"{"type":"request","service":"pause-recording"}"#,
        ),
        (
            ask(Request::ResumeRecording),
            r#"{"type":"request","service":"resume-recording"}"#,
        ),
        (
            ask(Request::ReconnectCall),
            r#"{"type":"request","service":"reconnect-call"}"#,
        ),
        (
            ask(Request::TakeKiosk { visit: visit() }),
            r#"{"type":"request","service":"take-kiosk","visit":{"kiosk":"kiosk-1","room":"1795480200000-3"}}"#,
        ),
        (
            ask(Request::LeaveKiosk),
            r#"{"type":"request","service":"leave-kiosk"}"#,
        ),
        (
            ask(Request::SayDisposition {
                call: 7,
                disposition: "answered".to_owned(),
            }),
            r#"{"type":"request","service":"say-disposition","call":7,"disposition":"answered"}"#,
        ),
        (FromDesk::BorrowTelephone, r#"{"type":"borrow-telephone"}"#),
    ];

    for (value, text) in cases {
        is_written(&value, text);
    }
}

#[test]
fn what_the_switch_says_is_written_like_this() {
    let told = |event| FromSwitch::Event(Box::new(event));
    let cases = [
        (
            FromSwitch::SignedIn(Box::new(SignedIn {
                agent: 1,
                account: "agent-1".to_owned(),
                supervisor: false,
                resumption: personal("ab"),
                badge: SignedBadge::new("ef"),
                telephone: Some(TelephoneAccount {
                    uri: "sip:agent-1@10.0.0.1:5060".to_owned(),
                    account: "agent-1".to_owned(),
                    password: personal("cd"),
                }),
            })),
            r#"{"type":"signed-in","agent":1,"account":"agent-1","supervisor":false,"resumption":"ab","badge":"ef","telephone":{"uri":"sip:agent-1@10.0.0.1:5060","account":"agent-1","password":"cd"}}"#,
        ),
        (
            FromSwitch::SignInRefused {
                why: SignInRefusal::LockedOut { seconds: 30 },
            },
            r#"{"type":"sign-in-refused","why":{"reason":"locked-out","seconds":30}}"#,
        ),
        (
            FromSwitch::Closing {
                why: Closing::Version { ours: 1 },
            },
            r#"{"type":"closing","why":{"reason":"version","ours":1}}"#,
        ),
        (
            told(Event::Badge {
                badge: SignedBadge::new("ef"),
            }),
            r#"{"type":"event","event":"badge","badge":"ef"}"#,
        ),
        (
            FromSwitch::TelephoneLent(TelephoneAccount {
                uri: "sip:kiosk-1@10.0.0.1:5060".to_owned(),
                account: "kiosk-1".to_owned(),
                password: personal("cd"),
            }),
            r#"{"type":"telephone-lent","uri":"sip:kiosk-1@10.0.0.1:5060","account":"kiosk-1","password":"cd"}"#,
        ),
        (
            FromSwitch::TelephoneRefused {
                why: LoanRefusal::NotAKiosk,
            },
            r#"{"type":"telephone-refused","why":"not-a-kiosk"}"#,
        ),
        (
            told(Event::Directory(Directory {
                offices: vec![Office {
                    id: "narae-tax".to_owned(),
                    name: "나래구 세무과".to_owned(),
                }],
                queues: vec!["general".to_owned()],
                colleagues: vec![Colleague {
                    agent: 2,
                    account: "agent-2".to_owned(),
                    state: AgentState::NotReady { reason: None },
                }],
            })),
            r#"{"type":"event","event":"directory","offices":[{"id":"narae-tax","name":"나래구 세무과"}],"queues":["general"],"colleagues":[{"agent":2,"account":"agent-2","state":{"agent-state":"not-ready","reason":null}}]}"#,
        ),
        (
            told(Event::Dispositions(Dispositions {
                required: true,
                codes: vec![Disposition {
                    id: "answered".to_owned(),
                    title: Wording {
                        ko: "안내로 끝남".to_owned(),
                        en: "Answered".to_owned(),
                    },
                }],
            })),
            r#"{"type":"event","event":"dispositions","required":true,"codes":[{"id":"answered","title":{"ko":"안내로 끝남","en":"Answered"}}]}"#,
        ),
        (
            told(Event::WrapUp(WrapUp {
                call: 7,
                choices: vec!["answered".to_owned()],
                said: None,
            })),
            r#"{"type":"event","event":"wrap-up","call":7,"choices":["answered"],"said":null}"#,
        ),
        (
            told(Event::DispositionRefused {
                call: 7,
                why: DispositionRefusal::WrapUpOver,
            }),
            r#"{"type":"event","event":"disposition-refused","call":7,"why":"wrap-up-over"}"#,
        ),
        (
            told(Event::Delivered {
                call: Box::new(call()),
            }),
            r#"{"type":"event","event":"delivered","call":{"call":7,"queue":"general","language":"ko","waited_seconds":75,"caller":"02-0000-0000","requests":["kiosk-1-261124-a1b2c3-000001"],"callback":false,"cut_off":true,"visit":null}}"#,
        ),
        (
            told(Event::Talking {
                talk: Box::new(Talk {
                    call: CallInfo {
                        caller: None,
                        requests: Vec::new(),
                        visit: Some(visit()),
                        ..call()
                    },
                    talking_seconds: 12,
                    state: TalkState::Consulting { answered: false },
                }),
            }),
            r#"{"type":"event","event":"talking","talk":{"call":{"call":7,"queue":"general","language":"ko","waited_seconds":75,"caller":null,"requests":[],"callback":false,"cut_off":true,"visit":{"kiosk":"kiosk-1","room":"1795480200000-3"}},"talking_seconds":12,"state":{"connection":"consulting","answered":false}}}"#,
        ),
        (
            told(Event::Recording {
                state: RecordingState::Paused,
            }),
            r#"{"type":"event","event":"recording","state":"paused"}"#,
        ),
        (
            told(Event::Monitored {
                mode: Some(MonitorMode::Listen),
            }),
            r#"{"type":"event","event":"monitored","mode":"listen"}"#,
        ),
        (
            told(Event::Monitoring {
                of: Some(Monitoring {
                    agent: 4,
                    mode: MonitorMode::Barge,
                }),
            }),
            r#"{"type":"event","event":"monitoring","of":{"agent":4,"mode":"barge"}}"#,
        ),
        (
            told(Event::RequestRefused {
                why: RequestRefusal::NotNow,
            }),
            r#"{"type":"event","event":"request-refused","why":"not-now"}"#,
        ),
    ];

    for (value, text) in cases {
        is_written(&value, text);
    }
}

#[test]
fn nothing_said_about_a_person_is_in_what_a_program_might_log() {
    let frame = FromDesk::SignIn {
        account: "agent-1".to_owned(),
        passphrase: personal("open sesame"),
    };
    let told = Event::Delivered {
        call: Box::new(call()),
    };

    let text = format!("{frame:?} {told:?}");

    assert!(
        !text.contains("sesame") && !text.contains("0000-0000"),
        "{text}"
    );
}

#[test]
fn what_is_malformed_is_named_by_its_place_alone() {
    let mut frames = Frames::default();
    frames.push(b"{\"type\":\"sign-in\",\"account\":\"a\",\"passphrase\":[\"sesame\"]}\n");

    let fault = frames.take::<FromDesk>().unwrap_err();

    assert!(matches!(fault, FrameFault::Malformed { .. }));
    assert!(!format!("{fault} {fault:?}").contains("sesame"));
}

#[test]
fn a_frame_without_an_end_is_refused_before_it_fills_the_memory() {
    let mut frames = Frames::default();
    let mut fault = None;
    for _ in 0..64 {
        frames.push(&[b'x'; 4_096]);
        fault = frames.take::<FromDesk>().err();
        if fault.is_some() {
            break;
        }
    }

    assert_eq!(fault, Some(FrameFault::TooLong));
    assert!(frames.len() <= FRAME_MAX + 4_096);
}

#[test]
fn the_longest_frame_is_taken_and_one_octet_more_is_not() {
    let told = |length: usize| FromDesk::SignIn {
        account: String::new(),
        passphrase: Personal::new("x".repeat(length)),
    };
    let around = frame::write(&told(0)).unwrap().len() - 1;

    assert!(frame::write(&told(FRAME_MAX - around)).is_ok());
    assert_eq!(
        frame::write(&told(FRAME_MAX - around + 1)),
        Err(FrameFault::TooLong)
    );
    let mut frames = Frames::default();
    frames.push(&[vec![b' '; FRAME_MAX + 1], vec![b'\n']].concat());
    assert_eq!(frames.take::<FromDesk>(), Err(FrameFault::TooLong));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn frames_are_the_same_however_they_are_cut(cuts in proptest::collection::vec(1_usize..40, 1..60)) {
        let told: Vec<FromDesk> = (0..20).map(|number| FromDesk::Heartbeat { number }).collect();
        let octets: Vec<u8> = told.iter().flat_map(|it| frame::write(it).unwrap()).collect();
        let mut rest = octets.as_slice();
        let mut frames = Frames::default();
        let mut read = Vec::new();

        for cut in cuts.iter().cycle() {
            let (part, other) = rest.split_at((*cut).min(rest.len()));
            frames.push(part);
            while let Some(frame) = frames.take::<FromDesk>().unwrap() {
                read.push(frame);
            }
            rest = other;
            if rest.is_empty() {
                break;
            }
        }

        prop_assert_eq!(read, told);
        prop_assert!(frames.is_empty());
    }

    #[test]
    fn no_octets_bring_it_down(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut frames = Frames::default();
        frames.push(&octets);
        while let Ok(Some(_)) = frames.take::<FromDesk>() {}
    }
}
