//! Master keys, as `a=crypto` brings them (RFC 4568 §6.1).

use zeroize::{Zeroize, ZeroizeOnDrop};

const KEY: usize = 16;
const SALT: usize = 14;

/// AES in counter mode with 128 bits; they differ in the length of the proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// `AES_CM_128_HMAC_SHA1_80`
    HmacSha1_80,
    /// `AES_CM_128_HMAC_SHA1_32`: 32 bits for RTP, and still 80 for RTCP.
    HmacSha1_32,
}

impl Suite {
    pub(crate) const fn tag(self) -> usize {
        match self {
            Self::HmacSha1_80 => 10,
            Self::HmacSha1_32 => 4,
        }
    }
}

/// A master key and its salt. Shows neither.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct MasterKey {
    pub(crate) key: [u8; KEY],
    pub(crate) salt: [u8; SALT],
}

/// What both ends send with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SrtpKeys {
    pub suite: Suite,
    /// Ours, told to the other end.
    pub outbound: MasterKey,
    /// The other end's.
    pub inbound: MasterKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key and its salt are thirty octets")]
pub struct BadKey;

impl MasterKey {
    /// Octets of key and salt together, as they stand behind `inline:` in base64.
    pub const OCTETS: usize = KEY + SALT;

    /// # Errors
    /// When there are not [`Self::OCTETS`].
    pub fn from_slice(octets: &[u8]) -> Result<Self, BadKey> {
        let (key, salt) = octets.split_first_chunk::<KEY>().ok_or(BadKey)?;
        let salt = salt.try_into().map_err(|_| BadKey)?;
        Ok(Self { key: *key, salt })
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[key]")
    }
}
