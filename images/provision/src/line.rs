//! The way to the exchange: the key, its certificate, and what is told over it.

use std::path::PathBuf;

use fleet::{Commissioning, on_paper, site::Site};
use identity::Party;
use link::{LinkFault, Wire};
use privacy::Personal;
use request::{StationId, Timestamp};
use tokio::runtime::Runtime;

use crate::{
    book::Book,
    est::{self, EnrolFault, LineKey, SoftKey},
    shell::{Image, now},
    view::EnrolmentProblem,
};

pub(crate) struct Line {
    exchange: String,
    enrolment: String,
    authority_pem: String,
    co_signer_pem: String,
    folder: PathBuf,
}

impl Line {
    pub(crate) fn new(site: &Site, folder: PathBuf) -> Self {
        Self {
            exchange: site.exchange.clone(),
            enrolment: site.enrolment.clone(),
            authority_pem: site.authority_pem.clone(),
            co_signer_pem: site.co_signer_pem.clone(),
            folder,
        }
    }

    /// A key is made where there is none; the certificate lies beside it when this returns.
    pub(crate) fn enrol(
        &self,
        station: &StationId,
        code: &str,
        now: Timestamp,
    ) -> Result<(), EnrolmentProblem> {
        let request = self.key_request(station)?;
        let certificate = est::enrol(
            &self.enrolment,
            &self.authority_pem,
            station.as_str(),
            &Personal::new(code.to_owned()),
            &request,
            now,
        );
        let certificate = certificate.map_err(|fault| {
            tracing::warn!(%fault, "The machine is not enrolled");
            problem(&fault)
        })?;
        self.keep(station, &certificate.pem, now)
    }

    /// The request as a text that goes by hand.
    pub(crate) fn request(
        &self,
        station: &StationId,
        code: &str,
    ) -> Result<String, EnrolmentProblem> {
        let request = self.key_request(station)?;
        Ok(on_paper::request_text(station.as_str(), code, &request))
    }

    /// The answer to such a request.
    pub(crate) fn take(
        &self,
        station: &StationId,
        text: &str,
        now: Timestamp,
    ) -> Result<(), EnrolmentProblem> {
        let key = self.key()?;
        let certificate = est::certificate_from_text(text, &key);
        let certificate = certificate.map_err(|_| EnrolmentProblem::Malformed)?;
        self.keep(station, &certificate.pem, now)
    }

    fn key(&self) -> Result<SoftKey, EnrolmentProblem> {
        SoftKey::open_or_make(&self.folder).map_err(|error| {
            tracing::error!(%error, "No key can be made");
            EnrolmentProblem::Malformed
        })
    }

    fn key_request(&self, station: &StationId) -> Result<Vec<u8>, EnrolmentProblem> {
        let request = self.key()?.request(station.as_str());
        request.map_err(|_| EnrolmentProblem::Malformed)
    }

    /// However it came: what this site's authority has not issued for this station is of no use.
    fn keep(
        &self,
        station: &StationId,
        certificate_pem: &str,
        now: Timestamp,
    ) -> Result<(), EnrolmentProblem> {
        let party = Party::Station(station.clone());
        let issued = identity::is_issued_to(certificate_pem, &self.authority_pem, &party, now);
        issued.map_err(|why| {
            tracing::warn!(%why, "A certificate is not taken");
            EnrolmentProblem::Malformed
        })?;
        let files = [
            ("authority.pem", self.authority_pem.as_str()),
            ("co-signer.pem", self.co_signer_pem.as_str()),
            ("certificate.pem", certificate_pem),
        ];
        for (name, text) in files {
            if let Err(error) = durable::replace(&self.folder.join(name), text.as_bytes()) {
                tracing::error!(%error, name, "The certificate cannot be kept");
                return Err(EnrolmentProblem::Malformed);
            }
        }
        Ok(())
    }

    fn wire(&self, station: &StationId) -> Wire {
        Wire::new(link::Settings {
            exchange: self.exchange.clone(),
            station: station.clone(),
            credentials: self.folder.clone(),
            clock: link::Clock::new(now),
        })
    }

    /// What the exchange's clock says.
    pub(crate) fn reach(&self, station: &StationId) -> anyhow::Result<Timestamp> {
        let runtime = Runtime::new()?;
        Ok(runtime.block_on(self.wire(station).networks())?.at)
    }
}

/// Whether the exchange has taken how the machine was brought into service.
pub(crate) fn tell(line: &Line, book: &Book, image: &Image) -> bool {
    let told = || -> anyhow::Result<()> {
        let station = book
            .station
            .clone()
            .ok_or_else(|| anyhow::anyhow!("no station"))?;
        let record = Commissioning {
            technician: book.technician.clone().unwrap_or_default(),
            at: now(),
            model: image.model.clone(),
            version: image.version.parse()?,
            root_hash: None,
            checks: book.checks.clone(),
            station,
        };
        let path = format!("/v1/stations/{}/commissioning", record.station);
        let wire = line.wire(&record.station);
        let posted: Result<(), LinkFault> = Runtime::new()?.block_on(wire.post(&path, &record));
        Ok(posted?)
    };
    match told() {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "The exchange was not told");
            false
        }
    }
}

fn problem(fault: &EnrolFault) -> EnrolmentProblem {
    match fault {
        EnrolFault::Unreachable => EnrolmentProblem::Unreachable,
        EnrolFault::NotTrusted => EnrolmentProblem::NotTrusted,
        EnrolFault::Refused => EnrolmentProblem::Refused,
        EnrolFault::UsedUp => EnrolmentProblem::UsedUp,
        EnrolFault::TooMany { retry_after } => EnrolmentProblem::Wait {
            seconds: retry_after.as_secs(),
        },
        EnrolFault::Malformed => EnrolmentProblem::Malformed,
    }
}
