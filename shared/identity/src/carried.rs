//! A certificate that came by hand instead of over a line: believed as TLS would believe it.

use std::{sync::Arc, time::Duration};

use request::Timestamp;
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
    server::WebPkiClientVerifier,
};

use crate::{Party, Subject, tls::provider};

/// Why it is no certificate for whom it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTheirs {
    #[error("this is no certificate, or the authority is none")]
    Malformed,
    #[error("the authority has not issued it, or its time is not now")]
    NotIssued,
    #[error("it names somebody else")]
    OtherParty,
}

/// Whether `certificate` (PEM) was issued by the authority (PEM) for the party, for lines, and
/// counts `now`: the same path validation (RFC 5280, 6.1) as at the exchange's door.
///
/// # Errors
/// Why it does not.
pub fn is_issued_to(
    certificate: &str,
    authority: &str,
    party: &Party,
    now: Timestamp,
) -> Result<(), NotTheirs> {
    let der = |pem: &str| {
        let der = CertificateDer::from_pem_slice(pem.as_bytes());
        der.map_err(|_| NotTheirs::Malformed)
    };
    let (certificate, authority) = (der(certificate)?, der(authority)?);
    let mut roots = RootCertStore::empty();
    roots.add(authority).map_err(|_| NotTheirs::Malformed)?;
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider())
        .build()
        .map_err(|_| NotTheirs::Malformed)?;
    let since = u64::try_from(now.as_millis() / 1_000).unwrap_or_default();
    let now = UnixTime::since_unix_epoch(Duration::from_secs(since));
    verifier
        .verify_client_cert(&certificate, &[], now)
        .map_err(|_| NotTheirs::NotIssued)?;
    let subject = Subject::read(&certificate).map_err(|_| NotTheirs::Malformed)?;
    if subject.party == *party {
        Ok(())
    } else {
        Err(NotTheirs::OtherParty)
    }
}
