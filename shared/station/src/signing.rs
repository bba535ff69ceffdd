//! The key that signs a journal's heads, and by what it is known.

use std::path::Path;

use journal::{Journal, SigningKeyError};
use request::Timestamp;
use sync::{HeadQuestion, KeyPair};

pub struct Signing {
    key: KeyPair,
    /// In PEM.
    public_key: String,
}

impl Signing {
    /// Reads the key in a file, or makes one that only this user may read.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds no key.
    pub fn open(file: &Path) -> Result<Self, SigningKeyError> {
        let key = journal::signing_key(file)?;
        let public_key = key.public().to_pem()?;
        Ok(Self { key, public_key })
    }

    /// The question of [`sync::StationCommand::Sign`]; none when the journal has no such
    /// entry any more.
    pub(crate) fn question(
        &self,
        journal: &Journal,
        number: u64,
        now: Timestamp,
    ) -> Result<Option<HeadQuestion>, journal::Error> {
        let signed = journal.sign_head(number, &self.key, now)?;
        Ok(signed.map(|signed| HeadQuestion {
            signed,
            public_key: self.public_key.clone(),
        }))
    }
}
