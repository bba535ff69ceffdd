//! Several certificates in one visit: one identification, one payment, an end for each.

use request::{DeclineReason, Outcome, PaperState, ServiceRequest, Stage};

use super::{
    citizen::{Citizen, FAMILY, HOUSEHOLD, JOB, LAND, Piece, Says},
    laws,
    town::{Card, ExchangeMood, PrinterMood, Town},
};
use crate::visit::{
    Touch,
    person::Person,
    step::Step,
    view::{BasketSheet, BasketStage, FailureReason, MoneyOutcome, Screen},
};

mod broken;
mod filling;

fn requests(town: &Town) -> Vec<ServiceRequest> {
    let ids = town.requests.iter();
    // A journal that breaks may never have heard of the last one.
    ids.filter_map(|id| town.journal.request(id).unwrap())
        .collect()
}

fn outcomes(town: &Town) -> Vec<(u32, Outcome)> {
    let end = |it: &ServiceRequest| match it.stage {
        Stage::Closed(outcome) => (it.money.captured_won, outcome),
        other => panic!("{} is open: {other:?}", it.id),
    };
    requests(town).iter().map(end).collect()
}

fn times(town: &Town, screen: &str) -> usize {
    town.screens.iter().filter(|it| **it == screen).count()
}

fn sheet(town: &Town) -> BasketSheet {
    match town.screen() {
        Screen::Basket(sheet) => sheet.clone(),
        other => panic!("no basket: {other:?}"),
    }
}

fn at(stage: BasketStage) -> impl Fn(&Town) -> bool {
    move |town| matches!(town.screen(), Screen::Basket(sheet) if sheet.stage == stage)
}

fn walk_to(citizen: &mut Citizen, town: &mut Town, arrived: impl Fn(&Town) -> bool) {
    for _ in 0..200 {
        if arrived(town) {
            return;
        }
        citizen.make_a_move(town);
    }
    panic!("never arrived; seen {:?}", town.screens);
}

/// All of them in the basket, before the last look is left.
fn filled(service: &'static str, besides: &[&'static str]) -> (Town, Citizen) {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting_all(service, besides);
    let all = besides.len() + 1;
    walk_to(
        &mut citizen,
        &mut town,
        |town| matches!(town.screen(), Screen::Basket(sheet) if sheet.items.len() == all),
    );
    (town, citizen)
}

#[test]
fn two_certificates_are_one_card_one_payment_two_papers_and_one_receipt() {
    let mut town = Town::default();

    Citizen::wanting_all(HOUSEHOLD, &[FAMILY]).walk_home(&mut town);

    assert_eq!(
        outcomes(&town),
        [(200, Outcome::Done), (500, Outcome::Done)]
    );
    for screen in ["insert-card", "resident-number", "pay", "take-paper"] {
        assert_eq!(times(&town, screen), 1, "{screen}: {:?}", town.screens);
    }
    assert_eq!(town.printer.sheets.len(), 2);
    assert_eq!((town.cash.in_won, town.cash.out_won), (1000, 300));
    assert_eq!(town.receipts.slips.len(), 1);
    assert!(requests(&town).iter().all(|it| it.receipt_printed));
    laws::reckon(&town);
}

#[test]
fn the_receipt_lists_each_with_its_number_and_its_fee() {
    let mut town = Town::default();

    Citizen::wanting_all(HOUSEHOLD, &[FAMILY]).walk_home(&mut town);

    let slip = format!("{:?}", town.receipts.slips[0].1);
    for request in requests(&town) {
        let number = request.paper.documents[0].0.number.to_string();
        assert!(slip.contains(&number), "{number} in {slip}");
        assert!(slip.contains(request.id.as_str()));
    }
    for words in [
        "주민등록표 등본",
        "가족관계증명서",
        "amount_won: 700",
        "amount_won: 300",
    ] {
        assert!(slip.contains(words), "{words} in {slip}");
    }
}

#[test]
fn change_comes_out_once_after_the_last_paper() {
    let (mut town, mut citizen) = filled(HOUSEHOLD, &[FAMILY, LAND]);
    citizen.purse = vec![Piece::Coin(500), Piece::Note(1000)];
    walk_to(&mut citizen, &mut town, |town| {
        town.printer.sheets.len() == 2
    });
    assert_eq!(town.cash.out_won, 0);

    citizen.walk_home(&mut town);

    assert_eq!(town.printer.sheets.len(), 3);
    assert_eq!((town.cash.in_won, town.cash.out_won), (1500, 500));
    let paid: Vec<u32> = (requests(&town).iter())
        .map(|it| it.money.paid_out_won)
        .collect();
    assert_eq!(paid, [0, 0, 500]);
    laws::reckon(&town);
}

#[test]
fn what_is_free_and_what_is_paid_for_go_together_in_either_order() {
    for (first, second) in [(JOB, HOUSEHOLD), (HOUSEHOLD, JOB)] {
        let mut town = Town::default();

        Citizen::wanting_all(first, &[second]).walk_home(&mut town);

        let all = requests(&town);
        assert!(
            all.iter()
                .all(|it| it.stage == Stage::Closed(Outcome::Done))
        );
        assert_eq!(town.cash.in_won - town.cash.out_won, 200);
        assert_eq!(town.printer.sheets.len(), 2);
        laws::reckon(&town);
    }
}

#[test]
fn what_costs_nothing_at_all_asks_for_no_money() {
    let mut town = Town::default();

    Citizen::wanting_all(JOB, &[JOB]).walk_home(&mut town);

    assert_eq!(times(&town, "pay"), 0);
    assert_eq!(town.printer.sheets.len(), 2);
    laws::reckon(&town);
}

#[test]
fn only_what_needs_a_card_asks_for_it_and_only_once() {
    let mut town = Town::default();

    Citizen::wanting_all(LAND, &[LAND, HOUSEHOLD, FAMILY])
        .with(&[Piece::Note(5000)])
        .walk_home(&mut town);

    assert_eq!(times(&town, "insert-card"), 1);
    assert_eq!(town.printer.sheets.len(), 4);
    laws::reckon(&town);
}

#[test]
fn while_one_is_made_the_screen_says_which_one_of_how_many() {
    let (mut town, mut citizen) = filled(HOUSEHOLD, &[FAMILY]);
    let mut told = Vec::new();
    while town.printer.sheets.len() < 2 {
        citizen.make_a_move(&mut town);
        told.extend(town.view.as_ref().unwrap().basket.under_way);
        told.dedup();
    }

    assert_eq!(told, [(1, 2), (2, 2), (1, 2), (2, 2)]);
}

#[test]
fn nothing_of_a_basket_is_left_for_the_next_citizen() {
    let mut town = Town::default();
    Citizen::wanting_all(HOUSEHOLD, &[FAMILY]).walk_home(&mut town);

    let person = format!("{:?}", town.visit.person);

    assert_eq!(person, format!("{:?}", Person::default()));
}
