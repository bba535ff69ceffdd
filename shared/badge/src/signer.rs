//! The switch's end: signs badges with the key of its own certificate.

use ciborium::value::Value;
use coset::{CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};
use p256::{
    ecdsa::{Signature, SigningKey, signature::Signer as _},
    pkcs8::DecodePrivateKey,
};
use request::Timestamp;

use crate::{
    Badge, SignedBadge,
    signed::{DESK, FORM, FROM, ROLE, SUBJECT, TYPE, UNTIL, X5CHAIN},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key is no private key on P-256 (PKCS#8)")]
pub struct SignerError;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the badge could not be encoded")]
pub struct NotSigned;

pub struct Signer {
    key: SigningKey,
    certificate: Vec<u8>,
}

impl Signer {
    /// `key` is PKCS#8, `certificate` X.509 and of that key, both in DER.
    ///
    /// # Errors
    /// When the key is not one on P-256.
    pub fn new(key: &[u8], certificate: &[u8]) -> Result<Self, SignerError> {
        Ok(Self {
            key: SigningKey::from_pkcs8_der(key).map_err(|_| SignerError)?,
            certificate: certificate.to_owned(),
        })
    }

    /// # Errors
    /// When it cannot be encoded.
    pub fn sign(&self, badge: &Badge) -> Result<SignedBadge, NotSigned> {
        let seconds = |time: Timestamp| Value::from(time.as_millis().div_euclid(1_000));
        let claims = Value::Map(vec![
            (SUBJECT.into(), badge.agent.as_str().into()),
            (UNTIL.into(), seconds(badge.until)),
            (FROM.into(), seconds(badge.from)),
            (ROLE.into(), badge.role.written().into()),
            (DESK.into(), badge.desk.as_str().into()),
        ]);
        let mut payload = Vec::new();
        ciborium::into_writer(&claims, &mut payload).map_err(|_| NotSigned)?;
        let header = HeaderBuilder::new()
            .algorithm(iana::Algorithm::ES256)
            .value(TYPE, FORM.into())
            .value(X5CHAIN, Value::Bytes(self.certificate.clone()))
            .build();
        let message = CoseSign1Builder::new()
            .protected(header)
            .payload(payload)
            .create_signature(b"", |bytes| {
                let signature: Signature = self.key.sign(bytes);
                signature.to_bytes().to_vec()
            })
            .build()
            .to_tagged_vec()
            .map_err(|_| NotSigned)?;
        Ok(SignedBadge::encode(&message))
    }
}
