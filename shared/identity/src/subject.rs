//! Whom a certificate names, and until when.

use std::fmt;

use der::Decode;
use request::{AgentId, StationId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use x509_cert::{
    Certificate,
    ext::pkix::{SubjectAltName, name::GeneralName},
};

/// The trust domain of our identifiers (SPIFFE-ID 1.0, §2.1).
const DOMAIN: &str = "spiffe://minwon/";

/// Who may be at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    Station(StationId),
    Agent(AgentId),
}

impl Party {
    /// The name in the certificate, a URI (RFC 5280, 4.2.1.6).
    pub(crate) fn uri(&self) -> String {
        match self {
            Party::Station(id) => format!("{DOMAIN}station/{id}"),
            Party::Agent(id) => format!("{DOMAIN}agent/{id}"),
        }
    }

    fn from_uri(uri: &str) -> Option<Self> {
        let (kind, id) = uri.strip_prefix(DOMAIN)?.split_once('/')?;
        match kind {
            "station" if is_plain(id) => Some(Party::Station(StationId::new(id))),
            "agent" if is_plain(id) => Some(Party::Agent(AgentId::new(id))),
            _ => None,
        }
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Party::Station(id) => write!(f, "station {id}"),
            Party::Agent(id) => write!(f, "agent {id}"),
        }
    }
}

/// Whether an id can stand in a certificate, an address and a file name as it is.
pub fn is_plain(id: &str) -> bool {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
    (1..=64).contains(&id.len()) && !id.starts_with('.') && id.bytes().all(plain)
}

/// SHA-256 of a certificate in DER, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fingerprint([u8; 32]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint has 64 hexadecimal digits")]
pub struct NotFingerprint;

impl Fingerprint {
    pub fn of(certificate: &[u8]) -> Self {
        Self(Sha256::digest(certificate).into())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = NotFingerprint;

    fn try_from(text: String) -> Result<Self, NotFingerprint> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(NotFingerprint);
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            let digits = &text[2 * index..2 * index + 2];
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NotFingerprint)?;
        }
        Ok(Self(bytes))
    }
}

/// What a certificate says that TLS has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub party: Party,
    pub fingerprint: Fingerprint,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the certificate names nobody who is known here")]
pub struct Unreadable;

impl Subject {
    /// Reads a certificate in DER; whether it is genuine is TLS's matter.
    ///
    /// # Errors
    /// When it is not a certificate or has not exactly one name of ours.
    pub fn read(certificate: &[u8]) -> Result<Self, Unreadable> {
        let parsed = Certificate::from_der(certificate).map_err(|_| Unreadable)?;
        let content = &parsed.tbs_certificate;
        let (_, names) = content
            .get::<SubjectAltName>()
            .map_err(|_| Unreadable)?
            .ok_or(Unreadable)?;
        let [GeneralName::UniformResourceIdentifier(uri)] = names.0.as_slice() else {
            return Err(Unreadable);
        };
        let millis = |time: x509_cert::time::Time| {
            let since_1970 = time.to_unix_duration().as_millis();
            Timestamp::from_millis(i64::try_from(since_1970).unwrap_or(i64::MAX))
        };
        Ok(Self {
            party: Party::from_uri(uri.as_str()).ok_or(Unreadable)?,
            fingerprint: Fingerprint::of(certificate),
            not_before: millis(content.validity.not_before),
            not_after: millis(content.validity.not_after),
        })
    }

    /// Whether it has run out (RFC 5280, 4.1.2.5: `notAfter` is still inside).
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now > self.not_after
    }
}
