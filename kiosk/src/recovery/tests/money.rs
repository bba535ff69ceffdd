//! What the cash devices can prove, row by row.

use super::*;

#[test]
fn a_payment_that_took_nothing_leaves_nothing() {
    let mut bench = Bench::after(&[paying()], None);

    bench.cash(ready(), BEFORE);

    assert_eq!(bench.ends(), (0, 0, 0, 0, VOID));
}

#[test]
fn a_coin_that_fell_and_was_not_written_down_is_owed() {
    let mut bench = Bench::after(&[paying(), coin(100)], None);

    bench.cash(
        CashEvent::CoinAccepted { value_won: 500 },
        counted(3, 1, 5_000),
    );
    bench.cash(
        CashEvent::CoinAccepted { value_won: 100 },
        counted(4, 1, 5_000),
    );
    bench.cash(ready(), counted(4, 1, 5_000));

    assert_eq!(bench.ends(), (0, 0, 700, 0, VOID));
}

#[test]
fn a_note_in_the_escrow_goes_back_when_nothing_was_issued_for_it() {
    let mut bench = Bench::after(&[paying(), note(1_000)], None);

    bench.cash(CashEvent::NoteEscrowed { value_won: 1_000 }, BEFORE);
    bench.cash(ready(), BEFORE);
    assert!(bench.ordered("ReturnNote") && !bench.finished);
    bench.cash(
        CashEvent::NoteReturned { value_won: 1_000 },
        counted(2, 2, 5_000),
    );

    assert_eq!(bench.ends(), (0, 1_000, 0, 0, VOID));
}

#[test]
fn a_note_in_the_escrow_pays_for_what_was_issued() {
    let mut bench = Bench::after(&[paying(), note(1_000), begun()], None);

    bench.cash(CashEvent::NoteEscrowed { value_won: 1_000 }, BEFORE);
    bench.cash(ready(), BEFORE);
    bench.printed();
    assert!(bench.ordered("StackNote") && !bench.finished);
    bench.cash(
        CashEvent::NoteStacked { value_won: 1_000 },
        counted(2, 2, 5_000),
    );

    assert_eq!(bench.ends(), (200, 0, 800, 0, ISSUED));
}

#[test]
fn a_note_of_which_nobody_was_told_is_waited_for_until_it_is_back() {
    let busy = CashEvent::Status(CashStatus {
        state: DeviceState::Busy,
        change_won: 10_000,
        fault: None,
    });
    let mut bench = Bench::after(&[paying(), coin(100)], None);

    bench.cash(busy, counted(2, 2, 5_000));
    assert!(!bench.finished, "the next citizen would find it");
    bench.cash(CashEvent::Rejected, counted(2, 3, 5_000));
    bench.cash(ready(), counted(2, 3, 5_000));

    assert_eq!(bench.ends(), (0, 0, 100, 0, VOID));
}

#[test]
fn a_note_that_arrived_in_the_stacker_unwritten_is_counted() {
    let stacking = [paying(), note(1_000), RequestEvent::NoteStackBegun];
    let mut bench = Bench::after(&stacking, None);

    bench.cash(
        CashEvent::NoteStacked { value_won: 1_000 },
        counted(2, 2, 5_000),
    );
    bench.cash(ready(), counted(2, 2, 5_000));

    assert_eq!(bench.ends(), (0, 0, 1_000, 0, VOID));
}

#[test]
fn a_note_whose_way_to_the_stacker_never_began_goes_back() {
    let stacking = [paying(), note(1_000), RequestEvent::NoteStackBegun];
    let mut bench = Bench::after(&stacking, None);

    bench.cash(CashEvent::NoteEscrowed { value_won: 1_000 }, BEFORE);
    bench.cash(ready(), BEFORE);
    bench.cash(
        CashEvent::NoteReturned { value_won: 1_000 },
        counted(2, 2, 5_000),
    );

    assert_eq!(bench.ends(), (0, 1_000, 0, 0, VOID));
}

/// Change was ordered: what the hoppers' own counts say came out.
#[test]
fn the_hoppers_counts_say_how_far_a_payout_came() {
    let issued = RequestEvent::Issued { number: number() };
    let captured = RequestEvent::FeeCaptured { amount_won: FEE };
    let then = [paying(), coin(500), begun(), issued, captured, payout(300)];
    // Paid out, owed: by what the counter says now.
    let rows = [
        (Some(5_000), (0, 300)),
        (Some(5_100), (100, 200)),
        (Some(5_300), (300, 0)),
        // More than was ordered, or less than before: it proves nothing.
        (Some(6_000), (0, 300)),
        (Some(0), (0, 300)),
    ];
    for (paid_won, (paid_out, owed)) in rows {
        let mut bench = Bench::after(&then, None);

        let now = CashCounters { paid_won, ..BEFORE };
        bench.cash(ready(), now);

        assert_eq!(
            bench.ends(),
            (200, paid_out, owed, 0, ISSUED),
            "{paid_won:?}"
        );
    }
}

#[test]
fn a_hopper_that_does_not_tell_its_count_leaves_the_payout_owed() {
    let issued = RequestEvent::Issued { number: number() };
    let captured = RequestEvent::FeeCaptured { amount_won: FEE };
    let then = [paying(), coin(500), begun(), issued, captured, payout(300)];
    let mut bench = Bench::after(&then, None);

    let paid_won = None;
    bench.cash(ready(), CashCounters { paid_won, ..BEFORE });
    assert!(!bench.finished);
    bench.wait_in_vain();

    assert_eq!(bench.ends(), (200, 0, 300, 0, ISSUED));
}
