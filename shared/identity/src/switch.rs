//! Whose certificate is a switch's: the call centre's switch signs badges with it.

use std::time::Duration;

use der::{Decode, Encode};
use request::Timestamp;
use rustls::{
    Error, RootCertStore,
    client::verify_server_cert_signed_by_trust_anchor,
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
    server::ParsedCertificate,
};
use x509_cert::{
    Certificate,
    ext::pkix::{SubjectAltName, name::GeneralName},
};

use crate::{CredentialsFault, Fingerprint, refusal::is_outside_its_time, tls::provider};

/// Stands beside the names by which desks reach it (RFC 5280, 4.2.1.6).
pub(crate) const SWITCH: &str = "spiffe://minwon/switch";

/// What is left to be known of a genuine one: whether it is still on the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchCertificate {
    pub fingerprint: Fingerprint,
    /// SubjectPublicKeyInfo in DER.
    pub public_key: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASwitch {
    #[error("the certificate is not one this authority has given to a switch")]
    Stranger,
    #[error("the switch's certificate is outside its time")]
    OutOfDate,
}

/// Tells the switches an authority has certified from everybody else.
#[derive(Debug)]
pub struct SwitchVerifier {
    roots: RootCertStore,
}

impl SwitchVerifier {
    /// `authority_pem` is the authority's own certificate.
    ///
    /// # Errors
    /// When it is none.
    pub fn new(authority_pem: &str) -> Result<Self, CredentialsFault> {
        let authority = CertificateDer::from_pem_slice(authority_pem.as_bytes());
        let authority = authority.map_err(|_| CredentialsFault::NotPem("authority".into()))?;
        let mut roots = RootCertStore::empty();
        roots.add(authority).map_err(CredentialsFault::Unusable)?;
        Ok(Self { roots })
    }

    /// Judges a certificate (X.509 in DER) at `now`.
    ///
    /// # Errors
    /// Why it is no switch's.
    pub fn check(
        &self,
        certificate: &[u8],
        now: Timestamp,
    ) -> Result<SwitchCertificate, NotASwitch> {
        let der = CertificateDer::from(certificate);
        let parsed = ParsedCertificate::try_from(&der).map_err(|_| NotASwitch::Stranger)?;
        let millis = u64::try_from(now.as_millis()).unwrap_or(0);
        let now = UnixTime::since_unix_epoch(Duration::from_millis(millis));
        let algorithms = provider().signature_verification_algorithms.all;
        verify_server_cert_signed_by_trust_anchor(&parsed, &self.roots, &[], now, algorithms)
            .map_err(|error| why(&error))?;
        let content = Certificate::from_der(certificate);
        let content = content.map_err(|_| NotASwitch::Stranger)?.tbs_certificate;
        let names = content.get::<SubjectAltName>().ok().flatten();
        let is_switch = |name: &GeneralName| matches!(name, GeneralName::UniformResourceIdentifier(uri) if uri.as_str() == SWITCH);
        if !names.is_some_and(|(_, names)| names.0.iter().any(is_switch)) {
            return Err(NotASwitch::Stranger);
        }
        let public_key = content.subject_public_key_info.to_der();
        Ok(SwitchCertificate {
            fingerprint: Fingerprint::of(certificate),
            public_key: public_key.map_err(|_| NotASwitch::Stranger)?,
        })
    }
}

fn why(error: &Error) -> NotASwitch {
    if let Error::InvalidCertificate(why) = error
        && is_outside_its_time(why)
    {
        NotASwitch::OutOfDate
    } else {
        NotASwitch::Stranger
    }
}
