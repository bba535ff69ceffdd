//! An agent says at a whole desk how calls ended, the whole switch writes it down, and a
//! supervisor sees at another desk where nothing was said.

use std::path::Path;

use desk::{
    disposition::{ChoiceState, DispositionNotice, DispositionView},
    shift::ShiftState,
    telephone::CallState,
    workplace::view::{BoardView, PaneView, View},
};
use journal::{Journal, Key};
use request::StationId;
use tests::{office::TUESDAY_10_00, stand::Stand};

use crate::{
    booth::Booth,
    center::{AGENT, Center},
    open_switch::SUPERVISOR,
    sound::{AGENTS_TONE, CITIZENS_TONE, Sound},
};

/// Nobody's number.
const NUMBER: &str = "01000000000";

struct Story {
    stand: Stand,
    center: Center,
    agent: Booth,
    supervisor: Booth,
}

impl Story {
    /// Two desks of a center that wants to know how calls end.
    fn begin() -> Self {
        let mut center = None;
        let stand = Stand::furnished(TUESDAY_10_00, |office| {
            center = Some(Center::open_asking(office));
            String::new()
        });
        let center = center.unwrap();
        let sound = Sound::of(stand.office.folder(), "agent", AGENTS_TONE);
        let (office, url) = (&stand.office, || stand.office.url());
        let mut agent = center.desk(office, url(), "desk-1", Some(&sound));
        let mut supervisor = center.desk(office, url(), "desk-2", None);
        Center::signs_in(&mut agent, AGENT);
        Center::signs_in(&mut supervisor, SUPERVISOR);
        agent.wait_for("the telephone works", |view| {
            view.telephone.state == CallState::Resting
        });
        agent.click("전화 대기");
        Self {
            stand,
            center,
            agent,
            supervisor,
        }
    }

    /// A citizen calls, and the agent hangs up.
    fn serves(&mut self) {
        let citizen = self.center.is_called(NUMBER, CITIZENS_TONE);
        let agent = &mut self.agent;
        agent.wait_for("it rings", |view| {
            view.telephone.state == CallState::Ringing
        });
        agent.click("받기");
        agent.wait_for("they talk", |view| {
            matches!(view.telephone.state, CallState::Talking { .. })
        });
        citizen.talks();
        agent.click("끊기");
        agent.wait_for("it is asked how the call ended", |view| {
            view.shift == ShiftState::WrapUp && pane(view).is_some_and(|it| it.choices.len() > 1)
        });
    }
}

fn pane(view: &View) -> Option<&DispositionView> {
    match &view.pane {
        PaneView::Disposition(disposition) => Some(disposition),
        _ => None,
    }
}

fn board(view: &View) -> Option<&BoardView> {
    match &view.pane {
        PaneView::Board(board) => Some(board),
        _ => None,
    }
}

/// What the switch has written down of a call, oldest first.
fn written(center: &Path, call: u64) -> Vec<String> {
    let file = center.join("switch.db");
    let key = Key::read(&center.join("station.key")).unwrap();
    let book = Journal::open(&file, StationId::new("switch-1"), &key).unwrap();
    let facts = book.call_facts(call).unwrap();
    let kind = |body: &privacy::Personal<String>| {
        let fact: serde_json::Value = serde_json::from_str(body.reveal()).unwrap();
        fact["type"].as_str().unwrap().to_owned()
    };
    facts.iter().map(kind).collect()
}

#[test]
fn how_calls_ended_is_said_at_one_desk_and_what_was_not_said_is_seen_at_another() {
    let mut story = Story::begin();
    story.serves();
    story.agent.click("안내로 끝남");
    let view = story.agent.wait_for("it is written down", |view| {
        let choices = pane(view).and_then(|it| it.choices.first());
        choices.is_some_and(|it| it.state == ChoiceState::Written)
    });
    assert_eq!(view.disposition.as_deref(), Some("안내로 끝남"));
    let book = written(&story.stand.office.folder().join("center"), 1);
    assert!(book.contains(&"disposition-said".to_owned()), "{book:?}");
    story.agent.click("다음 전화 받기");
    story.agent.wait_for("the next call may come", |view| {
        view.shift == ShiftState::Ready
    });

    story.serves();
    story.agent.click("전화 대기");
    let view = story.agent.wait_for("it is asked first", |view| {
        pane(view).is_some_and(|it| it.notice == Some(DispositionNotice::ChooseFirst))
    });
    assert_eq!(view.shift, ShiftState::WrapUp);
    story.agent.click("전화 대기");
    story.agent.wait_for("whoever insists goes on", |view| {
        view.shift == ShiftState::Ready
    });

    story.supervisor.click("상황판");
    let view = story.supervisor.wait_for("it is seen", |view| {
        board(view).is_some_and(|it| it.unsaid == 1)
    });
    // One call's end would say what became of somebody.
    assert!(board(&view).unwrap().outcomes.is_empty());
}
