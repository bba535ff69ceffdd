//! A kiosk's visit handed to an agent and back: a whole desk, a whole kiosk and the
//! exchange between them, both windows driven by the labels on them.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    dead_code,
    reason = "the booth serves other stories too"
)]

#[path = "../../../callcenter/desk/tests/desk/booth.rs"]
mod booth;
#[path = "center/beside_office.rs"]
mod center;
#[path = "handed_over/checked.rs"]
mod checked;
#[path = "handed_over/judged.rs"]
mod judged;
#[path = "center/open_switch.rs"]
mod open_switch;
#[path = "center/sound.rs"]
mod sound;
#[path = "handed_over/speaking.rs"]
mod speaking;
#[path = "handed_over/telephones.rs"]
mod telephones;
#[path = "handed_over/wrapped_up.rs"]
mod wrapped_up;

use booth::{Booth, STATION, Way};
use desk::{
    helping::{HelpingNotice, HelpingView},
    workplace::view::{PaneView, View},
};
use kiosk::visit::view::{HelpEnding, HelpState, Screen};
use request::{AgentId, RequestEvent, StationId};
use tests::{
    help::{asks_for_an_agent, goes_on_alone_to_the_paper, two_of_three_values_were_an_agents},
    log::Log,
    office::{STATION as KIOSK, TUESDAY_10_00},
    stand::Stand,
    walk::Stop,
};

const WORDS: &str = "이제계속하기를눌러주세요";

/// A desk of the kiosk's center, enrolled as one, whose agent watches who waits.
fn desk_beside(stand: &Stand) -> Booth {
    let mut booth = Booth::beside(Way {
        url: format!("https://{}", stand.office.address()),
        credentials: stand.office.enroll_desk(&StationId::new(STATION)),
        agent: None,
    });
    booth.sign_in();
    booth.click("키오스크 돕기");
    booth.wait_for("nobody waits", |view| {
        pane(view).is_some_and(|it| it.known && it.waiting.is_empty())
    });
    booth
}

fn pane(view: &View) -> Option<&HelpingView> {
    match &view.pane {
        PaneView::Helping(helping) => Some(helping),
        _ => None,
    }
}

fn told(booth: &mut Booth, notice: HelpingNotice) {
    booth.wait_for(&format!("{notice:?} is told"), |view| {
        pane(view).is_some_and(|it| it.notice == Some(notice))
    });
}

/// The agent sees the kiosk wait, takes it and sees the form.
fn comes(booth: &mut Booth, stand: &mut Stand) {
    booth.wait_for("the kiosk waits", |view| {
        pane(view).is_some_and(|it| it.waiting.iter().any(|row| row.kiosk == KIOSK))
    });
    booth.click("이 키오스크 돕기");
    booth.wait_for("the form is seen", |view| {
        let with = pane(view).and_then(|it| it.with.as_ref());
        with.is_some_and(|it| it.at.is_some() && !it.fields.is_empty())
    });
    stand.wait_until("the agent is there", |view| {
        matches!(view.help.state, HelpState::Helping(_))
    });
}

/// Types a value for the field that is chosen; answers what the citizen reads.
fn propose(booth: &mut Booth, stand: &mut Stand, value: &str) -> String {
    booth.type_text(value);
    booth.click("제안하기");
    let view = stand.wait_until("something is proposed", |view| match &view.help.state {
        HelpState::Helping(helping) => helping.proposal.is_some(),
        _ => false,
    });
    match view.help.state {
        HelpState::Helping(helping) => helping.proposal.unwrap().value,
        other => panic!("{other:?}"),
    }
}

/// District and parcel are the agent's; the citizen confirms both, and reads a word.
fn fills_the_form_and_leaves(booth: &mut Booth, stand: &mut Stand) {
    let place = propose(booth, stand, "새빛동");
    assert!(place.contains("새빛동"), "{place}");
    stand.touch("네, 넣어 주세요");
    told(booth, HelpingNotice::Confirmed);
    booth.press("↓");
    propose(booth, stand, "99");
    stand.touch("아니요");
    told(booth, HelpingNotice::Declined);
    propose(booth, stand, "12-3");
    stand.touch("네, 넣어 주세요");
    told(booth, HelpingNotice::Confirmed);
    stand.wait_for("options");
    booth.type_text(WORDS);
    booth.click("말하기");
    stand.wait_until(
        "the agent's words are read",
        |view| matches!(&view.help.state, HelpState::Helping(it) if it.talk.is_some()),
    );
    stand.touch("화면으로 돌아가기");
    booth.click("상담 끝내기");
    stand.wait_until("the agent has left", |view| {
        view.help.state == HelpState::Ended(HelpEnding::ByAgent)
    });
}

#[test]
fn a_desk_helps_at_a_kiosk_until_its_citizen_goes_on_alone_to_the_paper() {
    let log = Log::listen();
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut booth = desk_beside(&stand);
    asks_for_an_agent(&mut stand);
    comes(&mut booth, &mut stand);

    fills_the_form_and_leaves(&mut booth, &mut stand);
    goes_on_alone_to_the_paper(&mut stand);
    let events = two_of_three_values_were_an_agents(&stand);
    assert!(events.contains(&RequestEvent::AssistanceBegun {
        desk: StationId::new(STATION),
        agent: Some(AgentId::new("kim.2")),
    }));
    booth.wait_for("the desk looks for who waits", |view| {
        pane(view).is_some_and(|it| it.with.is_none())
    });
    let text = log.text();
    assert!(text.contains("A desk took a room"));
    for secret in [WORDS, "새빛동", "12-3"] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}

#[test]
fn a_desk_is_told_when_its_citizen_walks_away_and_keeps_nothing_of_them() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut booth = desk_beside(&stand);
    asks_for_an_agent(&mut stand);
    comes(&mut booth, &mut stand);
    booth.type_text("새빛");

    stand.touch("처음으로");

    told(&mut booth, HelpingNotice::Ended);
    let view = booth.wait_for("nobody waits", |view| {
        pane(view).is_some_and(|it| it.with.is_none() && it.waiting.is_empty())
    });
    assert!(pane(&view).is_some());
    stand.wait_for("welcome");
    stand.walk_to(Stop::Service);
    assert_eq!(stand.view().help.state, HelpState::None);
}

#[test]
fn a_desk_that_vanishes_leaves_the_citizen_where_they_were() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut booth = desk_beside(&stand);
    asks_for_an_agent(&mut stand);
    comes(&mut booth, &mut stand);

    booth.switch_off();

    let view = stand.wait_until("the line is lost", |view| {
        view.help.state == HelpState::Ended(HelpEnding::LineLost)
    });
    assert!(matches!(view.screen, Screen::Question(_)));
}
