//! What cannot be had, what is not printed, and power that goes in between.

use std::time::Duration;

use super::*;
use crate::visit::view::Trouble;

/// The exchange says no to the first alone.
fn first_declined() -> (Town, Citizen) {
    let (mut town, mut citizen) = filled(HOUSEHOLD, &[FAMILY]);
    town.set_exchange(ExchangeMood::Declines(DeclineReason::NoSuchRecord));
    town.touch(Touch::Next);
    town.set_exchange(ExchangeMood::Well);
    walk_to(&mut citizen, &mut town, at(BasketStage::Rest));
    (town, citizen)
}

#[test]
fn what_is_declined_is_named_and_the_other_is_had_and_paid_for() {
    let (mut town, mut citizen) = first_declined();
    let shown = sheet(&town);
    assert_eq!(shown.items[0].failure, Some(FailureReason::NoSuchRecord));
    assert_eq!(shown.items[1].failure, None);
    assert_eq!(town.view.as_ref().unwrap().basket.sum, "500원");

    citizen.walk_home(&mut town);

    assert_eq!(
        outcomes(&town),
        [(0, Outcome::Failed), (500, Outcome::Done)]
    );
    assert_eq!(town.cash.in_won - town.cash.out_won, 500);
    laws::reckon(&town);
}

#[test]
fn whoever_does_not_want_the_rest_pays_nothing() {
    let (mut town, _) = first_declined();

    town.touch(Touch::Back);
    town.pull_card();
    town.pass_seconds(30);

    assert_eq!(
        outcomes(&town),
        [(0, Outcome::Failed), (0, Outcome::Withdrawn)]
    );
    assert_eq!(times(&town, "pay"), 0);
    laws::reckon(&town);
}

#[test]
fn where_none_can_be_had_nobody_is_asked_for_money() {
    let (mut town, mut citizen) = filled(HOUSEHOLD, &[FAMILY]);
    town.set_exchange(ExchangeMood::Away);

    walk_to(&mut citizen, &mut town, at(BasketStage::None));
    assert_eq!(sheet(&town).money, MoneyOutcome::NotAsked);
    citizen.walk_home(&mut town);

    assert_eq!(outcomes(&town), [(0, Outcome::Failed); 2]);
    laws::reckon(&town);
}

fn prints(town: &Town, item: usize) -> bool {
    let present = town.visit.request().map(|it| &it.id);
    town.visit.step == Step::Printing && present == town.requests.get(item)
}

/// The first paper has just come out; the printer will be like this for the next.
fn next_meets(mood: PrinterMood, besides: &[&'static str]) -> (Town, Citizen) {
    let (mut town, mut citizen) = filled(HOUSEHOLD, besides);
    walk_to(&mut citizen, &mut town, |town| prints(town, 0));
    while town.printer.sheets.is_empty() {
        town.pass(Duration::from_millis(10));
    }
    town.printer.mood = mood;
    (town, citizen)
}

#[test]
fn the_fee_of_a_second_paper_that_fails_comes_back_and_the_first_keeps_its_own() {
    let (mut town, mut citizen) = next_meets(PrinterMood::OutOfPaper, &[FAMILY]);
    walk_to(&mut citizen, &mut town, at(BasketStage::Outcome));

    let shown = sheet(&town);
    assert_eq!(shown.items[0].failure, None);
    assert_eq!(shown.items[0].numbers.len(), 1);
    let failure = Some(FailureReason::PrinterOutOfPaper);
    assert_eq!(shown.items[1].failure, failure);
    let money = MoneyOutcome::Charged {
        amount_won: 200,
        returned_won: 800,
    };
    assert_eq!(shown.money, money);
    citizen.walk_home(&mut town);

    assert_eq!(
        outcomes(&town),
        [(200, Outcome::Done), (0, Outcome::Failed)]
    );
    let slip = format!("{:?}", town.receipts.slips[0].1);
    assert!(slip.contains("발급하지 못함"), "{slip}");
    assert!(slip.contains("amount_won: 800"), "{slip}");
    laws::reckon(&town);
}

#[test]
fn a_void_copy_is_not_charged_and_a_confirmed_one_is() {
    for (says, captured_won) in [(Says::NoMoney, 0), (Says::Yes, 500), (Says::Nothing, 0)] {
        let (mut town, mut citizen) = next_meets(PrinterMood::Silent { sheet: true }, &[FAMILY]);
        citizen.says = says;

        citizen.walk_home(&mut town);

        let captured: Vec<_> = outcomes(&town).iter().map(|it| it.0).collect();
        assert_eq!(captured, [200, captured_won], "{says:?}");
        assert_eq!(town.cash.out_won, 800 - captured_won, "{says:?}");
        laws::reckon(&town);
    }
}

#[test]
fn what_follows_a_paper_that_failed_is_printed_where_the_printer_can() {
    let (mut town, mut citizen) = next_meets(PrinterMood::OutOfPaper, &[FAMILY, LAND]);
    walk_to(&mut citizen, &mut town, |town| prints(town, 2));
    town.printer.mood = PrinterMood::Well;

    citizen.walk_home(&mut town);

    assert_eq!(
        outcomes(&town),
        [
            (200, Outcome::Done),
            (0, Outcome::Failed),
            (300, Outcome::Done)
        ]
    );
    assert_eq!(town.cash.in_won - town.cash.out_won, 500);
    laws::reckon(&town);
}

#[test]
fn a_printer_that_says_it_has_no_paper_is_not_tried_again() {
    let (mut town, mut citizen) = next_meets(PrinterMood::OutOfPaper, &[FAMILY, LAND]);
    town.set_printer(PrinterMood::OutOfPaper);

    walk_to(&mut citizen, &mut town, at(BasketStage::Outcome));

    assert_eq!(town.printer.ordered.len(), 1);
    let failure = Some(FailureReason::PrinterOutOfPaper);
    let failures: Vec<_> = sheet(&town).items.iter().map(|it| it.failure).collect();
    assert_eq!(failures, [None, failure, failure]);
    citizen.walk_home(&mut town);
    let issued = requests(&town).into_iter();
    let issued: usize = issued.map(|it| it.paper.count(PaperState::Issued)).sum();
    assert_eq!(issued, 1);
    laws::reckon(&town);
}

#[test]
fn a_power_cut_after_any_command_leaves_nothing_open_and_no_won_without_a_place() {
    let mut cut_after = 0;
    loop {
        let mut town = Town::with_seed(u64::from(cut_after));
        let mut citizen = Citizen::wanting_all(HOUSEHOLD, &[FAMILY, JOB])
            .with(&[Piece::Coin(100), Piece::Note(1000)]);
        town.crash_in = Some(cut_after);

        citizen.walk_until(&mut town, |step| matches!(step, Step::Parting(_)));
        town.crash_in = None;
        citizen.walk_home(&mut town);

        laws::reckon(&town);
        if town.crashes == 0 {
            break;
        }
        cut_after += 1;
    }
    assert!(cut_after > 90, "only {cut_after} commands");
}

#[test]
fn a_journal_that_breaks_anywhere_does_nothing_more_and_tells_the_truth() {
    let mut written = 0;
    loop {
        let mut town = Town::default();
        town.journal_breaks_in = Some(written);
        let mut citizen =
            Citizen::wanting_all(HOUSEHOLD, &[FAMILY]).with(&[Piece::Coin(100), Piece::Note(1000)]);
        while !town.journal_broken && !matches!(town.visit.step, Step::Parting(_)) {
            citizen.make_a_move(&mut town);
        }
        if !town.journal_broken {
            break;
        }
        let told = town.screen().clone();
        town.pass_seconds(15);
        let sheets = town.printer.sheets.len();
        town.pull_card();
        town.pass_seconds(300);

        let closed = Screen::OutOfService(Trouble::Journal);
        assert_eq!(*town.screen(), closed, "after {written} entries");
        assert_eq!(town.printer.sheets.len(), sheets, "after {written} entries");
        town.cut_the_power();
        laws::reckon(&town);
        if let Screen::Failed(failed) = told {
            let told_won = match failed.money {
                MoneyOutcome::Owed { amount_won, .. } => amount_won,
                _ => 0,
            };
            let owed_won: u32 = requests(&town).iter().map(|it| it.money.owed_won).sum();
            assert_eq!(owed_won, told_won, "after {written} entries");
        }
        written += 1;
    }
    assert!(written > 25, "only {written} entries");
}
