//! The station crashes at the counter and starts again: what its cash devices did
//! meanwhile is told, by their own counts.

use std::time::Duration;

use bench::cash_box::{HOPPERS, Mood};
use devices::{
    DeviceState,
    cash::{CashCounters, CashEvent, CashFault, CashOrder},
};

use crate::counter::Counter;

const SOON: Duration = Duration::from_millis(300);
/// In which both acceptors still answer.
const MOODS: [Mood; 6] = [
    Mood::Well,
    Mood::CoinJam,
    Mood::NoteJam,
    Mood::NotesFull,
    Mood::HopperJam,
    Mood::Stuttering,
];
/// By their addresses on the line; an answer names its device in its third byte.
const HOPPER: u8 = HOPPERS[0].address;
const COINS: u8 = 2;
const FIRST_ANSWERS: u32 = 6;

/// Takes money, and both slots are open.
fn collecting() -> Counter {
    let mut counter = Counter::open();
    counter.order(CashOrder::Collect { amount_won: 5_000 });
    counter.pass(Duration::from_secs(1));
    assert!(counter.cash_box.takes_coins() && counter.cash_box.takes_notes());
    counter
}

/// What is told of money until every device is known again.
fn told_after(counter: &mut Counter, seen: CashCounters, meanwhile: Duration) -> Vec<CashEvent> {
    counter.crash(seen, meanwhile);
    let before = counter.told.len();
    counter.pass(Duration::from_secs(6));
    let news = counter.told[before..].iter();
    let is_money = |it: &&CashEvent| !matches!(it, CashEvent::Status(_) | CashEvent::Counted(_));
    news.filter(is_money).cloned().collect()
}

#[test]
fn coins_that_fell_unheard_are_told_with_a_count_each() {
    let mut counter = collecting();
    counter.cash_box.insert_coin(100);
    counter.until(|it| *it == CashEvent::CoinAccepted { value_won: 100 });
    let seen = counter.counted();

    counter.cash_box.insert_coin(500);
    counter.cash_box.insert_coin(50);
    let told = told_after(&mut counter, seen, SOON);

    assert_eq!(
        told,
        [
            CashEvent::CoinAccepted { value_won: 500 },
            CashEvent::CoinAccepted { value_won: 50 }
        ]
    );
    let counts: Vec<_> = counter
        .told
        .windows(2)
        .filter_map(|pair| match pair {
            [CashEvent::Counted(counted), CashEvent::CoinAccepted { .. }] => counted.coin_events,
            _ => None,
        })
        .collect();
    let first = seen.coin_events.unwrap();
    assert_eq!(counts, [first, first + 1, first + 2]);
}

/// Whoever recovers goes on when the counts are known and nothing starts or moves.
#[test]
fn a_unit_rests_only_when_all_that_happened_is_told_whatever_fault_it_has() {
    for mood in MOODS {
        let mut counter = collecting();
        let seen = counter.counted();
        counter.cash_box.insert_coin(500);
        counter.cash_box.insert_coin(50);
        counter.cash_box.set_mood(mood);
        // Nobody hears a hopper: a fault that is there from the beginning. And the
        // coin acceptor is heard last.
        let mut unheard = 0..FIRST_ANSWERS;
        counter.spoiler = Box::new(move |bytes| match bytes[..] {
            [_, _, HOPPER, ..] => Vec::new(),
            [_, _, COINS, ..] if unheard.next().is_some() => Vec::new(),
            _ => bytes,
        });
        let before = counter.told.len();

        let coins = told_after(&mut counter, seen, SOON).len();

        assert_eq!(coins, 2, "{mood:?}");
        let (mut known, mut rests, mut told) = (false, false, 0);
        for event in &counter.told[before..] {
            if let CashEvent::CoinAccepted { .. } = event {
                told += 1;
            } else if let CashEvent::Counted(it) = event {
                known = it.coin_events.is_some() && it.note_events.is_some();
            } else if let CashEvent::Status(status) = event {
                rests = matches!(status.state, DeviceState::Ready | DeviceState::Faulted);
            }
            assert!(
                !known || !rests || told == 2,
                "{mood:?}: {event:?} too early"
            );
        }
    }
}

#[test]
fn what_was_told_before_the_crash_is_not_told_again() {
    let mut counter = collecting();
    counter.cash_box.insert_coin(100);
    counter.until(|it| *it == CashEvent::CoinAccepted { value_won: 100 });
    let seen = counter.counted();

    assert_eq!(told_after(&mut counter, seen, SOON), []);
    assert_eq!(counter.status().state, DeviceState::Ready);
}

#[test]
fn a_note_in_the_escrow_is_told_again_and_goes_where_it_is_ordered() {
    for stack in [true, false] {
        let mut counter = collecting();
        counter.cash_box.insert_note(1_000);
        counter.until(|it| *it == CashEvent::NoteEscrowed { value_won: 1_000 });
        let seen = counter.counted();

        let told = told_after(&mut counter, seen, SOON);
        assert_eq!(told, [CashEvent::NoteEscrowed { value_won: 1_000 }]);

        // It waits longer than a validator would by itself.
        counter.pass(Duration::from_secs(20));
        assert_eq!(counter.cash_box.holdings().escrow_won, 1_000);
        if stack {
            counter.order(CashOrder::StackNote);
            counter.until(|it| *it == CashEvent::NoteStacked { value_won: 1_000 });
            assert_eq!(counter.cash_box.holdings().stacker_won, 1_000);
        } else {
            counter.order(CashOrder::ReturnNote);
            counter.until(|it| *it == CashEvent::NoteReturned { value_won: 1_000 });
            assert_eq!(counter.cash_box.holdings().mouth_won, 1_000);
        }
    }
}

#[test]
fn a_note_that_moved_unheard_is_told_where_it_went() {
    let mut counter = collecting();
    counter.cash_box.insert_note(1_000);
    counter.until(|it| *it == CashEvent::NoteEscrowed { value_won: 1_000 });
    let seen = counter.counted();
    counter.order(CashOrder::StackNote);
    counter.pass(Duration::from_millis(100));

    let told = told_after(&mut counter, seen, Duration::from_secs(2));

    assert_eq!(told, [CashEvent::NoteStacked { value_won: 1_000 }]);

    let mut counter = collecting();
    counter.cash_box.insert_note(1_000);
    counter.until(|it| *it == CashEvent::NoteEscrowed { value_won: 1_000 });
    let seen = counter.counted();

    // The validator's own patience ends.
    let told = told_after(&mut counter, seen, Duration::from_secs(15));

    assert_eq!(told, [CashEvent::NoteReturned { value_won: 1_000 }]);
}

#[test]
fn a_note_of_which_nobody_was_told_goes_back() {
    let mut counter = collecting();
    let seen = counter.counted();
    counter.cash_box.insert_note(5_000);

    let told = told_after(&mut counter, seen, SOON);

    assert_eq!(told, [CashEvent::Rejected]);
    assert_eq!(counter.cash_box.holdings().mouth_won, 5_000);
}

#[test]
fn a_payout_that_runs_on_is_waited_for_and_counted() {
    let mut counter = Counter::open();
    let seen = counter.counted();
    counter.order(CashOrder::Pay { amount_won: 2_000 });
    counter.pass(Duration::from_millis(700));
    assert!(counter.cash_box.holdings().tray_won < 2_000);

    counter.crash(seen, Duration::ZERO);
    counter
        .until(|it| matches!(it, CashEvent::Status(status) if status.state == DeviceState::Ready));

    let paid_won = counter.counted().paid_won.unwrap() - seen.paid_won.unwrap();
    assert_eq!(u64::from(counter.cash_box.holdings().tray_won), paid_won);
    assert_eq!(paid_won, 2_000);
}

#[test]
fn devices_that_lost_their_counts_meanwhile_say_so() {
    let mut counter = collecting();
    counter.cash_box.insert_coin(100);
    counter.until(|it| *it == CashEvent::CoinAccepted { value_won: 100 });
    let seen = counter.counted();
    counter.cash_box.insert_coin(500);
    counter.cash_box.reset();

    let told = told_after(&mut counter, seen, SOON);

    assert_eq!(told, []);
    let lost = |it: &CashEvent| matches!(it, CashEvent::Status(status) if status.fault == Some(CashFault::EventsLost));
    assert!(counter.told.iter().any(lost));
}
