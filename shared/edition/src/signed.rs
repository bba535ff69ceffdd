//! The signed form, and what must be true of it before it is believed.

use std::fmt::Write as _;

use ciborium::value::Value;
use coset::{
    CoseSign1, CoseSign1Builder, HeaderBuilder, Label, RegisteredLabelWithPrivate,
    TaggedCborSerializable, iana,
};
use request::Timestamp;
use sha2::{Digest, Sha256};

use crate::{EditionKey, EditionSigner, Files, FilesError};

/// More than the files of the largest catalogue and what is said around them.
const SIGNED_MAX: usize = 14 << 20;
/// RFC 9596: what a message is for.
const TYPE: i64 = 16;
const FORM: &str = "minwon-catalogue-1";

/// A numbered catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Grows with each edition; stations go on to a higher one alone.
    pub number: u64,
    /// Nobody goes on to it before.
    pub valid_from: Timestamp,
    pub files: Files,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the edition could not be encoded")]
pub struct NotSigned;

/// Why something is not believed to be an edition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this is no edition of a catalogue, or not all of it")]
    Malformed,
    #[error("it was signed with another key")]
    OtherKey,
    #[error("it was altered after it was signed")]
    Altered,
    #[error(transparent)]
    Files(#[from] FilesError),
}

impl Edition {
    /// Signs it. ECDSA's nonces are drawn from key and message (RFC 6979): the same
    /// edition and key give the same bytes.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn sign(&self, key: &EditionKey) -> Result<Vec<u8>, NotSigned> {
        let files = self.files.iter().map(|(name, content)| {
            Value::Array(vec![name.into(), Value::Bytes(content.to_owned())])
        });
        let content = Value::Array(vec![
            self.number.into(),
            self.valid_from.as_millis().into(),
            Value::Array(files.collect()),
        ]);
        let mut payload = Vec::new();
        ciborium::into_writer(&content, &mut payload).map_err(|_| NotSigned)?;
        let header = HeaderBuilder::new()
            .algorithm(iana::Algorithm::ES256)
            .key_id(key.signer().id())
            .value(TYPE, FORM.into())
            .build();
        CoseSign1Builder::new()
            .protected(header)
            .payload(payload)
            .create_signature(b"", |bytes| key.sign(bytes))
            .build()
            .to_tagged_vec()
            .map_err(|_| NotSigned)
    }

    /// Reads what `signer` has signed.
    ///
    /// # Errors
    /// The reason why it is not believed.
    pub fn open(signed: &[u8], signer: &EditionSigner) -> Result<Self, Refused> {
        if signed.len() > SIGNED_MAX {
            return Err(FilesError::TooLarge.into());
        }
        let message = CoseSign1::from_tagged_slice(signed).map_err(|_| Refused::Malformed)?;
        let header = &message.protected.header;
        let form = header.rest.iter().find(|it| it.0 == Label::Int(TYPE));
        let es256 = RegisteredLabelWithPrivate::Assigned(iana::Algorithm::ES256);
        if form.and_then(|it| it.1.as_text()) != Some(FORM) || header.alg != Some(es256) {
            return Err(Refused::Malformed);
        }
        if header.key_id != signer.id() {
            return Err(Refused::OtherKey);
        }
        message.verify_signature(b"", |signature, bytes| {
            let right = signer.verifies(bytes, signature);
            right.then_some(()).ok_or(Refused::Altered)
        })?;
        read(message.payload.as_deref().ok_or(Refused::Malformed)?)
    }
}

fn read(payload: &[u8]) -> Result<Edition, Refused> {
    let value: Value = ciborium::from_reader(payload).map_err(|_| Refused::Malformed)?;
    let parts = value.into_array().map_err(|_| Refused::Malformed)?;
    let [number, valid_from, rows] =
        <[Value; 3]>::try_from(parts).map_err(|_| Refused::Malformed)?;
    let whole = |it: Value| it.into_integer().map_err(|_| Refused::Malformed);
    let mut files = Files::default();
    for row in rows.into_array().map_err(|_| Refused::Malformed)? {
        let row = row.into_array().map_err(|_| Refused::Malformed)?;
        let [name, content] = <[Value; 2]>::try_from(row).map_err(|_| Refused::Malformed)?;
        let name = name.into_text().map_err(|_| Refused::Malformed)?;
        files.add(&name, content.into_bytes().map_err(|_| Refused::Malformed)?)?;
    }
    Ok(Edition {
        number: u64::try_from(whole(number)?).map_err(|_| Refused::Malformed)?,
        valid_from: i64::try_from(whole(valid_from)?)
            .map(Timestamp::from_millis)
            .map_err(|_| Refused::Malformed)?,
        files,
    })
}

/// By which an edition's bytes are known: their SHA-256, in hexadecimal.
pub fn digest(signed: &[u8]) -> String {
    Sha256::digest(signed)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use p256::{ecdsa::SigningKey, pkcs8::EncodePrivateKey};
    use proptest::prelude::*;

    use super::*;

    const FROZEN: &str = "0c2075947140c448ce0fe141abfeb7c15bf349c40b7d3be77aa15cf694d88939";

    fn key(seed: u8) -> EditionKey {
        let key = SigningKey::from_slice(&[seed; 32]).unwrap();
        EditionKey::from_pem(&key.to_pkcs8_pem(p256::pkcs8::LineEnding::LF).unwrap()).unwrap()
    }

    fn edition() -> Edition {
        let mut files = Files::default();
        files.add("topics.toml", b"topic = []\n".to_vec()).unwrap();
        files.add("fees/free.toml", b"row = []\n".to_vec()).unwrap();
        Edition {
            number: 7,
            valid_from: Timestamp::from_millis(1_795_480_200_000),
            files,
        }
    }

    #[test]
    fn what_was_signed_is_read_and_is_the_same_whoever_packs_it() {
        let signed = edition().sign(&key(1)).unwrap();

        assert_eq!(Edition::open(&signed, &key(1).signer()), Ok(edition()));
        assert_eq!(edition().sign(&key(1)).unwrap(), signed);
        // The written form stays.
        assert_eq!(digest(&signed), FROZEN);
    }

    #[test]
    fn another_key_and_another_form_are_refused() {
        let signed = edition().sign(&key(1)).unwrap();

        assert_eq!(
            Edition::open(&signed, &key(2).signer()),
            Err(Refused::OtherKey)
        );
        assert_eq!(
            Edition::open(b"", &key(1).signer()),
            Err(Refused::Malformed)
        );
        let badge = CoseSign1Builder::new()
            .protected(
                HeaderBuilder::new()
                    .algorithm(iana::Algorithm::ES256)
                    .build(),
            )
            .payload(vec![1])
            .create_signature(b"", |bytes| key(1).sign(bytes))
            .build()
            .to_tagged_vec()
            .unwrap();
        assert_eq!(
            Edition::open(&badge, &key(1).signer()),
            Err(Refused::Malformed)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        /// Cut off or altered anywhere, it is refused.
        #[test]
        fn not_a_byte_may_be_missing_or_other(at in 0usize..260, bit in 0u8..8) {
            let signed = edition().sign(&key(1)).unwrap();
            let at = at % signed.len();
            let mut altered = signed.clone();
            altered[at] ^= 1 << bit;

            prop_assert!(Edition::open(&signed[..at], &key(1).signer()).is_err());
            prop_assert_ne!(Edition::open(&altered, &key(1).signer()).ok(), Some(edition()));
        }
    }
}
