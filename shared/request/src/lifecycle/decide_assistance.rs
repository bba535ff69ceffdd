//! What an agent who helps may lead to. Only the citizen fills anything in.

use std::str::FromStr;

use privacy::Personal;

use crate::{Action, FormField, Refusal, RequestEvent, ServiceRequest, Stage};

impl ServiceRequest {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "called for actions about help alone"
    )]
    pub(super) fn decide_assistance(&self, action: Action) -> Result<RequestEvent, Refusal> {
        let helped = self.assistance.desk.is_some();
        match action {
            Action::BeginAssistance { .. } if helped => Err(Refusal::Assisted),
            Action::BeginAssistance { desk, agent } => Ok(RequestEvent::AssistanceBegun {
                desk,
                agent: Some(agent),
            }),
            _ if !helped => Err(Refusal::NotAssisted),
            Action::ProposeValue { field, value } => {
                self.may_be_proposed(&field, &value)?;
                Ok(RequestEvent::ValueProposed { field, value })
            }
            Action::AcceptProposal | Action::DeclineProposal
                if self.assistance.proposal.is_none() =>
            {
                Err(Refusal::NoProposal)
            }
            Action::AcceptProposal => Ok(RequestEvent::ProposalAccepted),
            Action::DeclineProposal => Ok(RequestEvent::ProposalDeclined),
            Action::EndAssistance(by) => Ok(RequestEvent::AssistanceEnded { by }),
            _ => Err(Refusal::WrongStage(self.stage)),
        }
    }

    /// Every field that has the value an agent proposed and the citizen confirmed.
    pub fn filled_by_agent(&self) -> Vec<FormField> {
        let answers = self.answers.iter();
        let answers = answers.map(|(id, it)| (FormField::Question(id.clone()), it.clone()));
        let options = self.options.iter();
        let options =
            options.map(|(id, it)| (FormField::Option(id.clone()), Personal::new(it.clone())));
        let copies = (FormField::Copies, Personal::new(self.copies.to_string()));
        answers
            .chain(options)
            .chain([copies])
            .filter(|(field, value)| self.assistance.filled(field, value))
            .map(|(field, _)| field)
            .collect()
    }

    fn may_be_proposed(&self, field: &FormField, value: &Personal<String>) -> Result<(), Refusal> {
        if self.stage != Stage::Draft {
            return Err(Refusal::WrongStage(self.stage));
        }
        if self.assistance.proposal.is_some() {
            return Err(Refusal::ProposalOpen);
        }
        match field {
            FormField::Question(id) if !self.terms.questions.contains(id) => {
                Err(Refusal::NoSuchField)
            }
            FormField::Copies => match u32::from_str(value.reveal()) {
                Ok(copies) if (1..=self.terms.copies_max).contains(&copies) => Ok(()),
                Ok(_) | Err(_) => Err(Refusal::Copies),
            },
            FormField::Question(_) | FormField::Option(_) => Ok(()),
        }
    }
}
