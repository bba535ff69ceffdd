//! Calls: the port, the state of the agent, and what pops up.

use std::time::Duration;

use desk::{
    shift::{Presence, ShiftState},
    telephone::{CallState, Ringing, TelephoneEvent, TelephoneOrder},
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
        requests: Vec::new(),
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
    booth.call_says(TelephoneEvent::Held);
    booth.wait_for("the caller is on hold", |view| {
        matches!(view.telephone.state, CallState::Talking { held: true, .. })
    });
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
    booth.wait_for("somebody has to be named", |view| view.notice.is_some());
    booth.click("넘길 곳");
    booth.type_text("2044");
    booth.press("Ctrl+T");

    let to = Personal::new("2044".to_owned());
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
