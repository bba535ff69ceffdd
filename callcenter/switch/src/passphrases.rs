//! Agents' passphrases: a file of hashes, one agent a line.

use std::{fs, io::ErrorKind, path::PathBuf};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use privacy::Personal;
use thiserror::Error;

/// Shorter ones are guessed; longer ones nobody types.
const LETTERS: std::ops::RangeInclusive<usize> = 8..=128;

/// Why passphrases cannot be read or changed. Says nothing of one.
#[derive(Debug, Error)]
pub enum PassphraseFault {
    #[error("a passphrase has 8 to 128 letters")]
    Length,
    #[error("line {0} of the passphrases is malformed")]
    Malformed(usize),
    #[error("cannot read {0}")]
    Read(PathBuf, #[source] std::io::Error),
    #[error("cannot write {0}")]
    Write(PathBuf, #[source] std::io::Error),
    #[error("a passphrase could not be hashed")]
    Hash,
}

/// The file: an account, a colon, and a hash by argon2id (RFC 9106) in the PHC
/// string format. It is read at each sign-in, so that a change holds at once.
#[derive(Clone, Debug)]
pub struct Passphrases {
    file: PathBuf,
}

impl Passphrases {
    /// The file need not be there: then nobody has a passphrase.
    pub fn new(file: PathBuf) -> Self {
        Self { file }
    }

    /// Gives an account a passphrase, in place of the one it had.
    ///
    /// # Errors
    /// When it is too short or too long, or the file cannot be written.
    pub fn set(&self, account: &str, passphrase: &Personal<String>) -> Result<(), PassphraseFault> {
        if !LETTERS.contains(&passphrase.reveal().chars().count()) {
            return Err(PassphraseFault::Length);
        }
        let hash = Argon2::default()
            .hash_password(passphrase.reveal().as_bytes())
            .map_err(|_| PassphraseFault::Hash)?;
        let mut lines = self.lines()?;
        lines.retain(|(name, _)| name != account);
        lines.push((account.to_owned(), hash.to_string()));
        let text: String = lines
            .iter()
            .map(|(name, hash)| format!("{name}:{hash}\n"))
            .collect();
        durable::replace_secret(&self.file, text.as_bytes())
            .map_err(|source| PassphraseFault::Write(self.file.clone(), source))
    }

    /// Whether this is the account's passphrase; `None` when it has none. Takes
    /// tens of milliseconds and 19 MiB, on purpose.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn verify(
        &self,
        account: &str,
        passphrase: &Personal<String>,
    ) -> Result<Option<bool>, PassphraseFault> {
        let lines = self.lines()?;
        let Some(at) = lines.iter().position(|(name, _)| name == account) else {
            return Ok(None);
        };
        let hash = lines.get(at).map_or("", |(_, hash)| hash);
        let hash = PasswordHash::new(hash).map_err(|_| PassphraseFault::Malformed(at + 1))?;
        let given = passphrase.reveal().as_bytes();
        Ok(Some(
            Argon2::default().verify_password(given, &hash).is_ok(),
        ))
    }

    fn lines(&self) -> Result<Vec<(String, String)>, PassphraseFault> {
        let text = match fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(PassphraseFault::Read(self.file.clone(), error)),
        };
        let lines = text.lines().enumerate().map(|(index, line)| {
            let parts = line.split_once(':');
            let (account, hash) = parts.ok_or(PassphraseFault::Malformed(index + 1))?;
            Ok((account.to_owned(), hash.to_owned()))
        });
        lines.collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn phrase(text: &str) -> Personal<String> {
        Personal::new(text.to_owned())
    }

    #[test]
    fn a_passphrase_is_known_again_and_another_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let passphrases = Passphrases::new(folder.path().join("agent-passphrases"));

        passphrases.set("agent-1", &phrase("blue kite 7")).unwrap();
        passphrases.set("agent-2", &phrase("red kite 77")).unwrap();
        passphrases.set("agent-1", &phrase("green kite 7")).unwrap();

        let known = |account, text| passphrases.verify(account, &phrase(text)).unwrap();
        assert_eq!(known("agent-1", "green kite 7"), Some(true));
        assert_eq!(known("agent-1", "blue kite 7"), Some(false));
        assert_eq!(known("agent-2", "red kite 77"), Some(true));
        assert_eq!(known("agent-3", "red kite 77"), None);
        let written = fs::read_to_string(folder.path().join("agent-passphrases")).unwrap();
        assert!(written.contains("agent-1:$argon2id$") && !written.contains("kite"));
    }

    #[test]
    fn a_passphrase_that_is_soon_guessed_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let passphrases = Passphrases::new(folder.path().join("agent-passphrases"));

        let refused = passphrases.set("agent-1", &phrase("kite"));

        assert!(matches!(refused, Err(PassphraseFault::Length)));
    }
}
