//! Coins, notes, change, jams and debts: every won finds its place.

use devices::{
    DeviceState,
    cash::{CashEvent, CashFault, CashStatus},
    printer::{Evidence, JobId},
    receipt_printer::ReceiptPrinterEvent,
};
use request::{Outcome, Stage};

use super::{
    citizen::{Citizen, Piece},
    laws,
    town::{CashMood, PrinterMood, Town, tickets},
};
use crate::visit::{
    Event, Touch,
    step::Step,
    view::{FailureReason, Means, MeansState, MoneyOutcome, Screen},
};

/// A citizen who has chosen to pay cash and has put nothing in yet.
fn paying(copies: u32, purse: &[Piece]) -> (Town, Citizen) {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting(copies).with(purse);
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    citizen.make_a_move(&mut town);
    assert!(town.cash.collecting);
    (town, citizen)
}

fn failed(town: &Town) -> (FailureReason, MoneyOutcome) {
    match town.screen() {
        Screen::Failed(failed) => (failed.reason, failed.money.clone()),
        other => panic!("not failed: {other:?}"),
    }
}

fn owed(town: &Town, amount_won: u32) -> MoneyOutcome {
    MoneyOutcome::Owed {
        amount_won,
        ticket: tickets()
            .refund_code(town.request().id.as_str())
            .to_string(),
    }
}

#[test]
fn too_much_money_comes_back_as_change() {
    for (purse, change_won) in [
        (vec![Piece::Coin(500)], 300),
        (vec![Piece::Note(10_000)], 9_800),
        (vec![Piece::Coin(100), Piece::Note(5_000)], 4_900),
    ] {
        let (mut town, mut citizen) = paying(1, &purse);

        citizen.walk_home(&mut town);

        assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
        assert_eq!(town.cash.out_won, change_won);
        assert_eq!(town.cash.in_won - town.cash.out_won, 200);
        laws::reckon(&town);
    }
}

#[test]
fn a_note_that_is_not_enough_makes_room_for_the_next() {
    let mut town = Town::default();
    let purse = [Piece::Note(1000), Piece::Note(1000)];
    let mut citizen = Citizen {
        copies: 3,
        ..Citizen::asking_for(super::citizen::FAMILY)
    }
    .with(&purse);

    citizen.walk_home(&mut town);

    assert_eq!(town.request().money.captured_won, 1500);
    assert_eq!(town.cash.out_won, 500);
    laws::reckon(&town);
}

#[test]
fn a_note_that_cannot_be_changed_comes_back_before_anything_is_printed() {
    let (mut town, _) = paying(1, &[]);
    town.cash.hopper_won = 500;
    town.cash.told_change_won = 500;
    town.set_cash(CashMood::Well);

    town.insert_note(10_000);
    town.pass_seconds(10);

    assert_eq!(town.visit.step, Step::Paying);
    assert!(matches!(town.screen(), Screen::Pay(pay) if pay.inserted_won == 0));
    assert_eq!((town.cash.escrow, town.cash.in_won), (None, 0));
    let mut citizen = Citizen::default().with(&[Piece::Coin(500)]);
    citizen.walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    laws::reckon(&town);
}

#[test]
fn whoever_cancels_half_way_gets_coins_and_notes_back() {
    for touch in [Touch::CancelPayment, Touch::Back, Touch::StartOver] {
        let (mut town, mut citizen) = paying(5, &[]);
        town.insert_coin(500);
        town.pass_seconds(1);
        town.insert_note(1000);

        // The note is still on its way into the escrow.
        town.touch(touch);
        town.pass_seconds(20);

        assert_eq!((town.cash.in_won, town.cash.out_won), (500, 500));
        assert_eq!(town.cash.escrow, None);
        assert_eq!(town.request().stage, Stage::Closed(Outcome::Withdrawn));
        assert!(town.printer.sheets.is_empty());
        citizen.walk_home(&mut town);
        laws::reckon(&town);
    }
}

#[test]
fn a_coin_that_falls_at_the_very_moment_of_leaving_comes_back_too() {
    let (mut town, _) = paying(5, &[]);

    town.insert_coin(500);
    town.touch(Touch::CancelPayment);
    town.pass_seconds(20);

    assert_eq!((town.cash.in_won, town.cash.out_won), (500, 500));
    laws::reckon(&town);
}

#[test]
fn cancelling_while_a_note_is_stacked_pays_it_back_from_the_hoppers() {
    let mut town = Town::default();
    let mut citizen = Citizen {
        copies: 3,
        ..Citizen::asking_for(super::citizen::FAMILY)
    };
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    citizen.make_a_move(&mut town);
    town.insert_note(1000);
    town.pass_seconds(1);
    assert!(town.request().money.moving());

    town.touch(Touch::CancelPayment);
    town.pass_seconds(20);

    assert_eq!((town.cash.in_won, town.cash.out_won), (1000, 1000));
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Withdrawn));
    laws::reckon(&town);
}

#[test]
fn a_fee_whose_note_comes_back_after_the_printing_is_waived() {
    let (mut town, mut citizen) = paying(1, &[Piece::Note(1000)]);
    town.cash.mood = CashMood::GivesNotesBack;

    citizen.walk_home(&mut town);

    let money = town.request().money;
    assert_eq!((money.waived_won, money.captured_won), (200, 0));
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(town.cash.in_won, 0);
    laws::reckon(&town);
}

#[test]
fn hoppers_that_run_short_leave_a_debt_with_a_ticket_and_the_paper_is_still_taken() {
    let (mut town, mut citizen) = paying(1, &[Piece::Note(1000)]);
    town.cash.hopper_won = 500;

    citizen.walk_until(&mut town, |step| step == Step::Failing);

    let debt = owed(&town, 300);
    assert_eq!(failed(&town), (FailureReason::NoChange, debt.clone()));
    let (job, slip) = town.receipts.slips[0].clone();
    assert_eq!(job, format!("{}-ticket", town.request().id));
    assert!(slip.to_string().contains("300"), "{slip}");
    citizen.walk_until(&mut town, |step| matches!(step, Step::TakingPaper { .. }));
    citizen.walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(town.request().money.owed_won, 300);
    laws::reckon(&town);
}

#[test]
fn a_debt_without_a_ticket_printer_is_told_on_the_screen() {
    for mood in [
        PrinterMood::OutOfPaper,
        PrinterMood::Silent { sheet: false },
    ] {
        let (mut town, _) = paying(5, &[]);
        town.cash.hopper_won = 0;
        town.set_receipts(mood);
        town.insert_coin(500);
        town.pass_seconds(2);

        town.touch(Touch::CancelPayment);
        town.wait_for("failed");

        let debt = owed(&town, 500);
        assert_eq!(failed(&town), (FailureReason::NoChange, debt), "{mood:?}");
        assert_eq!(town.request().stage, Stage::Closed(Outcome::Withdrawn));
        town.pass_seconds(300);
        assert_eq!(town.visit.step, Step::Resting, "{mood:?}");
        laws::reckon(&town);
    }
}

#[test]
fn a_jam_while_paying_gives_back_what_it_can_and_owes_the_rest() {
    let (mut town, _) = paying(5, &[]);
    town.insert_coin(500);
    town.pass_seconds(2);

    town.set_cash(CashMood::Jammed);
    town.wait_for("failed");

    assert_eq!(failed(&town), (FailureReason::CashFault, owed(&town, 500)));
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Failed));
    laws::reckon(&town);
}

#[test]
fn hoppers_that_lose_count_or_say_nothing_owe_all_that_was_asked() {
    for mood in [CashMood::LosesCount, CashMood::Mute] {
        let (mut town, mut citizen) = paying(1, &[]);
        town.insert_note(1000);
        town.pass_seconds(1);
        town.cash.mood = mood;

        citizen.walk_until(&mut town, |step| step == Step::Failing);

        assert_eq!(failed(&town).1, owed(&town, 800), "{mood:?}");
        citizen.walk_home(&mut town);
        assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
        laws::reckon(&town);
    }
}

#[test]
fn cash_devices_that_say_everything_twice_take_and_give_once() {
    let (mut town, mut citizen) = paying(1, &[Piece::Note(5000)]);
    town.cash.mood = CashMood::Stutters;

    citizen.walk_home(&mut town);

    assert_eq!(town.cash.in_won - town.cash.out_won, 200);
    assert_eq!(town.request().money.owed_won, 0);
    laws::reckon(&town);
}

#[test]
fn hoppers_that_speak_of_a_former_payout_owe_nobody_anything() {
    let (mut town, mut citizen) = paying(5, &[Piece::Coin(500)]);
    town.insert_coin(500);
    town.pass_seconds(1);

    town.tell(Event::Cash(CashEvent::PaidShort {
        paid_won: 100,
        owed_won: 400,
    }));
    town.tell(Event::Cash(CashEvent::PayUnknown { asked_won: 500 }));

    assert_eq!(town.request().money.owed_won, 0);
    citizen.walk_home(&mut town);
    assert_eq!(town.request().money.captured_won, 1000);
    laws::reckon(&town);
}

/// What the devices say while they do not know their counters again yet.
fn cash_says(town: &mut Town, state: DeviceState, fault: Option<CashFault>) {
    town.tell(Event::Cash(CashEvent::Status(CashStatus {
        state,
        change_won: 5_000,
        fault,
    })));
}

fn cash_button(town: &Town) -> MeansState {
    match town.screen() {
        Screen::Pay(pay) => pay.cash,
        other => panic!("not paying: {other:?}"),
    }
}

/// After a crash what is in the slot is counted from the payment's first entry.
#[test]
fn no_payment_begins_before_the_cash_devices_have_told_what_they_counted() {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting(1).with(&[Piece::Coin(500)]);
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    cash_says(&mut town, DeviceState::Starting, None);
    assert_eq!(cash_button(&town), MeansState::Available);
    let written = town.request().money.clone();

    town.touch(Touch::PayWith(Means::Cash));

    assert_eq!(cash_button(&town), MeansState::Starting);
    assert!(!town.cash.collecting);
    assert_eq!(town.request().money, written);

    cash_says(&mut town, DeviceState::Ready, None);

    assert!(town.cash.collecting);
    citizen.walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
}

#[test]
fn a_slot_that_turns_out_broken_takes_no_money_when_it_is_mended() {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting(1).with(&[Piece::Coin(500)]);
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    cash_says(&mut town, DeviceState::Starting, None);
    town.touch(Touch::PayWith(Means::Cash));

    cash_says(&mut town, DeviceState::Faulted, Some(CashFault::CoinJam));
    assert_eq!(cash_button(&town), MeansState::Broken);
    cash_says(&mut town, DeviceState::Ready, None);

    assert_eq!(cash_button(&town), MeansState::Available);
    assert!(!town.cash.collecting);
}

#[test]
fn coins_that_fall_after_the_fee_was_charged_are_paid_back_at_the_end() {
    let (mut town, mut citizen) = paying(1, &[Piece::Coin(500)]);
    citizen.walk_until(&mut town, |step| step == Step::OfferingReceipt);

    town.cash.collecting = true;
    town.insert_coin(500);
    town.pass_seconds(1);
    citizen.walk_home(&mut town);

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    assert_eq!(town.cash.in_won - town.cash.out_won, 200);
    laws::reckon(&town);
}

#[test]
fn a_note_that_nobody_asked_for_goes_back() {
    let mut town = Town::default();
    town.cash.collecting = true;

    town.insert_note(1000);
    town.pass_seconds(5);

    assert_eq!((town.cash.escrow, town.cash.in_won), (None, 0));
    assert_eq!(town.visit.step, Step::Resting);
}

#[test]
fn a_receipt_of_somebody_else_is_not_taken_for_the_ticket() {
    let (mut town, _) = paying(5, &[]);
    town.cash.hopper_won = 0;
    town.receipts.mood = PrinterMood::Late;
    town.insert_coin(500);
    town.pass_seconds(2);
    town.touch(Touch::CancelPayment);
    town.pass_seconds(10);
    assert_eq!(
        town.visit.step,
        Step::Settling(super::super::settling::Ending::Left)
    );

    town.tell(Event::ReceiptPrinter(ReceiptPrinterEvent::Printed {
        job: JobId::new("gaon-1-000000"),
        evidence: Evidence::Fence,
    }));

    assert_eq!(*town.screens.last().unwrap(), "working");
    town.wait_for("failed");
    laws::reckon(&town);
}

#[test]
fn a_coin_on_its_way_when_the_slot_jams_is_not_lost() {
    let (mut town, _) = paying(1, &[]);
    town.insert_coin(500);

    town.set_cash(CashMood::Jammed);
    town.wait_for("failed");

    assert_eq!(town.cash.in_won, 500);
    assert_eq!(town.request().money.owed_won, 500);
    town.pass_seconds(3_600);
    laws::reckon(&town);
}
