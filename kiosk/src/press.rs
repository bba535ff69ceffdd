//! Makes documents under a lease, on a thread of its own: typesetting keeps a
//! core busy for a moment, and fonts take one to load.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use catalog::Catalog;
use certificate::{Assignment, CertifyError, Press, RenderError};
use privacy::Personal;
use request::{DocumentNumber, DocumentReference, RequestId, ServiceId, Timestamp};
use seal::LeasedKey;
use zeroize::Zeroizing;

use crate::{
    happening::Happening,
    visit::{Made, NotMade},
};

/// One request's documents.
pub(crate) struct Job {
    pub(crate) request: RequestId,
    pub(crate) service: ServiceId,
    pub(crate) options: BTreeMap<String, String>,
    /// JSON.
    pub(crate) record: Personal<String>,
    /// One for each copy.
    pub(crate) numbers: Vec<DocumentNumber>,
    pub(crate) fee_won: u32,
    /// What the lease's numbers begin with, and the lease as it is signed.
    pub(crate) lease: String,
    pub(crate) signed: Vec<u8>,
    /// PKCS#8 in PEM.
    pub(crate) key: Zeroizing<String>,
    pub(crate) now: Timestamp,
}

/// Starts the press; it ends when the sender is dropped.
///
/// # Errors
/// When the machine has no threads left.
pub(crate) fn start(
    catalog: Arc<Catalog>,
    happenings: Sender<Happening>,
) -> std::io::Result<Sender<Job>> {
    let (jobs, waiting) = channel();
    std::thread::Builder::new()
        .name("kiosk-press".to_owned())
        .spawn(move || work(&catalog, &waiting, &happenings))?;
    Ok(jobs)
}

fn work(catalog: &Catalog, waiting: &Receiver<Job>, happenings: &Sender<Happening>) {
    let mut press = None;
    while let Ok(job) = waiting.recv() {
        if press.is_none() {
            match Press::with_debian_fonts() {
                Ok(ready) => press = Some(ready),
                Err(error) => tracing::error!(%error, "Nothing can be printed under a lease"),
            }
        }
        let made = match &press {
            Some(press) => make(press, catalog, &job),
            None => Err(NotMade::Failed),
        };
        let request = job.request;
        if happenings.send(Happening::Made { request, made }).is_err() {
            return;
        }
    }
}

fn make(press: &Press, catalog: &Catalog, job: &Job) -> Result<Made, NotMade> {
    let service = catalog.service(&job.service).ok_or(NotMade::Failed)?;
    let key = LeasedKey::new(&job.key, job.signed.clone()).map_err(|error| {
        tracing::error!(%error, "The key of a lease is of no use");
        NotMade::Failed
    })?;
    let record = serde_json::from_str(job.record.reveal()).map_err(|_| NotMade::Failed)?;
    let options = serde_json::to_value(&job.options).map_err(|_| NotMade::Failed)?;
    let copies = u32::try_from(job.numbers.len()).unwrap_or(u32::MAX);
    let mut documents = Vec::new();
    for (copy, number) in (1..).zip(&job.numbers) {
        let assignment = Assignment {
            service,
            record: &record,
            options: &options,
            number,
            copy: (copy, copies),
            fee_won: job.fee_won,
            now: job.now,
        };
        let pdf = press.certify(&assignment, &key).map_err(|error| {
            if matches!(error, CertifyError::Render(RenderError::MissingGlyph)) {
                return NotMade::Unprintable;
            }
            tracing::error!(service = %service.id, %error, "A certificate could not be made");
            NotMade::Failed
        })?;
        let reference = DocumentReference::of(number.clone(), pdf.pages, &pdf.bytes);
        documents.push((reference, Arc::from(pdf.bytes)));
    }
    Ok(Made {
        lease: job.lease.clone(),
        documents,
    })
}
