//! Notes in a CCNET validator: into the escrow, and on or back, whatever happens meanwhile.

#![allow(clippy::unwrap_used)]

#[path = "ccnet_bill_validator/counter.rs"]
mod counter;

use std::time::{Duration, Instant};

use bench::{
    ccnet_bill_validator::{CcnetBillValidator as BenchValidator, Mood},
    pty::Plug,
};
use counter::{Counter, NOTE_WON};
use devices::{DeviceState, cash::CashFault};
use drivers::{
    Driver, Input, Output,
    cash::ccnet::{
        BillValidatorEvent as Event, BillValidatorFault as Fault, BillValidatorOrder as Order,
        CcnetBillValidator, Found,
    },
    port::{SerialSettings, start},
};
use proptest::prelude::*;

const MOMENT: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_secs(20);
const ESCROWED: Event = Event::Escrowed {
    value_won: NOTE_WON,
};
const STACKED: Event = Event::Stacked {
    value_won: NOTE_WON,
};
const RETURNED: Event = Event::Returned {
    value_won: NOTE_WON,
};
const UNKNOWN: Event = Event::Unknown {
    value_won: Some(NOTE_WON),
};

#[test]
fn a_note_waits_in_the_escrow_and_goes_where_it_is_sent() {
    for (order, end) in [(Order::Stack, STACKED), (Order::Return, RETURNED)] {
        let mut counter = Counter::open(Mood::Well);
        assert_eq!(counter.note_put_in(), [ESCROWED]);

        // Longer than a validator holds a note by itself.
        counter.pass(Duration::from_secs(60));
        assert_eq!(counter.twin.note_won(), NOTE_WON);
        counter.order(order);
        counter.pass(MOMENT);

        assert_eq!(counter.told(), [end]);
        assert_eq!(counter.twin.note_won(), 0);
        counter.order(Order::Shut);
        counter.pass(MOMENT);
        assert_eq!(counter.told(), [Event::Shut]);
        assert!(!counter.twin.insert(NOTE_WON, counter.now), "it is shut");
    }
}

#[test]
fn a_note_that_comes_while_the_slot_is_shut_goes_back() {
    let mut counter = Counter::open(Mood::Well);
    counter.order(Order::Open);
    counter.pass(MOMENT);
    assert!(counter.twin.insert(NOTE_WON, counter.now));
    counter.order(Order::Shut);
    counter.pass(LONG);

    assert_eq!(counter.told(), [Event::Rejected, Event::Shut]);
    assert_eq!(counter.twin.returned_won(), NOTE_WON);
}

#[test]
fn a_note_that_is_no_good_is_rejected_and_the_next_is_taken() {
    let mut counter = Counter::open(Mood::Rejecting);
    assert_eq!(counter.note_put_in(), [Event::Rejected]);

    counter.twin.mood = Mood::Well;

    assert_eq!(counter.note_put_in(), [ESCROWED]);
}

#[test]
fn what_is_said_twice_or_spoilt_happens_once() {
    for mood in [Mood::Stuttering, Mood::Spoiling] {
        let mut counter = Counter::open(mood);
        for notes in 1..=3 {
            assert_eq!(counter.note_put_in(), [ESCROWED], "{mood:?}");
            counter.order(Order::Stack);
            counter.pass(LONG);
            assert_eq!(counter.told(), [STACKED], "{mood:?}");
            assert_eq!(counter.twin.stacked_won(), notes * NOTE_WON);
        }
    }
}

#[test]
fn a_note_is_sent_on_its_way_once_and_then_looked_for() {
    let mut counter = Counter::open(Mood::Well);
    counter.note_put_in();
    counter.twin.mood = Mood::Dead;
    counter.order(Order::Stack);
    counter.pass(LONG);
    assert_eq!(counter.sent_on, 1);

    counter.twin.mood = Mood::Well;
    counter.pass(LONG);

    assert_eq!(counter.told(), [RETURNED], "it waited too long");
}

#[test]
fn a_note_whose_end_nobody_told_is_unknown() {
    for order in [Order::Stack, Order::Return] {
        let mut counter = Counter::open(Mood::Forgetful);
        counter.note_put_in();
        counter.order(order);
        counter.pass(LONG);

        assert_eq!(counter.told(), [UNKNOWN]);
    }
}

#[test]
fn when_the_power_fails_the_validator_tells_where_the_note_lay() {
    let mut counter = Counter::open(Mood::Well);
    counter.note_put_in();
    counter.twin.lose_power();
    counter.pass(LONG);
    assert_eq!(counter.told(), [RETURNED]);

    counter.note_put_in();
    counter.order(Order::Stack);
    counter.twin.lose_power();
    counter.pass(LONG);
    assert_eq!(counter.told(), [STACKED]);

    counter.twin.lose_power();
    counter.pass(LONG);
    assert!(counter.told().is_empty());
    assert_eq!(counter.note_put_in(), [ESCROWED]);
}

#[test]
fn a_driver_that_starts_tells_of_a_note_it_finds() {
    let mut before = Counter::open(Mood::Well);
    before.note_put_in();
    let mut counter = Counter::with(before.twin, before.now);
    counter.pass(LONG);
    assert_eq!(counter.told(), [Event::Found(Found::GivenBack)]);

    for (order, found) in [
        (None, Found::GivenBack),
        (Some(Order::Stack), Found::Stacked),
    ] {
        let mut before = Counter::open(Mood::Well);
        before.note_put_in();
        order.into_iter().for_each(|order| before.order(order));
        before.twin.lose_power();
        let mut counter = Counter::with(before.twin, before.now);
        counter.pass(LONG);

        assert_eq!(counter.told(), [Event::Found(found)]);
    }
}

#[test]
fn a_note_that_jams_is_unknown_until_a_hand_has_helped() {
    let mut counter = Counter::open(Mood::Jammed);
    counter.note_put_in();
    counter.order(Order::Stack);
    counter.pass(LONG);
    assert!(counter.told().is_empty());
    assert_eq!(counter.status().fault, Some(Fault::Jammed));
    assert_eq!(CashFault::from(Fault::Jammed), CashFault::NoteJam);

    counter.twin.clear_jam();
    counter.pass(LONG);

    assert_eq!(counter.told(), [UNKNOWN]);
    assert_eq!(counter.status().state, DeviceState::Ready);
    assert_eq!(counter.note_put_in(), [ESCROWED]);
}

#[test]
fn a_full_box_shuts_the_slot_and_is_told() {
    let mut counter = Counter::open(Mood::Full);
    assert!(counter.note_put_in().is_empty());
    assert_eq!(counter.status().fault, Some(Fault::BoxFull));
    counter.order(Order::Shut);
    counter.pass(MOMENT);
    assert_eq!(counter.told(), [Event::Shut]);

    counter.twin.mood = Mood::Well;

    assert_eq!(counter.note_put_in(), [ESCROWED]);
}

#[test]
fn a_validator_that_falls_silent_is_absent_until_it_answers() {
    let mut counter = Counter::open(Mood::Dead);
    counter.pass(LONG);
    assert_eq!(counter.status().state, DeviceState::Absent);
    assert_eq!(counter.status().fault, Some(Fault::Silent));

    counter.twin.mood = Mood::Well;
    counter.pass(LONG);

    assert_eq!(counter.status().state, DeviceState::Ready);
}

/// Pulled after each byte of a deed in turn: what is told is never more than what lies in the
/// box, and what lies there and is not told is unknown.
#[test]
fn a_line_that_is_pulled_at_any_byte_neither_makes_nor_loses_money() {
    let mut whole = Counter::with(BenchValidator::default(), Instant::now());
    whole.deed();
    for bytes in 0..whole.carried {
        let mut counter = Counter::with(BenchValidator::default(), Instant::now());
        counter.pulled_after = Some(bytes);
        counter.deed();
        counter.plug();
        counter.pass(LONG);
        counter.order(Order::Return);
        counter.pass(LONG);

        let told = counter.told();
        let stacked = told.iter().filter(|it| **it == STACKED).count();
        let unknown = told.iter().filter(|it| **it == UNKNOWN).count();
        let in_box = usize::try_from(counter.twin.stacked_won() / NOTE_WON).unwrap();
        assert!(stacked <= in_box, "after {bytes} bytes: {told:?}");
        assert!(in_box <= stacked + unknown, "after {bytes} bytes: {told:?}");
        counter.order(Order::Shut);
        counter.pass(LONG);
        counter.told();
        assert_eq!(counter.note_put_in(), [ESCROWED], "after {bytes} bytes");
    }
}

proptest! {
    #[test]
    fn noise_neither_breaks_the_driver_nor_makes_money(
        noise in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        let now = Instant::now();
        let mut driver = CcnetBillValidator::default();
        driver.handle(Input::Connected, now);
        driver.handle(Input::Order(Order::Open), now);
        driver.handle(Input::Wire(noise), now);
        while let Some(output) = driver.poll_output() {
            let money = matches!(output, Output::Tell(Event::Stacked { .. }));
            prop_assert!(!money);
        }
    }
}

#[tokio::test]
async fn a_note_comes_over_a_real_line() {
    let plug = Plug::host(BenchValidator::default()).unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let settings = SerialSettings {
        path: plug.path().to_path_buf(),
        baud: 9600,
    };
    let orders = start(CcnetBillValidator::default(), settings, move |event| {
        let _ = tell.send(event);
    });
    let mut next = async || {
        loop {
            let event = tokio::time::timeout(Duration::from_secs(20), told.recv());
            let event = event.await.unwrap().unwrap();
            if !matches!(event, Event::Status(_)) {
                return event;
            }
        }
    };

    orders.send(Order::Open).unwrap();
    let inserted = async {
        while !plug.with(|validator| validator.insert(NOTE_WON, Instant::now())) {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, inserted).await.unwrap();
    assert_eq!(next().await, ESCROWED);
    orders.send(Order::Stack).unwrap();
    assert_eq!(next().await, STACKED);
    assert_eq!(plug.with(|validator| validator.stacked_won()), NOTE_WON);
}
