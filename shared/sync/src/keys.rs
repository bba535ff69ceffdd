//! Key pairs on P-256 that sign what a journal and the exchange promise each other.
//!
//! ECDSA with SHA-256 (FIPS 186-5) and deterministic nonces (RFC 6979), so that a
//! poor source of randomness cannot give a key away. A station has one pair, the
//! exchange one.

use std::fmt;

use p256::{
    ecdsa::{
        self, SigningKey, VerifyingKey,
        signature::{Signer as _, Verifier as _},
    },
    elliptic_curve::rand_core::OsRng,
    pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding},
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::chain::{NotHexadecimal, bytes, hexadecimal};

/// The private half. It never leaves its station.
pub struct KeyPair(SigningKey);

/// The half everybody may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// r and s of 32 bytes each, written as 128 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Signature([u8; 64]);

/// Says nothing of the text: it may be a private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key on P-256 in PEM")]
pub struct KeyUnreadable;

impl KeyPair {
    /// A new pair from the system's source of randomness.
    pub fn generate() -> Self {
        Self(SigningKey::random(&mut OsRng))
    }

    /// # Errors
    /// When the text is no PKCS#8 private key on P-256.
    pub fn from_pem(pem: &str) -> Result<Self, KeyUnreadable> {
        SigningKey::from_pkcs8_pem(pem)
            .map(Self)
            .map_err(|_| KeyUnreadable)
    }

    /// PKCS#8 in PEM, for a file that only the station reads.
    ///
    /// # Errors
    /// When the key cannot be encoded.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, KeyUnreadable> {
        self.0
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|_| KeyUnreadable)
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(*self.0.verifying_key())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Signature {
        let signature: ecdsa::Signature = self.0.sign(message);
        Signature(signature.to_bytes().into())
    }
}

impl PublicKey {
    /// # Errors
    /// When the text is no SubjectPublicKeyInfo of a point on P-256.
    pub fn from_pem(pem: &str) -> Result<Self, KeyUnreadable> {
        VerifyingKey::from_public_key_pem(pem)
            .map(Self)
            .map_err(|_| KeyUnreadable)
    }

    /// SubjectPublicKeyInfo (RFC 5280, section 4.1) in PEM.
    ///
    /// # Errors
    /// When the key cannot be encoded.
    pub fn to_pem(&self) -> Result<String, KeyUnreadable> {
        self.0
            .to_public_key_pem(LineEnding::LF)
            .map_err(|_| KeyUnreadable)
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
        ecdsa::Signature::from_slice(&signature.0)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}

impl Signature {
    pub(crate) fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

impl From<Signature> for String {
    fn from(signature: Signature) -> Self {
        hexadecimal(&signature.0)
    }
}

impl TryFrom<String> for Signature {
    type Error = NotHexadecimal;

    fn try_from(text: String) -> Result<Self, NotHexadecimal> {
        bytes(&text).map(Self)
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key pair]")
    }
}
