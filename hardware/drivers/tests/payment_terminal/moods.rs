//! A terminal in every mood: what is told is what its own books say.

use std::time::Duration;

use bench::payment_terminal::{LAST_FOUR, Mood, TERMINAL};
use devices::{
    DeviceState,
    payment_terminal::{
        DeclineReason, NotReversedReason, PaymentTerminalEvent, PaymentTerminalOrder, Progress,
        TerminalFault,
    },
};

use crate::counter::{Counter, key, status};

#[test]
fn a_card_is_held_to_it_and_the_payment_is_proven() {
    let mut counter = Counter::open();
    counter.authorise("a", 1_500);
    counter.until(|event| {
        matches!(
            event,
            PaymentTerminalEvent::Progress {
                progress: Progress::InsertCard,
                ..
            }
        )
    });
    counter.pass(Duration::from_millis(100));
    assert!(counter.terminal.asks_for_card());

    counter.terminal.hold_card();
    let PaymentTerminalEvent::Approved {
        key: told,
        approval,
    } = counter.end()
    else {
        panic!("{:?}", counter.told);
    };

    assert_eq!(told, key("a"));
    assert_eq!(approval.amount_won, 1_500);
    assert_eq!(approval.terminal, TERMINAL.to_string());
    assert!(approval.card.unwrap().reveal().ends_with(LAST_FOUR));
    assert_eq!(counter.terminal.taken_won(), 1_500);
    assert_eq!(counter.terminal.books()[0].trace, approval.trace);
    counter.until(status(DeviceState::Ready));
    assert_eq!(counter.counted(), Some(approval.trace));
}

#[test]
fn what_the_issuer_says_is_told_in_a_citizens_terms() {
    for (code, reason) in [
        (51, DeclineReason::NotEnough),
        (55, DeclineReason::WrongPin),
        (0x78, DeclineReason::Expired),
        (0x64, DeclineReason::Unreadable),
        (5, DeclineReason::Refused),
        (0x7a, DeclineReason::NotAccepted),
        (91, DeclineReason::IssuerAway),
    ] {
        let mut counter = Counter::in_mood(Mood::Declines(code));

        let end = counter.pay("a", 400);

        let key = key("a");
        assert_eq!(end, PaymentTerminalEvent::Declined { key, reason });
        assert_eq!(counter.terminal.taken_won(), 0);
        counter.terminal.set_mood(Mood::Well);
        counter.paid("b", 400);
    }
}

#[test]
fn whoever_changes_their_mind_before_the_card_is_read_is_charged_nothing() {
    let mut counter = Counter::open();
    counter.authorise("a", 400);
    counter.pass(Duration::from_secs(3));

    counter.order(PaymentTerminalOrder::Abort { key: key("a") });
    let end = counter.end();

    let (key, reason) = (key("a"), DeclineReason::Cancelled);
    assert_eq!(end, PaymentTerminalEvent::Declined { key, reason });
    assert_eq!(counter.terminal.books(), []);
}

#[test]
fn a_card_that_was_read_before_the_change_of_mind_is_charged_and_told() {
    let mut counter = Counter::in_mood(Mood::Slow);
    counter.terminal.hold_card();
    counter.authorise("a", 400);
    counter.pass(Duration::from_secs(1));

    counter.order(PaymentTerminalOrder::Abort { key: key("a") });
    let end = counter.end();

    assert!(
        matches!(end, PaymentTerminalEvent::Approved { .. }),
        "{end:?}"
    );
    assert_eq!(counter.terminal.taken_won(), 400);
}

#[test]
fn nobody_holds_a_card_to_it() {
    let mut counter = Counter::open();
    counter.authorise("a", 400);

    let end = counter.end();

    let (key, reason) = (key("a"), DeclineReason::Cancelled);
    assert_eq!(end, PaymentTerminalEvent::Declined { key, reason });
}

#[test]
fn an_answer_that_was_lost_is_asked_for_and_the_card_is_charged_once() {
    let mut counter = Counter::in_mood(Mood::LosesAnswer);

    let approval = counter.paid("a", 1_500);

    assert_eq!(counter.terminal.books().len(), 1, "charged twice");
    assert_eq!(counter.terminal.books()[0].trace, approval.trace);
    assert_eq!(counter.ends(), 1);
}

#[test]
fn a_terminal_that_dies_before_it_charges_is_found_to_have_charged_nothing() {
    let mut counter = Counter::open();
    counter.paid("before", 1_500);
    counter.terminal.set_mood(Mood::DiesMidway);

    let end = counter.pay("a", 1_500);

    let (key, fault) = (key("a"), TerminalFault::Silent);
    assert_eq!(end, PaymentTerminalEvent::NotDone { key, fault });
    assert_eq!(counter.terminal.taken_won(), 1_500, "of the one before");
}

#[test]
fn a_lost_line_that_does_not_come_back_leaves_the_payment_unknown() {
    let mut counter = Counter::in_mood(Mood::Slow);
    counter.terminal.hold_card();
    counter.authorise("a", 400);
    counter.pass(Duration::from_secs(1));

    counter.cut();
    let end = counter.end();

    let (key, fault) = (key("a"), TerminalFault::Offline);
    assert_eq!(end, PaymentTerminalEvent::Unknown { key, fault });
    assert_eq!(counter.terminal.taken_won(), 400);
}

#[test]
fn a_terminal_that_tells_of_another_payment_is_not_believed() {
    for mood in [Mood::WrongAmount, Mood::OldTrace] {
        let mut counter = Counter::open();
        counter.paid("before", 400);
        counter.terminal.set_mood(mood);

        let end = counter.pay("a", 400);

        let (key, fault) = (key("a"), TerminalFault::Mismatch);
        assert_eq!(
            end,
            PaymentTerminalEvent::Unknown { key, fault },
            "{mood:?}"
        );
    }
}

#[test]
fn a_terminal_that_says_yes_and_no_is_asked_what_stands_in_its_books() {
    let mut counter = Counter::open();
    counter.paid("before", 400);
    counter.terminal.set_mood(Mood::Contradicts);

    let approval = counter.paid("a", 700);

    assert_eq!(approval.amount_won, 700);
    assert_eq!(counter.terminal.taken_won(), 1_100);
}

#[test]
fn a_terminal_that_is_busy_or_strange_or_mute_charges_nothing_and_is_told_so() {
    let mut counter = Counter::in_mood(Mood::Busy);
    let (busy, fault) = (key("a"), TerminalFault::Busy);
    assert_eq!(
        counter.pay("a", 400),
        PaymentTerminalEvent::NotDone { key: busy, fault }
    );

    for mood in [Mood::Garbage, Mood::Mute] {
        let mut counter = Counter::open();
        counter.paid("before", 400);
        counter.terminal.set_mood(mood);
        counter.authorise("a", 400);
        counter.pass(Duration::from_secs(20));
        counter.terminal.set_mood(Mood::Well);
        let end = counter.end();
        assert!(
            matches!(end, PaymentTerminalEvent::NotDone { .. }),
            "{mood:?}: {end:?}"
        );
        assert_eq!(counter.terminal.taken_won(), 400);
        counter.paid("b", 400);
    }
}

#[test]
fn a_terminal_that_stays_mute_is_told_to_be_silent_and_found_again() {
    let mut counter = Counter::closed();
    counter.terminal.set_mood(Mood::Mute);
    counter.connect();
    counter.until(status(DeviceState::Faulted));
    counter.authorise("a", 400);
    let (silent, fault) = (key("a"), TerminalFault::Silent);
    assert_eq!(
        counter.end(),
        PaymentTerminalEvent::NotDone { key: silent, fault }
    );

    counter.terminal.set_mood(Mood::Well);
    counter.until(status(DeviceState::Ready));
    counter.paid("b", 400);
}

#[test]
fn a_terminal_that_does_not_let_the_kiosk_in_has_a_name_for_it() {
    let mut counter = Counter::closed();
    counter.terminal.set_mood(Mood::Strict);
    counter.connect();

    let event = counter.until(status(DeviceState::Faulted));

    let PaymentTerminalEvent::Status(status) = event else {
        panic!("{event:?}");
    };
    assert_eq!(status.fault, Some(TerminalFault::NotRegistered));
    assert_eq!(TerminalFault::NotRegistered.code(), "PAY-03");
}

#[test]
fn money_goes_back_to_the_card_once_and_whole() {
    let mut counter = Counter::open();
    let approval = counter.paid("a", 1_500);
    counter.order(PaymentTerminalOrder::Reverse {
        key: key("part"),
        receipt: approval.receipt,
        approved_won: 1_500,
        amount_won: 500,
    });
    let (part, reason) = (key("part"), NotReversedReason::PartNotPossible);
    assert_eq!(
        counter.end(),
        PaymentTerminalEvent::NotReversed { key: part, reason }
    );

    let back = key("back");
    let reversed = counter.reverse("back", &approval);
    assert_eq!(reversed, PaymentTerminalEvent::Reversed { key: back });
    assert_eq!(counter.terminal.taken_won(), 0);

    let (again, reason) = (key("again"), NotReversedReason::Refused);
    assert_eq!(
        counter.reverse("again", &approval),
        PaymentTerminalEvent::NotReversed { key: again, reason }
    );
}

#[test]
fn a_reversal_whose_answer_is_lost_is_found_in_the_terminals_books() {
    let mut counter = Counter::open();
    let approval = counter.paid("a", 1_500);
    counter.terminal.set_mood(Mood::LosesAnswer);

    let end = counter.reverse("back", &approval);

    assert_eq!(end, PaymentTerminalEvent::Reversed { key: key("back") });
    assert_eq!(counter.terminal.taken_won(), 0);
}

#[test]
fn a_second_order_does_not_disturb_the_first() {
    let mut counter = Counter::in_mood(Mood::Slow);
    counter.terminal.hold_card();
    counter.authorise("a", 400);

    counter.authorise("b", 400);

    let (second, fault) = (key("b"), TerminalFault::Busy);
    assert_eq!(
        counter.end(),
        PaymentTerminalEvent::NotDone { key: second, fault }
    );
    assert!(matches!(
        counter.end(),
        PaymentTerminalEvent::Approved { .. }
    ));
}
