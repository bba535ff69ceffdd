//! Reads a seal and judges it.

use coset::{CoseSign1, TaggedCborSerializable};
use p256::ecdsa::{Signature, signature::Verifier};

use crate::{Claims, PREFIX, TrustList};

/// The largest QR code holds 4,296 characters.
const TEXT_MAX: usize = 4_296;
/// More than this no seal unpacks to; a larger one is an attack.
const UNPACKED_MAX: usize = 16_384;
/// First byte of a zlib stream with a 32 KiB window (RFC 1950).
const ZLIB: u8 = 0x78;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("this is not a Minwon seal")]
    NotASeal,
    #[error("the seal is cut off or damaged")]
    Malformed,
    #[error("the seal was made with a key that is not on the trust list")]
    UnknownKey,
    #[error("the seal was altered")]
    Altered,
}

/// A seal as read, not yet believed.
#[derive(Debug)]
pub struct Sealed {
    message: CoseSign1,
    pub claims: Claims,
}

/// Takes a seal's text apart.
///
/// # Errors
/// When it is no seal or cannot be decoded.
pub fn read(text: &str) -> Result<Sealed, SealError> {
    let body = text
        .trim_end()
        .strip_prefix(PREFIX)
        .ok_or(SealError::NotASeal)?;
    if body.len() > TEXT_MAX {
        return Err(SealError::Malformed);
    }
    let packed = base45::decode(body).map_err(|_| SealError::Malformed)?;
    let bytes = if packed.first() == Some(&ZLIB) {
        miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&packed, UNPACKED_MAX)
            .map_err(|_| SealError::Malformed)?
    } else {
        packed
    };
    let message = CoseSign1::from_tagged_slice(&bytes).map_err(|_| SealError::Malformed)?;
    let payload = message.payload.as_deref().ok_or(SealError::Malformed)?;
    let value = ciborium::from_reader(payload).map_err(|_| SealError::Malformed)?;
    let claims = Claims::from_value(&value)?;
    Ok(Sealed { message, claims })
}

/// Reads a seal and checks its signature; whether it has expired is for the caller.
///
/// # Errors
/// The reason why it is not to be believed.
pub fn verify(text: &str, trust: &TrustList) -> Result<Claims, SealError> {
    let sealed = read(text)?;
    let key = trust
        .find(&sealed.message.protected.header.key_id)
        .ok_or(SealError::UnknownKey)?;
    sealed
        .message
        .verify_signature(b"", |signature, bytes| {
            Signature::from_slice(signature).and_then(|signature| key.verify(bytes, &signature))
        })
        .map_err(|_| SealError::Altered)?;
    Ok(sealed.claims)
}
