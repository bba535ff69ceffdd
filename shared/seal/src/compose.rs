//! Writes a seal.

use ciborium::value::Value;
use coset::{CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};
use p256::{
    ecdsa::{Signature, SigningKey, signature::Signer},
    pkcs8::DecodePrivateKey,
};

use crate::{Claims, PREFIX, read::LEASE, trust::key_id};

/// A key that seals; it may live in a token.
pub trait SealSigner {
    fn key_id(&self) -> [u8; 8];

    /// Signs with ES256; answers r and s of 32 bytes each.
    ///
    /// # Errors
    /// When the key cannot be used.
    fn sign(&self, to_be_signed: &[u8]) -> Result<Vec<u8>, SignError>;

    /// The lease a station seals under; an office needs none.
    fn lease(&self) -> Option<&[u8]> {
        None
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SignError {
    #[error("the sealing key cannot be read")]
    Key,
    #[error("the sealing key cannot be used")]
    Unusable,
    #[error("the seal could not be encoded")]
    Encode,
}

/// Seals claims; the answer goes into the QR code.
///
/// # Errors
/// When the key refuses.
pub fn compose(claims: &Claims, signer: &dyn SealSigner) -> Result<String, SignError> {
    let mut payload = Vec::new();
    ciborium::into_writer(&claims.to_value(), &mut payload).map_err(|_| SignError::Encode)?;
    let mut header = HeaderBuilder::new()
        .algorithm(iana::Algorithm::ES256)
        .key_id(signer.key_id().to_vec());
    if let Some(lease) = signer.lease() {
        header = header.value(LEASE, Value::Bytes(lease.to_vec()));
    }
    let message = CoseSign1Builder::new()
        .protected(header.build())
        .payload(payload)
        .try_create_signature(b"", |bytes| signer.sign(bytes))?
        .build()
        .to_tagged_vec()
        .map_err(|_| SignError::Encode)?;
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&message, 9);
    let shorter = if packed.len() < message.len() {
        packed
    } else {
        message
    };
    Ok(format!("{PREFIX}{}", base45::encode(&shorter)))
}

/// A sealing key held in memory.
pub struct SoftSealKey {
    key: SigningKey,
    id: [u8; 8],
}

impl SoftSealKey {
    /// # Errors
    /// When the PEM is no PKCS#8 key on P-256.
    pub fn from_pem(pem: &str) -> Result<Self, SignError> {
        let key = SigningKey::from_pkcs8_pem(pem).map_err(|_| SignError::Key)?;
        let id = key_id(key.verifying_key()).ok_or(SignError::Key)?;
        Ok(Self { key, id })
    }
}

impl SealSigner for SoftSealKey {
    fn key_id(&self) -> [u8; 8] {
        self.id
    }

    fn sign(&self, to_be_signed: &[u8]) -> Result<Vec<u8>, SignError> {
        let signature: Signature = self
            .key
            .try_sign(to_be_signed)
            .map_err(|_| SignError::Unusable)?;
        Ok(signature.to_bytes().to_vec())
    }
}
