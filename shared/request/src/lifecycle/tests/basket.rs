//! Money goes on from one request of a visit to the next, and is in one of them at a time.

use super::*;

fn other() -> RequestId {
    RequestId::new("kiosk-1-2")
}

fn carry_over(amount_won: u32) -> Action {
    let to = other();
    Action::CarryOver { to, amount_won }
}

fn bring_forward(amount_won: u32) -> Action {
    let from = RequestId::new("kiosk-1-1");
    Action::BringForward { from, amount_won }
}

/// One copy for 200 won, and 500 won asked for two requests.
fn paid() -> ServiceRequest {
    let mut request = prepared(1);
    carry_out(
        &mut request,
        [
            Action::BeginPayment {
                means: Means::Cash,
                besides_won: 300,
            },
            Action::TakeCoin { value_won: 500 },
        ],
    );
    request
}

fn issued(request: &mut ServiceRequest) {
    let issue = [
        Action::BeginIssue { number: number(0) },
        Action::Issue { number: number(0) },
    ];
    carry_out(request, issue);
}

fn second() -> ServiceRequest {
    let mut request = prepared(1);
    request.id = other();
    request
}

#[test]
fn what_is_asked_for_is_the_sum_of_all() {
    assert_eq!(paid().money.asked_won, Some(500));
}

#[test]
fn what_is_left_after_the_first_paper_pays_for_the_second() {
    let (mut first, mut second) = (paid(), second());
    issued(&mut first);
    carry_out(
        &mut first,
        [Action::CaptureFee, carry_over(300), Action::Close],
    );
    carry_out(&mut second, [bring_forward(300)]);
    issued(&mut second);
    let change = PayoutPurpose::Change;
    carry_out(
        &mut second,
        [
            Action::CaptureFee,
            Action::BeginPayout {
                amount_won: 100,
                purpose: change,
            },
            Action::PayOut { amount_won: 100 },
            Action::Close,
        ],
    );

    assert_eq!(first.stage, Stage::Closed(Outcome::Done));
    assert_eq!(second.stage, Stage::Closed(Outcome::Done));
    assert_eq!(first.money.held_won() + second.money.held_won(), 0);
    assert_eq!(second.money.captured_won, 200);
}

#[test]
fn a_fee_that_is_due_and_a_sheet_on_its_way_keep_the_money_here() {
    let mut request = paid();
    carry_out(&mut request, [Action::BeginIssue { number: number(0) }]);
    assert_eq!(
        request.decide(carry_over(500)),
        Err(Refusal::PaperMoving),
        "the sheet may come out"
    );
    carry_out(&mut request, [Action::Issue { number: number(0) }]);
    assert_eq!(request.decide(carry_over(500)), Err(Refusal::Amount));
}

#[test]
fn all_goes_on_or_nothing_and_never_to_itself() {
    let request = paid();

    for action in [
        carry_over(0),
        carry_over(400),
        carry_over(600),
        Action::CarryOver {
            to: request.id.clone(),
            amount_won: 500,
        },
    ] {
        assert_eq!(request.decide(action), Err(Refusal::Amount));
    }
    assert!(request.decide(carry_over(500)).is_ok());
}

#[test]
fn a_note_in_escrow_is_stacked_before_money_goes_on() {
    let mut request = paid();
    let note = Action::EscrowNote { value_won: 1000 };
    carry_out(&mut request, [note]);

    assert_eq!(request.decide(carry_over(500)), Err(Refusal::MoneyMoving));
}

#[test]
fn money_is_brought_once_and_not_where_money_of_its_own_went_in() {
    let mut brought = second();
    carry_out(&mut brought, [bring_forward(300)]);

    for request in [brought, paid()] {
        let again = Action::BringForward {
            from: RequestId::new("kiosk-1-9"),
            amount_won: 300,
        };
        assert_eq!(request.decide(again), Err(Refusal::Amount));
        let begin = Action::BeginPayment {
            means: Means::Cash,
            besides_won: 0,
        };
        assert_eq!(request.decide(begin), Err(Refusal::Amount));
    }
}

#[test]
fn a_coin_that_falls_late_falls_where_the_money_is() {
    let (mut first, mut second) = (paid(), second());
    carry_out(&mut first, [carry_over(500)]);
    carry_out(&mut second, [bring_forward(500)]);
    let coin = || Action::TakeCoin { value_won: 100 };

    assert!(first.decide(coin()).is_err());
    assert!(second.decide(coin()).is_ok());
}

#[test]
fn a_crash_between_two_papers_owes_what_was_brought_and_charges_what_came_out() {
    let (mut first, mut second) = (paid(), second());
    issued(&mut first);
    carry_out(&mut first, [Action::CaptureFee, carry_over(300)]);
    carry_out(&mut second, [bring_forward(300)]);

    for request in [&mut first, &mut second] {
        for event in recovery(request, "ticket") {
            request.apply(&event);
        }
    }

    assert_eq!(first.stage, Stage::Closed(Outcome::Done));
    assert_eq!((first.money.owed_won, second.money.owed_won), (0, 300));
    assert_eq!(second.money.captured_won, 0);
}
