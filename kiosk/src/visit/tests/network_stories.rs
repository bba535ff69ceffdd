//! The network is away, slow or talks nonsense, at each step.

use std::time::Duration;

use request::{DeclineReason, NetworkFault, NetworkId, Outcome, PaperState, RequestEvent, Stage};

use super::{
    citizen::{Citizen, FAMILY, LAND},
    laws,
    town::{ExchangeMood, Town, Validity},
};
use crate::visit::{
    Event, Link, Touch,
    step::Step,
    view::{Around, FailureReason, Screen, Trouble},
};

fn fail_with(mood: ExchangeMood) -> (Town, FailureReason) {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting(2);
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);
    town.exchange.mood = mood;
    town.touch(Touch::Next);
    town.wait_for("failed");
    match town.screen().clone() {
        Screen::Failed(failed) => (town, failed.reason),
        other => panic!("{mood:?}: {other:?}"),
    }
}

#[test]
fn an_exchange_that_is_away_is_told_before_anybody_starts() {
    let mut town = Town::default();
    town.set_exchange(ExchangeMood::Away);
    Citizen::default().walk_until(&mut town, |step| step == Step::Explaining);

    town.touch(Touch::Next);

    assert!(matches!(
        town.screen(),
        Screen::Service(sheet) if sheet.unavailable == Some(Trouble::ExchangeAway)
    ));
    assert!(town.requests.is_empty());
}

#[test]
fn an_agency_that_is_away_is_told_for_its_own_services_only() {
    let mut town = Town::default();
    let away = vec![NetworkId::new("people-id")];
    town.tell(Event::Link(Link::NetworksAway(away)));
    town.touch(Touch::Start);

    let Screen::Find(Around {
        most_asked: tiles, ..
    }) = town.screen()
    else {
        panic!("{:?}", town.screen());
    };
    for tile in tiles {
        let theirs = tile.service == "resident-register-household";
        let expected = theirs.then_some(Trouble::AgencyAway);
        assert_eq!(tile.unavailable, expected, "{}", tile.service);
    }
    Citizen::asking_for(LAND).walk_home(&mut town);
    laws::reckon(&town);
}

#[test]
fn the_courts_are_closed_at_night() {
    let mut town = Town::default();
    town.pass(Duration::from_secs(12 * 3600));
    Citizen::asking_for(FAMILY).walk_until(&mut town, |step| step == Step::Explaining);

    town.touch(Touch::Next);

    assert!(matches!(
        town.screen(),
        Screen::Service(sheet) if sheet.unavailable == Some(Trouble::OutsideHours)
    ));
}

#[test]
fn every_fault_of_the_network_is_a_sentence_and_nobody_is_charged() {
    let faults = [
        (
            ExchangeMood::Fails(NetworkFault::Unreachable),
            FailureReason::NetworkDown,
        ),
        (
            ExchangeMood::Fails(NetworkFault::Slow),
            FailureReason::NetworkSlow,
        ),
        (
            ExchangeMood::Fails(NetworkFault::Nonsense),
            FailureReason::NetworkNonsense,
        ),
        (ExchangeMood::Overtaken, FailureReason::NetworkSlow),
        (ExchangeMood::Miscounts, FailureReason::NetworkNonsense),
        (ExchangeMood::LosesDocuments, FailureReason::NetworkDown),
        (ExchangeMood::ForgetsDocuments, FailureReason::NetworkSlow),
        (
            ExchangeMood::Declines(DeclineReason::NoSuchRecord),
            FailureReason::NoSuchRecord,
        ),
        (
            ExchangeMood::Declines(DeclineReason::Unprintable),
            FailureReason::Unprintable,
        ),
        (
            ExchangeMood::Declines(DeclineReason::OutsideHours),
            FailureReason::OutsideHours,
        ),
    ];
    for (mood, reason) in faults {
        let (town, told) = fail_with(mood);

        assert_eq!(told, reason, "{mood:?}");
        let request = town.request();
        assert_eq!(request.stage, Stage::Closed(Outcome::Failed), "{mood:?}");
        assert_eq!(request.money.asked_won, None, "{mood:?}");
        assert!(town.printer.sheets.is_empty(), "{mood:?}");
        laws::reckon(&town);
    }
}

#[test]
fn a_line_that_is_cut_while_the_exchange_works_is_told_as_such() {
    let mut town = Town::default();
    let mut citizen = Citizen::default();
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);
    town.exchange.mood = ExchangeMood::Away;
    town.touch(Touch::Next);

    town.tell(Event::Link(Link::Away));
    town.pass_seconds(46);

    assert!(matches!(
        town.screen(),
        Screen::Failed(failed) if failed.reason == FailureReason::NetworkDown && failed.may_retry
    ));
    laws::reckon(&town);
}

#[test]
fn an_answer_that_comes_too_late_is_void_and_disturbs_nobody() {
    let (mut town, _) = fail_with(ExchangeMood::Overtaken);
    town.pass_seconds(20);
    town.pull_card();
    town.pass_seconds(100);
    town.exchange.mood = ExchangeMood::Well;

    Citizen::asking_for(LAND).walk_home(&mut town);

    let late = &town.requests[0];
    let events = town.journal.events(late).unwrap();
    assert!(matches!(events.last(), Some(RequestEvent::Prepared { .. })));
    let theirs = town.exchange.numbers.values().filter(|(id, _)| id == late);
    assert!(theirs.clone().count() == 2 && theirs.clone().all(|it| it.1 == Validity::Void));
    assert_eq!(town.printer.sheets.len(), 1);
    laws::reckon(&town);
}

#[test]
fn trying_again_asks_only_for_consent() {
    for service in [super::citizen::HOUSEHOLD, LAND] {
        let mut town = Town::default();
        let mut citizen = Citizen {
            copies: 2,
            ..Citizen::asking_for(service)
        };
        citizen.walk_until(&mut town, |step| step == Step::Reviewing);
        let before = town.screen().clone();
        town.exchange.mood = ExchangeMood::Fails(NetworkFault::Slow);
        town.touch(Touch::Next);
        town.pass_seconds(5);
        town.exchange.mood = ExchangeMood::Well;
        town.screens.clear();

        town.touch(Touch::TryAgain);
        citizen.walk_until(&mut town, |step| step == Step::Reviewing);

        assert_eq!(*town.screen(), before, "{service}");
        let consented = town.screens.contains(&"consent");
        assert_eq!(consented, service != LAND, "{:?}", town.screens);
        assert!(!town.screens.contains(&"insert-card"), "{:?}", town.screens);
        citizen.walk_home(&mut town);
        let request = town.request();
        assert_eq!(request.stage, Stage::Closed(Outcome::Done));
        assert_eq!(request.paper.count(PaperState::Issued), 2);
        assert_eq!(town.requests.len(), 2);
        laws::reckon(&town);
    }
}

#[test]
fn whoever_took_the_card_out_is_identified_again_before_trying_again() {
    let mut town = Town::default();
    let mut citizen = Citizen::default();
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);
    town.exchange.mood = ExchangeMood::Fails(NetworkFault::Slow);
    town.touch(Touch::Next);
    town.pass_seconds(5);
    town.exchange.mood = ExchangeMood::Well;
    town.pull_card();

    town.touch(Touch::TryAgain);

    assert!(matches!(town.screen(), Screen::InsertCard(_)));
    citizen.walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    laws::reckon(&town);
}

#[test]
fn documents_announced_twice_are_printed_once() {
    let mut town = Town::default();
    town.exchange.mood = ExchangeMood::Stutters;

    Citizen::wanting(2).walk_home(&mut town);

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(town.printer.sheets.len(), 2);
    laws::reckon(&town);
}

#[test]
fn what_is_published_about_somebody_else_changes_nothing() {
    let mut town = Town::default();
    Citizen::asking_for(LAND).walk_home(&mut town);
    let mut citizen = Citizen::default();
    citizen.walk_until(&mut town, |step| step == Step::Preparing);

    let request = town.requests[0].clone();
    let reason = DeclineReason::NoSuchRecord;
    town.tell(Event::Published {
        request,
        event: RequestEvent::Declined { reason },
    });

    assert_eq!(town.visit.step, Step::Preparing);
    citizen.walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
}
