//! A lease: the office lets a station seal a bounded number of papers by itself,
//! for a time, from records of a known moment.
//!
//! A COSE_Sign1 (RFC 9052, ES256) by an office's sealing key over CWT claims
//! (RFC 8392). Papers sealed under it carry the whole lease, so that whoever
//! reads one needs no more than the office's public key.

use ciborium::value::Value;
use coset::{CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};
use p256::ecdsa::VerifyingKey;

use crate::{
    Claims, SealError, SealSigner, SignError, TrustList,
    claims::{claim, integer, text},
    read::signed_by,
};

const SUBJECT: i64 = 2;
const EXPIRES: i64 = 4;
const ISSUED: i64 = 6;
/// Private claim: service and its version.
const SERVICE: i64 = -65_541;
/// Private claim: what the numbers begin with, and how many there are.
const NUMBERS: i64 = -65_542;
/// Private claim: the moment of the records, and the digest of what came along.
const LOAD: i64 = -65_543;
/// Private claim: the station's key, SEC 1 compressed.
const KEY: i64 = -65_544;

/// Signed along, so that a lease is never taken for a seal (RFC 9052, 4.3).
const CONTEXT: &[u8] = b"minwon lease 1";

/// What an office allows a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    pub station: String,
    pub service: String,
    pub version: u32,
    /// What every number of the lease begins with; it names the lease.
    pub prefix: String,
    pub papers: u32,
    /// Seconds since the Unix epoch, by the office's clock: when the records were
    /// taken …
    pub records_at: i64,
    pub granted_at: i64,
    /// … and after which nothing may be issued from them.
    pub until: i64,
    /// SHA-256 of the load: the numbers and the records, as they were handed over.
    pub load: [u8; 32],
    /// The public key that seals under it (SEC 1, 2.3.3, compressed).
    pub key: [u8; 33],
}

impl Lease {
    /// Signs the lease with an office's key.
    ///
    /// # Errors
    /// When the key refuses.
    pub fn grant(&self, office: &dyn SealSigner) -> Result<Vec<u8>, SignError> {
        let mut payload = Vec::new();
        ciborium::into_writer(&self.to_value(), &mut payload).map_err(|_| SignError::Encode)?;
        let header = HeaderBuilder::new()
            .algorithm(iana::Algorithm::ES256)
            .key_id(office.key_id().to_vec())
            .build();
        CoseSign1Builder::new()
            .protected(header)
            .payload(payload)
            .try_create_signature(CONTEXT, |bytes| office.sign(bytes))?
            .build()
            .to_tagged_vec()
            .map_err(|_| SignError::Encode)
    }

    /// Reads a lease and checks that an office on the list signed it; whether it
    /// has run out is for the caller.
    ///
    /// # Errors
    /// The reason why it is not to be believed.
    pub fn verify(lease: &[u8], trust: &TrustList) -> Result<Self, SealError> {
        let message = CoseSign1::from_tagged_slice(lease).map_err(|_| SealError::Malformed)?;
        let office = trust
            .find(&message.protected.header.key_id)
            .ok_or(SealError::UnknownKey)?;
        if !signed_by(&message, &office, CONTEXT) {
            return Err(SealError::Altered);
        }
        Self::of(&message)
    }

    /// Takes a lease apart without believing it.
    ///
    /// # Errors
    /// When it cannot be decoded.
    pub fn read(lease: &[u8]) -> Result<Self, SealError> {
        let message = CoseSign1::from_tagged_slice(lease).map_err(|_| SealError::Malformed)?;
        Self::of(&message)
    }

    /// Whether a seal stays within it.
    pub(crate) fn covers(&self, claims: &Claims) -> bool {
        claims.service == self.service
            && claims.version == self.version
            && claims.document_number.starts_with(&self.prefix)
            && (self.records_at..=self.until).contains(&claims.issued_at)
    }

    pub(crate) fn key(&self) -> Result<VerifyingKey, SealError> {
        VerifyingKey::from_sec1_bytes(&self.key).map_err(|_| SealError::Malformed)
    }

    fn of(message: &CoseSign1) -> Result<Self, SealError> {
        let payload = message.payload.as_deref().ok_or(SealError::Malformed)?;
        let value: Value = ciborium::from_reader(payload).map_err(|_| SealError::Malformed)?;
        let claim = |key| claim(&value, key);
        let (service, version) = pair(claim(SERVICE)?)?;
        let (prefix, papers) = pair(claim(NUMBERS)?)?;
        let (records_at, load) = pair(claim(LOAD)?)?;
        let count = |value| u32::try_from(integer(value)?).map_err(|_| SealError::Malformed);
        Ok(Self {
            station: text(claim(SUBJECT)?)?,
            service: text(service)?,
            version: count(version)?,
            prefix: text(prefix)?,
            papers: count(papers)?,
            records_at: integer(records_at)?,
            granted_at: integer(claim(ISSUED)?)?,
            until: integer(claim(EXPIRES)?)?,
            load: bytes(load)?,
            key: bytes(claim(KEY)?)?,
        })
    }

    fn to_value(&self) -> Value {
        let text = |text: &str| Value::Text(text.to_owned());
        let integer = |number: i64| Value::Integer(number.into());
        Value::Map(vec![
            (integer(SUBJECT), text(&self.station)),
            (integer(EXPIRES), integer(self.until)),
            (integer(ISSUED), integer(self.granted_at)),
            (
                integer(SERVICE),
                Value::Array(vec![text(&self.service), integer(self.version.into())]),
            ),
            (
                integer(NUMBERS),
                Value::Array(vec![text(&self.prefix), integer(self.papers.into())]),
            ),
            (
                integer(LOAD),
                Value::Array(vec![
                    integer(self.records_at),
                    Value::Bytes(self.load.to_vec()),
                ]),
            ),
            (integer(KEY), Value::Bytes(self.key.to_vec())),
        ])
    }
}

fn pair(value: &Value) -> Result<(&Value, &Value), SealError> {
    match value.as_array().map(Vec::as_slice) {
        Some([first, second]) => Ok((first, second)),
        _ => Err(SealError::Malformed),
    }
}

fn bytes<const N: usize>(value: &Value) -> Result<[u8; N], SealError> {
    let bytes = value.as_bytes().ok_or(SealError::Malformed)?;
    bytes
        .as_slice()
        .try_into()
        .map_err(|_| SealError::Malformed)
}
