//! "Did you get your certificate?", and what follows from each answer.

use super::*;

/// One copy, paid for and handed to a printer that says nothing certain.
fn in_doubt() -> ServiceRequest {
    let mut request = prepared(1);
    carry_out(
        &mut request,
        [
            Action::BeginPayment {
                means: Means::Cash,
                besides_won: 0,
            },
            Action::TakeCoin { value_won: 500 },
            Action::BeginIssue { number: number(0) },
        ],
    );
    request
}

fn denied() -> ServiceRequest {
    let mut request = in_doubt();
    let reason = SpoilReason::NotReceived;
    carry_out(
        &mut request,
        [Action::Spoil {
            number: number(0),
            reason,
        }],
    );
    request
}

fn replacement() -> DocumentReference {
    documents(8).remove(7)
}

#[test]
fn yes_makes_the_number_stand_and_the_fee_due() {
    let mut request = in_doubt();

    carry_out(
        &mut request,
        [
            Action::ConfirmPaper { number: number(0) },
            Action::CaptureFee,
            Action::BeginPayout {
                amount_won: 300,
                purpose: PayoutPurpose::Change,
            },
            Action::PayOut { amount_won: 300 },
            Action::Close,
        ],
    );

    assert_eq!(request.money.captured_won, 200);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
}

#[test]
fn no_and_another_copy_is_one_valid_paper_for_one_fee() {
    let mut request = denied();
    assert_eq!(request.due_won(), 0);

    carry_out(
        &mut request,
        [
            Action::AskReplacement { number: number(0) },
            Action::Replace {
                number: number(0),
                document: replacement(),
            },
            Action::BeginIssue { number: number(7) },
            Action::Issue { number: number(7) },
            Action::CaptureFee,
        ],
    );

    assert_eq!(request.paper.state(&number(0)), Some(PaperState::Spoiled));
    assert_eq!(request.paper.state(&number(7)), Some(PaperState::Issued));
    assert_eq!(request.paper.copy_and_edition(&number(7)), Some((1, 2)));
    assert_eq!(request.money.captured_won, 200);
    assert_eq!(request.due_won(), 0);
}

#[test]
fn whoever_took_the_money_back_gets_no_other_copy() {
    let mut request = denied();
    carry_out(
        &mut request,
        [
            Action::BeginPayout {
                amount_won: 500,
                purpose: PayoutPurpose::Refund,
            },
            Action::PayOut { amount_won: 500 },
        ],
    );

    let asked = request.decide(Action::AskReplacement { number: number(0) });

    assert_eq!(asked, Err(Refusal::NotPaid));
}

#[test]
fn a_void_number_is_replaced_once_and_an_issued_one_never() {
    let mut request = denied();
    carry_out(&mut request, [Action::AskReplacement { number: number(0) }]);
    let again = request.decide(Action::AskReplacement { number: number(0) });
    assert_eq!(again, Err(Refusal::DocumentNumber));

    carry_out(
        &mut request,
        [
            Action::Replace {
                number: number(0),
                document: replacement(),
            },
            Action::BeginIssue { number: number(7) },
            Action::ConfirmPaper { number: number(7) },
        ],
    );

    for void in [0, 7] {
        let asked = request.decide(Action::AskReplacement {
            number: number(void),
        });
        assert_eq!(asked, Err(Refusal::DocumentNumber), "{void}");
    }
}

#[test]
fn a_printer_that_fails_again_and_again_is_not_fed_for_ever() {
    let mut request = denied();
    let mut void = 0;
    for made in [6, 7] {
        let reason = SpoilReason::NotReceived;
        carry_out(
            &mut request,
            [
                Action::AskReplacement {
                    number: number(void),
                },
                Action::Replace {
                    number: number(void),
                    document: documents(8).remove(made),
                },
                Action::BeginIssue {
                    number: number(made),
                },
                Action::Spoil {
                    number: number(made),
                    reason,
                },
            ],
        );
        void = made;
    }

    let asked = request.decide(Action::AskReplacement {
        number: number(void),
    });

    assert_eq!(asked, Err(Refusal::Replacements));
    assert_eq!(request.paper.copy_and_edition(&number(7)), Some((1, 3)));
}

#[test]
fn a_copy_that_was_asked_for_anew_and_never_came_leaves_only_a_debt() {
    let mut request = denied();
    carry_out(&mut request, [Action::AskReplacement { number: number(0) }]);

    for event in recovery(&request, "R-1") {
        request.apply(&event);
    }

    assert_eq!(request.money.owed_won, 500);
    assert_eq!(request.stage, Stage::Closed(Outcome::Failed));
    let late = Action::Replace {
        number: number(0),
        document: replacement(),
    };
    assert!(request.decide(late).is_err());
}
