//! Signing in where a switch has to believe who it is.

use std::fs;

use badge::SignedBadge;
use desk::{
    shift::Presence,
    telephone::{CallState, NotDone, SignInFault, TelephoneEvent, TelephoneOrder},
    workplace::view::{Notice, PaneView, View},
};
use privacy::Personal;

use crate::booth::Booth;

fn says_who_it_is(booth: &mut Booth, passphrase: &str) {
    booth.click("상담사 이름");
    booth.type_text("kim.2");
    booth.click("암호");
    booth.type_text(passphrase);
    booth.press("Enter");
    let order = TelephoneOrder::SignIn {
        agent: "kim.2".to_owned(),
        passphrase: Personal::new(passphrase.to_owned()),
    };
    assert_eq!(booth.ordered(), order);
}

fn is_signed_in() -> TelephoneEvent {
    TelephoneEvent::SignedIn {
        agent: 2,
        supervisor: false,
        badge: SignedBadge::new("badge"),
    }
}

fn is_refused(view: &View, why: &SignInFault) -> bool {
    matches!(&view.pane, PaneView::SignIn { fault: Some(fault), .. } if fault == why)
}

fn is_written(booth: &Booth, words: &str) -> bool {
    let elements = booth.elements();
    let mut labels = elements.iter().filter_map(|it| it.accessible_label());
    labels.any(|it| it.replace('\u{2060}', "").contains(words))
}

#[test]
fn a_wrong_passphrase_is_said_and_a_right_one_begins_the_shift() {
    let mut booth = Booth::with_switch();

    says_who_it_is(&mut booth, "blue");
    let wrong = SignInFault::WrongPassphrase;
    booth.call_says(TelephoneEvent::SignInRefused(wrong.clone()));
    let view = booth.wait_for("it is refused", |view| is_refused(view, &wrong));
    assert!(view.agent.is_none());
    assert!(is_written(&booth, "암호가 맞지 않아요"));
    booth.click("암호");
    for _ in 0..4 {
        booth.type_text("\u{8}");
    }
    booth.type_text("kite");
    booth.press("Enter");
    assert!(matches!(booth.ordered(), TelephoneOrder::SignIn { .. }));
    booth.call_says(is_signed_in());

    let view = booth.wait_for("the shift begins", |view| view.agent.is_some());
    assert_eq!(view.agent.as_deref(), Some("kim.2"));
    assert!(matches!(
        booth.ordered(),
        TelephoneOrder::Present(Presence::Break { .. })
    ));
}

#[test]
fn without_the_switch_requests_are_prepared_and_it_is_said_that_no_calls_come() {
    let mut booth = Booth::with_switch();

    says_who_it_is(&mut booth, "blue kite");
    booth.call_says(TelephoneEvent::Away);

    let view = booth.wait_for("the shift begins", |view| view.agent.is_some());
    assert_eq!(view.notice, Some(Notice::SwitchAway));
    assert_eq!(view.telephone.state, CallState::Unregistered);
    assert!(is_written(&booth, "교환기에 연결되지 않아요"));
}

#[test]
fn a_switch_that_is_back_learns_what_the_agent_is_doing() {
    let mut booth = Booth::with_switch();
    says_who_it_is(&mut booth, "blue kite");
    booth.call_says(is_signed_in());
    booth.wait_for("the shift begins", |view| view.agent.is_some());
    booth.ordered();
    booth.press("F6");
    let agent = "kim.2".to_owned();
    let ready = TelephoneOrder::Present(Presence::Ready { agent });
    assert_eq!(booth.ordered(), ready);

    booth.call_says(TelephoneEvent::Away);
    booth.call_says(is_signed_in());

    assert_eq!(booth.ordered(), ready);
}

#[test]
fn what_the_switch_does_not_do_is_said() {
    let mut booth = Booth::with_switch();
    says_who_it_is(&mut booth, "blue kite");
    booth.call_says(is_signed_in());
    booth.wait_for("the shift begins", |view| view.agent.is_some());

    for (why, notice) in [
        (NotDone::NotNow, Notice::NotNow),
        (NotDone::UnknownDestination, Notice::UnknownDestination),
        (NotDone::AtTheTelephone, Notice::AtTheTelephone),
    ] {
        booth.call_says(TelephoneEvent::NotDone(why));
        booth.wait_for("it is said", |view| view.notice == Some(notice));
    }
}

#[test]
fn files_that_were_saved_go_with_the_program_though_nobody_has_signed_out() {
    let mut booth = Booth::open();
    booth.sign_in();
    let folder = booth.beside_journal("saved-files");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("0a1b2c3d-사진.jpg"), "a picture").unwrap();

    booth.switch_off();

    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}
