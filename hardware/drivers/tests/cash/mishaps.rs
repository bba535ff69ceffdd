//! What goes wrong at a counter, each by itself: nothing is lost, nothing
//! counted twice, and what is not known is said to be unknown.

use std::time::Duration;

use bench::cash_box::Mood;
use devices::{
    DeviceState,
    cash::{CashEvent, CashFault, CashOrder},
};
use drivers::cash::{CashUnit, cctalk::header};

use crate::counter::{Counter, settings};

const COLLECT: CashOrder = CashOrder::Collect { amount_won: 5_000 };

fn collecting() -> Counter {
    let mut counter = Counter::open();
    counter.order(COLLECT);
    counter.pass(Duration::from_secs(1));
    counter
}

/// The station's program ends and is started again; the devices go on.
fn start_again(counter: &mut Counter) {
    counter.unit = CashUnit::new(settings());
    counter.money_told();
    counter.connect();
    counter.pass(Duration::from_secs(10));
}

/// Spoils the first frames for which `is` says so, then no more.
fn spoil_first(counter: &mut Counter, count: usize, is: impl Fn(&[u8]) -> bool + 'static) {
    let mut left = count;
    counter.spoiler = Box::new(move |mut bytes| {
        if left > 0 && is(&bytes) {
            left -= 1;
            bytes[0] ^= 0x40;
        }
        bytes
    });
}

fn has_header(bytes: &[u8], code: u8) -> bool {
    bytes.get(2..4) == Some(&[1, code])
}

#[test]
fn a_note_that_comes_in_as_the_slot_shuts_goes_back() {
    let mut counter = collecting();

    counter.cash_box.insert_note(1_000);
    counter.order(CashOrder::Stop);
    counter.pass(Duration::from_secs(10));

    let mut told = counter.money_told();
    told.sort_by_key(|event| *event == CashEvent::Stopped);
    assert_eq!(told, [CashEvent::Rejected, CashEvent::Stopped]);
    assert_eq!(counter.cash_box.holdings().mouth_won, 1_000);
}

#[test]
fn a_coin_that_falls_as_the_slot_shuts_is_told_before_the_stop_is() {
    let mut counter = collecting();

    counter.cash_box.insert_coin(100);
    counter.order(CashOrder::Stop);
    counter.pass(Duration::from_secs(10));

    let told = counter.money_told();
    let coin = CashEvent::CoinAccepted { value_won: 100 };
    assert_eq!(told, [coin, CashEvent::Stopped]);
}

#[test]
fn a_strange_note_and_a_strange_coin_come_back() {
    let mut counter = collecting();

    counter.cash_box.insert_note(2_000);
    counter.cash_box.insert_coin(7);
    counter.pass(Duration::from_secs(5));

    assert_eq!(counter.money_told(), vec![CashEvent::Rejected; 2]);
    assert_eq!(counter.cash_box.take_out(), 2_007);
}

#[test]
fn a_note_left_in_the_escrow_by_a_program_that_ended_goes_back_and_is_told() {
    let mut counter = collecting();
    counter.cash_box.insert_coin(500);
    counter.cash_box.insert_note(1_000);
    counter.until(|event| *event == CashEvent::NoteEscrowed { value_won: 1_000 });

    start_again(&mut counter);

    let returned = CashEvent::NoteReturned { value_won: 1_000 };
    assert_eq!(counter.money_told(), [returned], "the coin was told before");
    assert_eq!(counter.cash_box.holdings().mouth_won, 1_000);
    assert!(!counter.cash_box.takes_coins(), "it was left open");
}

#[test]
fn a_program_that_is_started_again_pays_nothing_and_knows_what_is_left() {
    let mut counter = Counter::open();
    counter.order(CashOrder::Pay { amount_won: 5_000 });
    counter.pass(Duration::from_secs(1));

    start_again(&mut counter);

    assert_eq!(counter.money_told(), []);
    let holdings = counter.cash_box.holdings();
    assert_eq!(holdings.tray_won, 5_000, "the hopper ends what it began");
    counter.order(CashOrder::Pay { amount_won: 100 });
    counter.until(|event| *event == CashEvent::Paid { amount_won: 100 });
    assert_eq!(counter.cash_box.holdings().tray_won, 5_100);
}

#[test]
fn a_lost_answer_to_the_order_to_pay_does_not_pay_twice() {
    let mut counter = Counter::open();
    // The echo of the order; the hopper has heard it.
    let mut heard = 0;
    counter.spoiler = Box::new(move |mut bytes| {
        if has_header(&bytes, header::DISPENSE_COINS) {
            heard += 1;
            if heard == 2 {
                bytes.clear();
            }
        }
        bytes
    });

    counter.order(CashOrder::Pay { amount_won: 1_000 });
    counter.until(|event| *event == CashEvent::Paid { amount_won: 1_000 });

    assert_eq!(counter.cash_box.holdings().tray_won, 1_000);
}

#[test]
fn an_order_to_pay_that_was_provably_not_heard_is_given_again() {
    let mut counter = Counter::open();
    spoil_first(&mut counter, 1, |bytes| {
        has_header(bytes, header::DISPENSE_COINS)
    });

    counter.order(CashOrder::Pay { amount_won: 1_000 });
    counter.until(|event| *event == CashEvent::Paid { amount_won: 1_000 });

    assert_eq!(counter.cash_box.holdings().tray_won, 1_000);
}

#[test]
fn a_line_that_stays_away_makes_a_payment_unknown() {
    let mut counter = Counter::open();
    counter.order(CashOrder::Pay { amount_won: 3_000 });
    counter.pass(Duration::from_millis(400));
    counter.hang_up();

    counter.until(|event| *event == CashEvent::PayUnknown { asked_won: 3_000 });
    counter.connect();
    counter.pass(Duration::from_secs(10));

    assert_eq!(counter.money_told(), []);
    let holdings = counter.cash_box.holdings();
    assert_eq!(holdings.tray_won, 3_000);
    assert_eq!(counter.status().change_won, holdings.hoppers_won);
}

#[test]
fn a_note_waits_while_its_validator_does_not_answer() {
    let mut counter = collecting();
    counter.cash_box.insert_note(1_000);
    counter.until(|event| *event == CashEvent::NoteEscrowed { value_won: 1_000 });

    counter.cash_box.set_mood(Mood::Dead);
    counter.pass(Duration::from_secs(5));
    assert_eq!(counter.status().fault, Some(CashFault::Silent));
    counter.order(CashOrder::StackNote);
    counter.cash_box.set_mood(Mood::Well);
    counter.until(|event| *event == CashEvent::NoteStacked { value_won: 1_000 });

    assert_eq!(counter.cash_box.holdings().stacker_won, 1_000);
    counter.pass(Duration::from_secs(5));
    assert_eq!(counter.status().fault, None);
}

#[test]
fn a_power_cut_while_money_comes_in_is_told_and_passes() {
    let mut counter = collecting();
    counter.cash_box.insert_coin(100);
    counter.until(|event| *event == CashEvent::CoinAccepted { value_won: 100 });

    counter.cash_box.insert_coin(500);
    counter.cash_box.reset();
    counter.until(
        |event| matches!(event, CashEvent::Status(it) if it.fault == Some(CashFault::EventsLost)),
    );
    assert_eq!(counter.taken_won(), 100);
    counter.order(CashOrder::Stop);
    counter.pass(Duration::from_secs(30));

    let status = counter.status();
    assert_eq!((status.state, status.fault), (DeviceState::Ready, None));
}

#[test]
fn a_power_cut_while_nobody_pays_concerns_nobody() {
    let mut counter = Counter::open();

    counter.cash_box.reset();
    counter.pass(Duration::from_secs(10));
    counter.order(COLLECT);
    counter.pass(Duration::from_secs(2));
    counter.cash_box.insert_note(5_000);
    counter.until(|event| *event == CashEvent::NoteEscrowed { value_won: 5_000 });

    let faults = counter
        .told
        .iter()
        .filter(|event| matches!(event, CashEvent::Status(status) if status.fault.is_some()));
    assert_eq!(faults.count(), 0);
}

#[test]
fn answers_that_are_damaged_or_said_twice_change_nothing() {
    let mut counter = collecting();
    let mut told = 0u32;
    counter.spoiler = Box::new(move |mut bytes| {
        told += 1;
        match told % 7 {
            0 => bytes = [&bytes[..], &bytes].concat(),
            1 => bytes.truncate(bytes.len() / 2),
            2 => bytes.insert(0, 0),
            _ => {}
        }
        bytes
    });

    for _ in 0..5 {
        counter.cash_box.insert_coin(100);
        counter.pass(Duration::from_secs(5));
    }

    let coin = CashEvent::CoinAccepted { value_won: 100 };
    assert_eq!(counter.money_told(), vec![coin; 5]);
    assert_eq!(counter.cash_box.holdings().cash_box_won, 500);
}
