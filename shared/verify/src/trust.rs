//! Whom a verifier believes: the authority's certificate and the offices' seal keys.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use seal::TrustList;
use signature::{SignerError, TrustAnchor};

pub struct Trust {
    pub(crate) anchor: TrustAnchor,
    pub(crate) seals: TrustList,
    pub(crate) voided: BTreeSet<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    #[error("cannot read {file}")]
    Read {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{file} is not what its name says")]
    Decode {
        file: PathBuf,
        #[source]
        source: serde_json::Error,
    },
    #[error("the authority's certificate cannot be read")]
    Anchor(#[from] SignerError),
}

impl Trust {
    /// Whom a verifier believes: the authority behind signatures, and seals' keys.
    pub fn new(anchor: TrustAnchor, seals: TrustList) -> Self {
        Self {
            anchor,
            seals,
            voided: BTreeSet::new(),
        }
    }

    /// Reads `ca.pem` and `seal-keys.json` from a folder.
    ///
    /// # Errors
    /// When one of them is missing or is something else.
    pub fn read(folder: &Path) -> Result<Self, TrustError> {
        Ok(Self::new(
            TrustAnchor::read(&read(&folder.join("ca.pem"))?)?,
            json(&folder.join("seal-keys.json"))?,
        ))
    }

    /// Adds the numbers of documents that are void: a JSON list of texts.
    ///
    /// # Errors
    /// When the file is missing or is something else.
    pub fn read_voided(&mut self, file: &Path) -> Result<(), TrustError> {
        self.voided.extend(json::<Vec<String>>(file)?);
        Ok(())
    }
}

fn read(file: &Path) -> Result<Vec<u8>, TrustError> {
    fs::read(file).map_err(|source| TrustError::Read {
        file: file.to_path_buf(),
        source,
    })
}

fn json<T: serde::de::DeserializeOwned>(file: &Path) -> Result<T, TrustError> {
    serde_json::from_slice(&read(file)?).map_err(|source| TrustError::Decode {
        file: file.to_path_buf(),
        source,
    })
}
