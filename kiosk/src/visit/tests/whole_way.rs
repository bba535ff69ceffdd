//! The whole way, from a touch to the farewell, for every service.

use std::time::Duration;

use request::{Outcome, PaperState, Stage};

use super::{
    citizen::{Citizen, FAMILY, HOUSEHOLD, LAND, Piece},
    laws,
    town::Town,
};
use crate::visit::{
    Language, Touch,
    step::Step,
    view::{Accessibility, Screen},
};

const ROAD: [&str; 15] = [
    "welcome",
    "find",
    "service",
    "insert-card",
    "resident-number",
    "options",
    "consent",
    "review",
    "working",
    "pay",
    "working",
    "take-paper",
    "receipt",
    "working",
    "take-card",
];

#[test]
fn a_citizen_walks_away_with_every_service() {
    for (service, fee_won) in [(HOUSEHOLD, 200), (FAMILY, 500), (LAND, 300)] {
        let mut town = Town::default();
        let mut citizen = Citizen::asking_for(service);

        citizen.walk_home(&mut town);

        laws::reckon(&town);
        let request = town.request();
        assert_eq!(request.stage, Stage::Closed(Outcome::Done), "{service}");
        assert_eq!(request.money.captured_won, fee_won, "{service}");
        assert_eq!(request.money.paid_out_won, 1000 - fee_won, "{service}");
        assert_eq!(town.printer.sheets.len(), 1, "{service}");
        assert!(request.receipt_printed, "{service}");
        assert_eq!(town.receipts.slips.len(), 1, "{service}");
        assert!(town.slot.card.is_none(), "{service}");
        assert_eq!(*town.screens.last().unwrap(), "welcome", "{service}");
        let asked = town.screens.contains(&"question");
        assert_eq!(asked, service == LAND, "{service}");
    }
}

#[test]
fn the_screens_of_the_main_job_come_in_their_order() {
    let mut town = Town::default();

    Citizen::wanting(1).walk_home(&mut town);

    assert_eq!(town.screens[..ROAD.len()], ROAD);
    assert_eq!(town.screens[ROAD.len()..], ["farewell", "welcome"]);
}

#[test]
fn three_copies_are_three_papers_and_three_fees() {
    let mut town = Town::default();
    let purse = [Piece::Coin(500), Piece::Coin(100)];

    Citizen::wanting(3).with(&purse).walk_home(&mut town);

    laws::reckon(&town);
    let request = town.request();
    assert_eq!(request.money.captured_won, 600);
    assert_eq!(request.money.paid_out_won, 0);
    assert_eq!(request.paper.count(PaperState::Issued), 3);
    assert_eq!(town.printer.sheets.len(), 3);
}

#[test]
fn whoever_wants_no_receipt_gets_none_and_is_told_so() {
    let mut town = Town::default();
    let mut citizen = Citizen {
        wants_receipt: false,
        ..Citizen::default()
    };

    citizen.walk_until(&mut town, |step| matches!(step, Step::Parting(_)));

    assert!(matches!(
        town.screen(),
        Screen::Farewell(farewell) if !farewell.receipt_printed && farewell.card_taken
    ));
    assert_eq!(town.receipts.slips, []);
}

#[test]
fn the_language_can_change_until_the_request_is_opened() {
    let mut town = Town::default();
    town.touch(Touch::ChooseLanguage(Language::English));
    let mut citizen = Citizen::asking_for(LAND);
    citizen.walk_until(&mut town, |step| step == Step::Explaining);
    let title = |town: &Town| town.view.as_ref().unwrap().title.clone().unwrap();
    assert_eq!(title(&town), "Land ledger");

    town.touch(Touch::ChooseLanguage(Language::Korean));
    assert_eq!(title(&town), "토지대장");
    town.touch(Touch::ChooseLanguage(Language::English));
    citizen.walk_home(&mut town);

    assert_eq!(town.request().language, "en");
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    laws::reckon(&town);
}

#[test]
fn a_second_citizen_finds_nothing_of_the_first() {
    let mut town = Town::default();
    town.touch(Touch::ChooseLanguage(Language::English));
    town.touch(Touch::NextTextSize);
    Citizen::wanting(2).walk_home(&mut town);

    assert_eq!(town.visit.language(), "ko");
    assert!(town.visit.request().is_none());
    assert_eq!(
        town.view.as_ref().unwrap().accessibility,
        Accessibility::default()
    );
    let person = format!("{:?}", town.visit.person);
    assert_eq!(
        person,
        format!("{:?}", crate::visit::person::Person::default())
    );
    Citizen::asking_for(LAND).walk_home(&mut town);

    laws::reckon(&town);
    assert_eq!(town.requests.len(), 2);
}

#[test]
fn a_kiosk_that_nobody_touches_rests() {
    let mut town = Town::default();

    town.pass(Duration::from_secs(86_400));

    assert!(matches!(town.screen(), Screen::Welcome(_)));
    assert_eq!(town.visit.poll_timeout(), None);
}
