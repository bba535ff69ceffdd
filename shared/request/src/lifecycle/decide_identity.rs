//! Who asks, and what it takes to say so.

use crate::{Action, Identification, Refusal, RequestEvent, ServiceRequest};

impl ServiceRequest {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "called for actions about who asks alone"
    )]
    pub(super) fn decide_identity(&self, action: Action) -> Result<RequestEvent, Refusal> {
        match action {
            Action::AskVouching(consent) => Ok(RequestEvent::VouchingAsked { consent }),
            Action::Vouch(_) if !self.identity.vouching_asked => Err(Refusal::NoVouching),
            Action::Vouch(vouching) if !vouching.is_by_two() => Err(Refusal::OnePerson),
            Action::Vouch(vouching) => Ok(RequestEvent::IdentityVouched { vouching }),
            Action::Identify {
                by: Identification::TwoPersons,
                ..
            } if self.identity.vouching.is_none() => Err(Refusal::NotVouched),
            Action::Identify { applicant, by } => Ok(RequestEvent::Identified { applicant, by }),
            _ => Err(Refusal::WrongStage(self.stage)),
        }
    }
}
