//! Issued without the exchange, within what a lease allows.

use std::{collections::BTreeSet, time::Duration};

use request::{Outcome, RequestEvent, Stage};

use super::{
    citizen::{Citizen, HOUSEHOLD, LAND, Piece},
    laws,
    town::{ExchangeMood, Town},
};
use crate::visit::{
    Touch,
    step::Step,
    view::{Around, FailureReason, Screen, ServiceTile, Trouble},
};

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// A town whose kiosk may issue so many papers, and has lost the exchange since.
fn cut_off(papers: u32) -> Town {
    let mut town = Town::default();
    town.lease(papers, DAY);
    town.set_exchange(ExchangeMood::Away);
    town
}

fn landowner() -> Citizen {
    Citizen::asking_for(LAND).with(&[Piece::Note(1_000)])
}

/// What the list says of the land ledger.
fn tile(town: &mut Town) -> ServiceTile {
    town.touch(Touch::Start);
    let Screen::Find(Around {
        most_asked: tiles, ..
    }) = town.screen().clone()
    else {
        panic!("not the list");
    };
    town.touch(Touch::StartOver);
    town.pass_seconds(60);
    tiles.into_iter().find(|it| it.service == LAND).unwrap()
}

/// Every number that any request ever had, once for each that had it.
fn numbers(town: &Town) -> Vec<String> {
    let mut numbers = Vec::new();
    for id in &town.requests {
        for event in town.journal.events(id).unwrap() {
            if let RequestEvent::PreparedUnderLease { documents, .. } = event {
                numbers.extend(documents.into_iter().map(|it| it.number.to_string()));
            }
        }
    }
    numbers
}

#[test]
fn a_leased_service_is_had_without_the_exchange_and_the_screen_says_from_which_records() {
    let mut town = cut_off(5);

    let tile = tile(&mut town);
    let mut citizen = landowner();
    citizen.walk_until(&mut town, |step| step == Step::Explaining);
    let Screen::Service(sheet) = town.screen().clone() else {
        panic!("not explained");
    };
    citizen.walk_home(&mut town);

    assert_eq!(
        (tile.unavailable, tile.records_at.as_str()),
        (None, "09:30")
    );
    assert!(!tile.queues);
    assert_eq!(sheet.records_at, "09:30");
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(town.printer.sheets, numbers(&town));
    assert_eq!(town.journal.leases().unwrap()[0].left, 4);
    laws::reckon(&town);
}

#[test]
fn with_the_exchange_at_hand_nothing_is_taken_out_of_the_lease() {
    let mut town = cut_off(5);
    town.set_exchange(ExchangeMood::Well);

    landowner().walk_home(&mut town);

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(town.journal.leases().unwrap()[0].left, 5);
    assert_eq!(numbers(&town).len(), 0);
}

#[test]
fn no_more_papers_than_the_lease_has_and_no_copies_it_lacks() {
    let mut town = cut_off(3);
    let mut citizen = Citizen {
        copies: 2,
        ..landowner()
    };
    citizen.walk_home(&mut town);

    let mut next = landowner();
    next.walk_until(&mut town, |step| step == Step::Choosing);
    let Screen::Options(options) = town.screen().clone() else {
        panic!("no options");
    };
    next.walk_home(&mut town);
    let tile = tile(&mut town);

    assert_eq!(options.copies_max, 1);
    assert_eq!(tile.unavailable, Some(Trouble::ExchangeAway));
    assert_eq!(town.printer.sheets.len(), 3);
    laws::reckon(&town);
}

#[test]
fn a_lease_runs_out_and_a_clock_set_back_does_not_help_even_over_a_restart() {
    let mut town = cut_off(5);
    let morning = town.now.wall;
    town.pass(DAY + Duration::from_secs(1));
    let over = tile(&mut town).unavailable;

    town.set_wall_clock(morning);
    let set_back = tile(&mut town).unavailable;
    town.journal.see_time(morning + DAY + DAY).unwrap();
    town.set_wall_clock(morning);
    town.cut_the_power();
    let restarted = tile(&mut town).unavailable;

    assert_eq!(over, Some(Trouble::ExchangeAway));
    assert_eq!(set_back, Some(Trouble::ExchangeAway));
    assert_eq!(restarted, Some(Trouble::ExchangeAway));
    assert_eq!(town.requests.len(), 0, "what is refused was begun");
}

#[test]
fn a_lease_that_runs_out_while_somebody_stands_there_gives_no_paper() {
    let mut town = cut_off(5);
    let mut citizen = landowner();
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);
    let late = town.now.wall + DAY + DAY;
    town.journal.see_time(late).unwrap();

    town.touch(Touch::Next);
    town.pass_seconds(1);

    let Screen::Failed(failed) = town.screen().clone() else {
        panic!("not failed");
    };
    assert_eq!(failed.reason, FailureReason::NetworkDown);
    assert_eq!(town.printer.sheets.len(), 0);
    citizen.walk_home(&mut town);
    laws::reckon(&town);
}

#[test]
fn what_is_not_in_the_records_costs_no_number() {
    let mut town = cut_off(5);
    let mut citizen = landowner();
    citizen.walk_until(&mut town, |step| step == Step::Reviewing);
    town.forget_records();

    town.touch(Touch::Next);
    town.pass_seconds(1);

    let Screen::Failed(failed) = town.screen().clone() else {
        panic!("not failed");
    };
    assert_eq!(failed.reason, FailureReason::NotInRecords);
    citizen.walk_home(&mut town);
    assert_eq!(town.journal.leases().unwrap()[0].left, 5);
    laws::reckon(&town);
}

#[test]
fn other_services_are_refused_as_ever() {
    let mut town = cut_off(5);

    town.touch(Touch::Start);

    let Screen::Find(Around {
        most_asked: tiles, ..
    }) = town.screen()
    else {
        panic!("not the list");
    };
    let other = tiles.iter().find(|it| it.service == HOUSEHOLD).unwrap();
    assert_eq!(other.unavailable, Some(Trouble::ExchangeAway));
    assert_eq!(other.records_at, "");
}

#[test]
fn the_power_may_go_at_every_command_and_no_number_is_used_twice() {
    let mut crashes = 0;
    for commands in 0..60 {
        let mut town = cut_off(20);
        town.crash_in = Some(commands);
        for _ in 0..400 {
            if town.crashes > 0 {
                break;
            }
            landowner().make_a_move(&mut town);
        }
        crashes += town.crashes;
        town.crash_in = None;
        for _ in 0..100 {
            if town.visit.step == Step::Resting {
                break;
            }
            landowner().make_a_move(&mut town);
        }

        landowner().walk_home(&mut town);

        let numbers = numbers(&town);
        let once: BTreeSet<_> = numbers.iter().collect();
        assert_eq!(once.len(), numbers.len(), "cut at {commands}: {numbers:?}");
        assert!(town.printer.sheets.iter().all(|it| once.contains(it)));
        laws::reckon(&town);
    }
    assert!(crashes > 40, "only {crashes} cuts fell into a visit");
}
