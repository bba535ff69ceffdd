//! A citizen whose card cannot be read, and two agents at two desks over mutual TLS:
//! from the refused card to the paper, or to a clear no.

use kiosk::visit::view::{Check, CheckEnd, Screen};
use request::{Identification, Outcome, RequestEvent, Stage};
use tests::{
    checker::{Checker, asks_for_a_check, right_answer},
    log::Log,
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{CITIZEN, End, Stop},
};
use vouching::{CheckRefusal, DeskDeed, Part, Role};

fn kim(stand: &Stand) -> Checker {
    Checker::at(&stand.office, "desk-1", "kim.2", Role::Agent)
}

fn park(stand: &Stand) -> Checker {
    Checker::at(&stand.office, "desk-2", "park.1", Role::Supervisor)
}

fn ends(stand: &mut Stand, wanted: CheckEnd) {
    stand.wait_until("the check has ended", |view| match &view.screen {
        Screen::Check(Check::Ended { end, .. }) => *end == wanted,
        _ => false,
    });
}

fn says_nothing_of_the_citizen(log: &Log) {
    let text = log.text();
    assert!(text.contains("A two-person check was opened"));
    for secret in [
        CITIZEN.name,
        CITIZEN.resident_number,
        "다온로",
        "이서우",
        "2015년",
    ] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}

#[test]
fn a_refused_card_two_agents_and_the_paper_comes() {
    let log = Log::listen();
    let mut stand = Stand::open(TUESDAY_10_00);
    let (mut kim, mut park) = (kim(&stand), park(&stand));
    asks_for_a_check(&mut stand);
    let sheet = kim.takes(false).unwrap();
    assert_eq!(sheet.part, Part::First);
    let asked = sheet.question.unwrap();
    stand.wait_until(
        "the question is read",
        |view| matches!(&view.screen, Screen::Question(it) if it.label == asked.wording.ko),
    );
    kim.answers(right_answer(&asked.wording.ko));
    kim.hears_three_right_answers();
    kim.believes();
    let sheet = park.takes(true).unwrap();
    assert_eq!((sheet.part, sheet.log.len()), (Part::Second, 3));

    park.believes();

    stand.wait_for("options");
    assert_eq!(stand.go_on(), End::Thanked);
    assert_eq!(stand.sheets().len(), 1);
    let (request, events) = stand.journal().pop().unwrap();
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.identity.by, Some(Identification::TwoPersons));
    let vouching = request.identity.vouching.unwrap();
    assert_eq!(vouching.supervisor.as_str(), "park.1");
    assert_eq!((vouching.asked, vouching.right), (3, 3));
    let at = |wanted: fn(&RequestEvent) -> bool| events.iter().position(wanted).unwrap();
    let vouched = at(|it| matches!(it, RequestEvent::IdentityVouched { .. }));
    assert!(at(|it| matches!(it, RequestEvent::VouchingAsked { .. })) < vouched);
    assert!(vouched < at(|it| matches!(it, RequestEvent::Identified { .. })));
    stand.until("everything is at the exchange", Stand::outbox_is_empty);
    says_nothing_of_the_citizen(log);
}

#[test]
fn what_the_citizen_types_is_what_the_agent_reads() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut kim = kim(&stand);
    asks_for_a_check(&mut stand);
    kim.takes(false).unwrap();
    stand.wait_for("question");

    stand.touch("ㅏ");
    stand.touch("계속하기");

    stand.wait_until("it is sent", |view| {
        view.screen == Screen::Check(Check::Said)
    });
    let mut sheet = kim.does(DeskDeed::Watch).unwrap();
    while sheet.said.is_none() {
        sheet = kim.does(DeskDeed::Watch).unwrap();
    }
    assert_eq!(sheet.said.unwrap().reveal(), "ㅏ");
}

#[test]
fn two_wrong_answers_end_it_and_nothing_is_issued() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut kim = kim(&stand);
    asks_for_a_check(&mut stand);
    kim.takes(false).unwrap();

    kim.answers("모르겠어요");
    kim.answers("아마 여기요");

    ends(&mut stand, CheckEnd::NotBelieved);
    stand.touch("끝내기");
    stand.wait_for("welcome");
    let request = stand.request();
    assert_eq!(request.stage, Stage::Closed(Outcome::Withdrawn));
    assert_eq!(request.identity.vouching, None);
    assert!(stand.sheets().is_empty());
}

#[test]
fn the_same_agent_at_another_desk_and_another_agent_at_the_same_desk_are_not_two() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut kim = kim(&stand);
    let mut kim_elsewhere = Checker::at(&stand.office, "desk-2", "kim.2", Role::Supervisor);
    asks_for_a_check(&mut stand);
    kim.takes(false).unwrap();
    kim.hears_three_right_answers();
    kim.believes();

    assert_eq!(kim_elsewhere.takes(true), Err(CheckRefusal::SameAgent));

    stand.wait_until("nobody second has come", |view| {
        view.screen == Screen::Check(Check::WaitingForSecond)
    });
    assert_eq!(stand.request().identity.by, None);
}

#[test]
fn a_citizen_who_walks_away_takes_the_check_with_them() {
    let mut stand = Stand::open(TUESDAY_10_00);
    let mut kim = kim(&stand);
    asks_for_a_check(&mut stand);
    kim.takes(false).unwrap();
    stand.wait_for("question");

    stand.touch("처음으로");

    stand.wait_for("welcome");
    let mut sheet = kim.does(DeskDeed::Watch).unwrap();
    while sheet.over.is_none() {
        sheet = kim.does(DeskDeed::Watch).unwrap();
    }
    assert_eq!(kim.does(DeskDeed::Take), Err(CheckRefusal::Gone));
    assert!(matches!(stand.request().stage, Stage::Closed(_)));
    stand.walk_to(Stop::Service);
}
