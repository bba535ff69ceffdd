//! The keys a verifier believes.

use p256::{
    ecdsa::VerifyingKey,
    pkcs8::{DecodePublicKey, EncodePublicKey},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The first eight bytes of SHA-256 over the key's SubjectPublicKeyInfo.
pub fn key_id(key: &VerifyingKey) -> Option<[u8; 8]> {
    let spki = key.to_public_key_der().ok()?;
    Sha256::digest(spki.as_bytes()).first_chunk().copied()
}

/// Public keys of sealing offices, as `seal-keys.json` keeps them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustList {
    pub keys: Vec<SealKey>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealKey {
    pub office: String,
    /// SubjectPublicKeyInfo in PEM.
    pub public_key: String,
}

impl TrustList {
    /// Whether no key on it can be believed.
    pub fn is_empty(&self) -> bool {
        let usable = |it: &SealKey| VerifyingKey::from_public_key_pem(&it.public_key).is_ok();
        !self.keys.iter().any(usable)
    }

    pub(crate) fn find(&self, id: &[u8]) -> Option<VerifyingKey> {
        self.keys
            .iter()
            .filter_map(|it| VerifyingKey::from_public_key_pem(&it.public_key).ok())
            .find(|key| key_id(key).is_some_and(|it| it == id))
    }
}
