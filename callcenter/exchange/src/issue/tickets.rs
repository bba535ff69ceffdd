//! What was accepted without its citizen, and what tickets promise.

use std::sync::Arc;

use catalog::Admission;
use ledger::{Claim, NOT_ASKED, Refund, StoreError};
use request::{Action, DeclineReason, Promise, ServiceRequest};

use super::{Issuer, Refusal};

impl Issuer {
    /// Works on a request whose citizen has gone with a claim ticket; `None` when
    /// it has to be tried again.
    pub(super) async fn work_off(
        &self,
        request: &ServiceRequest,
    ) -> Result<Option<Action>, StoreError> {
        if request.waits_for_its_holder() {
            return self.keep_unasked(request).map(Some);
        }
        if let Some(Admission::Later | Admission::Declined) = self.admission(request) {
            // Nobody waits: the agency opens again.
            return Ok(None);
        }
        match self.record(request).await {
            Ok(record) => {
                self.store
                    .keep_result(&request.id, &record.to_string(), self.clock.now())?;
                Ok(Some(Action::MarkReady))
            }
            // It closed this moment.
            Err(Refusal::Declined(DeclineReason::OutsideHours)) => Ok(None),
            Err(Refusal::Declined(reason)) => Ok(Some(Action::Decline(reason))),
            Err(Refusal::Fault(fault)) => {
                self.store.note_fault(&request.id, fault)?;
                Ok(None)
            }
        }
    }

    /// What was prepared by telephone can be collected at once: the network is
    /// asked when its holder stands at a kiosk.
    fn keep_unasked(&self, request: &ServiceRequest) -> Result<Action, StoreError> {
        if self.service(request).is_none() {
            return Ok(Action::Decline(DeclineReason::Malformed));
        }
        let now = self.clock.now();
        self.store.keep_result(&request.id, NOT_ASKED, now)?;
        Ok(Action::MarkReady)
    }

    /// Gives a request what its ticket promises, if no other one has it.
    pub(super) async fn honor(
        &self,
        request: &ServiceRequest,
        ticket: &str,
        what: Promise,
    ) -> Result<Result<Action, Refusal>, StoreError> {
        match what {
            Promise::Documents => self.collect(request, ticket).await,
            Promise::Money => Ok(match self.store.take_refund(ticket, &request.id)? {
                Refund::Open { amount_won } => Ok(Action::Credit { amount_won }),
                Refund::Unknown => Err(Refusal::Declined(DeclineReason::NoSuchTicket)),
                Refund::Reserved => Err(Refusal::Declined(DeclineReason::TicketBusy)),
                Refund::Spent => Err(Refusal::Declined(DeclineReason::TicketUsed)),
            }),
        }
    }

    async fn collect(
        &self,
        request: &ServiceRequest,
        ticket: &str,
    ) -> Result<Result<Action, Refusal>, StoreError> {
        let (asked, record) = match self.promised(request, ticket)? {
            Ok(promised) => promised,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !self.store.take_claim(ticket, &request.id)? {
            return Ok(Err(Refusal::Declined(DeclineReason::TicketBusy)));
        }
        let record = if record.is_null() {
            match self.record(&asked).await {
                Ok(record) => record,
                Err(refusal) => return Ok(Err(refusal)),
            }
        } else {
            record
        };
        if asked.waits_for_its_holder() {
            // A copy that has to be made anew says the same.
            self.store
                .keep_collected(ticket, &request.id, &record.to_string())?;
        }
        let documents = self.certify(request, &asked, &record).await?;
        Ok(documents.map(Action::Prepare))
    }

    /// What was asked for and the record to print, if this request may have it.
    pub(super) fn promised(
        &self,
        request: &ServiceRequest,
        ticket: &str,
    ) -> Result<Result<(ServiceRequest, Arc<serde_json::Value>), Refusal>, StoreError> {
        let Some(claim) = self.store.claim(ticket)? else {
            return Ok(Err(Refusal::Declined(DeclineReason::NoSuchTicket)));
        };
        Ok(match collectable(&claim, request) {
            Ok(record) => Ok((claim.request, record)),
            Err(reason) => Err(Refusal::Declined(reason)),
        })
    }
}

/// The record to print, if this request may have it.
fn collectable(
    claim: &Claim,
    request: &ServiceRequest,
) -> Result<Arc<serde_json::Value>, DeclineReason> {
    let asked = &claim.request;
    let number = |of: &ServiceRequest| {
        let applicant = of.applicant.as_ref();
        applicant.map(|it| it.resident_number.clone())
    };
    if number(asked) != number(request) {
        return Err(DeclineReason::NotTheHolder);
    }
    if let Some(reason) = asked.declined {
        return Err(reason);
    }
    if claim.copies_left() == 0 {
        return Err(DeclineReason::TicketUsed);
    }
    let record = claim.record.as_ref().ok_or(DeclineReason::NotReady)?;
    let same = asked.service == request.service
        && asked.fee == request.fee
        && claim.copies_left() == request.copies;
    if !same {
        return Err(DeclineReason::Malformed);
    }
    let record = serde_json::from_str(record).map_err(|_| DeclineReason::Malformed)?;
    Ok(Arc::new(record))
}
