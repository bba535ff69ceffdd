//! The disk is full, the power goes: what people get back and what they are told.

use request::{Outcome, PaperState, RequestEvent, Stage};

use super::{
    citizen::{Citizen, Piece},
    laws,
    town::{Town, Validity},
};
use crate::visit::{
    Event, Touch,
    step::Step,
    view::{FailureReason, MoneyOutcome, Screen, Trouble},
};

#[test]
fn a_journal_that_breaks_at_rest_closes_the_kiosk() {
    let mut town = Town::default();

    town.journal_breaks_in = Some(0);
    Citizen::default().walk_until(&mut town, |step| step == Step::Explaining);
    town.touch(crate::visit::Touch::Next);

    assert_eq!(*town.screen(), Screen::OutOfService(Trouble::Journal));
}

#[test]
fn a_full_disk_begins_nothing_until_there_is_room_again() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| step == Step::Explaining);

    town.tell(Event::Room(false));

    town.pass_seconds(300);
    assert_eq!(*town.screen(), Screen::OutOfService(Trouble::Journal));
    town.touch(Touch::Start);
    assert_eq!(town.visit.step, Step::Resting);
    town.tell(Event::Room(true));
    let mut citizen = Citizen::wanting(1).with(&[Piece::Coin(100); 10]);
    citizen.walk_until(&mut town, |step| matches!(step, Step::Parting(_)));
    citizen.walk_home(&mut town);
    assert_eq!(town.printer.sheets.len(), 1);
}

#[test]
fn what_was_begun_goes_on_when_the_disk_fills_up() {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting(1).with(&[Piece::Coin(100); 10]);
    citizen.walk_until(&mut town, |step| step == Step::Paying);

    town.tell(Event::Room(false));

    citizen.walk_until(&mut town, |step| matches!(step, Step::Parting(_)));
    citizen.walk_home(&mut town);
    town.pass_seconds(300);
    assert_eq!(town.printer.sheets.len(), 1);
    assert_eq!(*town.screen(), Screen::OutOfService(Trouble::Journal));
}

#[test]
fn a_journal_that_breaks_anywhere_does_nothing_more_and_tells_the_truth() {
    let mut written = 0;
    loop {
        let mut town = Town::default();
        town.journal_breaks_in = Some(written);
        let mut citizen = Citizen::wanting(2).with(&[Piece::Coin(100), Piece::Note(1000)]);
        while !town.journal_broken && !matches!(town.visit.step, Step::Parting(_)) {
            citizen.make_a_move(&mut town);
        }
        if !town.journal_broken {
            break;
        }
        let told = town.screen().clone();
        // What was ordered before still arrives.
        town.pass_seconds(15);
        let sheets = town.printer.sheets.len();
        let (in_won, out_won) = (town.cash.in_won, town.cash.out_won);
        town.pull_card();
        town.pass_seconds(300);

        assert!(matches!(
            town.screen(),
            Screen::OutOfService(Trouble::Journal)
        ));
        assert_eq!(
            town.cash.in_won, in_won,
            "took money after {written} entries"
        );
        assert_eq!(
            town.cash.out_won, out_won,
            "paid money after {written} entries"
        );
        assert_eq!(
            town.printer.sheets.len(),
            sheets,
            "printed after {written} entries"
        );
        if let Screen::Failed(failed) = told {
            assert_eq!(failed.reason, FailureReason::Bug);
            tells_the_truth(&mut town, &failed.money);
        }
        written += 1;
    }
    assert!(written > 15, "only {written} entries");
}

/// What the screen said of the money is what the next start finds.
fn tells_the_truth(town: &mut Town, told: &MoneyOutcome) {
    town.cut_the_power();
    laws::reckon(town);
    let told_won = match told {
        MoneyOutcome::Owed { amount_won, .. } => *amount_won,
        _ => 0,
    };
    assert_eq!(town.request().money.owed_won, told_won);
}

#[test]
fn a_sheet_under_way_when_the_power_goes_is_void_and_its_money_owed() {
    for seed in 0..8 {
        let mut town = Town::with_seed(seed);
        let mut citizen = Citizen::wanting(1).with(&[Piece::Coin(500)]);
        citizen.walk_until(&mut town, |step| step == Step::Printing);

        town.cut_the_power();

        let request = town.request();
        assert_eq!(request.stage, Stage::Closed(Outcome::Failed));
        assert_eq!(request.paper.count(PaperState::Spoiled), 1);
        assert_eq!(request.money.owed_won, 500);
        assert!(
            town.exchange
                .numbers
                .values()
                .all(|it| it.1 == Validity::Void)
        );
        assert_eq!(town.visit.step, Step::Resting);
        laws::reckon(&town);
    }
}

#[test]
fn a_power_cut_after_any_command_of_a_visit_leaves_nothing_open() {
    let mut cut_after = 0;
    loop {
        let mut town = Town::with_seed(u64::from(cut_after));
        let mut citizen = Citizen::wanting(2).with(&[Piece::Coin(100), Piece::Note(1000)]);
        town.crash_in = Some(cut_after);

        citizen.walk_until(&mut town, |step| matches!(step, Step::Parting(_)));
        town.crash_in = None;
        citizen.walk_home(&mut town);

        laws::reckon(&town);
        let events = town.journal.events(town.requests.last().unwrap()).unwrap();
        assert!(matches!(events.last(), Some(RequestEvent::Closed { .. })));
        if town.crashes == 0 {
            break;
        }
        cut_after += 1;
    }
    assert!(cut_after > 50, "only {cut_after} commands");
}
