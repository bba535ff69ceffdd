//! The keys of encrypted sound, `a=crypto` (RFC 4568).

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroize;

/// Bytes of a master key and its salt, for both suites (RFC 4568 §6.2).
const KEY_AND_SALT_BYTES: usize = 30;

/// How the sound is encrypted and authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CryptoSuite {
    /// `AES_CM_128_HMAC_SHA1_80` (RFC 4568 §6.2.1).
    AesCm128HmacSha1_80,
    /// `AES_CM_128_HMAC_SHA1_32` (RFC 4568 §6.2.2).
    AesCm128HmacSha1_32,
}

impl CryptoSuite {
    pub(super) const ALL: [Self; 2] = [Self::AesCm128HmacSha1_80, Self::AesCm128HmacSha1_32];

    pub(super) fn token(self) -> &'static str {
        match self {
            Self::AesCm128HmacSha1_80 => "AES_CM_128_HMAC_SHA1_80",
            Self::AesCm128HmacSha1_32 => "AES_CM_128_HMAC_SHA1_32",
        }
    }

    /// Bytes of the authentication tag behind each packet.
    pub fn tag_bytes(self) -> usize {
        match self {
            Self::AesCm128HmacSha1_80 => 10,
            Self::AesCm128HmacSha1_32 => 4,
        }
    }
}

/// A master key (16 bytes) and its salt (14 bytes). Says nothing in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct MasterKey([u8; KEY_AND_SALT_BYTES]);

impl MasterKey {
    pub fn new(bytes: [u8; KEY_AND_SALT_BYTES]) -> Self {
        Self(bytes)
    }

    /// Key and salt, for whoever encrypts.
    pub fn bytes(&self) -> &[u8; KEY_AND_SALT_BYTES] {
        &self.0
    }
}

impl Drop for MasterKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

/// One `a=crypto` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CryptoAttribute {
    /// By which offer and answer find each other (RFC 4568 §4.1).
    pub tag: u32,
    pub suite: CryptoSuite,
    pub key: MasterKey,
}

impl CryptoAttribute {
    /// Reads what stands behind `crypto:`. A line this house cannot obey
    /// (another suite, session parameters, several keys, an MKI) is `None`
    /// and thereby not chosen (RFC 4568 §5.1.2).
    pub(super) fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split_ascii_whitespace();
        let tag = parts.next()?.parse().ok()?;
        let suite = parts.next()?;
        let suite = CryptoSuite::ALL
            .into_iter()
            .find(|known| known.token() == suite)?;
        let inline = parts.next()?.strip_prefix("inline:")?;
        if parts.next().is_some() {
            return None;
        }
        let mut pieces = inline.split('|');
        let key = STANDARD.decode(pieces.next()?).ok()?;
        // A lifetime may follow; an MKI has a colon and is not ours.
        if pieces.any(|piece| piece.contains(':')) {
            return None;
        }
        Some(Self {
            tag,
            suite,
            key: MasterKey::new(key.try_into().ok()?),
        })
    }

    pub(super) fn write(&self) -> String {
        let key = STANDARD.encode(self.key.bytes());
        format!("{} {} inline:{key}", self.tag, self.suite.token())
    }
}
