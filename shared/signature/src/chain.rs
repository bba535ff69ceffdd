//! Whether a certificate leads to an authority that is trusted.

use std::time::Duration;

use const_oid::AssociatedOid;
use der::{Decode, Encode};
use p256::ecdsa::{DerSignature, VerifyingKey, signature::Verifier as _};
use spki::DecodePublicKey;
use x509_cert::{
    Certificate,
    ext::pkix::{BasicConstraints, KeyUsage},
};

use crate::{SignerError, cades::ECDSA_WITH_SHA256, signer::read_certificate};

/// The authority whose signers are believed.
pub struct TrustAnchor {
    certificate: Certificate,
}

impl TrustAnchor {
    /// Reads the authority's certificate, in PEM or DER.
    ///
    /// # Errors
    /// When it is no certificate.
    pub fn read(certificate: &[u8]) -> Result<Self, SignerError> {
        Ok(Self {
            certificate: read_certificate(certificate)?,
        })
    }

    /// Whether this authority let `signer` sign documents at the time `at`
    /// (RFC 5280, 6.1, for a path of one).
    pub(crate) fn vouches_for(&self, signer: &Certificate, at: Option<Duration>) -> bool {
        let authority = &self.certificate.tbs_certificate;
        let is_authority = extension::<BasicConstraints>(&self.certificate).is_some_and(|it| it.ca);
        let may_sign = extension::<KeyUsage>(signer).is_some_and(|it| it.non_repudiation());
        is_authority
            && may_sign
            && signer.tbs_certificate.issuer == authority.subject
            && [signer, &self.certificate]
                .iter()
                .all(|it| is_valid(it, at))
            && signed_by(signer, &self.certificate)
    }
}

pub(crate) fn verifying_key(certificate: &Certificate) -> Option<VerifyingKey> {
    let public = certificate
        .tbs_certificate
        .subject_public_key_info
        .to_der()
        .ok()?;
    VerifyingKey::from_public_key_der(&public).ok()
}

fn signed_by(certificate: &Certificate, authority: &Certificate) -> bool {
    let verified = || {
        if certificate.signature_algorithm.oid != ECDSA_WITH_SHA256 {
            return None;
        }
        let signature = DerSignature::from_bytes(certificate.signature.as_bytes()?).ok()?;
        let signed = certificate.tbs_certificate.to_der().ok()?;
        verifying_key(authority)?.verify(&signed, &signature).ok()
    };
    verified().is_some()
}

fn is_valid(certificate: &Certificate, at: Option<Duration>) -> bool {
    let validity = &certificate.tbs_certificate.validity;
    at.is_some_and(|at| {
        validity.not_before.to_unix_duration() <= at && at <= validity.not_after.to_unix_duration()
    })
}

pub(crate) fn extension<'a, T: Decode<'a> + AssociatedOid>(
    certificate: &'a Certificate,
) -> Option<T> {
    let extensions = certificate.tbs_certificate.extensions.as_ref()?;
    let found = extensions.iter().find(|it| it.extn_id == T::OID)?;
    T::from_der(found.extn_value.as_bytes()).ok()
}
