//! What a whole copy is, written beside it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{BackupError, Damage, changes::Chain, checked_file, head::hexadecimal};
use crate::Survey;

pub(crate) const NAME: &str = "manifest.toml";
const FORM: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Of this file.
    pub(crate) form: u32,
    /// The release that made the backup.
    pub release: String,
    /// UTC.
    pub taken: String,
    pub taken_millis: i64,
    /// The last change that is in the copy.
    pub number: u64,
    pub(crate) stream: String,
    #[serde(with = "hexadecimal")]
    pub(crate) chain: Chain,
    /// The age key it is encrypted to.
    pub recipient: String,
    pub store: SealedFile,
    /// What lies beside the store: keys and what verifiers trust.
    #[serde(default)]
    pub files: Vec<SealedFile>,
    pub survey: Survey,
}

/// One encrypted file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedFile {
    /// In the backup.
    pub name: String,
    /// In the data folder.
    pub path: String,
    pub mode: u32,
    /// As it lies here, encrypted.
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    pub(crate) const FORM: u32 = FORM;

    /// The manifest of the whole copy in a folder.
    ///
    /// # Errors
    /// When it is missing, altered or of a newer release.
    pub fn read(base: &Path) -> Result<Self, BackupError> {
        let file = base.join(NAME);
        let name = || checked_file::name(&file);
        let text =
            checked_file::read(&file)?.ok_or_else(|| Damage::FileMissing { file: name() })?;
        let manifest: Self = toml::from_str(&text).map_err(|_| Damage::Altered { file: name() })?;
        match manifest.form {
            FORM => Ok(manifest),
            _ => Err(Damage::Altered { file: name() }.into()),
        }
    }

    pub(crate) fn all_files(&self) -> impl Iterator<Item = &SealedFile> {
        std::iter::once(&self.store).chain(&self.files)
    }

    pub(crate) fn write(&self, base: &Path) -> Result<(), BackupError> {
        checked_file::write_toml(&base.join(NAME), self)
    }
}
