//! To whom backups are encrypted: age with X25519 keys.

use std::{
    fs,
    io::{self, BufReader, Read, Write},
    iter,
    path::Path,
    str::FromStr,
};

use age::{Decryptor, Encryptor, stream::StreamReader, stream::StreamWriter, x25519};

use super::{BackupError, error::failed};

/// The public half: it can make backups and read none.
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

/// The private half: it reads backups.
pub struct Identity(x25519::Identity);

impl Recipient {
    /// Reads `age1…`.
    ///
    /// # Errors
    /// When it is something else.
    pub fn parse(text: &str) -> Result<Self, BackupError> {
        x25519::Recipient::from_str(text.trim())
            .map(Self)
            .map_err(|_| BackupError::NotAKey("age1"))
    }

    pub(crate) fn seal<W: Write>(&self, to: W) -> io::Result<StreamWriter<W>> {
        Encryptor::with_recipients(iter::once(&self.0 as &dyn age::Recipient))
            .map_err(io::Error::other)?
            .wrap_output(to)
    }

    pub(crate) fn seal_bytes(&self, plain: &[u8]) -> io::Result<Vec<u8>> {
        let mut writer = self.seal(Vec::with_capacity(plain.len() + 512))?;
        writer.write_all(plain)?;
        writer.finish()
    }
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Identity {
    /// A new key from the system's randomness.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads a file as `age-keygen` writes it.
    ///
    /// # Errors
    /// When it cannot be read or holds no key.
    pub fn read(file: &Path) -> Result<Self, BackupError> {
        let text = fs::read_to_string(file).map_err(failed("read", file))?;
        text.lines()
            .find_map(|line| x25519::Identity::from_str(line.trim()).ok())
            .map(Self)
            .ok_or(BackupError::NotAKey("AGE-SECRET-KEY-1"))
    }

    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    /// The file's text; it is the secret itself.
    pub fn disclose(&self) -> String {
        use age::secrecy::ExposeSecret;
        let secret = self.0.to_string();
        format!(
            "# public key: {}\n{}\n",
            self.recipient(),
            secret.expose_secret()
        )
    }

    /// None when this key does not open it or it is no such file.
    pub(crate) fn open<R: Read>(&self, from: R) -> Option<StreamReader<BufReader<R>>> {
        Decryptor::new_buffered(BufReader::new(from))
            .ok()?
            .decrypt(iter::once(&self.0 as &dyn age::Identity))
            .ok()
    }

    pub(crate) fn open_bytes(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let mut plain = Vec::with_capacity(sealed.len());
        self.open(sealed)?.read_to_end(&mut plain).ok()?;
        Some(plain)
    }
}
