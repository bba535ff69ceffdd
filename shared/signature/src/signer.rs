//! Who signs: a key that never leaves its place, and the certificates that speak for it.

use der::{Decode, DecodePem};
use p256::{
    ecdsa::{DerSignature, SigningKey, signature::Signer as _},
    pkcs8::DecodePrivateKey,
};
use x509_cert::Certificate;

#[derive(Debug, thiserror::Error)]
pub enum SignerError {
    #[error("the private key cannot be read")]
    Key(#[source] p256::pkcs8::Error),
    #[error("the signer's certificate cannot be read")]
    Certificate(#[source] der::Error),
    #[error("a signer needs its certificate")]
    NoCertificate,
    #[error("the key store did not sign: {0}")]
    Store(String),
}

/// Signs with ECDSA over P-256 and SHA-256 (FIPS 186-5).
pub trait Signer: Send + Sync {
    /// The signer's certificate first, then those above it.
    fn chain(&self) -> &[Certificate];

    /// The signature over `message` as `ECDSA-Sig-Value` (RFC 3279, 2.2.3).
    ///
    /// # Errors
    /// When the key store does not answer or refuses.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError>;
}

/// A key in this process's memory, wiped when it is dropped.
pub struct SoftKey {
    key: SigningKey,
    chain: Vec<Certificate>,
}

impl SoftKey {
    /// `key` is PKCS#8 in PEM, `chain` certificates in PEM, the signer's first.
    ///
    /// # Errors
    /// When either cannot be read.
    pub fn from_pem(key: &str, chain: &str) -> Result<Self, SignerError> {
        Ok(Self {
            key: SigningKey::from_pkcs8_pem(key).map_err(SignerError::Key)?,
            chain: read_chain(chain)?,
        })
    }
}

impl Signer for SoftKey {
    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let signature: DerSignature = self.key.sign(message);
        Ok(signature.as_bytes().to_vec())
    }
}

/// Reads certificates in PEM, one after the other.
pub(crate) fn read_chain(pem: &str) -> Result<Vec<Certificate>, SignerError> {
    let chain: Vec<Certificate> =
        Certificate::load_pem_chain(pem.as_bytes()).map_err(SignerError::Certificate)?;
    if chain.is_empty() {
        Err(SignerError::NoCertificate)
    } else {
        Ok(chain)
    }
}

/// Reads one certificate in PEM or DER.
pub(crate) fn read_certificate(bytes: &[u8]) -> Result<Certificate, SignerError> {
    if bytes.starts_with(b"-----BEGIN") {
        Certificate::from_pem(bytes).map_err(SignerError::Certificate)
    } else {
        Certificate::from_der(bytes).map_err(SignerError::Certificate)
    }
}
