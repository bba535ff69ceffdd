//! A service's record becomes a sealed, unsigned certificate.

use catalog::Service;
use request::{DocumentNumber, Timestamp};
use seal::{Claims, Lease, SealSigner, SignError, compose};
use serde_json::Value;

use crate::{LeaseNote, Order, Pdf, Press, Proof, RenderError};

/// One certificate to be made.
pub struct Assignment<'a> {
    pub service: &'a Service,
    /// As the data network answered it.
    pub record: &'a Value,
    /// The options the applicant chose, id to choice.
    pub options: &'a Value,
    pub number: &'a DocumentNumber,
    /// Which of how many copies, 1-based.
    pub copy: (u32, u32),
    /// For one copy.
    pub fee_won: u32,
    pub now: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum CertifyError {
    #[error("the certificate could not be sealed")]
    Seal(#[from] SignError),
    #[error(transparent)]
    Render(#[from] RenderError),
}

impl Press {
    /// Seals and prints a certificate. Under a lease the paper says so.
    ///
    /// # Errors
    /// When the key refuses, or the record does not go on the paper.
    pub fn certify(
        &self,
        assignment: &Assignment<'_>,
        signer: &dyn SealSigner,
    ) -> Result<Pdf, CertifyError> {
        let (seal, lease) = assignment.sealed(signer)?;
        Ok(self.print(&assignment.order(&seal, lease))?)
    }

    /// Seals and prints a certificate and reads what stands on it.
    ///
    /// # Errors
    /// As [`Press::certify`].
    pub fn proof(
        &self,
        assignment: &Assignment<'_>,
        signer: &dyn SealSigner,
    ) -> Result<Proof, CertifyError> {
        let (seal, lease) = assignment.sealed(signer)?;
        Ok(self.print_proof(&assignment.order(&seal, lease))?)
    }
}

impl Assignment<'_> {
    /// The text of the seal, and what the paper says of a lease.
    fn sealed(&self, signer: &dyn SealSigner) -> Result<(String, Option<LeaseNote>), SignError> {
        let seal = compose(&self.claims(), signer)?;
        let lease = match signer.lease() {
            None => None,
            Some(lease) => Some(note(&Lease::read(lease).map_err(|_| SignError::Key)?)),
        };
        Ok((seal, lease))
    }

    fn order<'b>(&'b self, seal: &'b str, lease: Option<LeaseNote>) -> Order<'b> {
        let service = self.service;
        let today = self.now.local();
        Order {
            template: &service.template,
            record: self.record,
            options: self.options,
            title: service.title.clone(),
            issuer: service.issuer.clone(),
            place: service.issuer.clone(),
            document_number: self.number.as_str(),
            issued_on: (today.year, today.month, today.day),
            valid_days: service.valid_days,
            fee_won: self.fee_won,
            copy: self.copy,
            lease,
            seal,
        }
    }

    fn claims(&self) -> Claims {
        let service = self.service;
        let issued_at = self.now.as_millis() / 1000;
        let text = |pointer: &str| match self.record.pointer(pointer) {
            Some(Value::String(text)) => text.clone(),
            // What is not there is sealed as nothing, not as JSON's word for it.
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        Claims {
            issuer: service.issuer.ko.clone(),
            issued_at,
            expires_at: issued_at + i64::from(service.valid_days) * 86_400,
            service: service.id.to_string(),
            version: service.version,
            document_number: self.number.to_string(),
            fields: service
                .seal_fields
                .iter()
                .map(|field| (field.name.clone(), text(&field.pointer)))
                .collect(),
        }
    }
}

fn note(lease: &Lease) -> LeaseNote {
    let records = Timestamp::from_millis(lease.records_at * 1000).local();
    let (hour, minute) = (records.minute_of_day / 60, records.minute_of_day % 60);
    LeaseNote {
        records_at: format!("{records} {hour:02}:{minute:02}"),
        number: lease.prefix.clone(),
    }
}
