//! Nothing is issued on two persons' word unless the ledger here says that they gave
//! it: for this very request, kiosk, service and number.

use ledger::{NewCheck, StoreError};
use request::{Identification, ServiceRequest, StationId};

use super::Issuer;

impl Issuer {
    /// Whether a request may rely on how its applicant was identified, as far as the
    /// exchange can know: what a station says of a card is believed, what it says of a
    /// two-person check is looked up.
    pub(super) fn is_vouched(
        &self,
        request: &ServiceRequest,
        station: &StationId,
    ) -> Result<bool, StoreError> {
        match request.identity.by {
            None
            | Some(
                Identification::CardAndNumber
                | Identification::StatedByTelephone
                | Identification::RecordQuestions,
            ) => return Ok(true),
            Some(Identification::TwoPersons) => {}
        }
        let plan = self.catalog.two_persons();
        let (Some(plan), Some(vouching), Some(applicant)) =
            (plan, &request.identity.vouching, &request.applicant)
        else {
            return Ok(false);
        };
        let claimed = NewCheck {
            check: vouching.check.clone(),
            kiosk: station.clone(),
            request: request.id.clone(),
            service: request.service.clone(),
            subject: self.store.check_subject(&applicant.resident_number)?,
        };
        let now = self.clock.now();
        let relies = self
            .store
            .rely_on_check(&claimed, plan.bounds.passed_for(), now)?;
        if !relies {
            tracing::warn!(request = %request.id, %station, "No check stands behind a request");
        }
        Ok(relies)
    }
}
