//! Help by an agent: nothing is filled in that the citizen did not confirm.

use super::*;
use crate::{AgentId, AssistanceEnding, FormField};

fn desk() -> StationId {
    StationId::new("desk-1")
}

fn begin() -> Action {
    Action::BeginAssistance {
        desk: desk(),
        agent: AgentId::new("kim.2"),
    }
}

fn value(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn propose(field: FormField, text: &str) -> Action {
    let value = value(text);
    Action::ProposeValue { field, value }
}

fn form() -> ServiceRequest {
    let mut request = draft();
    request.terms.questions = vec!["district".to_owned()];
    request
}

fn district() -> FormField {
    FormField::Question("district".to_owned())
}

#[test]
fn nobody_proposes_before_the_citizen_has_let_them_in() {
    let request = form();

    assert_eq!(
        request.decide(propose(district(), "1")),
        Err(Refusal::NotAssisted)
    );
    assert_eq!(
        request.decide(Action::AcceptProposal),
        Err(Refusal::NotAssisted)
    );
    assert_eq!(
        request.decide(Action::EndAssistance(AssistanceEnding::ByAgent)),
        Err(Refusal::NotAssisted)
    );
}

#[test]
fn one_agent_helps_at_a_time_with_one_proposal_at_a_time() {
    let mut request = form();
    carry_out(&mut request, [begin(), propose(district(), "1")]);

    assert_eq!(request.decide(begin()), Err(Refusal::Assisted));
    assert_eq!(
        request.decide(propose(FormField::Copies, "2")),
        Err(Refusal::ProposalOpen)
    );

    carry_out(&mut request, [Action::DeclineProposal]);
    assert_eq!(
        request.decide(Action::AcceptProposal),
        Err(Refusal::NoProposal)
    );
    assert!(request.decide(propose(FormField::Copies, "2")).is_ok());
}

#[test]
fn a_field_the_service_does_not_have_cannot_be_proposed() {
    let mut request = form();
    carry_out(&mut request, [begin()]);

    let stranger = FormField::Question("resident_number".to_owned());
    assert_eq!(
        request.decide(propose(stranger, "1")),
        Err(Refusal::NoSuchField)
    );
    for copies in ["0", "6", "-1", "two", ""] {
        assert_eq!(
            request.decide(propose(FormField::Copies, copies)),
            Err(Refusal::Copies)
        );
    }
}

#[test]
fn a_confirmed_value_is_the_agents_until_the_citizen_changes_it() {
    let answer = |text: &str| Action::Answer {
        question: "district".to_owned(),
        answer: value(text),
    };
    let mut request = form();
    carry_out(&mut request, [begin(), propose(district(), "1")]);
    assert!(request.answers.is_empty());

    carry_out(&mut request, [Action::AcceptProposal, answer("1")]);
    assert_eq!(request.filled_by_agent(), [district()]);

    carry_out(&mut request, [answer("2")]);
    assert_eq!(request.filled_by_agent(), []);
}

#[test]
fn a_declined_value_leaves_no_trace_in_the_form() {
    let mut request = form();

    carry_out(
        &mut request,
        [begin(), propose(district(), "1"), Action::DeclineProposal],
    );

    assert!(request.answers.is_empty());
    assert_eq!(request.filled_by_agent(), []);
}

#[test]
fn what_is_submitted_cannot_be_filled_in_by_anybody() {
    let mut request = submitted(1);
    carry_out(&mut request, [begin()]);

    assert_eq!(
        request.decide(propose(FormField::Copies, "2")),
        Err(Refusal::WrongStage(Stage::Submitted))
    );
}

#[test]
fn help_ends_with_the_request_and_with_its_own_end() {
    let mut request = form();
    let end = Action::EndAssistance(AssistanceEnding::ByCitizen);
    carry_out(&mut request, [begin(), propose(district(), "1"), end]);
    assert_eq!(request.assistance.desk, None);
    assert_eq!(request.assistance.proposal, None);

    carry_out(&mut request, [begin(), Action::Withdraw]);
    assert_eq!(request.assistance.desk, None);
    assert_eq!(
        request.decide(begin()),
        Err(Refusal::WrongStage(request.stage))
    );
}
