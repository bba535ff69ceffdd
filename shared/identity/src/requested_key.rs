//! The key of a request for a certificate, proven to be with whoever asks.

use der::{Decode, Encode};
use p256::{
    ecdsa::{Signature, VerifyingKey, signature::Verifier},
    pkcs8::DecodePublicKey,
};
use rcgen::{PKCS_ECDSA_P256_SHA256, PublicKeyData, SignatureAlgorithm};
use x509_cert::request::CertReq;

use crate::NotCertified;

/// A point on P-256, as certificates have it.
pub(crate) struct RequestedKey(Vec<u8>);

impl RequestedKey {
    pub(crate) fn read(request: &[u8]) -> Result<Self, NotCertified> {
        let request = CertReq::from_der(request).map_err(|_| NotCertified::Malformed)?;
        let info = request.info.public_key.to_der();
        let info = info.map_err(|_| NotCertified::Malformed)?;
        // Any other curve or kind of key is none.
        let key = VerifyingKey::from_public_key_der(&info).map_err(|_| NotCertified::Malformed)?;
        let signed = request.info.to_der().map_err(|_| NotCertified::Malformed)?;
        let signature = Signature::from_der(request.signature.raw_bytes());
        let signature = signature.map_err(|_| NotCertified::NotTheirs)?;
        key.verify(&signed, &signature)
            .map_err(|_| NotCertified::NotTheirs)?;
        Ok(Self(key.to_encoded_point(false).as_bytes().to_vec()))
    }
}

/// The key that a request (PKCS #10) in DER is for, as a point; proven to be with whoever asks.
///
/// # Errors
/// When it is no request, or not signed with its own key.
pub fn requested_key(request: &[u8]) -> Result<Vec<u8>, NotCertified> {
    RequestedKey::read(request).map(|it| it.0)
}

impl PublicKeyData for RequestedKey {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}
