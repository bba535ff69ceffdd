//! No sequence of actions reaches a state that the table does not name.

use super::*;

/// From stage to stage, as `decide` and `apply` may lead.
fn is_named(from: Stage, to: Stage) -> bool {
    let open = !matches!(from, Stage::Closed(_));
    from == to
        || matches!(
            (from, to),
            (Stage::Draft, Stage::Submitted)
                | (Stage::Submitted, Stage::Prepared | Stage::Declined)
        )
        || open && matches!(to, Stage::Closed(_))
}

/// What a stage promises of everything else.
fn keeps_its_promise(request: &ServiceRequest) -> Result<(), TestCaseError> {
    let submitted = request.applicant.is_some()
        && request.consent.is_some()
        && request.fee.is_some()
        && (1..=request.terms.copies_max).contains(&request.copies);
    let untouched = request.money == Money::default() && request.paper == Paper::default();
    match request.stage {
        Stage::Draft => prop_assert!(untouched),
        Stage::Submitted => prop_assert!(untouched && submitted),
        Stage::Declined => prop_assert!(untouched && submitted && request.declined.is_some()),
        Stage::Prepared => {
            prop_assert!(submitted && request.declined.is_none());
            prop_assert_eq!(request.paper.documents.len(), request.copies as usize);
        }
        Stage::Closed(_) => prop_assert_eq!(request.may_close_money(), Ok(())),
    }
    Ok(())
}

fn filling_in() -> impl Strategy<Value = Action> {
    let consent = Consent {
        agency: String::new(),
        purpose: String::new(),
        fields: Vec::new(),
        language: String::new(),
    };
    let fee = Fee {
        unit_won: 200,
        legal_basis: String::new(),
        reason: FeeReason::Everywhere,
    };
    let options = |copies| Action::ChooseOptions {
        options: BTreeMap::new(),
        copies,
    };
    prop_oneof![
        Just(Action::Identify {
            applicant: applicant(),
            by: Identification::CardAndNumber,
        }),
        Just(Action::Answer {
            question: "q".to_owned(),
            answer: Personal::new("a".to_owned()),
        }),
        (0..7_u32).prop_map(options),
        Just(Action::Consent(consent)),
        Just(Action::QuoteFee(fee)),
        Just(Action::Submit),
        (0..4_usize).prop_map(|count| Action::Prepare(documents(count))),
        Just(Action::Decline(DeclineReason::NoSuchRecord)),
        Just(Action::FailAttempt(NetworkFault::Slow)),
    ]
}

fn anything() -> impl Strategy<Value = Action> {
    let ending = prop_oneof![Just(Action::Close), Just(Action::Withdraw)];
    prop_oneof![20 => filling_in(), 20 => any_action(), 1 => ending]
}

proptest! {
    #[test]
    fn no_sequence_of_actions_reaches_a_state_the_table_does_not_name(
        actions in prop::collection::vec(anything(), 0..120),
        last in anything(),
    ) {
        let mut request = draft();
        for action in actions {
            let before = request.clone();
            match request.decide(action) {
                Ok(event) => request.apply(&event),
                Err(_) => prop_assert_eq!(&request, &before),
            }
            prop_assert!(is_named(before.stage, request.stage), "{:?} to {:?}", before.stage, request.stage);
            keeps_its_promise(&request)?;
        }

        if let Stage::Closed(_) = request.stage {
            prop_assert!(request.decide(last).is_err());
        }
    }

    #[test]
    fn a_crash_at_any_stage_is_recovered_to_an_honest_end(
        actions in prop::collection::vec(anything(), 0..80),
    ) {
        let mut request = draft();
        for action in actions {
            let Ok(event) = request.decide(action) else { continue };
            request.apply(&event);
        }
        let closed = matches!(request.stage, Stage::Closed(_));

        let events = recovery(&request, &crate::refund_ticket(&request.id));
        for event in &events {
            request.apply(event);
        }

        prop_assert!(matches!(request.stage, Stage::Closed(_)));
        prop_assert_eq!(events.is_empty(), closed);
        keeps_its_promise(&request)?;
    }
}

#[test]
fn an_early_withdrawal_and_a_failure_are_told_apart() {
    let withdrawn = Ok(RequestEvent::Closed {
        outcome: Outcome::Withdrawn,
    });
    let failed = Ok(RequestEvent::Closed {
        outcome: Outcome::Failed,
    });

    assert_eq!(draft().decide(Action::Withdraw), withdrawn);
    assert_eq!(draft().decide(Action::Close), failed);
}

#[test]
fn documents_that_are_announced_twice_are_there_once() {
    let mut request = prepared(2);

    request.apply(&RequestEvent::Prepared {
        documents: documents(2),
    });

    assert_eq!(request.paper.documents.len(), 2);
}

#[test]
fn a_machine_that_lies_about_its_money_stops_nothing() {
    let mut request = prepared(1);
    let coin = RequestEvent::CoinTaken {
        value_won: u32::MAX,
    };

    carry_out(&mut request, [Action::BeginPayment { means: Means::Cash }]);
    request.apply(&coin);
    request.apply(&coin);

    assert_eq!(request.money.taken_won, u32::MAX);
}
