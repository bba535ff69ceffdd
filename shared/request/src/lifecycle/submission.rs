//! What a request must have before an office works on it, and what it then gets.

use std::collections::BTreeSet;

use crate::{DocumentReference, IdentityLevel, Promise, Refusal, RequestEvent, ServiceRequest};

impl ServiceRequest {
    pub(super) fn one_for_each_copy(&self, documents: &[DocumentReference]) -> Result<(), Refusal> {
        let numbers: BTreeSet<_> = documents.iter().map(|it| &it.number).collect();
        if documents.len() == self.copies as usize && numbers.len() == documents.len() {
            Ok(())
        } else {
            Err(Refusal::DocumentCount)
        }
    }

    pub(super) fn submit(&self) -> Result<RequestEvent, Refusal> {
        if self.terms.identity > IdentityLevel::None && self.applicant.is_none() {
            return Err(Refusal::NotIdentified);
        }
        if self.terms.consent && self.consent.is_none() {
            return Err(Refusal::NoConsent);
        }
        if !self
            .terms
            .questions
            .iter()
            .all(|it| self.answers.contains_key(it))
        {
            return Err(Refusal::Unanswered);
        }
        if self.waits_for_a_person() {
            let known = self.correspondence.sender.is_some() || self.applicant.is_some();
            return match known {
                true => Ok(RequestEvent::Submitted),
                false => Err(Refusal::NotIdentified),
            };
        }
        let pays_out = matches!(self.collecting, Some((_, Promise::Money)));
        if self.fee.is_none() && !pays_out {
            return Err(Refusal::NoFee);
        }
        Ok(RequestEvent::Submitted)
    }
}
