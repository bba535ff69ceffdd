//! The kiosk crashes, and the terminal's own counter says what became of it.

use std::time::Duration;

use bench::payment_terminal::{Mood, PaymentTerminal};
use devices::{
    DeviceState,
    payment_terminal::{Deed, PaymentTerminalEvent, TerminalFault},
};

use crate::counter::{Counter, key, status};

/// Pays, and crashes after so long; answers what was counted before.
fn crashed_after(counter: &mut Counter, millis: u64, card: bool) -> Option<u32> {
    let before = counter.counted();
    if card {
        counter.terminal.hold_card();
    }
    counter.authorise("a", 400);
    counter.pass(Duration::from_millis(millis));
    counter.crash();
    counter.until(status(DeviceState::Ready));
    before
}

#[test]
fn whatever_moment_the_kiosk_crashes_at_the_truth_is_found_out() {
    for millis in (0..4_000).step_by(37) {
        let mut counter = Counter::open();
        counter.paid("before", 400);
        counter.until(status(DeviceState::Ready));
        counter.terminal.set_mood(Mood::Slow);
        let before = crashed_after(&mut counter, millis, true);

        let end = counter.resolve("a", Deed::Authorisation, 400, before);

        let charged = counter.terminal.taken_won() == 800;
        match end {
            PaymentTerminalEvent::Approved { approval, .. } => {
                assert!(charged, "after {millis} ms");
                assert_eq!(approval.amount_won, 400);
            }
            PaymentTerminalEvent::NotDone { .. } => assert!(!charged, "after {millis} ms"),
            other => panic!("after {millis} ms: {other:?}"),
        }
    }
}

#[test]
fn a_payment_like_the_one_before_is_not_taken_for_it() {
    let mut counter = Counter::open();
    counter.paid("before", 400);
    counter.until(status(DeviceState::Ready));
    let before = crashed_after(&mut counter, 500, false);

    let end = counter.resolve("a", Deed::Authorisation, 400, before);

    assert!(
        matches!(end, PaymentTerminalEvent::NotDone { .. }),
        "{end:?}"
    );
    assert_eq!(counter.terminal.taken_won(), 400);
}

#[test]
fn without_a_count_of_before_nobody_can_tell() {
    let mut counter = Counter::open();
    crashed_after(&mut counter, 2_000, true);

    let end = counter.resolve("a", Deed::Authorisation, 400, None);

    let (key, fault) = (key("a"), TerminalFault::Mismatch);
    assert_eq!(end, PaymentTerminalEvent::Unknown { key, fault });
}

#[test]
fn the_first_payment_of_a_new_terminal_is_found_out_too() {
    let mut counter = Counter::closed();
    counter.terminal = PaymentTerminal::brand_new();
    counter.connect();
    counter.until(status(DeviceState::Ready));
    let before = crashed_after(&mut counter, 2_000, true);
    assert_eq!(before, Some(0), "it said that it had none");

    let end = counter.resolve("a", Deed::Authorisation, 400, before);

    assert!(
        matches!(end, PaymentTerminalEvent::Approved { .. }),
        "{end:?}"
    );
}

#[test]
fn a_terminal_that_is_not_there_after_a_crash_leaves_it_unknown() {
    let mut counter = Counter::open();
    counter.paid("before", 400);
    counter.until(status(DeviceState::Ready));
    let before = counter.counted();
    counter.cut();

    let end = counter.resolve("a", Deed::Authorisation, 400, before);

    let (key, fault) = (key("a"), TerminalFault::Offline);
    assert_eq!(end, PaymentTerminalEvent::Unknown { key, fault });
}

#[test]
fn a_reversal_that_was_begun_is_found_out_as_well() {
    for mood in [Mood::Well, Mood::LosesAnswer] {
        let mut counter = Counter::open();
        let approval = counter.paid("a", 400);
        counter.until(status(DeviceState::Ready));
        let before = counter.counted();
        counter.terminal.set_mood(mood);
        if mood == Mood::LosesAnswer {
            counter.reverse("back", &approval);
            counter.terminal.set_mood(Mood::Well);
        }
        counter.crash();

        let end = counter.resolve("back", Deed::Reversal, 400, before);

        let reversed = counter.terminal.taken_won() == 0;
        assert_eq!(
            matches!(end, PaymentTerminalEvent::Reversed { .. }),
            reversed,
            "{mood:?}: {end:?}"
        );
    }
}
