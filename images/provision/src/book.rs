//! How far a machine has come: written down before the next step is gone.

use std::{fs, io, path::Path};

use fleet::Check;
use request::{StationId, Timestamp};
use serde::{Deserialize, Serialize};

/// `provision.json`. Holds nobody: a technician's name is that of the site's list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Book {
    /// The site's package lies here, whole and believed.
    pub site: bool,
    pub technician: Option<String>,
    pub station: Option<StationId>,
    /// The label's claim code, until it has done its one duty.
    pub code: Option<String>,
    /// The certificate lies here, and is this machine's.
    pub enrolled: bool,
    /// What the self-test found, as the sheet says it.
    pub checks: Vec<Check>,
    /// The technician has the sheet.
    pub sheet_taken: bool,
    /// The exchange has the record.
    pub told: bool,
    pub in_service_at: Option<Timestamp>,
}

/// Why nobody knows how far it has come.
#[derive(Debug, thiserror::Error)]
pub enum BookFault {
    #[error("cannot read or write the book of provisioning")]
    Disk(#[from] io::Error),
    #[error("the book of provisioning is not as it was written")]
    Malformed(#[from] serde_json::Error),
}

impl Book {
    /// A book that is not there is a machine that has just been started.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(file: &Path) -> Result<Self, BookFault> {
        match fs::read(file) {
            Ok(text) => Ok(serde_json::from_slice(&text)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.into()),
        }
    }

    /// Durable when it returns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, file: &Path) -> Result<(), BookFault> {
        Ok(durable::replace_secret(
            file,
            &serde_json::to_vec_pretty(self)?,
        )?)
    }
}
