//! The hash chain over a station's entries: what was written stays written.
//!
//! Every entry's hash covers the hash before it, so an entry that is altered,
//! removed or moved breaks the chain from there on. An entry is chained by a
//! *commitment* to its body, not by the body itself: what is personal may be
//! erased when the law says so, and the chain still holds.

use std::fmt;

use request::{RequestId, StationId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A SHA-256 value, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hash([u8; 32]);

/// Random bytes beside a body, so that nobody can find an erased body by
/// trying (a resident number has few values). Erased together with it.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Salt([u8; 16]);

/// One life of a journal file. A station that begins a new file, or goes on with
/// a restored one, begins a new incarnation; numbers start at 1 in each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Incarnation(String);

/// Where a chain stands: its newest entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub station: StationId,
    pub incarnation: Incarnation,
    /// 0 before the first entry.
    pub number: u64,
    pub hash: Hash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the hexadecimal digits of {0} bytes")]
pub struct NotHexadecimal(usize);

impl Hash {
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Salt {
    /// `bytes` come from a cryptographic source.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl Incarnation {
    /// `random` comes from a cryptographic source.
    pub fn from_bytes(random: [u8; 16]) -> Self {
        Self(hexadecimal(&random))
    }

    /// Of what was written before there were incarnations; the exchange gives it
    /// to what it holds from that time.
    pub fn first() -> Self {
        Self::from_bytes([0; 16])
    }

    /// As it was written down before.
    pub fn new(written: impl Into<String>) -> Self {
        Self(written.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Head {
    /// The head of a chain without entries.
    pub fn genesis(station: StationId, incarnation: Incarnation) -> Self {
        let mut digest = Sha256::new();
        digest.update(b"minwon journal genesis 1");
        absorb(&mut digest, station.as_str().as_bytes());
        absorb(&mut digest, incarnation.as_str().as_bytes());
        Self {
            station,
            incarnation,
            number: 0,
            hash: Hash(digest.finalize().into()),
        }
    }

    /// The head after one more entry.
    #[must_use]
    pub fn after(&self, request: &RequestId, recorded_at: Timestamp, commitment: &Hash) -> Self {
        let number = self.number + 1;
        let mut digest = Sha256::new();
        digest.update(b"minwon journal entry 1");
        digest.update(self.hash.0);
        digest.update(number.to_be_bytes());
        absorb(&mut digest, request.as_str().as_bytes());
        digest.update(recorded_at.as_millis().to_be_bytes());
        digest.update(commitment.0);
        Self {
            station: self.station.clone(),
            incarnation: self.incarnation.clone(),
            number,
            hash: Hash(digest.finalize().into()),
        }
    }
}

/// Binds an entry to a body that may be erased later.
pub fn commitment(salt: &Salt, body: &str) -> Hash {
    let mut digest = Sha256::new();
    digest.update(b"minwon journal body 1");
    digest.update(salt.0);
    absorb(&mut digest, body.as_bytes());
    Hash(digest.finalize().into())
}

/// With its length before it, so that no two sequences of texts look alike.
fn absorb(digest: &mut Sha256, text: &[u8]) {
    digest.update((text.len() as u64).to_be_bytes());
    digest.update(text);
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn bytes<const N: usize>(text: &str) -> Result<[u8; N], NotHexadecimal> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return Err(NotHexadecimal(N));
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16)
            .map_err(|_| NotHexadecimal(N))?;
    }
    Ok(bytes)
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hexadecimal(&hash.0)
    }
}

impl TryFrom<String> for Hash {
    type Error = NotHexadecimal;

    fn try_from(text: String) -> Result<Self, NotHexadecimal> {
        bytes(&text).map(Self)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Salt> for String {
    fn from(salt: Salt) -> Self {
        hexadecimal(&salt.0)
    }
}

impl TryFrom<String> for Salt {
    type Error = NotHexadecimal;

    fn try_from(text: String) -> Result<Self, NotHexadecimal> {
        bytes(&text).map(Self)
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[salt]")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn genesis() -> Head {
        Head::genesis(StationId::new("gaon-1"), Incarnation::from_bytes([7; 16]))
    }

    fn entry(head: &Head, request: &str, millis: i64, body: &str) -> Head {
        let commitment = commitment(&Salt::from_bytes([1; 16]), body);
        head.after(
            &RequestId::new(request),
            Timestamp::from_millis(millis),
            &commitment,
        )
    }

    #[test]
    fn a_chain_is_what_it_always_was() {
        let head = entry(&genesis(), "r", 1, "{}");

        assert_eq!(head.number, 1);
        assert_eq!(
            head.hash.to_string(),
            "f95d6ba2f09051375a6d8f94230fbc3558878e9fd01cccbe8b9a6f0d829afb4d"
        );
    }

    #[test]
    fn anything_altered_gives_another_chain() {
        let head = entry(&genesis(), "r", 1, "{}");

        assert_ne!(head, entry(&genesis(), "s", 1, "{}"));
        assert_ne!(head, entry(&genesis(), "r", 2, "{}"));
        assert_ne!(head, entry(&genesis(), "r", 1, "[]"));
        let (one, other) = (entry(&head, "r", 2, "1"), entry(&head, "r", 2, "2"));
        assert_ne!(
            entry(&one, "r", 2, "2").hash,
            entry(&other, "r", 2, "1").hash
        );
    }

    #[test]
    fn two_lives_of_one_station_have_two_chains() {
        let other = Head::genesis(StationId::new("gaon-1"), Incarnation::from_bytes([8; 16]));

        assert_ne!(genesis().hash, other.hash);
    }

    #[test]
    fn a_hash_survives_its_travels_and_nonsense_does_not() {
        let hash = genesis().hash;
        let text = String::from(hash);

        assert_eq!(Hash::try_from(text.clone()).unwrap(), hash);
        assert!(Hash::try_from(text[1..].to_owned()).is_err());
        assert!(Hash::try_from(format!("{}é", &text[2..])).is_err());
        assert!(Hash::try_from(format!("zz{}", &text[2..])).is_err());
    }
}
