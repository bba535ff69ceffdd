//! Settings in a file.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

/// Why a file of settings is of no use.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("cannot read {file}")]
    Read {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{file} is not what it should be")]
    Parse {
        file: PathBuf,
        #[source]
        source: Box<toml::de::Error>,
    },
}

/// Reads settings in TOML.
///
/// # Errors
/// When the file cannot be read, a key is unknown, missing or malformed.
pub fn read_settings<T: DeserializeOwned>(file: &Path) -> Result<T, SettingsError> {
    let text = fs::read_to_string(file).map_err(|source| SettingsError::Read {
        file: file.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|source| SettingsError::Parse {
        file: file.to_owned(),
        source: Box::new(source),
    })
}
