//! Paying by card: what the terminal says, and where the money is in the end.

use devices::payment_terminal::DeclineReason;
use request::{Means as Written, Outcome, Stage};

use super::{
    citizen::{Citizen, FAMILY, HOUSEHOLD, JOB, Piece},
    laws,
    town::{CashMood, Fitted, PrinterMood, TerminalMood, Town, tickets},
};
use crate::visit::{
    Touch, slip,
    step::Step,
    view::{
        CardPhase, FailureReason, Means, MeansState, MoneyOutcome, Pay, PaymentRefusal, Screen,
    },
};

/// A citizen who has chosen to pay by card and has not held it there yet.
fn paying(means: Fitted) -> (Town, Citizen) {
    let mut town = Town::taking(means);
    let mut citizen = Citizen::wanting(1).by_card();
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    citizen.make_a_move(&mut town);
    (town, citizen)
}

fn phase(town: &Town) -> CardPhase {
    match town.screen() {
        Screen::PayByCard(card) => card.phase,
        other => panic!("no card is asked for: {other:?}"),
    }
}

fn pay(town: &Town) -> Pay {
    match town.screen() {
        Screen::Pay(pay) => pay.clone(),
        other => panic!("nobody pays: {other:?}"),
    }
}

fn failed(town: &Town) -> (FailureReason, MoneyOutcome) {
    match town.screen() {
        Screen::Failed(failed) => (failed.reason, failed.money.clone()),
        other => panic!("not failed: {other:?}"),
    }
}

fn owed(town: &Town, amount_won: u32) -> MoneyOutcome {
    let ticket = tickets().refund_code(town.request().id.as_str());
    let ticket = ticket.to_string();
    MoneyOutcome::Owed { amount_won, ticket }
}

#[test]
fn a_card_pays_for_the_certificate() {
    let (mut town, mut citizen) = paying(Fitted::Both);
    assert_eq!(phase(&town), CardPhase::Starting);
    town.pass_seconds(1);
    assert_eq!(phase(&town), CardPhase::Insert);

    town.hold_card();
    town.pass_seconds(1);
    assert_eq!(phase(&town), CardPhase::Processing);
    citizen.walk_home(&mut town);

    let request = town.request();
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.money.means, Some(Written::Card));
    assert_eq!(
        (request.money.captured_won, town.terminal.taken_won()),
        (200, 200)
    );
    assert_eq!((town.cash.in_won, town.cash.out_won), (0, 0));
    laws::reckon(&town);
}

#[test]
fn the_receipt_finds_the_payment_again_and_names_no_card() {
    let (mut town, mut citizen) = paying(Fitted::Both);
    town.hold_card();

    citizen.walk_until(&mut town, |step| step == Step::OfferingReceipt);
    let printed = format!("{:?}", slip::receipt(&town.visit, town.now));

    assert!(printed.contains("30000401"), "{printed}");
    assert!(printed.contains("카드 결제 금액"), "{printed}");
}

#[test]
fn a_kiosk_without_cash_devices_takes_cards_and_says_so() {
    let mut town = Town::taking(Fitted::Card);
    let Screen::Welcome(welcome) = town.screen() else {
        panic!("{:?}", town.screen());
    };
    assert_eq!(welcome.troubles, [], "nothing is broken");
    let mut citizen = Citizen::wanting(1).by_card();
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    assert_eq!(pay(&town).cash, MeansState::NotFitted);
    assert_eq!(pay(&town).card, MeansState::Available);

    citizen.walk_home(&mut town);

    assert_eq!(town.terminal.taken_won(), 200);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    laws::reckon(&town);
}

#[test]
fn a_card_that_is_refused_has_a_reason_and_another_means_pays() {
    for (reason, refusal) in [
        (DeclineReason::NotEnough, PaymentRefusal::NotEnough),
        (DeclineReason::Expired, PaymentRefusal::Expired),
        (DeclineReason::WrongPin, PaymentRefusal::WrongPin),
        (DeclineReason::IssuerAway, PaymentRefusal::IssuerAway),
    ] {
        let (mut town, mut citizen) = paying(Fitted::Both);
        town.set_terminal(TerminalMood::Declines(reason));
        town.hold_card();
        town.wait_for("pay");
        assert_eq!(pay(&town).refusal, Some(refusal));
        assert_eq!(pay(&town).cash, MeansState::Available);

        citizen.means = Means::Cash;
        citizen.walk_home(&mut town);

        let request = town.request();
        assert_eq!(request.money.means, Some(Written::Cash));
        assert_eq!(request.money.captured_won, 200);
        assert_eq!(town.terminal.taken_won(), 0);
        laws::reckon(&town);
    }
}

#[test]
fn after_a_refusal_another_card_is_tried_under_another_name() {
    let (mut town, mut citizen) = paying(Fitted::Both);
    town.set_terminal(TerminalMood::Declines(DeclineReason::Refused));
    town.hold_card();
    town.wait_for("pay");

    town.set_terminal(TerminalMood::Well);
    citizen.walk_home(&mut town);

    assert_eq!(town.terminal.ordered.len(), 2);
    assert_eq!(town.terminal.taken_won(), 200);
    laws::reckon(&town);
}

#[test]
fn whoever_cancels_before_the_card_is_there_chooses_anew() {
    let (mut town, _) = paying(Fitted::Both);
    town.pass_seconds(1);

    town.touch(Touch::CancelPayment);
    assert_eq!(phase(&town), CardPhase::Ending);
    town.wait_for("pay");

    assert_eq!(pay(&town).refusal, Some(PaymentRefusal::Cancelled));
    assert_eq!(town.terminal.charged, []);
    town.touch(Touch::CancelPayment);
    town.wait_for("take-card");
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Withdrawn));
}

#[test]
fn whoever_cancels_too_late_gets_the_money_back_on_the_card() {
    let (mut town, mut citizen) = paying(Fitted::Both);
    town.hold_card();
    town.pass_seconds(1);

    town.touch(Touch::CancelPayment);
    citizen.walk_home(&mut town);

    let request = town.request();
    assert_eq!(request.stage, Stage::Closed(Outcome::Withdrawn));
    assert_eq!(request.money.card.reversed_won, 200);
    assert_eq!(town.terminal.taken_won(), 0);
    laws::reckon(&town);
}

#[test]
fn whoever_walks_away_is_charged_nothing() {
    let (mut town, _) = paying(Fitted::Both);

    town.pass_seconds(300);

    assert_eq!(town.terminal.taken_won(), 0);
    assert!(matches!(town.request().stage, Stage::Closed(_)));
    laws::reckon(&town);
}

#[test]
fn an_identity_card_that_is_pulled_ends_the_payment_too() {
    let (mut town, _) = paying(Fitted::Both);
    town.pass_seconds(1);

    town.pull_card();
    town.wait_for("failed");

    assert_eq!(
        failed(&town),
        (FailureReason::CardPulled, MoneyOutcome::NotAsked)
    );
    assert_eq!(town.terminal.charged, []);
    laws::reckon(&town);
}

#[test]
fn a_printer_that_fails_gives_the_money_back_to_the_card() {
    let (mut town, _) = paying(Fitted::Both);
    town.hold_card();
    town.set_printer(PrinterMood::Jammed { sheet: false });
    town.wait_for("failed");

    let (reason, money) = failed(&town);
    assert_eq!(reason, FailureReason::PrinterJammed);
    assert_eq!(money, MoneyOutcome::Reversed { amount_won: 200 });
    assert_eq!(town.terminal.taken_won(), 0);
    laws::reckon(&town);
}

#[test]
fn a_certificate_that_does_not_come_out_is_not_paid_for() {
    let (mut town, mut citizen) = paying(Fitted::Both);
    town.hold_card();
    citizen.walk_until(&mut town, |step| step == Step::Printing);

    town.set_printer(PrinterMood::OutOfPaper);
    town.wait_for("failed");

    let (reason, money) = failed(&town);
    assert_eq!(reason, FailureReason::PrinterOutOfPaper);
    assert_eq!(money, MoneyOutcome::Reversed { amount_won: 200 });
    assert_eq!(town.terminal.taken_won(), 0);
    assert_eq!(town.cash.out_won, 0, "no coins for a card");
    laws::reckon(&town);
}

#[test]
fn a_terminal_that_keeps_the_money_leaves_a_debt_with_a_ticket() {
    let (mut town, mut citizen) = paying(Fitted::Both);
    town.hold_card();
    citizen.walk_until(&mut town, |step| step == Step::Printing);

    town.set_terminal(TerminalMood::Keeps);
    town.set_printer(PrinterMood::OutOfPaper);
    town.wait_for("failed");

    assert_eq!(failed(&town).1, owed(&town, 200));
    laws::reckon(&town);
}

#[test]
fn a_part_that_was_not_printed_is_owed_for_a_card_cannot_get_a_part_back() {
    let mut town = Town::taking(Fitted::Both);
    let mut citizen = Citizen::wanting(3).by_card();
    citizen.walk_until(&mut town, |step| step == Step::Printing);
    while town.printer.sheets.len() < 2 {
        town.pass_seconds(1);
    }

    town.set_printer(PrinterMood::OutOfPaper);
    town.wait_for("failed");

    assert_eq!(failed(&town).1, owed(&town, 200));
    let money = town.request().money;
    assert_eq!((money.captured_won, money.owed_won), (400, 200));
    assert_eq!(town.terminal.taken_won(), 600);
    laws::reckon(&town);
}

#[test]
fn an_answer_that_comes_late_charges_once() {
    let (mut town, mut citizen) = paying(Fitted::Both);
    town.set_terminal(TerminalMood::LosesAnswers);
    town.hold_card();

    citizen.walk_home(&mut town);

    assert_eq!(town.terminal.taken_won(), 200);
    assert_eq!(town.request().money.captured_won, 200);
    laws::reckon(&town);
}

#[test]
fn a_terminal_that_never_answers_leaves_the_citizen_a_ticket() {
    let (mut town, mut citizen) = paying(Fitted::Both);
    town.set_terminal(TerminalMood::Mute);
    town.hold_card();
    for _ in 0..40 {
        town.pass_seconds(10);
        town.touch(Touch::StayHere);
    }

    town.wait_for("failed");
    assert_eq!(
        failed(&town),
        (FailureReason::CardUnknown, owed(&town, 200))
    );
    citizen.walk_home(&mut town);
    laws::reckon(&town);
}

#[test]
fn a_terminal_that_is_away_is_shown_broken_and_cash_stays() {
    let mut town = Town::taking(Fitted::Both);
    town.set_terminal(TerminalMood::Away);
    let mut citizen = Citizen::wanting(1);
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    assert_eq!(pay(&town).card, MeansState::Broken);
    town.touch(Touch::PayWith(Means::Card));
    assert_eq!(town.terminal.ordered.len(), 0, "nothing is ordered of it");

    citizen.walk_home(&mut town);

    assert_eq!(town.request().money.captured_won, 200);
    laws::reckon(&town);
}

#[test]
fn with_the_cash_devices_broken_a_card_still_pays() {
    let mut town = Town::taking(Fitted::Both);
    town.set_cash(CashMood::Jammed);
    let mut citizen = Citizen::wanting(1).by_card();

    citizen.walk_home(&mut town);

    assert_eq!(town.terminal.taken_won(), 200);
    laws::reckon(&town);
}

#[test]
fn one_authorisation_pays_for_all_that_lies_in_the_basket() {
    let mut town = Town::taking(Fitted::Both);
    let mut citizen = Citizen::wanting_all(HOUSEHOLD, &[FAMILY, JOB]).by_card();

    citizen.walk_home(&mut town);

    assert_eq!(town.terminal.ordered.len(), 1);
    let ids = town.requests.clone();
    let captured: u32 = ids
        .iter()
        .map(|id| {
            town.journal
                .request(id)
                .unwrap()
                .unwrap()
                .money
                .captured_won
        })
        .sum();
    assert!(captured > 200);
    assert_eq!(town.terminal.taken_won(), captured);
    laws::reckon(&town);
}

#[test]
fn a_basket_of_which_nothing_comes_out_gives_the_card_all_of_it_back() {
    let mut town = Town::taking(Fitted::Both);
    let mut citizen = Citizen::wanting_all(HOUSEHOLD, &[FAMILY]).by_card();
    citizen.walk_until(&mut town, |step| step == Step::Printing);

    town.set_printer(PrinterMood::OutOfPaper);
    citizen.walk_home(&mut town);

    assert_eq!(town.terminal.taken_won(), 0);
    assert_eq!(town.terminal.reversed.len(), 1);
    laws::reckon(&town);
}

#[test]
fn wherever_the_power_goes_no_card_is_charged_twice_or_in_secret() {
    for crash_in in 0..120 {
        let mut town = Town::taking(Fitted::Both);
        let mut citizen = Citizen::wanting(1).by_card();
        town.crash_in = Some(crash_in);

        citizen.walk_home(&mut town);
        town.pass_seconds(400);

        laws::reckon(&town);
    }
}

#[test]
fn a_piece_of_money_that_is_still_tried_after_a_card_pays() {
    let (mut town, mut citizen) = paying(Fitted::Both);
    town.touch(Touch::CancelPayment);
    town.wait_for("pay");

    citizen.means = Means::Cash;
    citizen.purse = vec![Piece::Coin(500)];
    citizen.walk_home(&mut town);

    assert_eq!(town.cash.out_won, 300, "change");
    laws::reckon(&town);
}
