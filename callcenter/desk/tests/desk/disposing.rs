//! An agent says how a call ended, with keys and hands; the switch's end is the story's.

use badge::SignedBadge;
use desk::{
    disposition::{ChoiceState, ChoiceView, DispositionNotice, DispositionView, Said},
    shift::ShiftState,
    telephone::{
        Disposition, DispositionRefusal, Dispositions, Ringing, TelephoneEvent, TelephoneOrder,
        WrapUp,
    },
    workplace::view::{Notice, PaneView, View},
};
use figures::Wording;

use crate::booth::Booth;

const ANSWERED: &str = "안내로 끝남";
const REFUSED: &str = "해 드릴 수 없음";

fn codes(required: bool) -> TelephoneEvent {
    let code = |id: &str, ko: &str| Disposition {
        id: id.to_owned(),
        title: Wording {
            ko: ko.to_owned(),
            en: id.to_owned(),
        },
    };
    TelephoneEvent::Dispositions(Dispositions {
        required,
        codes: vec![code("answered", ANSWERED), code("refused", REFUSED)],
    })
}

fn wrap_up(call: u64, said: Option<&str>) -> TelephoneEvent {
    TelephoneEvent::WrapUp(WrapUp {
        call,
        choices: ["answered", "refused"].map(str::to_owned).to_vec(),
        said: said.map(str::to_owned),
    })
}

fn knows(booth: &Booth) {
    booth.call_says(TelephoneEvent::SignedIn {
        agent: 2,
        supervisor: false,
        badge: SignedBadge::new("badge"),
    });
}

/// A call that is over at the desk of an agent of this center.
fn after_a_call(required: bool) -> Booth {
    let mut booth = Booth::with_telephone();
    booth.call_says(TelephoneEvent::Registered);
    booth.sign_in();
    knows(&booth);
    booth.call_says(codes(required));
    booth.press("F6");
    is_served(&mut booth);
    booth
}

fn is_served(booth: &mut Booth) {
    booth.call_says(TelephoneEvent::Ringing(Ringing::default()));
    booth.call_says(TelephoneEvent::Answered);
    booth.wait_for("they talk", |view| view.shift == ShiftState::Talking);
    booth.call_says(TelephoneEvent::Ended);
    booth.wait_for("it is over", |view| view.shift == ShiftState::WrapUp);
}

fn pane(view: &View) -> Option<&DispositionView> {
    match &view.pane {
        PaneView::Disposition(disposition) => Some(disposition),
        _ => None,
    }
}

fn is(view: &View, index: usize, state: ChoiceState) -> bool {
    pane(view).is_some_and(|it| it.choices[index].state == state)
}

fn says(booth: &Booth, words: &str) -> bool {
    let labels = booth.elements();
    let mut labels = labels.iter().filter_map(|it| it.accessible_label());
    labels.any(|it| it.replace('\u{2060}', "").contains(words))
}

/// The next that is said to the switch of how a call ended.
fn said(booth: &mut Booth) -> (u64, String) {
    loop {
        if let TelephoneOrder::SayDisposition(Said { call, disposition }) = booth.ordered() {
            return (call, disposition);
        }
    }
}

#[test]
fn how_a_call_ended_is_chosen_by_hand_or_key_and_confirmed_when_it_is_written() {
    let mut booth = after_a_call(false);
    booth.call_says(wrap_up(7, None));
    booth.wait_for("it is asked", |view| pane(view).is_some());

    booth.click(ANSWERED);
    assert_eq!(said(&mut booth), (7, "answered".to_owned()));
    let view = booth.wait_for("it is on its way", |view| is(view, 0, ChoiceState::Chosen));
    assert_eq!(view.disposition.as_deref(), Some(""));
    booth.press("Alt+2");
    assert_eq!(said(&mut booth), (7, "refused".to_owned()));
    booth.call_says(wrap_up(7, Some("refused")));
    let view = booth.wait_for("it is written", |view| is(view, 1, ChoiceState::Written));

    assert!(is(&view, 0, ChoiceState::Open));
    assert_eq!(view.disposition.as_deref(), Some(REFUSED));
    booth.click("통화 결과: 해 드릴 수 없음");
    booth.press("F6");
    let view = booth.wait_for("the next call may come", |view| {
        view.shift == ShiftState::Ready
    });
    assert!(matches!(view.pane, PaneView::Worklist(_)));
    assert_eq!(view.disposition, None);
}

#[test]
fn a_center_that_requires_it_is_asked_for_it_before_the_next_call_and_whoever_insists_goes_on() {
    let mut booth = after_a_call(true);
    booth.call_says(wrap_up(7, None));
    booth.wait_for("it is asked", |view| pane(view).is_some());
    booth.press("Esc");
    booth.wait_for("the worklist is back", |view| pane(view).is_none());

    booth.press("F6");
    let view = booth.wait_for("it is asked first", |view| {
        pane(view).is_some_and(|it| it.notice == Some(DispositionNotice::ChooseFirst))
    });
    assert_eq!(view.shift, ShiftState::WrapUp);
    assert!(says(&booth, "통화가 어떻게 끝났는지 먼저 골라 주세요"));
    booth.press("F6");
    booth.wait_for("the next call may come", |view| {
        view.shift == ShiftState::Ready
    });

    is_served(&mut booth);
    booth.call_says(wrap_up(8, None));
    booth.wait_for("it is asked again", |view| pane(view).is_some());
    booth.press("Ctrl+Q");
    booth.wait_for("also before the agent goes", |view| {
        view.agent.is_some() && pane(view).is_some_and(|it| it.notice.is_some())
    });
    booth.press("Alt+1");
    booth.press("Ctrl+2");
    booth.wait_for("it was said", |view| {
        matches!(view.shift, ShiftState::Break(_))
    });
}

#[test]
fn what_was_chosen_outlives_a_cut_line_and_a_refusal_is_a_sentence() {
    let mut booth = after_a_call(false);
    booth.call_says(wrap_up(7, None));
    booth.call_says(TelephoneEvent::Away);
    booth.wait_for("it is asked", |view| pane(view).is_some());

    booth.press("Alt+1");
    booth.wait_for("it is kept", |view| {
        pane(view).is_some_and(|it| it.notice == Some(DispositionNotice::Kept))
    });
    knows(&booth);
    assert_eq!(said(&mut booth), (7, "answered".to_owned()));
    let why = DispositionRefusal::NotWritten;
    booth.call_says(TelephoneEvent::DispositionRefused { call: 7, why });
    booth.wait_for("it is refused", |view| {
        pane(view).is_some_and(|it| it.notice == Some(DispositionNotice::Refused(why)))
    });

    assert!(says(&booth, "교환기가 저장하지 못했어요"));
}

#[test]
fn nothing_comes_up_before_a_form_that_is_open_and_its_key_leads_there() {
    let mut booth = after_a_call(false);
    booth.press("F2");
    booth.wait_for("a service is searched", |view| {
        matches!(view.pane, PaneView::Preparation(_))
    });
    booth.call_says(wrap_up(7, None));
    let view = booth.wait_for("it can be said", |view| view.disposition.is_some());
    assert!(matches!(view.pane, PaneView::Preparation(_)));

    booth.click("통화 결과 고르기");
    booth.wait_for("it is asked", |view| pane(view).is_some());
    booth.press("Esc");

    booth.wait_for("the form is back", |view| {
        matches!(view.pane, PaneView::Preparation(_))
    });
}

#[test]
fn where_nobody_asks_there_is_nothing_to_say() {
    let mut booth = after_a_call(false);

    booth.press("Ctrl+F6");

    let view = booth.wait_for("it is said", |view| view.notice == Some(Notice::NoCall));
    assert!(pane(&view).is_none() && view.disposition.is_none());
}

/// The pane, as it may come to look.
pub(crate) fn panes() -> Vec<(&'static str, PaneView)> {
    let titles = [
        ANSWERED,
        "신청을 준비해 드림",
        "다른 곳으로 넘김",
        "다시 전화드리기로 함",
        "우리 업무가 아님",
        "통화가 끊김",
        REFUSED,
        "국가보훈 대상자 확인 절차와 준비물을 자세히 안내해 드림",
        "이의신청 안내",
    ];
    let pane = |notice, chosen: usize, state| {
        let choices = titles.iter().enumerate().map(|(index, title)| ChoiceView {
            title: (*title).to_owned(),
            state: if index == chosen {
                state
            } else {
                ChoiceState::Open
            },
        });
        PaneView::Disposition(DispositionView {
            choices: choices.collect(),
            notice,
        })
    };
    let nothing = DispositionView {
        choices: Vec::new(),
        notice: Some(DispositionNotice::Refused(DispositionRefusal::NotWritten)),
    };
    vec![
        ("disposition", pane(None, 1, ChoiceState::Written)),
        (
            "disposition-first",
            pane(Some(DispositionNotice::ChooseFirst), 9, ChoiceState::Open),
        ),
        (
            "disposition-kept",
            pane(Some(DispositionNotice::Kept), 7, ChoiceState::Chosen),
        ),
        ("disposition-nothing", PaneView::Disposition(nothing)),
    ]
}
