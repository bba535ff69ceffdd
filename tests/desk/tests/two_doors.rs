//! Asked for by telephone, collected at a kiosk: a whole desk, a whole kiosk and
//! the exchange between them, both windows driven by the labels on them.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    dead_code,
    reason = "the booth and the caller serve other stories too"
)]

#[path = "../../../callcenter/desk/tests/desk/booth.rs"]
mod booth;
#[path = "../../../callcenter/desk/tests/desk/caller.rs"]
mod caller;
#[path = "center/beside_office.rs"]
mod center;
#[path = "center/open_switch.rs"]
mod open_switch;
#[path = "center/sound.rs"]
mod sound;
#[path = "two_doors/spoken.rs"]
mod spoken;
#[path = "two_doors/telephoned.rs"]
mod telephoned;

use bench::people::PEOPLE;
use booth::{Booth, STATION, Way};
use caller::{begin, code, identify, prepare_land_ledger, step, wait};
use desk::{
    preparation::PreparationView,
    worklist::RowState,
    workplace::view::{PaneView, View},
};
use kiosk::visit::view::{FailureReason, Screen};
use request::{Channel, Outcome, PaperState, Stage, StationId};
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{CITIZEN, End},
};

/// A desk of the same center as the kiosk's exchange.
fn desk_beside(stand: &Stand) -> Booth {
    let mut booth = Booth::beside(Way {
        url: format!("https://{}", stand.office.address()),
        credentials: stand.office.enroll(&StationId::new(STATION)),
        agent: None,
    });
    booth.sign_in();
    booth.wait_for("the line is up", |view| view.line.linked);
    booth
}

fn first_row(view: &View) -> Option<RowState> {
    match &view.pane {
        PaneView::Worklist(list) => list.rows.first().map(|row| row.state),
        _ => None,
    }
}

fn refusal(stand: &mut Stand, code: &str) -> FailureReason {
    let Screen::Failed(failed) = stand.show_code(code) else {
        panic!("the code is honored");
    };
    stand.touch("끝내기");
    failed.reason
}

#[test]
fn a_land_ledger_is_asked_for_by_telephone_and_its_paper_collected_once_at_a_kiosk() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut booth = desk_beside(&stand);

    let code = prepare_land_ledger(&mut booth);
    booth.press("Esc");
    booth.wait_for("the exchange has it", |view| {
        first_row(view) == Some(RowState::Ready)
    });
    let fee = stand.collect(&code);
    stand.wait_for("pay");
    stand.touch("현금으로 내기");
    stand.pay_coins(&[500, 100]);
    stand.wait_for("take-paper");
    let end = stand.go_on();

    assert_eq!((fee, end), (600, End::Thanked));
    let request = stand.assert_agreement(600);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.paper.count(PaperState::Issued), 2);
    assert_eq!(stand.sheets().len(), 2);
    assert_eq!(refusal(&mut stand, &code), FailureReason::TicketUsed);
    booth.press("F5");
    booth.wait_for("the desk knows that it was collected", |view| {
        first_row(view) == Some(RowState::Collected)
    });
    let (asked, _) = booth.journal().pop().unwrap();
    assert_eq!(asked.channel, Channel::Telephone);
}

#[test]
fn what_needs_a_card_is_given_to_nobody_but_whom_it_was_prepared_for() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut booth = desk_beside(&stand);
    begin(&mut booth, "주민등록표등본");
    identify(&mut booth);
    booth.press("Enter");
    wait(&mut booth, "consent is read aloud", |it| {
        matches!(it, PreparationView::Consent(_))
    });
    booth.press("Ctrl+Y");
    wait(&mut booth, "everything is read", |it| {
        matches!(it, PreparationView::Review(_))
    });
    booth.press("Enter");
    let code = code(&mut booth);
    booth.press("Esc");
    booth.wait_for("the exchange has it", |view| {
        step(view).is_none() && first_row(view) == Some(RowState::Ready)
    });

    stand.collect(&code);
    stand.show_card(PEOPLE[1]);
    stand.wait_for("failed");
    assert_eq!(stand.sheets().len(), 0);
    stand.go_on();
    stand.pull_card();

    stand.collect(&code);
    stand.show_card(CITIZEN);
    stand.wait_for("pay");
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    assert_eq!(stand.sheets().len(), 1);
    assert_eq!(refusal(&mut stand, &code), FailureReason::TicketUsed);
}
