//! Accepted with the cable cut, collected when it is mended: a whole kiosk, a real exchange.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use kiosk::visit::view::{FailureReason, Screen, Trouble};
use request::{Outcome, PaperState, Stage};
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{CITIZEN, End},
};

/// More tries than the exchange needs to do what was accepted.
const TRIES: u32 = 50;

/// Hands a job-seeker registration in and goes; answers the number on the ticket.
fn hand_in(stand: &mut Stand) -> String {
    stand.touch("시작하기");
    stand.wait_for("find");
    stand.touch("구직신청");
    let sheet = stand.wait_for("service");
    assert!(matches!(&sheet.screen, Screen::Service(sheet) if sheet.queues));
    stand.touch("접수 시작하기");
    stand.show_card(CITIZEN);
    stand.wait_for("options");
    stand.touch("계속하기");
    stand.wait_for("consent");
    stand.touch("동의해요");
    stand.wait_for("review");
    stand.touch("이대로 신청하기");
    let accepted = stand.wait_for("accepted");
    let Screen::Accepted(accepted) = accepted.screen else {
        unreachable!("waited for it");
    };
    assert!(accepted.printed);
    stand.touch("접수증 챙겼어요");
    stand.wait_for("take-card");
    stand.pull_card();
    stand.wait_for("farewell");
    stand.touch("처음 화면으로 가기");
    stand.wait_for("welcome");
    accepted.code.replace(' ', "")
}

fn refused(stand: &mut Stand, code: &str) -> FailureReason {
    let Screen::Failed(failed) = stand.show_code(code) else {
        panic!("the ticket was honored");
    };
    stand.touch("끝내기");
    failed.reason
}

#[test]
fn an_application_is_accepted_with_the_cable_cut_and_its_paper_collected_once() {
    let mut stand = Stand::open(TUESDAY_10_00);
    // A kiosk that never heard of its exchange accepts nothing.
    stand.wait_until("the line is up", |view| match &view.screen {
        Screen::Welcome(welcome) => welcome.troubles.is_empty(),
        _ => false,
    });
    stand.cable.cut();
    stand.wait_until("the kiosk has noticed", |view| match &view.screen {
        Screen::Welcome(welcome) => welcome.troubles.contains(&Trouble::ExchangeAway),
        _ => false,
    });

    let code = hand_in(&mut stand);
    assert_eq!(
        stand.request().stage,
        Stage::Closed(Outcome::Queued),
        "the visit is over, the request is not"
    );
    assert_eq!(refused(&mut stand, &code), FailureReason::TicketUnreachable);
    stand.cable.mend();
    stand.wait_until("everything works again", |view| match &view.screen {
        Screen::Welcome(welcome) => welcome.troubles.is_empty(),
        _ => false,
    });
    let mut ready = false;
    for _ in 0..TRIES {
        match stand.show_code(&code) {
            Screen::Ticket(_) => {
                ready = true;
                break;
            }
            _ => stand.touch("끝내기"),
        }
    }
    assert!(ready, "the exchange never did what was accepted");
    stand.touch("지금 찾기");
    stand.show_card(CITIZEN);
    stand.wait_for("take-paper");
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    let request = stand.assert_agreement(0);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.paper.count(PaperState::Issued), 1);
    assert_eq!(stand.sheets().len(), 1);
    assert_eq!(refused(&mut stand, &code), FailureReason::TicketUsed);
}
