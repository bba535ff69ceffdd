//! Which image this is: `/usr/lib/minwon/image.toml`, as it was built.

use std::{fs, path::Path};

use fleet::Version;
use request::Timestamp;
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// The id of the hardware model that it was made for.
    pub model: String,
    pub version: Version,
    /// No clock that is right is behind this.
    pub built_at: Timestamp,
}

/// Why nobody knows which image this is.
#[derive(Debug, thiserror::Error)]
pub enum ImageUnknown {
    #[error("cannot read what the image says of itself")]
    Read(#[from] std::io::Error),
    #[error("what the image says of itself is not as it should be")]
    Parse(#[from] toml::de::Error),
}

impl Image {
    /// # Errors
    /// When the file is not there or says something else.
    pub fn read(file: &Path) -> Result<Self, ImageUnknown> {
        Ok(toml::from_str(&fs::read_to_string(file)?)?)
    }
}
