//! Who asks without a card: two persons' word, and never one's.

use super::*;
use crate::{AgentId, CheckId, Vouching};

fn vouching(desks: [&str; 2], agents: [&str; 2]) -> Vouching {
    Vouching {
        check: CheckId::new("check-1"),
        agent: AgentId::new(agents[0]),
        desk: StationId::new(desks[0]),
        supervisor: AgentId::new(agents[1]),
        supervising_desk: StationId::new(desks[1]),
        asked: 4,
        right: 3,
    }
}

fn by_two() -> Vouching {
    vouching(["desk-1", "desk-2"], ["kim.2", "park.1"])
}

fn agreed() -> Action {
    Action::AskVouching(Consent {
        agency: "행정안전부 주민등록과".to_owned(),
        purpose: "본인 확인".to_owned(),
        fields: vec!["주소".to_owned()],
        language: "ko".to_owned(),
    })
}

fn identify(by: Identification) -> Action {
    Action::Identify {
        applicant: applicant(),
        by,
    }
}

#[test]
fn nobody_is_identified_by_two_persons_before_two_have_vouched() {
    let mut request = draft();
    let identified = identify(Identification::TwoPersons);

    assert_eq!(request.decide(identified.clone()), Err(Refusal::NotVouched));
    carry_out(&mut request, [agreed()]);
    assert_eq!(request.decide(identified.clone()), Err(Refusal::NotVouched));
    carry_out(&mut request, [Action::Vouch(by_two()), identified]);

    assert_eq!(request.identity.by, Some(Identification::TwoPersons));
    assert_eq!(request.identity.vouching, Some(by_two()));
    assert_eq!(request.applicant, Some(applicant()));
}

#[test]
fn nobody_vouches_for_a_citizen_who_did_not_agree_to_it() {
    let request = draft();

    assert_eq!(
        request.decide(Action::Vouch(by_two())),
        Err(Refusal::NoVouching)
    );
}

#[test]
fn one_agent_or_one_desk_is_not_two() {
    let mut request = draft();
    carry_out(&mut request, [agreed()]);

    for one in [
        vouching(["desk-1", "desk-1"], ["kim.2", "park.1"]),
        vouching(["desk-1", "desk-2"], ["kim.2", "kim.2"]),
    ] {
        assert_eq!(request.decide(Action::Vouch(one)), Err(Refusal::OnePerson));
    }
}

#[test]
fn what_is_submitted_needs_no_voucher_any_more() {
    let mut request = draft();
    carry_out(
        &mut request,
        [identify(Identification::CardAndNumber), Action::Withdraw],
    );

    let closed = Refusal::WrongStage(request.stage);
    assert_eq!(request.decide(agreed()), Err(closed));
    assert_eq!(request.decide(Action::Vouch(by_two())), Err(closed));
}
