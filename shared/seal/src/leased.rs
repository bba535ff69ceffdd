//! A station's key that seals under a lease.

use p256::{
    ecdsa::SigningKey,
    elliptic_curve::rand_core::OsRng,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding},
};
use zeroize::Zeroizing;

use crate::{Lease, SealSigner, SignError, SoftSealKey};

/// Seals for as long and as often as its lease allows; that is not this type's
/// to count.
pub struct LeasedKey {
    key: SoftSealKey,
    lease: Vec<u8>,
}

/// A new key for one lease: PKCS#8 in PEM, and its public half (SEC 1, compressed).
///
/// # Errors
/// When it cannot be encoded.
pub fn fresh_key() -> Result<(Zeroizing<String>, [u8; 33]), SignError> {
    let key = SigningKey::random(&mut OsRng);
    let pem = key
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| SignError::Encode)?;
    Ok((pem, public_half(&key)?))
}

impl LeasedKey {
    /// # Errors
    /// When the PEM is no PKCS#8 key on P-256, or the lease is not for this key.
    pub fn new(pem: &str, lease: Vec<u8>) -> Result<Self, SignError> {
        let key = SigningKey::from_pkcs8_pem(pem).map_err(|_| SignError::Key)?;
        let granted = Lease::read(&lease).map_err(|_| SignError::Key)?;
        if public_half(&key)? != granted.key {
            return Err(SignError::Key);
        }
        let key = SoftSealKey::from_pem(pem)?;
        Ok(Self { key, lease })
    }
}

impl SealSigner for LeasedKey {
    fn key_id(&self) -> [u8; 8] {
        self.key.key_id()
    }

    fn sign(&self, to_be_signed: &[u8]) -> Result<Vec<u8>, SignError> {
        self.key.sign(to_be_signed)
    }

    fn lease(&self) -> Option<&[u8]> {
        Some(&self.lease)
    }
}

fn public_half(key: &SigningKey) -> Result<[u8; 33], SignError> {
    let point = key.verifying_key().to_encoded_point(true);
    point.as_bytes().try_into().map_err(|_| SignError::Encode)
}
