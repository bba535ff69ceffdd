//! What is kept of an account's password: its hash with name and realm.

use std::fmt;

use md5::Md5;
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

/// A digest algorithm (RFC 8760 §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Sha256,
    Md5,
}

impl Algorithm {
    pub(super) fn token(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Md5 => "MD5",
        }
    }

    /// Without a name it is MD5 (RFC 7616 §3.4).
    pub(super) fn named(name: Option<&str>) -> Option<Self> {
        match name {
            None => Some(Self::Md5),
            Some(name) if name.eq_ignore_ascii_case("SHA-256") => Some(Self::Sha256),
            Some(name) if name.eq_ignore_ascii_case("MD5") => Some(Self::Md5),
            Some(_) => None,
        }
    }

    /// The hash in lower-case hexadecimal digits.
    pub(super) fn hash(self, text: &str) -> String {
        match self {
            Self::Sha256 => hexadecimal(&Sha256::digest(text)),
            Self::Md5 => hexadecimal(&Md5::digest(text)),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `H(name:realm:password)` for each algorithm, `HA1` of RFC 7616 §3.4.2. As
/// good as the password within its realm: it says nothing in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountKey {
    sha256: String,
    md5: String,
}

impl AccountKey {
    /// From hashes that were made elsewhere, in hexadecimal digits. `None` when
    /// they have another length or other letters.
    pub fn from_hashes(sha256: &str, md5: &str) -> Option<Self> {
        let fits = |text: &str, length| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        (fits(sha256, 64) && fits(md5, 32)).then(|| Self {
            sha256: sha256.to_ascii_lowercase(),
            md5: md5.to_ascii_lowercase(),
        })
    }

    pub fn from_password(name: &str, realm: &str, password: &str) -> Self {
        let mut text = format!("{name}:{realm}:{password}");
        let key = Self {
            sha256: Algorithm::Sha256.hash(&text),
            md5: Algorithm::Md5.hash(&text),
        };
        text.zeroize();
        key
    }

    /// A key nothing is proven with.
    pub(super) fn nobody() -> Self {
        Self {
            sha256: "0".repeat(64),
            md5: "0".repeat(32),
        }
    }

    pub(super) fn of(&self, algorithm: Algorithm) -> &str {
        match algorithm {
            Algorithm::Sha256 => &self.sha256,
            Algorithm::Md5 => &self.md5,
        }
    }
}

impl Drop for AccountKey {
    fn drop(&mut self) {
        self.sha256.zeroize();
        self.md5.zeroize();
    }
}

impl fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}
