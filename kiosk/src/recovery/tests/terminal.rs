//! What the payment terminal can prove, row by row.

use devices::payment_terminal::{
    Approval, NotReversedReason, PaymentTerminalEvent, TerminalFault, TransactionKey,
};
use request::{CardApproval, CardFact, TransactionId};

use super::*;

/// The terminal's newest transaction before.
pub(super) const TRACE: u32 = 700;

fn key(number: u32) -> TransactionKey {
    TransactionKey::new(format!("gaon-1-1-card-{number}"))
}

fn id(number: u32) -> TransactionId {
    TransactionId::new(key(number).as_str())
}

fn by_card() -> RequestEvent {
    RequestEvent::PaymentBegun {
        means: Means::Card,
        amount_won: FEE,
    }
}

fn authorising() -> RequestEvent {
    RequestEvent::Card(CardFact::AuthorisationBegun {
        transaction: id(1),
        amount_won: FEE,
    })
}

fn approved() -> RequestEvent {
    RequestEvent::Card(CardFact::Approved {
        transaction: id(1),
        amount_won: FEE,
        approval: CardApproval {
            number: "30000701".to_owned(),
            terminal: "12345678".to_owned(),
            trace: TRACE + 1,
            receipt: TRACE + 1,
        },
    })
}

fn reversing() -> RequestEvent {
    RequestEvent::Card(CardFact::ReversalBegun {
        transaction: id(2),
        amount_won: FEE,
    })
}

fn charged() -> PaymentTerminalEvent {
    PaymentTerminalEvent::Approved {
        key: key(1),
        approval: Approval {
            amount_won: FEE,
            trace: TRACE + 1,
            receipt: TRACE + 1,
            terminal: "12345678".to_owned(),
            number: "30000701".to_owned(),
            card: None,
        },
    }
}

impl Bench {
    fn terminal(&mut self, event: PaymentTerminalEvent) {
        self.recovery
            .handle(Event::PaymentTerminal(event), self.now);
        self.carry_out();
    }
}

#[test]
fn a_card_that_was_charged_for_nothing_gets_its_money_back() {
    let mut bench = Bench::after(&[by_card(), authorising()], None);
    assert!(bench.ordered("Resolve"));
    assert!(bench.orders[0].contains("before: Some(700)"));

    bench.terminal(charged());
    assert!(bench.ordered("Reverse") && !bench.finished);
    bench.terminal(PaymentTerminalEvent::Reversed { key: key(2) });

    assert_eq!(bench.ends(), (0, 200, 0, 0, VOID));
}

#[test]
fn a_card_that_was_not_charged_owes_nothing_and_is_owed_nothing() {
    let mut bench = Bench::after(&[by_card(), authorising()], None);
    let fault = TerminalFault::Silent;

    bench.terminal(PaymentTerminalEvent::NotDone { key: key(1), fault });

    assert_eq!(bench.ends(), (0, 0, 0, 0, VOID));
}

#[test]
fn a_payment_of_which_nobody_knows_is_owed() {
    for silent in [true, false] {
        let mut bench = Bench::after(&[by_card(), authorising()], None);

        if silent {
            bench.wait_in_vain();
        } else {
            let fault = TerminalFault::Offline;
            bench.terminal(PaymentTerminalEvent::Unknown { key: key(1), fault });
        }

        assert_eq!(bench.ends(), (0, 0, 200, 0, VOID));
    }
}

#[test]
fn an_approval_that_was_written_down_goes_back_when_nothing_came_of_it() {
    let mut bench = Bench::after(&[by_card(), authorising(), approved()], None);
    assert!(bench.ordered("Reverse"), "{:?}", bench.orders);

    let reason = NotReversedReason::Refused;
    bench.terminal(PaymentTerminalEvent::NotReversed {
        key: key(2),
        reason,
    });

    assert_eq!(bench.ends(), (0, 0, 200, 0, VOID), "it is owed instead");
}

#[test]
fn a_sheet_that_came_out_is_paid_for_by_the_card() {
    let mut bench = Bench::after(&[by_card(), authorising(), approved(), begun()], None);

    bench.printed();

    assert!(!bench.ordered("Reverse"), "{:?}", bench.orders);
    assert_eq!(bench.ends(), (200, 0, 0, 0, ISSUED));
}

#[test]
fn a_sheet_that_did_not_come_out_gives_the_card_its_money_back() {
    let mut bench = Bench::after(&[by_card(), authorising(), approved(), begun()], None);

    bench.printer(DocumentPrinterEvent::NotPrinted {
        job: JobId::new(NUMBER),
        fault: PrinterFault::Offline,
    });
    bench.terminal(PaymentTerminalEvent::Reversed { key: key(2) });

    assert_eq!(bench.ends(), (0, 200, 0, 0, VOID));
}

#[test]
fn a_reversal_that_was_begun_is_asked_about_and_not_begun_again() {
    let before = [by_card(), authorising(), approved(), reversing()];
    let mut bench = Bench::after(&before, None);
    assert!(bench.ordered("Resolve"));
    bench.terminal(PaymentTerminalEvent::Reversed { key: key(2) });
    assert!(!bench.ordered("Reverse"), "{:?}", bench.orders);
    assert_eq!(bench.ends(), (0, 200, 0, 0, VOID));

    let mut bench = Bench::after(&before, None);
    let reason = NotReversedReason::Refused;
    bench.terminal(PaymentTerminalEvent::NotReversed {
        key: key(2),
        reason,
    });
    assert!(!bench.ordered("Reverse"), "{:?}", bench.orders);
    assert_eq!(bench.ends(), (0, 0, 200, 0, VOID));
}

#[test]
fn another_transactions_word_says_nothing_of_this_one() {
    let mut bench = Bench::after(&[by_card(), authorising()], None);

    bench.terminal(PaymentTerminalEvent::Reversed { key: key(9) });

    assert!(!bench.finished);
}
