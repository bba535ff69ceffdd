//! Signatures beside what they are about: CAdES baseline B-B (ETSI EN 319 122-1, 6).

use std::time::Duration;

use crate::{Refused, SignError, Signer, TrustAnchor, cades, verify::verify_cms};
use sha2::{Digest, Sha256};

/// A detached signature that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedContent {
    /// The signer's distinguished name (RFC 4514).
    pub signer: String,
    /// When, by the signer's own word; since 1970, UTC.
    pub claimed_at: Duration,
}

/// Signs `content` at the time `at` (since 1970, UTC); the answer is CMS in DER and does
/// not contain it.
///
/// # Errors
/// When the key refuses, or the time does not fit a signature.
pub fn sign_detached(
    content: &[u8],
    signer: &dyn Signer,
    at: Duration,
) -> Result<Vec<u8>, SignError> {
    let cms = cades::sign(&Sha256::digest(content), signer, Some(at))?;
    Ok(cms.to_der()?)
}

/// Checks that `signature` is about `content` and of a signer whom `anchor` let sign at
/// the time the signature claims.
///
/// # Errors
/// When a byte of either differs, or the signer is unknown.
pub fn verify_detached(
    content: &[u8],
    signature: &[u8],
    anchor: &TrustAnchor,
) -> Result<SignedContent, Refused> {
    verify_cms(signature, &Sha256::digest(content), anchor)
}
