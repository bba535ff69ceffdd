//! Who signs editions, and by what they are known.

use p256::{
    ecdsa::{
        Signature, SigningKey, VerifyingKey, signature::Signer as _, signature::Verifier as _,
    },
    pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePublicKey},
};
use sha2::{Digest, Sha256};

/// As many bytes of a key's hash as name it; as in seals.
pub(crate) const ID_BYTES: usize = 8;

/// The private half, on P-256.
pub struct EditionKey(SigningKey);

/// The half that stations believe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionSigner(VerifyingKey);

/// Says nothing of the text: it may be a private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key on P-256 in PEM")]
pub struct KeyUnreadable;

impl EditionKey {
    /// # Errors
    /// When the text is no PKCS#8 private key on P-256.
    pub fn from_pem(pem: &str) -> Result<Self, KeyUnreadable> {
        SigningKey::from_pkcs8_pem(pem)
            .map(Self)
            .map_err(|_| KeyUnreadable)
    }

    pub fn signer(&self) -> EditionSigner {
        EditionSigner(*self.0.verifying_key())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().to_vec()
    }
}

impl EditionSigner {
    /// # Errors
    /// When the text is no SubjectPublicKeyInfo of a point on P-256.
    pub fn from_pem(pem: &str) -> Result<Self, KeyUnreadable> {
        VerifyingKey::from_public_key_pem(pem)
            .map(Self)
            .map_err(|_| KeyUnreadable)
    }

    /// The first bytes of the SHA-256 of its SubjectPublicKeyInfo; empty where that
    /// cannot be encoded, which then names no key.
    pub(crate) fn id(&self) -> Vec<u8> {
        let der = self.0.to_public_key_der();
        der.map_or_else(
            |_| Vec::new(),
            |der| Sha256::digest(der.as_bytes())[..ID_BYTES].to_vec(),
        )
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|it| self.0.verify(message, &it).is_ok())
    }
}
