//! Signed forms: COSE_Sign1 (RFC 9052) with ES256, and in its header what it is (RFC 9596),
//! so that an order is never taken for a release.

use ciborium::{de::from_reader, ser::into_writer};
use coset::{
    CoseSign1, CoseSign1Builder, HeaderBuilder, Label, RegisteredLabelWithPrivate,
    TaggedCborSerializable, iana,
};
use p256::{
    ecdsa::{
        Signature, SigningKey, VerifyingKey,
        signature::{Signer as _, Verifier as _},
    },
    pkcs8::{DecodePrivateKey, DecodePublicKey},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Order, Release};

/// RFC 9596: what a message is for.
const TYPE: i64 = 16;
/// Far more than any of them needs.
const BYTES_MAX: usize = 64 << 10;

/// What may be signed, and under which name.
pub trait Form: Serialize + DeserializeOwned {
    const NAME: &'static str;
}

impl Form for Order {
    const NAME: &'static str = "minwon-order-1";
}

impl Form for Release {
    const NAME: &'static str = "minwon-release-1";
}

/// The private half, on P-256.
pub struct Key(SigningKey);

/// The half that machines believe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer(VerifyingKey);

/// Says nothing of the text: it may be a private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key on P-256 in PEM")]
pub struct KeyUnreadable;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it could not be encoded")]
pub struct NotSigned;

/// Why something is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBelieved {
    #[error("this is not what it is given out for, or not all of it")]
    Malformed,
    #[error("it was altered, or signed with another key")]
    Signature,
}

impl Key {
    /// # Errors
    /// When the text is no PKCS#8 private key on P-256.
    pub fn from_pem(pem: &str) -> Result<Self, KeyUnreadable> {
        let key = SigningKey::from_pkcs8_pem(pem);
        key.map(Self).map_err(|_| KeyUnreadable)
    }

    pub fn signer(&self) -> Signer {
        Signer(*self.0.verifying_key())
    }
}

impl Signer {
    /// # Errors
    /// When the text is no SubjectPublicKeyInfo of a point on P-256.
    pub fn from_pem(pem: &str) -> Result<Self, KeyUnreadable> {
        let key = VerifyingKey::from_public_key_pem(pem);
        key.map(Self).map_err(|_| KeyUnreadable)
    }
}

/// Signs it; the same content and key give the same bytes (RFC 6979).
///
/// # Errors
/// When it cannot be encoded.
pub fn sign<T: Form>(content: &T, key: &Key) -> Result<Vec<u8>, NotSigned> {
    let mut payload = Vec::new();
    into_writer(content, &mut payload).map_err(|_| NotSigned)?;
    let header = HeaderBuilder::new()
        .algorithm(iana::Algorithm::ES256)
        .value(TYPE, T::NAME.into())
        .build();
    CoseSign1Builder::new()
        .protected(header)
        .payload(payload)
        .create_signature(b"", |bytes| {
            let signature: Signature = key.0.sign(bytes);
            signature.to_bytes().to_vec()
        })
        .build()
        .to_tagged_vec()
        .map_err(|_| NotSigned)
}

/// Reads what `signer` has signed as a `T`.
///
/// # Errors
/// Why it is not believed.
pub fn open<T: Form>(bytes: &[u8], signer: &Signer) -> Result<T, NotBelieved> {
    if bytes.len() > BYTES_MAX {
        return Err(NotBelieved::Malformed);
    }
    let message = CoseSign1::from_tagged_slice(bytes).map_err(|_| NotBelieved::Malformed)?;
    let header = &message.protected.header;
    let form = header.rest.iter().find(|it| it.0 == Label::Int(TYPE));
    let es256 = RegisteredLabelWithPrivate::Assigned(iana::Algorithm::ES256);
    if form.and_then(|it| it.1.as_text()) != Some(T::NAME) || header.alg != Some(es256) {
        return Err(NotBelieved::Malformed);
    }
    message.verify_signature(b"", |signature, bytes| {
        Signature::from_slice(signature)
            .ok()
            .filter(|it| signer.0.verify(bytes, it).is_ok())
            .map(|_| ())
            .ok_or(NotBelieved::Signature)
    })?;
    let payload = message.payload.as_deref().ok_or(NotBelieved::Malformed)?;
    from_reader(payload).map_err(|_| NotBelieved::Malformed)
}
