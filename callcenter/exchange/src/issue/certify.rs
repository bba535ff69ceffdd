//! Record and number become a sealed, signed document.

use std::sync::Arc;

use catalog::{Bilingual, Catalog, Service};
use certificate::{Order, Press, RenderError};
use ledger::Document;
use request::{DeclineReason, DocumentNumber, DocumentReference, ServiceRequest, Timestamp};
use seal::{Claims, compose};
use serde_json::Value;
use sha2::{Digest, Sha256};
use signature::{Details, SignError, sign_pdf};
use tokio::runtime::Handle;

use super::Witness;
use crate::keys::Keys;

/// Makes documents; typesetting keeps a core busy, so it runs beside the server.
#[derive(Clone)]
pub(crate) struct Certifier {
    workshop: Arc<Workshop>,
}

struct Workshop {
    catalog: Arc<Catalog>,
    press: Press,
    keys: Keys,
    witness: Option<Witness>,
}

/// One document to be made.
struct Assignment {
    service: request::ServiceId,
    options: Value,
    record: Arc<Value>,
    number: DocumentNumber,
    copy: (u32, u32),
    fee_won: u32,
    now: Timestamp,
}

impl Certifier {
    pub(crate) fn new(
        catalog: Arc<Catalog>,
        press: Press,
        keys: Keys,
        witness: Option<Witness>,
    ) -> Self {
        Self {
            workshop: Arc::new(Workshop {
                catalog,
                press,
                keys,
                witness,
            }),
        }
    }

    pub(crate) async fn certify(
        &self,
        request: &ServiceRequest,
        record: &Arc<Value>,
        number: DocumentNumber,
        copy: (u32, u32),
        now: Timestamp,
    ) -> Result<Document, DeclineReason> {
        let assignment = Assignment {
            service: request.service.clone(),
            options: serde_json::to_value(&request.options).unwrap_or_default(),
            record: Arc::clone(record),
            number,
            copy,
            fee_won: request.fee.as_ref().map_or(0, |fee| fee.unit_won),
            now,
        };
        let workshop = Arc::clone(&self.workshop);
        tokio::task::spawn_blocking(move || workshop.make(&assignment))
            .await
            .unwrap_or(Err(DeclineReason::Unprintable))
    }
}

impl Workshop {
    fn make(&self, assignment: &Assignment) -> Result<Document, DeclineReason> {
        let service = self
            .catalog
            .service(&assignment.service)
            .ok_or(DeclineReason::Malformed)?;
        let seal = compose(&claims(service, assignment), &self.keys.seal).map_err(|error| {
            tracing::error!(service = %service.id, ?error, "A certificate could not be sealed");
            DeclineReason::Malformed
        })?;
        let today = assignment.now.local();
        let pdf = self
            .press
            .print(&Order {
                template: &service.template,
                record: &assignment.record,
                options: &assignment.options,
                title: words(&service.title),
                issuer: words(&service.issuer),
                place: words(&service.issuer),
                document_number: assignment.number.as_str(),
                issued_on: (today.year, today.month, today.day),
                valid_days: service.valid_days,
                fee_won: assignment.fee_won,
                copy: assignment.copy,
                seal: &seal,
            })
            .map_err(|error| unprintable(service, error))?;
        let signed = self
            .sign(&pdf.bytes, service, assignment)
            .map_err(|error| {
                tracing::error!(service = %service.id, %error, "A certificate could not be signed");
                DeclineReason::Malformed
            })?;
        let sha256 = Sha256::digest(&signed)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let number = assignment.number.clone();
        Ok(Document {
            reference: DocumentReference {
                number,
                pages: pdf.pages,
                sha256,
            },
            pdf: signed,
        })
    }

    fn sign(
        &self,
        pdf: &[u8],
        service: &Service,
        assignment: &Assignment,
    ) -> Result<Vec<u8>, SignError> {
        let now = assignment.now.local();
        let at = format!(
            "D:{:04}{:02}{:02}{:02}{:02}00+09'00'",
            now.year,
            now.month,
            now.day,
            now.minute_of_day / 60,
            now.minute_of_day % 60
        );
        let details = Details {
            name: &service.issuer.ko,
            reason: &service.title.ko,
            location: "KR",
            at: &at,
        };
        let signer = &*self.keys.signer;
        match &self.witness {
            None => sign_pdf(pdf, signer, &details),
            // This thread may wait: it is beside the server.
            Some(witness) => Handle::current().block_on(witness.sign(pdf, signer, &details)),
        }
    }
}

fn claims(service: &Service, assignment: &Assignment) -> Claims {
    let issued_at = assignment.now.as_millis() / 1000;
    let text = |pointer: &str| match assignment.record.pointer(pointer) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    Claims {
        issuer: service.issuer.ko.clone(),
        issued_at,
        expires_at: issued_at + i64::from(service.valid_days) * 86_400,
        service: service.id.to_string(),
        version: service.version,
        document_number: assignment.number.to_string(),
        fields: service
            .seal_fields
            .iter()
            .map(|field| (field.name.clone(), text(&field.pointer)))
            .collect(),
    }
}

fn unprintable(service: &Service, error: RenderError) -> DeclineReason {
    match error {
        RenderError::MissingGlyph => DeclineReason::Unprintable,
        RenderError::Template { .. }
        | RenderError::SealTooLarge
        | RenderError::Standard
        | RenderError::Unsettled
        | RenderError::Date => {
            tracing::error!(service = %service.id, %error, "A certificate could not be printed");
            DeclineReason::Malformed
        }
    }
}

fn words(text: &Bilingual) -> certificate::Bilingual {
    certificate::Bilingual {
        ko: text.ko.clone(),
        en: text.en.clone(),
    }
}
