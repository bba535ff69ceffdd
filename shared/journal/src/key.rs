//! The key of a station's journal.

use std::{
    fmt,
    fs::{self, File},
    io::{ErrorKind, Read},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{open, random};

const BYTES: usize = 32;

/// A raw 256-bit key; overwritten in memory when it is dropped.
pub struct Key(Zeroizing<[u8; BYTES]>);

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key of the journal cannot be read from {0}")]
    Read(PathBuf, #[source] std::io::Error),
    #[error("{0} holds no key of {BYTES} bytes")]
    Malformed(PathBuf),
    #[error("others than its owner may read {0}")]
    Exposed(PathBuf),
    /// A new key would not open what is there.
    #[error("there is an encrypted journal but no key in {0}")]
    Missing(PathBuf),
    #[error("the key of the journal cannot be written to {0}")]
    Write(PathBuf, #[source] std::io::Error),
    #[error("the system gives no random bytes")]
    Random(#[source] getrandom::Error),
}

impl Key {
    /// `random` comes from a cryptographic source.
    pub fn from_bytes(random: [u8; BYTES]) -> Self {
        Self(Zeroizing::new(random))
    }

    /// The key in a file; it is made when there is none, for a journal that is
    /// not there or not encrypted yet.
    ///
    /// # Errors
    /// When the file is no key, may be read by others, cannot be read or made,
    /// or is missing beside an encrypted journal.
    pub fn of_station(file: &Path, journal: &Path) -> Result<Self, KeyError> {
        match Self::read(file) {
            Err(KeyError::Read(_, error)) if error.kind() == ErrorKind::NotFound => {
                let empty = fs::metadata(journal).map_or(true, |it| it.len() == 0);
                if !empty && !open::is_plain(journal) {
                    return Err(KeyError::Missing(file.to_owned()));
                }
                Self::make(file)
            }
            read => read,
        }
    }

    /// # Errors
    /// When the file is not there, is no key or may be read by others.
    pub fn read(file: &Path) -> Result<Self, KeyError> {
        let failed = |error| KeyError::Read(file.to_owned(), error);
        let mut opened = File::open(file).map_err(failed)?;
        let about = opened.metadata().map_err(failed)?;
        if about.permissions().mode() & 0o077 != 0 {
            return Err(KeyError::Exposed(file.to_owned()));
        }
        if about.len() != BYTES as u64 {
            return Err(KeyError::Malformed(file.to_owned()));
        }
        let mut bytes = Zeroizing::new([0; BYTES]);
        opened.read_exact(&mut *bytes).map_err(failed)?;
        Ok(Self(bytes))
    }

    /// Whole or not at all, and durable before the first entry leans on it.
    fn make(file: &Path) -> Result<Self, KeyError> {
        let key = Self(Zeroizing::new(random().map_err(KeyError::Random)?));
        durable::replace_secret(file, &*key.0)
            .map_err(|error| KeyError::Write(file.to_owned(), error))?;
        tracing::info!(file = %file.display(), "Made a key for the journal");
        Ok(key)
    }

    /// What encrypts the pages.
    pub(crate) fn bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// What authenticates the pages.
    pub(crate) fn page_key(&self) -> Zeroizing<[u8; BYTES]> {
        Zeroizing::new(self.derive(b"minwon journal page 1"))
    }

    /// As SQLCipher wants raw keys: the one that encrypts, the one that
    /// authenticates, and the salt that the file begins with. All are given, so
    /// that a file whose beginning was overwritten can still be read.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        use fmt::Write;
        let salt = self.derive(b"minwon journal salt 1");
        let mut pragma = Zeroizing::new(String::with_capacity(256));
        pragma.push_str("PRAGMA key = \"x'");
        for byte in self.0.iter().chain(&*self.page_key()).chain(&salt[..16]) {
            let _ = write!(*pragma, "{byte:02x}");
        }
        pragma.push_str("'\"");
        pragma
    }

    fn derive(&self, purpose: &[u8]) -> [u8; BYTES] {
        let digest = Sha256::new().chain_update(purpose).chain_update(*self.0);
        digest.finalize().into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}
