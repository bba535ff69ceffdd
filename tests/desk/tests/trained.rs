//! A trainee and a caller who does not exist: the real desk and the real switch, the
//! training room beside them, and sound between them in both directions; and a citizen
//! who does not exist, at a kiosk of the real exchange.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    dead_code,
    reason = "the booth serves other stories too"
)]

#[path = "../../../callcenter/desk/tests/desk/booth.rs"]
mod booth;
#[path = "trained/center.rs"]
mod center;
#[path = "center/open_switch.rs"]
mod open_switch;
#[path = "trained/room.rs"]
mod room;
#[path = "trained/visiting.rs"]
mod visiting;

use desk::{
    preparation::PreparationView,
    shift::ShiftState,
    telephone::CallState,
    workplace::view::{PaneView, View},
};
use training::{Caller, Goal};

use booth::Booth;
use center::{AGENT, Center};
use open_switch::PASSPHRASE;
use room::{Room, SEED};

fn step(view: &View) -> Option<&PreparationView> {
    match &view.pane {
        PaneView::Preparation(view) => Some(view),
        _ => None,
    }
}

fn wait(booth: &mut Booth, wanted: &str, is_it: impl Fn(&PreparationView) -> bool) {
    booth.wait_for(wanted, |view| step(view).is_some_and(&is_it));
}

fn sign_in(booth: &mut Booth) {
    booth.type_text(AGENT);
    booth.press("Tab");
    booth.type_text(PASSPHRASE);
    booth.press("Enter");
    booth.wait_for("the agent works", |view| {
        view.agent.is_some() && view.telephone.state == CallState::Resting
    });
}

#[test]
fn a_trainee_hears_a_caller_prepares_what_he_says_and_has_it_judged() {
    let center = Center::open();
    let mut room = Room::open(center.calls());
    let mut booth = Booth::watched(&center.line_of_a_desk(), room.watcher());
    room.show_window();
    sign_in(&mut booth);
    let (lessons, scenario) = room::lessons_and("land-ledger");
    let caller = Caller::draw(&scenario, &lessons.catalog, SEED);
    let Goal::Request(wanted) = &caller.goal else {
        panic!("nothing is wanted");
    };
    let codes = lessons.catalog.codes("districts").unwrap();
    let district = codes.get(wanted.answers["district"].reveal()).unwrap();
    let parcel = wanted.answers["parcel_number"].reveal();

    room.picture("choose");
    room.begins("토지대장 신청");
    booth.press("F6");
    booth.wait_for("somebody calls", |view| {
        view.telephone.state == CallState::Ringing
    });
    booth.press("F9");
    booth.wait_for("both talk", |view| {
        matches!(view.telephone.state, CallState::Talking { .. })
    });
    booth.press("F2");
    wait(&mut booth, "a service is searched", |it| {
        matches!(it, PreparationView::Find(_))
    });
    booth.type_text("ㅌㅈㄷㅈ");
    wait(&mut booth, "one service is left", |it| match it {
        PreparationView::Find(find) => find.tiles.len() == 1,
        _ => false,
    });
    booth.press("Enter");
    wait(&mut booth, "it is explained", |it| {
        matches!(it, PreparationView::Explain(_))
    });
    booth.press("Enter");
    wait(&mut booth, "the form is there", |it| {
        matches!(it, PreparationView::Fill(_))
    });
    // The agent's voice reaches the caller, who answers what the form asks for.
    room.hears(&district.ko);
    booth.type_text(&district.ko);
    wait(&mut booth, "it is offered", |it| match it {
        PreparationView::Fill(form) => !form.questions[0].suggestions.is_empty(),
        _ => false,
    });
    booth.press("Alt+1");
    wait(&mut booth, "it is taken", |it| match it {
        PreparationView::Fill(form) => form.questions[0].answer.is_some(),
        _ => false,
    });
    room.hears(parcel);
    booth.press("Tab");
    booth.type_text(parcel);
    for _ in 1..wanted.copies {
        booth.press("Ctrl+↑");
    }
    wait(&mut booth, "all is filled in", |it| match it {
        PreparationView::Fill(form) => form.questions.iter().all(|it| it.answer.is_some()),
        _ => false,
    });
    room.picture("practise");
    booth.press("Enter");
    wait(&mut booth, "it is read to the caller", |it| {
        matches!(it, PreparationView::Review(_))
    });
    booth.press("Enter");
    booth.wait_for("the caller has what he wanted and hangs up", |view| {
        view.shift == ShiftState::WrapUp
    });
    booth.press("F6");

    let (points, passed) = room.is_judged();
    room.picture("judged");
    assert_eq!((points, passed), (100, true));
    let records = room.records();
    assert!(records.contains("\"agent\":\"agent-1\""), "{records}");
    booth.switch_off();
    assert!(center.agent_heard_speech(), "the caller was not heard");
}
