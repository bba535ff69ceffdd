//! Record and number become a sealed, signed document.

use std::{num::NonZero, sync::Arc, thread::available_parallelism, time::Duration};

use catalog::{Catalog, Service};
use certificate::{Assignment, CertifyError, Press, RenderError};
use ledger::Document;
use request::{DeclineReason, DocumentNumber, DocumentReference, ServiceRequest, Timestamp};
use seal::Lease;
use serde_json::Value;
use signature::{Details, SignError, sign_pdf};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
};

use super::Witness;
use crate::keys::Keys;

/// Makes documents; typesetting keeps a core busy, so it runs beside the server, and no
/// more of it at once than there are cores: more would only crowd each other out.
#[derive(Clone)]
pub(crate) struct Certifier {
    workshop: Arc<Workshop>,
    cores: Arc<Semaphore>,
}

struct Workshop {
    catalog: Arc<Catalog>,
    press: Press,
    keys: Keys,
    witness: Option<Witness>,
}

/// One document to be made.
struct Work {
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
            cores: Arc::new(Semaphore::new(
                available_parallelism().map_or(1, NonZero::get),
            )),
        }
    }

    /// Signs a lease with the office's sealing key.
    pub(crate) fn grant(&self, lease: &Lease) -> Result<Vec<u8>, seal::SignError> {
        lease.grant(&self.workshop.keys.seal)
    }

    /// Documents for an agency in one container, signed with the office's key; none when
    /// the key refuses.
    pub(crate) async fn pack(
        &self,
        documents: Vec<container::Document>,
        now: Timestamp,
    ) -> Option<Vec<u8>> {
        let workshop = Arc::clone(&self.workshop);
        let at = Duration::from_millis(now.as_millis().unsigned_abs());
        let sealed = tokio::task::spawn_blocking(move || {
            container::seal(&documents, &*workshop.keys.signer, at)
        });
        match sealed.await.ok()? {
            Ok(container) => Some(container),
            Err(error) => {
                tracing::error!(%error, "A container could not be signed");
                None
            }
        }
    }

    #[tracing::instrument(name = "make certificate", skip_all, fields(service = %request.service))]
    pub(crate) async fn certify(
        &self,
        request: &ServiceRequest,
        record: &Arc<Value>,
        number: DocumentNumber,
        copy: (u32, u32),
        now: Timestamp,
    ) -> Result<Document, DeclineReason> {
        let work = Work {
            service: request.service.clone(),
            options: serde_json::to_value(&request.options).unwrap_or_default(),
            record: Arc::clone(record),
            number,
            copy,
            fee_won: request.fee.as_ref().map_or(0, |fee| fee.unit_won),
            now,
        };
        let workshop = Arc::clone(&self.workshop);
        // Never closed; without it the work would be done all the same.
        let core = Arc::clone(&self.cores).acquire_owned().await.ok();
        match tokio::task::spawn_blocking(move || workshop.make(&work, core)).await {
            Ok(made) => made,
            // The exchange is ending, and says nothing more; the next start takes it up.
            Err(error) if error.is_cancelled() => std::future::pending().await,
            Err(_) => Err(DeclineReason::Unprintable),
        }
    }
}

impl Workshop {
    /// Typesets on `core`, which is free again while a witness is waited for.
    fn make(
        &self,
        work: &Work,
        core: Option<OwnedSemaphorePermit>,
    ) -> Result<Document, DeclineReason> {
        let service = self
            .catalog
            .service(&work.service)
            .ok_or(DeclineReason::Malformed)?;
        let wanted = Assignment {
            service,
            record: &work.record,
            options: &work.options,
            number: &work.number,
            copy: work.copy,
            fee_won: work.fee_won,
            now: work.now,
        };
        let pdf = (self.press)
            .certify(&wanted, &self.keys.seal)
            .map_err(|error| unprintable(service, &error))?;
        drop(core);
        let signed = self.sign(&pdf.bytes, service, work).map_err(|error| {
            tracing::error!(service = %service.id, %error, "A certificate could not be signed");
            DeclineReason::Malformed
        })?;
        Ok(Document {
            reference: DocumentReference::of(work.number.clone(), pdf.pages, &signed),
            pdf: signed,
        })
    }

    fn sign(&self, pdf: &[u8], service: &Service, work: &Work) -> Result<Vec<u8>, SignError> {
        let now = work.now.local();
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

fn unprintable(service: &Service, error: &CertifyError) -> DeclineReason {
    match error {
        CertifyError::Render(RenderError::MissingGlyph) => DeclineReason::Unprintable,
        CertifyError::Render(
            RenderError::Template { .. }
            | RenderError::SealTooLarge
            | RenderError::Standard
            | RenderError::Unsettled
            | RenderError::Date,
        )
        | CertifyError::Seal(_) => {
            tracing::error!(service = %service.id, %error, "A certificate could not be made");
            DeclineReason::Malformed
        }
    }
}
