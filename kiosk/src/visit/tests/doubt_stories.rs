//! The printer cannot tell, and the citizen is asked: what each answer leads to.

use request::{NetworkFault, Outcome, PaperState, Stage};

use super::{
    citizen::{Citizen, Piece, Says},
    laws,
    town::{ExchangeMood, PrinterMood, Town, Validity},
};
use crate::visit::{
    Touch,
    step::Step,
    view::{MoneyOutcome, Screen},
};

fn saying(says: Says) -> Citizen {
    Citizen {
        says,
        ..Citizen::default()
    }
}

/// The kiosk asks; `sheet` says whether one came out.
fn asked(citizen: &mut Citizen, sheet: bool) -> Town {
    let mut town = Town::default();
    citizen.walk_until(&mut town, |step| step == Step::Printing);
    town.set_printer(PrinterMood::Silent { sheet });
    town.wait_for("paper-question");
    town.set_printer(PrinterMood::Well);
    town
}

fn validity(town: &Town) -> Vec<Validity> {
    town.exchange.numbers.values().map(|it| it.1).collect()
}

/// What the citizens are out of pocket.
fn paid(town: &Town) -> u32 {
    town.cash.in_won - town.cash.out_won
}

#[test]
fn whoever_has_the_sheet_pays_for_it_and_it_is_valid() {
    let mut citizen = saying(Says::Yes);
    let mut town = asked(&mut citizen, true);

    citizen.walk_home(&mut town);

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(validity(&town), [Validity::Issued]);
    assert_eq!((paid(&town), town.printer.sheets.len()), (200, 1));
    laws::reckon(&town);
}

#[test]
fn whoever_has_none_gets_another_under_another_number_for_the_same_fee() {
    let mut citizen = saying(Says::NoAgain);
    let mut town = asked(&mut citizen, false);

    citizen.walk_home(&mut town);

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(validity(&town), [Validity::Void, Validity::Issued]);
    assert_eq!((paid(&town), town.printer.sheets.len()), (200, 1));
    laws::reckon(&town);
}

#[test]
fn a_liar_ends_with_one_valid_sheet_and_one_fee() {
    let mut citizen = saying(Says::NoAgain);
    let mut town = asked(&mut citizen, true);

    citizen.walk_home(&mut town);

    assert_eq!(town.printer.sheets.len(), 2);
    assert_eq!(validity(&town), [Validity::Void, Validity::Issued]);
    assert_eq!(paid(&town), 200);
    laws::reckon(&town);
}

#[test]
fn a_liar_who_takes_the_money_holds_a_void_sheet() {
    let mut citizen = saying(Says::NoMoney);
    let mut town = asked(&mut citizen, true);

    citizen.walk_home(&mut town);

    assert_eq!(validity(&town), [Validity::Void]);
    assert_eq!(paid(&town), 0);
    laws::reckon(&town);
}

#[test]
fn the_money_goes_back_only_once_the_exchange_knows_the_number_as_void() {
    let mut citizen = saying(Says::NoMoney);
    let mut town = asked(&mut citizen, true);
    town.set_exchange(ExchangeMood::Away);
    let out_won = town.cash.out_won;

    town.touch(Touch::GotNoPaper);
    town.wait_for("failed");

    assert_eq!(town.cash.out_won, out_won, "paid though nobody was told");
    let Screen::Failed(failed) = town.screen() else {
        panic!("not failed");
    };
    assert!(matches!(
        failed.money,
        MoneyOutcome::Owed {
            amount_won: 1000,
            ..
        }
    ));
    laws::reckon(&town);
}

#[test]
fn without_an_answer_the_number_is_void_and_the_money_goes_back() {
    let mut citizen = saying(Says::Nothing);
    let mut town = asked(&mut citizen, true);

    citizen.walk_home(&mut town);

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Failed));
    assert_eq!(validity(&town), [Validity::Void]);
    assert_eq!(paid(&town), 0);
    laws::reckon(&town);
}

#[test]
fn a_note_stays_in_the_box_while_the_citizen_thinks() {
    let mut citizen = saying(Says::Yes).with(&[Piece::Note(1000)]);
    let mut town = asked(&mut citizen, true);

    town.pass_seconds(3);

    assert_eq!(town.screens.last(), Some(&"paper-question"));
    assert_eq!(town.request().money.taken_won, 1000);
}

#[test]
fn a_printer_that_speaks_at_last_is_believed_before_anybody_answers() {
    let mut citizen = saying(Says::NoMoney);
    let mut town = Town::default();
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    town.printer.mood = PrinterMood::Late;
    citizen.walk_until(&mut town, |step| step == Step::Printing);
    town.wait_for("paper-question");

    town.pass_seconds(30);

    assert_eq!(validity(&town), [Validity::Issued]);
    citizen.walk_home(&mut town);
    assert_eq!((paid(&town), town.printer.sheets.len()), (200, 1));
    laws::reckon(&town);
}

#[test]
fn the_second_of_two_copies_is_asked_about_alone() {
    let mut citizen = Citizen {
        copies: 2,
        ..saying(Says::NoAgain)
    };
    let mut town = Town::default();
    citizen.walk_until(&mut town, |step| step == Step::Printing);
    town.pass_seconds(5);
    town.set_printer(PrinterMood::Silent { sheet: false });
    town.wait_for("paper-question");
    town.set_printer(PrinterMood::Well);

    citizen.walk_home(&mut town);

    assert_eq!(town.request().paper.count(PaperState::Issued), 2);
    assert_eq!((paid(&town), town.printer.sheets.len()), (400, 2));
    laws::reckon(&town);
}

#[test]
fn a_copy_that_cannot_be_made_anew_gives_the_money_back() {
    for mood in [
        ExchangeMood::Fails(NetworkFault::Slow),
        ExchangeMood::LosesDocuments,
        ExchangeMood::ForgetsDocuments,
    ] {
        let mut citizen = saying(Says::NoAgain);
        let mut town = asked(&mut citizen, false);
        town.exchange.mood = mood;

        citizen.walk_home(&mut town);

        assert_eq!(
            town.request().stage,
            Stage::Closed(Outcome::Failed),
            "{mood:?}"
        );
        assert_eq!(paid(&town), 0, "{mood:?}");
        laws::reckon(&town);
    }
}
