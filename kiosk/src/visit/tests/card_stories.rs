//! What becomes of cards: pulled, foreign, damaged, left behind.

use bench::people::PEOPLE;
use devices::card_reader::CardFault;
use request::{Outcome, Stage};

use super::{
    citizen::{Citizen, LAND, Piece, type_number},
    laws,
    town::{Card, Town},
};
use crate::visit::{
    step::Step,
    view::{
        CardRefusal, FailureReason, InsertCard, MoneyOutcome, NumberProof, NumberRefusal, Screen,
    },
};

fn failure(town: &Town) -> FailureReason {
    match town.screen() {
        Screen::Failed(failed) => failed.reason,
        other => panic!("not failed: {other:?}"),
    }
}

#[test]
fn a_card_pulled_before_anything_is_printed_ends_the_visit_and_gives_everything_back() {
    let steps: [fn(Step) -> bool; 7] = [
        |step| step == Step::TypingNumber,
        |step| step == Step::Choosing,
        |step| step == Step::Consenting,
        |step| step == Step::Reviewing,
        |step| step == Step::Preparing,
        |step| step == Step::Fetching,
        |step| step == Step::Paying,
    ];
    for (index, step) in steps.into_iter().enumerate() {
        let mut town = Town::default();
        Citizen::default().walk_until(&mut town, step);

        town.pull_card();

        assert_eq!(failure(&town), FailureReason::CardPulled, "step {index}");
        assert_eq!(
            town.request().stage,
            Stage::Closed(Outcome::Withdrawn),
            "step {index}"
        );
        town.pass_seconds(300);
        assert_eq!(town.visit.step, Step::Resting, "step {index}");
        assert!(town.printer.sheets.is_empty(), "step {index}");
        laws::reckon(&town);
    }
}

#[test]
fn a_card_pulled_with_money_in_the_machine_brings_the_money_back() {
    let mut town = Town::default();
    let purse = [Piece::Coin(100)];
    let mut citizen = Citizen::wanting(2).with(&purse);
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    citizen.make_a_move(&mut town);
    citizen.make_a_move(&mut town);
    town.insert_note(1000);
    town.pass_seconds(0);

    town.pull_card();
    town.pass_seconds(20);

    let Screen::Failed(failed) = town.screen() else {
        panic!("{:?}", town.screen());
    };
    assert_eq!(failed.money, MoneyOutcome::Returned { amount_won: 1100 });
    assert_eq!((town.cash.in_won, town.cash.out_won), (100, 100));
    assert_eq!(town.cash.escrow, None);
    laws::reckon(&town);
}

#[test]
fn a_card_pulled_while_the_sheet_is_printed_changes_nothing() {
    for wanted in [Step::Printing, Step::OfferingReceipt, Step::PrintingReceipt] {
        let mut town = Town::default();
        let mut citizen = Citizen::default();
        citizen.walk_until(&mut town, |step| step == wanted);

        town.pull_card();
        citizen.walk_home(&mut town);

        assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
        assert!(!town.screens.contains(&"take-card"), "{wanted:?}");
        laws::reckon(&town);
    }
}

#[test]
fn a_card_nobody_knows_comes_back_and_another_is_read() {
    for (fault, refusal) in [
        (CardFault::Unknown, CardRefusal::Unknown),
        (CardFault::Expired, CardRefusal::Unknown),
        (CardFault::Unreadable, CardRefusal::Unreadable),
        (CardFault::Damaged, CardRefusal::Damaged),
    ] {
        for chip in [true, false] {
            let mut town = Town::default();
            town.slot.chip = chip;
            let mut citizen = Citizen::default();
            citizen.walk_until(&mut town, |step| {
                step == Step::InsertingCard(InsertCard::Waiting)
            });

            town.insert_card(Card::Bad(fault));
            town.pass_seconds(10);

            let refused = Screen::InsertCard(InsertCard::Refused(refusal));
            assert_eq!(*town.screen(), refused);
            citizen.walk_home(&mut town);
            assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
            laws::reckon(&town);
        }
    }
}

#[test]
fn a_card_pulled_too_soon_is_asked_for_again() {
    let mut town = Town::default();
    let mut citizen = Citizen::default();
    citizen.walk_until(&mut town, |step| {
        step == Step::InsertingCard(InsertCard::Reading)
    });

    town.pull_card();

    let refused = Screen::InsertCard(InsertCard::Refused(CardRefusal::PulledTooSoon));
    assert_eq!(*town.screen(), refused);
    citizen.walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
}

#[test]
fn three_wrong_numbers_end_the_visit_and_say_nothing_of_the_right_one() {
    let mut town = Town::default();
    let mut citizen = Citizen::default();
    citizen.walk_until(&mut town, |step| step == Step::TypingNumber);

    type_number(&mut town, "9902312345678");
    let Screen::ResidentNumber(entry) = town.screen() else {
        panic!("{:?}", town.screen());
    };
    assert_eq!(entry.refusal, Some(NumberRefusal::NotANumber));
    for tries_left in [2, 1] {
        type_number(&mut town, PEOPLE[1].resident_number);
        let Screen::ResidentNumber(entry) = town.screen() else {
            panic!("{:?}", town.screen());
        };
        assert_eq!(entry.refusal, Some(NumberRefusal::NotTheCards));
        assert_eq!(entry.proof, NumberProof::Card { tries_left });
    }
    type_number(&mut town, PEOPLE[1].resident_number);

    assert_eq!(failure(&town), FailureReason::TooManyTries);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Failed));
    assert_eq!(town.request().applicant, None);
    citizen.walk_home(&mut town);
    assert!(town.slot.card.is_none());
    laws::reckon(&town);
}

#[test]
fn a_card_left_in_is_reminded_of_and_not_read_for_the_next_citizen() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| step == Step::TakingCard);
    town.pass_seconds(61);
    assert!(matches!(
        town.screen(),
        Screen::Farewell(farewell) if !farewell.card_taken
    ));
    town.pass_seconds(10);
    assert_eq!(town.visit.step, Step::Resting);

    let mut next = Citizen {
        person: PEOPLE[1],
        ..Citizen::default()
    };
    next.walk_until(&mut town, |step| matches!(step, Step::InsertingCard(_)));
    town.pass_seconds(10);
    let waiting = Screen::InsertCard(InsertCard::Waiting);
    assert_eq!(
        *town.screen(),
        waiting,
        "the former citizen's card is not read"
    );
    next.walk_home(&mut town);

    let applicant = town.request().applicant.unwrap();
    assert_eq!(applicant.name.reveal(), PEOPLE[1].name);
    laws::reckon(&town);
}

#[test]
fn a_visit_without_a_card_leaves_the_card_somebody_forgot_alone() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| step == Step::TakingCard);
    town.pass_seconds(100);
    town.screens.clear();

    Citizen::asking_for(LAND).walk_home(&mut town);

    assert!(!town.screens.contains(&"take-card"), "{:?}", town.screens);
    laws::reckon(&town);
}

#[test]
fn a_reader_is_not_left_waiting_when_its_citizen_goes() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| matches!(step, Step::InsertingCard(_)));
    assert!(town.slot.accepting);

    town.pass_seconds(81);

    assert!(!town.slot.accepting);
    laws::reckon(&town);
}
