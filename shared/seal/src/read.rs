//! Reads a seal and judges it.

use ciborium::value::Value;
use coset::{CoseSign1, Label, TaggedCborSerializable};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};

use crate::{Claims, Lease, PREFIX, TrustList};

/// The largest QR code holds 4,296 characters.
const TEXT_MAX: usize = 4_296;
/// More than this no seal unpacks to; a larger one is an attack.
const UNPACKED_MAX: usize = 16_384;
/// Header parameter for private use (RFC 9052, 3.1): the lease a station sealed under.
pub(crate) const LEASE: i64 = -65_545;
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
    #[error("the station that sealed it was not allowed to")]
    BeyondLease,
}

/// A seal that is to be believed.
#[derive(Debug, PartialEq, Eq)]
pub struct Genuine {
    pub claims: Claims,
    /// What allowed a station to seal it by itself, where no office did.
    pub lease: Option<Lease>,
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

/// Reads a seal and checks its signature, and the lease's where a station sealed
/// it; whether it has expired is for the caller.
///
/// # Errors
/// The reason why it is not to be believed.
pub fn verify(text: &str, trust: &TrustList) -> Result<Genuine, SealError> {
    let Sealed { message, claims } = read(text)?;
    let (lease, key) = match lease_in(&message)? {
        None => (None, trust.find(&message.protected.header.key_id)),
        Some(lease) => {
            let lease = Lease::verify(lease, trust)?;
            let key = lease.key()?;
            (Some(lease), Some(key))
        }
    };
    if !signed_by(&message, &key.ok_or(SealError::UnknownKey)?, b"") {
        return Err(SealError::Altered);
    }
    if lease.as_ref().is_some_and(|lease| !lease.covers(&claims)) {
        return Err(SealError::BeyondLease);
    }
    Ok(Genuine { claims, lease })
}

/// Whether a key signed a message in a context (RFC 9052, 4.4).
pub(crate) fn signed_by(message: &CoseSign1, key: &VerifyingKey, context: &[u8]) -> bool {
    message
        .verify_signature(context, |signature, bytes| {
            Signature::from_slice(signature).and_then(|signature| key.verify(bytes, &signature))
        })
        .is_ok()
}

fn lease_in(message: &CoseSign1) -> Result<Option<&[u8]>, SealError> {
    let rest = &message.protected.header.rest;
    match rest.iter().find(|(label, _)| *label == Label::Int(LEASE)) {
        None => Ok(None),
        Some((_, Value::Bytes(lease))) => Ok(Some(lease)),
        Some(_) => Err(SealError::Malformed),
    }
}
