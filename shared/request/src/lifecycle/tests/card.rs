//! A payment by card: asked for once at a time, proven, and given back whole.

use super::*;
use crate::{CardAction, CardApproval, CardDecline, CardFact, TransactionId};

fn transaction(index: u32) -> TransactionId {
    TransactionId::new(format!("kiosk-1-1-card-{index}"))
}

fn approval() -> CardApproval {
    CardApproval {
        number: "30000101".to_owned(),
        terminal: "12345678".to_owned(),
        trace: 101,
        receipt: 101,
    }
}

fn begin(index: u32) -> Action {
    let transaction = transaction(index);
    Action::Card(CardAction::BeginAuthorisation { transaction })
}

fn approve(index: u32) -> Action {
    Action::Card(CardAction::Approve {
        transaction: transaction(index),
        approval: approval(),
    })
}

fn decline(index: u32) -> Action {
    Action::Card(CardAction::Decline {
        transaction: transaction(index),
        reason: CardDecline::Refused,
    })
}

fn lose(index: u32) -> Action {
    let transaction = transaction(index);
    Action::Card(CardAction::Lose { transaction })
}

fn reverse(index: u32, amount_won: u32) -> Action {
    Action::Card(CardAction::BeginReversal {
        transaction: transaction(index),
        amount_won,
    })
}

fn pay_with(means: Means) -> Action {
    Action::BeginPayment {
        means,
        besides_won: 0,
    }
}

pub(super) fn any_action() -> impl Strategy<Value = Action> {
    let which = 0..2_u32;
    prop_oneof![
        Just(pay_with(Means::Card)),
        which.clone().prop_map(begin),
        which.clone().prop_map(approve),
        which.clone().prop_map(decline),
        which.clone().prop_map(lose),
        (which.clone(), prop::sample::select(vec![200_u32, 400, 600]))
            .prop_map(|(index, amount_won)| reverse(index, amount_won)),
        which.clone().prop_map(|index| {
            let transaction = transaction(index);
            Action::Card(CardAction::Reverse { transaction })
        }),
        which.prop_map(|index| {
            let transaction = transaction(index);
            Action::Card(CardAction::RefuseReversal { transaction })
        }),
    ]
}

/// What came in by it.
pub(super) fn taken_won(fact: &CardFact) -> u32 {
    match fact {
        CardFact::Approved { amount_won, .. } => *amount_won,
        CardFact::AuthorisationUnknown { asked_won, .. } => *asked_won,
        CardFact::AuthorisationBegun { .. }
        | CardFact::Declined { .. }
        | CardFact::ReversalBegun { .. }
        | CardFact::Reversed { .. }
        | CardFact::NotReversed { .. }
        | CardFact::ReversalUnknown { .. } => 0,
    }
}

/// A request whose fee of 400 won is paid by card.
fn paid_by_card() -> ServiceRequest {
    let mut request = prepared(2);
    carry_out(&mut request, [pay_with(Means::Card), begin(1), approve(1)]);
    request
}

#[test]
fn a_card_pays_for_the_papers_and_the_fee_is_charged_to_it() {
    let mut request = paid_by_card();
    carry_out(
        &mut request,
        [
            Action::BeginIssue { number: number(0) },
            Action::Issue { number: number(0) },
            Action::BeginIssue { number: number(1) },
            Action::Issue { number: number(1) },
            Action::CaptureFee,
            Action::Close,
        ],
    );

    assert_eq!(request.money.captured_won, 400);
    assert_eq!(request.money.cash_taken_won(), 0);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
}

#[test]
fn no_paper_is_begun_while_the_terminal_has_not_answered() {
    let mut request = prepared(2);
    carry_out(&mut request, [pay_with(Means::Card), begin(1)]);

    let paper = request.decide(Action::BeginIssue { number: number(0) });

    assert_eq!(paper, Err(Refusal::NotPaid));
    assert_eq!(request.decide(begin(2)), Err(Refusal::MoneyMoving));
    assert_eq!(request.decide(approve(2)), Err(Refusal::Amount), "another");
    assert_eq!(request.decide(Action::Close), Err(Refusal::MoneyMoving));
}

#[test]
fn after_a_card_that_was_refused_another_one_or_cash_pays() {
    let mut request = prepared(2);
    carry_out(&mut request, [pay_with(Means::Card), begin(1), decline(1)]);

    assert!(request.decide(begin(2)).is_ok());
    carry_out(
        &mut request,
        [pay_with(Means::Cash), Action::TakeCoin { value_won: 500 }],
    );
    assert_eq!(request.money.means, Some(Means::Cash));
    assert_eq!(
        request.decide(pay_with(Means::Card)),
        Err(Refusal::Amount),
        "money is in"
    );
}

#[test]
fn a_card_that_was_charged_is_not_asked_for_again() {
    let request = paid_by_card();

    assert_eq!(request.decide(begin(2)), Err(Refusal::Amount));
    assert_eq!(request.decide(pay_with(Means::Cash)), Err(Refusal::Amount));
}

#[test]
fn what_was_not_issued_goes_back_to_the_card_once() {
    let mut request = paid_by_card();
    let spoil = |index| Action::Spoil {
        number: number(index),
        reason: SpoilReason::NotWanted,
    };
    carry_out(&mut request, [spoil(0), spoil(1), reverse(2, 400)]);
    assert_eq!(
        request.decide(Action::OweRefund {
            amount_won: 400,
            ticket: String::new()
        }),
        Err(Refusal::MoneyMoving)
    );

    let transaction = transaction(2);
    carry_out(
        &mut request,
        [
            Action::Card(CardAction::Reverse { transaction }),
            Action::Withdraw,
        ],
    );

    assert_eq!(request.money.paid_out_won, 400);
    assert_eq!(request.money.cash_paid_out_won(), 0);
    assert_eq!(request.stage, Stage::Closed(Outcome::Withdrawn));
}

#[test]
fn more_than_is_free_does_not_go_back_and_a_second_try_is_none() {
    let mut request = paid_by_card();
    carry_out(
        &mut request,
        [
            Action::BeginIssue { number: number(0) },
            Action::Issue { number: number(0) },
        ],
    );
    assert_eq!(request.decide(reverse(2, 400)), Err(Refusal::Amount));

    carry_out(&mut request, [reverse(2, 200)]);
    let transaction = transaction(2);
    carry_out(
        &mut request,
        [Action::Card(CardAction::RefuseReversal { transaction })],
    );

    assert_eq!(request.decide(reverse(3, 200)), Err(Refusal::Amount));
    assert_eq!(request.money.held_won(), 400);
}

#[test]
fn what_nobody_can_tell_counts_in_the_citizens_favor() {
    let mut request = prepared(2);
    carry_out(&mut request, [pay_with(Means::Card), begin(1)]);

    for event in recovery(&request, "ticket") {
        request.apply(&event);
    }

    assert_eq!(request.money.card.taken_won, 400);
    assert_eq!(request.money.owed_won, 400);
    assert!(matches!(request.stage, Stage::Closed(_)));
}
