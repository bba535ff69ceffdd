//! No sequence of actions reaches a state that the table does not name.

use super::*;

/// From stage to stage, as `decide` and `apply` may lead.
fn is_named(from: Stage, to: Stage) -> bool {
    let open = !matches!(from, Stage::Closed(_));
    from == to
        || matches!(
            (from, to),
            (Stage::Draft, Stage::Submitted)
                | (
                    Stage::Submitted,
                    Stage::Prepared | Stage::Declined | Stage::Queued
                )
        )
        || open && matches!(to, Stage::Closed(_))
}

/// What a stage promises of everything else.
fn keeps_its_promise(request: &ServiceRequest) -> Result<(), TestCaseError> {
    let pays_out = matches!(request.collecting, Some((_, Promise::Money)));
    let submitted = request.applicant.is_some()
        && request.consent.is_some()
        && (request.fee.is_some() || pays_out)
        && (1..=request.terms.copies_max).contains(&request.copies);
    let untouched = request.money == Money::default() && request.paper == Paper::default();
    match request.stage {
        Stage::Draft => prop_assert!(untouched),
        Stage::Submitted => prop_assert!(untouched && submitted),
        Stage::Declined => prop_assert!(untouched && submitted && request.declined.is_some()),
        Stage::Queued => prop_assert!(untouched && submitted && request.claim_ticket.is_some()),
        Stage::Prepared if request.money.credited_won > 0 => {
            prop_assert!(pays_out && request.paper == Paper::default());
        }
        Stage::Prepared => {
            prop_assert!(submitted && request.declined.is_none());
            prop_assert_eq!(request.paper.documents.len(), request.copies as usize);
        }
        Stage::Closed(_) => prop_assert_eq!(request.may_close_money(), Ok(())),
    }
    Ok(())
}

fn telephone() -> TelephoneNumber {
    TelephoneNumber::parse("010-1234-5678").unwrap()
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
        Just(Action::WantMessages(telephone())),
        prop_oneof![Just(Promise::Documents), Just(Promise::Money)].prop_map(|what| {
            let ticket = "t".to_owned();
            Action::Collect { ticket, what }
        }),
        Just(Action::Submit),
        Just(Action::Queue {
            ticket: "t".to_owned()
        }),
        Just(Action::MarkReady),
        Just(Action::Credit { amount_won: 700 }),
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

        if let Stage::Closed(outcome) = request.stage {
            // The exchange goes on with a queued request.
            let answers = matches!(last, Action::MarkReady | Action::Decline(_));
            let goes_on = outcome == Outcome::Queued && answers;
            prop_assert!(goes_on || request.decide(last).is_err());
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

        let events = recovery(&request, "ticket");
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
fn a_queued_request_ends_for_its_station_and_goes_on_at_the_exchange() {
    let mut request = submitted(1);
    let ticket = "3000".to_owned();

    carry_out(&mut request, [Action::Queue { ticket }]);
    let ended = recovery(&request, "ticket");
    for event in &ended {
        request.apply(event);
    }
    // The answer of an exchange that did not know it yet.
    request.apply(&RequestEvent::Prepared {
        documents: documents(1),
    });

    let closed = RequestEvent::Closed {
        outcome: Outcome::Queued,
    };
    assert_eq!(ended, [closed]);
    assert_eq!(request.paper, Paper::default());
    carry_out(&mut request, [Action::MarkReady]);
    assert!(request.decide(Action::MarkReady).is_err());
    assert!(
        request
            .decide(Action::Decline(DeclineReason::NoSuchRecord))
            .is_err()
    );
}

#[test]
fn a_credit_is_paid_out_or_owed_anew_and_one_that_comes_too_late_is_not_taken() {
    let collect = Action::Collect {
        ticket: "7000".to_owned(),
        what: Promise::Money,
    };
    let credit = Action::Credit { amount_won: 700 };
    let mut request = nobody();

    carry_out(&mut request, [collect.clone(), Action::Submit, credit]);
    let purpose = PayoutPurpose::Refund;
    let begin = |amount_won| Action::BeginPayout {
        amount_won,
        purpose,
    };
    assert_eq!(request.decide(begin(701)), Err(Refusal::Amount));
    carry_out(
        &mut request,
        [begin(700), Action::PayOut { amount_won: 500 }],
    );
    assert_eq!(request.decide(Action::Close), Err(Refusal::MoneyHeld));
    for event in recovery(&request, "7111") {
        request.apply(&event);
    }
    let mut late = nobody();
    carry_out(&mut late, [collect, Action::Submit, Action::Withdraw]);
    late.apply(&RequestEvent::Credited { amount_won: 700 });

    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(
        (request.money.paid_out_won, request.money.owed_won),
        (500, 200)
    );
    assert_eq!(late.money, Money::default());
}

/// A draft of a service that asks nothing of anybody.
fn nobody() -> ServiceRequest {
    let mut request = draft();
    request.terms.identity = IdentityLevel::None;
    request.terms.consent = false;
    request.terms.questions.clear();
    request
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

    carry_out(
        &mut request,
        [Action::BeginPayment {
            means: Means::Cash,
            besides_won: 0,
        }],
    );
    request.apply(&coin);
    request.apply(&coin);

    assert_eq!(request.money.taken_won, u32::MAX);
}

#[test]
fn where_messages_go_is_said_until_the_citizen_has_left() {
    let mut request = submitted(1);
    let ticket = "t".to_owned();
    carry_out(
        &mut request,
        [Action::Queue { ticket }, Action::WantMessages(telephone())],
    );
    assert_eq!(request.telephone, Some(telephone()));

    carry_out(&mut request, [Action::Close]);

    assert_eq!(
        request.decide(Action::WantMessages(telephone())),
        Err(Refusal::WrongStage(Stage::Closed(Outcome::Queued)))
    );
}
