//! How a cash unit behaves when its devices are not well: one row a mood.

use std::time::Duration;

use bench::cash_box::Mood;
use devices::{
    DeviceState,
    cash::{CashEvent, CashFault, CashOrder},
};

use crate::counter::Counter;

/// What the unit tells while a coin and a note come in and change goes out.
struct Row {
    mood: Mood,
    money: &'static [CashEvent],
    fault: Option<CashFault>,
    /// What the citizen has before them at the end.
    out_won: u32,
}

const COIN: CashEvent = CashEvent::CoinAccepted { value_won: 100 };
const ESCROWED: CashEvent = CashEvent::NoteEscrowed { value_won: 1_000 };
const STACKED: CashEvent = CashEvent::NoteStacked { value_won: 1_000 };
const PAID: CashEvent = CashEvent::Paid { amount_won: 600 };

const ROWS: [Row; 9] = [
    Row {
        mood: Mood::Well,
        money: &[COIN, ESCROWED, STACKED, CashEvent::Stopped, PAID],
        fault: None,
        out_won: 600,
    },
    Row {
        mood: Mood::Stuttering,
        money: &[COIN, ESCROWED, STACKED, CashEvent::Stopped, PAID],
        fault: None,
        out_won: 600,
    },
    Row {
        mood: Mood::Garbling,
        money: &[COIN, ESCROWED, STACKED, CashEvent::Stopped, PAID],
        fault: None,
        out_won: 600,
    },
    Row {
        mood: Mood::CoinJam,
        money: &[ESCROWED, STACKED, CashEvent::Stopped, PAID],
        fault: Some(CashFault::CoinJam),
        out_won: 600,
    },
    Row {
        mood: Mood::NoteJam,
        money: &[COIN, ESCROWED, CashEvent::Stopped, PAID],
        fault: Some(CashFault::NoteJam),
        out_won: 600,
    },
    Row {
        mood: Mood::NotesFull,
        money: &[COIN, CashEvent::Stopped, PAID],
        fault: Some(CashFault::NoteBox),
        out_won: 1_600,
    },
    Row {
        mood: Mood::HopperJam,
        money: &[
            COIN,
            ESCROWED,
            STACKED,
            CashEvent::Stopped,
            CashEvent::PaidShort {
                paid_won: 0,
                owed_won: 600,
            },
        ],
        fault: Some(CashFault::Hopper),
        out_won: 0,
    },
    Row {
        mood: Mood::Lying,
        money: &[
            COIN,
            ESCROWED,
            STACKED,
            CashEvent::Stopped,
            CashEvent::PayUnknown { asked_won: 600 },
        ],
        fault: None,
        out_won: 500,
    },
    Row {
        mood: Mood::Dead,
        money: &[
            CashEvent::Stopped,
            CashEvent::PaidShort {
                paid_won: 0,
                owed_won: 600,
            },
        ],
        fault: Some(CashFault::Silent),
        // Dead devices drop nothing: what was put in fell through.
        out_won: 1_100,
    },
];

/// An ordinary visit with a box of this mood.
fn visit(mood: Mood) -> (Counter, Vec<CashEvent>) {
    let mut counter = Counter::open();
    counter.cash_box.set_mood(mood);
    counter.pass(Duration::from_secs(10));
    counter.order(CashOrder::Collect { amount_won: 2_000 });
    counter.pass(Duration::from_secs(10));
    counter.cash_box.insert_coin(100);
    counter.cash_box.insert_note(1_000);
    counter.pass(Duration::from_secs(10));
    counter.order(CashOrder::StackNote);
    counter.pass(Duration::from_secs(10));
    counter.order(CashOrder::Stop);
    counter.pass(Duration::from_secs(10));
    counter.order(CashOrder::Pay { amount_won: 600 });
    counter.pass(Duration::from_secs(90));
    let told = counter.money_told();
    (counter, told)
}

#[test]
fn in_every_mood_the_unit_tells_what_is_certain_and_no_more() {
    for row in ROWS {
        let (counter, told) = visit(row.mood);

        assert_eq!(told, row.money, "{:?}", row.mood);
        let status = counter.status();
        assert_eq!(status.fault, row.fault, "{:?}", row.mood);
        let faulted = status.state == DeviceState::Faulted;
        assert_eq!(faulted, row.fault.is_some(), "{:?}", row.mood);
        let holdings = counter.cash_box.holdings();
        let out_won = holdings.tray_won + holdings.mouth_won;
        assert_eq!(out_won, row.out_won, "{:?}", row.mood);
    }
}

#[test]
fn everything_works_again_once_a_hand_has_helped() {
    for mood in [
        Mood::CoinJam,
        Mood::NoteJam,
        Mood::NotesFull,
        Mood::HopperJam,
        Mood::Dead,
        Mood::Lying,
    ] {
        let (mut counter, _) = visit(mood);
        counter.cash_box.set_mood(Mood::Well);
        counter.pass(Duration::from_secs(30));
        counter.money_told();

        counter.order(CashOrder::Collect { amount_won: 1_500 });
        counter.pass(Duration::from_secs(2));
        counter.cash_box.insert_coin(500);
        counter.pass(Duration::from_secs(2));
        counter.order(CashOrder::Stop);
        counter.order(CashOrder::Pay { amount_won: 500 });
        counter.pass(Duration::from_secs(30));

        assert_eq!(
            counter.money_told(),
            [
                CashEvent::CoinAccepted { value_won: 500 },
                CashEvent::Stopped,
                CashEvent::Paid { amount_won: 500 }
            ],
            "{mood:?}"
        );
        assert_eq!(counter.status().state, DeviceState::Ready, "{mood:?}");
    }
}

#[test]
fn a_note_freed_from_a_jam_is_stacked_and_told_after_all() {
    let (mut counter, _) = visit(Mood::NoteJam);
    assert_eq!(counter.cash_box.holdings().escrow_won, 1_000);

    counter.cash_box.set_mood(Mood::Well);
    counter.until(|event| *event == STACKED);

    assert_eq!(counter.cash_box.holdings().stacker_won, 1_000);
}

#[test]
fn a_hopper_that_loses_its_power_while_it_pays_makes_the_payment_unknown() {
    let mut counter = Counter::open();
    counter.cash_box.set_mood(Mood::Resetting);

    counter.order(CashOrder::Pay { amount_won: 2_000 });
    counter.until(|event| *event == CashEvent::PayUnknown { asked_won: 2_000 });
    counter.pass(Duration::from_secs(30));

    assert_eq!(counter.money_told(), [], "it is not paid a second time");
    assert_eq!(counter.cash_box.holdings().tray_won, 1_000);
    let left_won = counter.cash_box.holdings().hoppers_won;
    assert_eq!(
        counter.status().change_won,
        left_won,
        "its count is for life"
    );
}

#[test]
fn an_empty_hopper_is_helped_out_by_the_smaller_coins() {
    let mut counter = Counter::open();
    counter.cash_box.empty(500);

    counter.order(CashOrder::Pay { amount_won: 1_100 });
    counter.until(|event| *event == CashEvent::Paid { amount_won: 1_100 });

    assert_eq!(counter.cash_box.holdings().tray_won, 1_100);
    assert_eq!(counter.status().fault, None, "to be empty is no fault");
}

#[test]
fn what_the_hoppers_have_not_is_owed_and_filling_them_is_noticed() {
    let mut counter = Counter::open();
    for value_won in [500, 100, 50, 10] {
        counter.cash_box.empty(value_won);
    }
    counter.cash_box.fill(10, 3);

    counter.order(CashOrder::Pay { amount_won: 600 });
    counter.until(|event| {
        *event
            == CashEvent::PaidShort {
                paid_won: 30,
                owed_won: 570,
            }
    });
    counter.pass(Duration::from_secs(10));
    assert_eq!(counter.status().change_won, 0);

    counter.cash_box.fill(500, 60);
    counter.pass(Duration::from_secs(10));
    assert_eq!(counter.status().change_won, 30_000);
    counter.order(CashOrder::Pay { amount_won: 1_000 });
    counter.until(|event| *event == CashEvent::Paid { amount_won: 1_000 });
}
