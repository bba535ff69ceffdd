//! Stories and properties of a request's life.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod assistance;
mod basket;
mod card;
mod correspondence;
mod handling;
mod identity;
mod replacement;
mod stages;

use proptest::prelude::*;

use super::*;
use crate::{
    Channel, DocumentNumber, DocumentReference, FeeReason, Identification, IdentityLevel, Means,
    PaperState, PayoutPurpose, ResidentNumber, StationId, money::Escrow, recovery,
};

fn opened() -> RequestEvent {
    RequestEvent::Opened {
        service: ServiceId::new("resident-register-household"),
        service_version: 1,
        channel: Channel::Kiosk,
        station: StationId::new("kiosk-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::Strong,
            consent: true,
            questions: Vec::new(),
            copies_max: 5,
        },
    }
}

fn draft() -> ServiceRequest {
    ServiceRequest::open(RequestId::new("kiosk-1-1"), &opened()).unwrap()
}

fn applicant() -> Applicant {
    Applicant {
        name: Personal::new("홍길동".to_owned()),
        resident_number: ResidentNumber::parse("9001011234567").unwrap(),
    }
}

fn number(index: usize) -> DocumentNumber {
    DocumentNumber::new(format!("1126-0000-0000-{index:04}"))
}

fn documents(count: usize) -> Vec<DocumentReference> {
    let document = |index| DocumentReference {
        number: number(index),
        pages: 1,
        sha256: String::new(),
    };
    (0..count).map(document).collect()
}

fn carry_out(request: &mut ServiceRequest, actions: impl IntoIterator<Item = Action>) {
    for action in actions {
        let event = request.decide(action).unwrap();
        request.apply(&event);
    }
}

fn submitted(copies: u32) -> ServiceRequest {
    let mut request = draft();
    let fee = Fee {
        unit_won: 200,
        legal_basis: String::new(),
        reason: FeeReason::Everywhere,
    };
    let consent = Consent {
        agency: String::new(),
        purpose: String::new(),
        fields: Vec::new(),
        language: String::new(),
    };
    carry_out(
        &mut request,
        [
            Action::Identify {
                applicant: applicant(),
                by: Identification::CardAndNumber,
            },
            Action::ChooseOptions {
                options: BTreeMap::new(),
                copies,
            },
            Action::Consent(consent),
            Action::QuoteFee(fee),
            Action::Submit,
        ],
    );
    request
}

fn prepared(copies: u32) -> ServiceRequest {
    let mut request = submitted(copies);
    carry_out(&mut request, [Action::Prepare(documents(copies as usize))]);
    request
}

#[test]
fn a_stranger_cannot_submit() {
    assert_eq!(draft().decide(Action::Submit), Err(Refusal::NotIdentified));
}

#[test]
fn nobody_is_looked_up_without_consent() {
    let mut request = draft();
    carry_out(
        &mut request,
        [Action::Identify {
            applicant: applicant(),
            by: Identification::CardAndNumber,
        }],
    );

    assert_eq!(request.decide(Action::Submit), Err(Refusal::NoConsent));
}

#[test]
fn no_paper_moves_before_the_money_is_in() {
    let mut request = prepared(1);
    assert_eq!(
        request.decide(Action::BeginIssue { number: number(0) }),
        Err(Refusal::NotPaid)
    );

    carry_out(
        &mut request,
        [
            Action::BeginPayment {
                means: Means::Cash,
                besides_won: 0,
            },
            Action::EscrowNote { value_won: 1000 },
        ],
    );

    assert!(
        request
            .decide(Action::BeginIssue { number: number(0) })
            .is_ok()
    );
}

#[test]
fn a_number_that_was_spoiled_never_comes_back() {
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
            Action::Spoil {
                number: number(0),
                reason: SpoilReason::Unknown,
            },
        ],
    );

    let again = request.decide(Action::BeginIssue { number: number(0) });

    assert_eq!(again, Err(Refusal::DocumentNumber));
}

#[test]
fn a_request_with_money_in_it_cannot_be_closed() {
    let mut request = prepared(1);
    carry_out(
        &mut request,
        [
            Action::BeginPayment {
                means: Means::Cash,
                besides_won: 0,
            },
            Action::TakeCoin { value_won: 100 },
            Action::Spoil {
                number: number(0),
                reason: SpoilReason::NotWanted,
            },
        ],
    );

    assert_eq!(request.decide(Action::Close), Err(Refusal::MoneyHeld));
}

#[test]
fn two_of_three_copies_are_charged_as_two() {
    let mut request = prepared(3);
    carry_out(
        &mut request,
        [
            Action::BeginPayment {
                means: Means::Cash,
                besides_won: 0,
            },
            Action::TakeCoin { value_won: 500 },
            Action::TakeCoin { value_won: 100 },
            Action::BeginIssue { number: number(0) },
            Action::Issue { number: number(0) },
            Action::BeginIssue { number: number(1) },
            Action::Issue { number: number(1) },
            Action::BeginIssue { number: number(2) },
            Action::Spoil {
                number: number(2),
                reason: SpoilReason::NotPrinted,
            },
            Action::CaptureFee,
            Action::BeginPayout {
                amount_won: 200,
                purpose: PayoutPurpose::Refund,
            },
            Action::PayOut { amount_won: 200 },
            Action::Close,
        ],
    );

    assert_eq!(request.money.captured_won, 400);
    assert_eq!(request.stage, Stage::Closed(Outcome::Failed));
}

fn any_action() -> impl Strategy<Value = Action> {
    let value = prop::sample::select(vec![100_u32, 200, 400, 500, 1000, 5000]);
    let which = (0..6_usize).prop_map(number);
    let reason = prop::sample::select(vec![
        SpoilReason::NotPrinted,
        SpoilReason::Unknown,
        SpoilReason::NotReceived,
        SpoilReason::NotWanted,
    ]);
    let fresh = (0..8_usize).prop_map(|index| DocumentReference {
        number: number(index),
        pages: 1,
        sha256: String::new(),
    });
    let purpose = prop::sample::select(vec![PayoutPurpose::Change, PayoutPurpose::Refund]);
    prop_oneof![
        Just(Action::BeginPayment {
            means: Means::Cash,
            besides_won: 0
        }),
        value
            .clone()
            .prop_map(|value_won| Action::TakeCoin { value_won }),
        value
            .clone()
            .prop_map(|value_won| Action::EscrowNote { value_won }),
        Just(Action::BeginNoteStack),
        value
            .clone()
            .prop_map(|value_won| Action::StackNote { value_won }),
        Just(Action::BeginNoteReturn),
        value
            .clone()
            .prop_map(|value_won| Action::ReturnNote { value_won }),
        (value.clone(), purpose).prop_map(|(amount_won, purpose)| Action::BeginPayout {
            amount_won,
            purpose
        }),
        value
            .clone()
            .prop_map(|amount_won| Action::PayOut { amount_won }),
        value
            .clone()
            .prop_map(|asked_won| Action::LosePayout { asked_won }),
        value.clone().prop_map(|amount_won| Action::OweRefund {
            amount_won,
            ticket: String::new()
        }),
        (value.clone(), 1..3_usize).prop_map(|(amount_won, other)| Action::CarryOver {
            to: RequestId::new(format!("kiosk-1-{other}")),
            amount_won,
        }),
        value.clone().prop_map(|amount_won| Action::BringForward {
            from: RequestId::new("kiosk-1-2"),
            amount_won,
        }),
        card::any_action(),
        Just(Action::CaptureFee),
        Just(Action::WaiveFee),
        which
            .clone()
            .prop_map(|number| Action::BeginIssue { number }),
        which.clone().prop_map(|number| Action::Issue { number }),
        which
            .clone()
            .prop_map(|number| Action::ConfirmPaper { number }),
        (which.clone(), reason).prop_map(|(number, reason)| Action::Spoil { number, reason }),
        which
            .clone()
            .prop_map(|number| Action::AskReplacement { number }),
        (which, fresh).prop_map(|(number, document)| Action::Replace { number, document }),
        Just(Action::PrintReceipt),
        Just(Action::Submit),
        Just(Action::Decline(DeclineReason::NoSuchRecord)),
        Just(Action::FailAttempt(NetworkFault::Slow)),
        Just(Action::Close),
        Just(Action::Withdraw),
    ]
}

/// Money that came in is accounted for to the won; paper never outruns its intent.
fn check_laws(request: &ServiceRequest, taken: u32, begun: usize) -> Result<(), TestCaseError> {
    let money = &request.money;
    prop_assert_eq!(money.taken_won, taken);
    prop_assert_eq!(
        money.captured_won
            + money.paid_out_won
            + money.owed_won
            + money.carried_won
            + money.held_won(),
        taken + money.brought_won
    );
    let issued = request.paper.count(PaperState::Issued);
    prop_assert!(issued <= begun);
    prop_assert!(request.paper.count(PaperState::Begun) <= 1);
    // Neither a lie nor a mistake makes one paper more than was asked for.
    let may_be_valid = issued
        + request.paper.count(PaperState::Ready)
        + request.paper.count(PaperState::Begun)
        + usize::from(request.paper.replacement_wanted().is_some());
    prop_assert!(may_be_valid <= request.copies as usize);
    let unit = request.fee.as_ref().unwrap().unit_won;
    prop_assert!(money.captured_won <= unit * u32::try_from(issued).unwrap());
    if let Stage::Closed(outcome) = request.stage {
        prop_assert_eq!(money.held_won(), 0);
        prop_assert_eq!(money.escrow, Escrow::Empty);
        prop_assert_eq!(request.paper.count(PaperState::Ready), 0);
        prop_assert_eq!(
            money.captured_won + money.waived_won,
            unit * u32::try_from(issued).unwrap()
        );
        prop_assert_eq!(outcome == Outcome::Done, issued == request.copies as usize);
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_sequence_of_actions_breaks_a_law_of_money_or_paper(
        copies in 1..4_u32,
        actions in prop::collection::vec(any_action(), 0..60),
    ) {
        let mut request = prepared(copies);
        let (mut taken, mut begun) = (0, 0);
        for action in actions {
            let Ok(event) = request.decide(action) else { continue };
            match &event {
                RequestEvent::CoinTaken { value_won } | RequestEvent::NoteStacked { value_won } => {
                    taken += value_won;
                }
                RequestEvent::Card(fact) => taken += card::taken_won(fact),
                RequestEvent::IssueBegun { .. } => begun += 1,
                _ => {}
            }
            request.apply(&event);
            check_laws(&request, taken, begun)?;
        }
    }

    #[test]
    fn a_crash_at_any_point_is_recovered_to_an_honest_end(
        copies in 1..4_u32,
        actions in prop::collection::vec(any_action(), 0..40),
    ) {
        let mut request = prepared(copies);
        for action in actions {
            let Ok(event) = request.decide(action) else { continue };
            request.apply(&event);
        }

        for event in recovery(&request, "ticket") {
            request.apply(&event);
        }

        prop_assert!(matches!(request.stage, Stage::Closed(_)), "{:?}", request.stage);
        prop_assert_eq!(request.money.held_won(), 0);
        prop_assert_eq!(request.paper.count(PaperState::Begun), 0);
    }
}
