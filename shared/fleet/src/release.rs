//! A release: which image it is, for which machines, and of what it is made.

use std::{fmt, fs::File, io, path::Path};

use request::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// An image's version: whole numbers with dots between them, each part counted as a number,
/// as systemd's version comparison does (`2026.3.10` comes after `2026.3.9`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version(Vec<u32>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a version is one to four whole numbers with dots between them")]
pub struct VersionUnreadable;

impl TryFrom<String> for Version {
    type Error = VersionUnreadable;

    fn try_from(text: String) -> Result<Self, VersionUnreadable> {
        text.parse()
    }
}

impl std::str::FromStr for Version {
    type Err = VersionUnreadable;

    fn from_str(text: &str) -> Result<Self, VersionUnreadable> {
        let number = |part: &str| {
            let plain = part.bytes().all(|it| it.is_ascii_digit())
                && (part.len() == 1 || !part.starts_with('0'));
            let number = plain.then(|| part.parse().ok()).flatten();
            number.ok_or(VersionUnreadable)
        };
        let parts: Vec<u32> = text.split('.').map(number).collect::<Result<_, _>>()?;
        if parts.len() > 4 {
            return Err(VersionUnreadable);
        }
        Ok(Self(parts))
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(u32::to_string).collect();
        out.write_str(&parts.join("."))
    }
}

/// What a clerk signs of an image before machines take it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    pub version: Version,
    /// The id of the hardware model whose machines it is for.
    pub model: String,
    pub made_at: Timestamp,
    /// Machines with an older image than this take another release first.
    #[serde(default)]
    pub from: Option<Version>,
    /// The root's dm-verity hash, in hexadecimal digits.
    pub root_hash: String,
    /// What a TPM's register of the image may come to when this one starts, as digests of
    /// TPM2_PolicyPCR in hexadecimal digits (the kernel image's `.pcrsig`).
    #[serde(default)]
    pub measured: Vec<String>,
    pub artefacts: Vec<Artefact>,
}

/// A file of the release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artefact {
    pub part: Part,
    /// As systemd-sysupdate looks for it: `minwon_2.root.<uuid>.raw`.
    pub name: String,
    pub bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Artefact {
    /// The size of a file and its digest, as an artefact has them.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn digest(file: &Path) -> io::Result<(u64, String)> {
        let mut hash = Sha256::new();
        let bytes = io::copy(&mut File::open(file)?, &mut hash)?;
        let digits = hash.finalize();
        Ok((bytes, digits.iter().map(|it| format!("{it:02x}")).collect()))
    }

    /// Whether a file is what was signed.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn is_whole(&self, file: &Path) -> io::Result<bool> {
        let (bytes, sha256) = Self::digest(file)?;
        Ok(bytes == self.bytes && sha256 == self.sha256)
    }

    /// Whether its name is that of a file and leads nowhere else.
    pub fn has_plain_name(&self) -> bool {
        let name = Path::new(&self.name);
        name.file_name() == Some(name.as_os_str())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Root,
    /// The hashes of the root (dm-verity).
    RootVerity,
    /// The signed kernel, which names the root's hash.
    Kernel,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn versions_are_counted_and_not_spelled() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        assert!(version("2026.3.10") > version("2026.3.9"));
        assert!(version("2") > version("1.9"));
        assert_eq!(version("1.0").to_string(), "1.0");
        for text in ["", "1.", "a", "1.02", "-1", "1.2.3.4.5", "99999999999"] {
            assert_eq!(text.parse::<Version>(), Err(VersionUnreadable), "{text}");
        }
    }
}
