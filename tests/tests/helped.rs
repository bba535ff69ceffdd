//! A whole kiosk, a real exchange and an agent over mutual TLS: what the agent
//! proposes, what the citizen decides, and what is left of it.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "helped/checked.rs"]
mod checked;

use handover::{AttendantEvent, AttendantReport, Place, Shareable};
use kiosk::visit::view::{HelpEnding, HelpState, Helping, Screen, View};
use request::FormField;
use tests::{
    agent::Agent,
    help::{asks_for_an_agent, goes_on_alone_to_the_paper, two_of_three_values_were_an_agents},
    log::Log,
    office::TUESDAY_10_00,
    stand::Stand,
    walk::Stop,
};

const SAEBIT: &str = "4199910100";
const GREETING: &str = "어떤땅인지같이찾아볼까요";
const ANSWER: &str = "ㄴㅔ";

fn says_nothing_of(log: &Log, secrets: &[&str]) {
    let text = log.text();
    for witness in ["kiosk", "exchange", "hyper"] {
        assert!(text.contains(witness), "{witness} logged nothing");
    }
    assert!(text.contains("A desk took a room"));
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}

/// At the first question of the land ledger, with an agent who sees it.
fn helped(stand: &mut Stand) -> Agent {
    let mut agent = Agent::at(&stand.office, "desk-1");
    asks_for_an_agent(stand);
    agent.comes();
    stand.wait_until("the agent is there", |view| {
        matches!(view.help.state, HelpState::Helping(_))
    });
    agent
}

/// A proposal of before may still be drawn when its answer is already with the agent.
fn propose(stand: &mut Stand, agent: &mut Agent, field: FormField, value: &str) -> Helping {
    let is_open = |view: &View| match &view.help.state {
        HelpState::Helping(helping) => helping.proposal.is_some(),
        _ => false,
    };
    stand.wait_until("nothing is proposed", |view| !is_open(view));
    let value = Shareable::new(value).unwrap();
    agent.does(AttendantEvent::Propose { field, value });
    let view = stand.wait_until("something is proposed", is_open);
    match view.help.state {
        HelpState::Helping(helping) => *helping,
        other => panic!("{other:?}"),
    }
}

fn question(id: &str) -> FormField {
    FormField::Question(id.to_owned())
}

#[test]
fn an_agent_proposes_the_citizen_declines_one_and_confirms_two_and_the_paper_comes() {
    let log = Log::listen();
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut agent = helped(&mut stand);

    let shown = propose(&mut stand, &mut agent, question("district"), SAEBIT);
    assert!(shown.proposal.unwrap().value.contains("새빛동"));
    stand.touch("네, 넣어 주세요");
    agent.hears("the place is confirmed", |it| {
        matches!(it, AttendantReport::Confirmed(_))
    });
    propose(&mut stand, &mut agent, question("parcel_number"), "99");
    stand.touch("아니요");
    agent.hears("the wrong parcel is declined", |it| {
        matches!(it, AttendantReport::Declined(_))
    });
    propose(&mut stand, &mut agent, question("parcel_number"), "12-3");
    stand.touch("네, 넣어 주세요");
    agent.hears("the parcel is confirmed", |it| {
        matches!(it, AttendantReport::Confirmed(_))
    });
    agent.hears(
        "the options are seen",
        |it| matches!(it, AttendantReport::Saw(form) if form.at == Place::Options),
    );
    agent.does(AttendantEvent::Say(Shareable::new(GREETING).unwrap()));
    stand.wait_until("the greeting is read", |view| match &view.help.state {
        HelpState::Helping(helping) => helping.talk.is_some(),
        _ => false,
    });
    for key in ANSWER.chars() {
        stand.touch(&key.to_string());
    }
    stand.touch("보내기");
    agent.hears(
        "the citizen answers",
        |it| matches!(it, AttendantReport::Heard(text) if text.text().reveal() == "네"),
    );
    stand.touch("화면으로 돌아가기");
    agent.does(AttendantEvent::Leave);
    stand.wait_until("the agent has left", |view| {
        view.help.state == HelpState::Ended(HelpEnding::ByAgent)
    });
    goes_on_alone_to_the_paper(&mut stand);
    two_of_three_values_were_an_agents(&stand);
    stand.until("everything is at the exchange", Stand::outbox_is_empty);
    says_nothing_of(log, &[GREETING, "새빛동"]);
}

#[test]
fn a_citizen_who_walks_away_takes_the_room_with_them() {
    let log = Log::listen();
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut agent = helped(&mut stand);

    stand.touch("처음으로");

    agent.hears("the room is over", |it| {
        matches!(it, AttendantReport::Ended)
    });
    stand.wait_for("welcome");
    stand.walk_to(Stop::Service);
    let view = stand.view();
    assert_eq!(view.help.state, HelpState::None);
    says_nothing_of(log, &[GREETING]);
}

#[test]
fn an_agent_who_vanishes_leaves_the_citizen_where_they_were() {
    let log = Log::listen();
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut agent = helped(&mut stand);
    agent.does(AttendantEvent::Say(Shareable::new(GREETING).unwrap()));
    stand.wait_until("the greeting is read", |view| match &view.help.state {
        HelpState::Helping(helping) => helping.talk.is_some(),
        _ => false,
    });
    stand.touch("화면으로 돌아가기");

    drop(agent);

    let view = stand.wait_until("the line is lost", |view| {
        view.help.state == HelpState::Ended(HelpEnding::LineLost)
    });
    assert!(matches!(view.screen, Screen::Question(_)));
    says_nothing_of(log, &[GREETING]);
}
