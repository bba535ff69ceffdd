//! Calls: the port, the state of the agent, and what pops up.

use std::time::Duration;

use desk::{
    shift::{Presence, ShiftState},
    telephone::{
        AgentState, CallState, Colleague, Destination, Directory, MonitorMode, Office,
        RecordingState, Ringing, TalkState, TelephoneEvent, TelephoneOrder,
    },
    workplace::view::{Notice, PaneView, View},
};
use privacy::Personal;

use crate::{booth::Booth, caller::prepare_land_ledger};

/// Nobody's number.
const CALLER: &str = "02-0000-0000";

fn ringing() -> TelephoneEvent {
    TelephoneEvent::Ringing(Ringing {
        queue: "증명 발급".to_owned(),
        waited: Duration::from_secs(75),
        caller: Some(Personal::new(CALLER.to_owned())),
        ..Ringing::default()
    })
}

/// An agent who is ready, and a call that is answered.
fn on_the_line() -> Booth {
    let mut booth = Booth::with_telephone();
    booth.call_says(TelephoneEvent::Registered);
    booth.sign_in();
    assert!(matches!(
        booth.ordered(),
        TelephoneOrder::Present(Presence::Break { .. })
    ));
    booth.press("F6");
    let agent = "kim.2".to_owned();
    assert_eq!(
        booth.ordered(),
        TelephoneOrder::Present(Presence::Ready { agent })
    );
    booth.call_says(ringing());
    let view = booth.wait_for("it rings", |view| {
        view.telephone.state == CallState::Ringing
    });
    assert_eq!(view.telephone.queue, "증명 발급");
    assert!(view.telephone.waited.starts_with("1:1"));
    booth.click("받기");
    assert_eq!(booth.ordered(), TelephoneOrder::Answer);
    booth.call_says(TelephoneEvent::Answered);
    booth.wait_for("they talk", |view| view.shift == ShiftState::Talking);
    booth
}

#[test]
fn a_call_is_answered_held_taken_back_and_wrapped_up() {
    let mut booth = on_the_line();

    booth.press("F10");
    assert_eq!(booth.ordered(), TelephoneOrder::Hold);
    booth.call_says(TelephoneEvent::Talk(TalkState::Held));
    booth.wait_for("the caller is on hold", |view| is_in(view, TalkState::Held));
    booth.click("보류 풀기");
    assert_eq!(booth.ordered(), TelephoneOrder::Retrieve);
    booth.press("F12");
    assert_eq!(booth.ordered(), TelephoneOrder::HangUp);
    booth.call_says(TelephoneEvent::Ended);

    let view = booth.wait_for("the call is wrapped up", |view| {
        view.shift == ShiftState::WrapUp
    });
    assert!(view.wrap_up_left.is_some());
}

#[test]
fn a_recording_is_paused_with_a_key_and_the_agent_sees_it() {
    let mut booth = on_the_line();
    let says = |booth: &Booth, words: &str| {
        let shown = booth.elements();
        shown.iter().any(|it| {
            it.accessible_label()
                .is_some_and(|it| it.replace('\u{2060}', "") == words)
        })
    };
    booth.press("Ctrl+F11");
    booth.wait_for("there is nothing to pause", |view| {
        view.notice == Some(Notice::NotRecorded)
    });
    booth.call_says(TelephoneEvent::Recording(RecordingState::On));
    booth.wait_for("it is recorded", |view| {
        view.telephone.recording == RecordingState::On
    });
    assert!(says(&booth, "통화가 녹음되고 있어요"));

    booth.click("녹음 멈추기");
    assert_eq!(booth.ordered(), TelephoneOrder::PauseRecording);
    booth.call_says(TelephoneEvent::Recording(RecordingState::Paused));
    booth.wait_for("it is paused", |view| {
        view.telephone.recording == RecordingState::Paused
    });
    assert!(says(&booth, "녹음을 멈췄어요"));
    booth.press("Ctrl+F11");

    assert_eq!(booth.ordered(), TelephoneOrder::ResumeRecording);
}

#[test]
fn a_caller_who_rings_again_is_met_with_what_they_asked_for() {
    let mut booth = on_the_line();
    prepare_land_ledger(&mut booth);
    booth.press("Esc");
    booth.call_says(TelephoneEvent::Ended);
    booth.wait_for("the call is wrapped up", |view| {
        view.shift == ShiftState::WrapUp
    });

    booth.call_says(ringing());
    let view = booth.wait_for("it rings again", |view| {
        view.telephone.state == CallState::Ringing
    });

    let titles: Vec<_> = view
        .telephone
        .concerns
        .iter()
        .map(|it| it.title.as_str())
        .collect();
    assert_eq!(titles, ["토지대장"]);
}

#[test]
fn a_call_is_given_on_to_somebody_who_is_named() {
    let mut booth = on_the_line();

    booth.press("Ctrl+T");
    booth.wait_for("somebody has to be named", |view| {
        view.notice == Some(Notice::TransferWhere)
    });
    booth.type_text("2044");
    booth.wait_for("the number is found", |view| found(view) == 1);
    booth.press("Ctrl+T");

    let number = Personal::new("2044".to_owned());
    let to = Destination::Number { number };
    assert_eq!(booth.ordered(), TelephoneOrder::Transfer { to });
}

#[test]
fn nobody_signs_out_with_a_caller_on_the_line() {
    let mut booth = on_the_line();

    booth.press("Ctrl+Q");

    let view = booth.wait_for("it is said", |view| view.notice.is_some());
    assert!(view.agent.is_some());
}

#[test]
fn a_desk_without_a_telephone_says_so_and_prepares_all_the_same() {
    let mut booth = Booth::open();
    booth.sign_in();

    let said = |booth: &Booth| {
        let words = "이 창구에는 전화가 설정되어 있지 않아요";
        let labels = booth.elements();
        labels
            .iter()
            .any(|it| it.accessible_label().is_some_and(|it| it == words))
    };
    assert!(said(&booth));
    let code = prepare_land_ledger(&mut booth);
    assert_eq!(code.len(), 16);
}

fn is_in(view: &View, with: TalkState) -> bool {
    matches!(view.telephone.state, CallState::Talking { with: now, .. } if now == with)
}

/// How many of the directory fit what was typed.
fn found(view: &View) -> usize {
    match &view.pane {
        PaneView::Directory(directory) => directory.entries.len(),
        _ => 0,
    }
}

fn directory() -> TelephoneEvent {
    TelephoneEvent::Directory(Directory {
        offices: vec![Office {
            id: "gaon-tax".to_owned(),
            name: "가온구 세무과".to_owned(),
        }],
        queues: vec!["증명 발급".to_owned()],
        colleagues: vec![Colleague {
            agent: 4,
            account: "lee.4".to_owned(),
            state: AgentState::Ready,
        }],
    })
}

#[test]
fn a_colleague_is_found_asked_first_and_takes_the_caller_over() {
    let mut booth = on_the_line();
    booth.call_says(directory());

    booth.press("F8");
    booth.wait_for("the directory is open", |view| found(view) == 3);
    booth.type_text("lee");
    booth.wait_for("the colleague is found", |view| found(view) == 1);
    booth.press("Ctrl+K");
    let to = Destination::Agent { id: 4 };
    assert_eq!(booth.ordered(), TelephoneOrder::Consult { to });
    let view = booth.wait_for("the directory is closed", |view| found(view) == 0);
    assert!(matches!(view.pane, PaneView::Worklist(_)));
    let answered = |answered| TelephoneEvent::Talk(TalkState::Consulting { answered });
    booth.call_says(answered(false));
    booth.wait_for("the colleague is called", |view| {
        is_in(view, TalkState::Consulting { answered: false })
    });
    booth.press("Ctrl+O");
    booth.wait_for("it is said that nobody has answered", |view| {
        view.notice == Some(Notice::NotAnswered)
    });
    booth.call_says(answered(true));
    booth.wait_for("the colleague answers", |view| {
        is_in(view, TalkState::Consulting { answered: true })
    });
    booth.click("민원인 넘기기");

    assert_eq!(booth.ordered(), TelephoneOrder::GiveOver);
}

#[test]
fn an_office_found_by_first_consonants_is_asked_and_all_speak_together() {
    let mut booth = on_the_line();
    booth.call_says(directory());
    booth.press("F8");
    booth.wait_for("the directory is open", |view| found(view) == 3);

    booth.type_text("ㅅㅁㄱ");
    booth.wait_for("the office is found", |view| found(view) == 1);
    booth.click("먼저 물어보기");
    let id = "gaon-tax".to_owned();
    let to = Destination::Office { id };
    assert_eq!(booth.ordered(), TelephoneOrder::Consult { to });
    booth.call_says(TelephoneEvent::Talk(TalkState::Consulting {
        answered: true,
    }));
    booth.wait_for("the office answers", |view| {
        is_in(view, TalkState::Consulting { answered: true })
    });
    booth.press("Ctrl+J");

    assert_eq!(booth.ordered(), TelephoneOrder::Conference);
}

#[test]
fn what_is_known_of_the_caller_and_who_listens_stands_beside_the_call() {
    let mut booth = on_the_line();
    let badges = |booth: &Booth| -> Vec<String> {
        let labels = booth.elements();
        let labels = labels.iter().filter_map(|it| it.accessible_label());
        labels.map(|it| it.replace('\u{2060}', "")).collect()
    };
    booth.call_says(TelephoneEvent::Ended);
    booth.wait_for("the call is over", |view| view.shift == ShiftState::WrapUp);

    booth.call_says(TelephoneEvent::Ringing(Ringing {
        queue: "증명 발급".to_owned(),
        language: "vi".to_owned(),
        cut_off: true,
        ..Ringing::default()
    }));
    booth.call_says(TelephoneEvent::Answered);
    booth.call_says(TelephoneEvent::Monitored(Some(MonitorMode::Listen)));
    booth.wait_for("somebody listens", |view| {
        view.telephone.monitored.is_some()
    });

    let shown = badges(&booth);
    for words in [
        "사용 언어 베트남어",
        "앞선 통화가 끊겼어요",
        "관리자가 듣고 있어요",
    ] {
        assert!(shown.iter().any(|it| it == words), "{words}");
    }
    booth.call_says(TelephoneEvent::Monitored(None));
    booth.wait_for("nobody listens", |view| view.telephone.monitored.is_none());
    assert!(!badges(&booth).iter().any(|it| it == "관리자가 듣고 있어요"));
}
