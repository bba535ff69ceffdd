//! What happens at a counter on an ordinary afternoon.

use std::time::Duration;

use devices::{
    DeviceState,
    cash::{CashEvent, CashOrder, CashStatus},
};

use crate::counter::Counter;

fn told(event: CashEvent) -> impl Fn(&CashEvent) -> bool {
    move |it| *it == event
}

#[test]
fn the_unit_says_what_it_can_pay_once_every_device_is_known() {
    let counter = Counter::open();

    let filling_won = counter.cash_box.holdings().hoppers_won;
    assert_eq!(filling_won, 60 * 500 + 100 * 100 + 40 * 50 + 100 * 10);
    assert_eq!(
        counter.status(),
        CashStatus {
            state: DeviceState::Ready,
            change_won: filling_won,
            fault: None
        }
    );
    assert!(
        !counter.cash_box.takes_coins(),
        "nobody has asked for money"
    );
    assert!(
        !counter.cash_box.takes_notes(),
        "nobody has asked for money"
    );
}

#[test]
fn a_hopper_that_was_filled_by_hand_pays_from_what_is_in_it_now() {
    let mut counter = Counter::open();
    let before_won = counter.status().change_won;
    counter.order(CashOrder::Pay { amount_won: 1_000 });
    counter.until(told(CashEvent::Paid { amount_won: 1_000 }));

    counter.order(CashOrder::Fill {
        address: 3,
        coins: 10,
    });
    counter.until(told(CashEvent::Filled {
        address: 3,
        coins_paid: 2,
    }));
    counter.pass(Duration::from_secs(1));

    assert_eq!(counter.status().change_won, before_won - 50 * 500);
}

#[test]
fn coins_are_taken_until_the_amount_is_in() {
    let mut counter = Counter::open();
    counter.order(CashOrder::Collect { amount_won: 600 });
    counter.pass(Duration::from_secs(1));

    counter.cash_box.insert_coin(500);
    counter.until(told(CashEvent::CoinAccepted { value_won: 500 }));
    counter.cash_box.insert_coin(100);
    counter.until(told(CashEvent::CoinAccepted { value_won: 100 }));
    counter.pass(Duration::from_secs(1));

    assert!(!counter.cash_box.takes_coins());
    counter.cash_box.insert_coin(100);
    assert_eq!(
        counter.until(|it| *it == CashEvent::Rejected),
        CashEvent::Rejected
    );
    assert_eq!(counter.taken_won(), 600);
    assert_eq!(counter.cash_box.holdings().cash_box_won, 600);
    assert_eq!(counter.cash_box.take_out(), 100);
}

#[test]
fn a_note_waits_in_the_escrow_until_somebody_decides() {
    for (order, last) in [
        (
            CashOrder::StackNote,
            CashEvent::NoteStacked { value_won: 10_000 },
        ),
        (
            CashOrder::ReturnNote,
            CashEvent::NoteReturned { value_won: 10_000 },
        ),
    ] {
        let mut counter = Counter::open();
        counter.order(CashOrder::Collect { amount_won: 400 });
        counter.pass(Duration::from_secs(1));
        counter.cash_box.insert_note(10_000);
        counter.until(told(CashEvent::NoteEscrowed { value_won: 10_000 }));
        counter.order(CashOrder::Stop);

        counter.pass(Duration::from_secs(90));
        assert_eq!(counter.money_told(), [CashEvent::Stopped]);
        assert_eq!(counter.cash_box.holdings().escrow_won, 10_000);
        counter.order(order);
        counter.until(told(last));

        let holdings = counter.cash_box.holdings();
        let stacked = order == CashOrder::StackNote;
        assert_eq!(holdings.stacker_won, if stacked { 10_000 } else { 0 });
        assert_eq!(holdings.mouth_won, if stacked { 0 } else { 10_000 });
    }
}

#[test]
fn change_comes_out_of_the_hoppers_and_is_told_when_it_lies_in_the_tray() {
    let mut counter = Counter::open();
    let before_won = counter.status().change_won;

    counter.order(CashOrder::Pay { amount_won: 9_680 });
    counter.until(told(CashEvent::Paid { amount_won: 9_680 }));

    assert_eq!(counter.cash_box.holdings().tray_won, 9_680);
    counter.pass(Duration::from_secs(1));
    assert_eq!(counter.status().change_won, before_won - 9_680);
    assert_eq!(counter.status().state, DeviceState::Ready);
}

#[test]
fn a_coin_that_falls_while_nobody_collects_goes_to_the_tray() {
    let mut counter = Counter::open();

    counter.cash_box.insert_coin(500);
    counter.cash_box.insert_note(1_000);
    counter.pass(Duration::from_secs(5));

    assert_eq!(counter.money_told(), [CashEvent::Rejected]);
    assert_eq!(counter.cash_box.take_out(), 1_500);
    assert_eq!(counter.taken_won(), 0);
}

#[test]
fn a_payment_goes_on_while_the_line_is_pulled_and_is_told_when_it_is_back() {
    let mut counter = Counter::open();
    counter.order(CashOrder::Pay { amount_won: 4_500 });
    counter.pass(Duration::from_millis(500));

    counter.hang_up();
    assert_eq!(counter.status().state, DeviceState::Absent);
    counter.pass(Duration::from_secs(5));
    assert_eq!(counter.money_told(), []);
    counter.connect();
    counter.until(told(CashEvent::Paid { amount_won: 4_500 }));

    assert_eq!(counter.cash_box.holdings().tray_won, 4_500);
}

#[test]
fn nothing_is_paid_without_a_line_and_that_is_certain() {
    let mut counter = Counter::open();
    counter.hang_up();

    counter.order(CashOrder::Pay { amount_won: 300 });
    counter.until(told(CashEvent::PaidShort {
        paid_won: 0,
        owed_won: 300,
    }));
    counter.connect();
    counter.pass(Duration::from_secs(30));

    assert_eq!(counter.money_told(), []);
    assert_eq!(counter.cash_box.holdings().tray_won, 0);
}
