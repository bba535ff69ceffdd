//! What is known of a recording without listening: JSON in clear, beside it.

use std::{io, path::Path};

use serde::{Deserialize, Serialize};

use crate::plane::PauseReason;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideFile {
    pub recording: u64,
    /// Milliseconds since the Unix epoch.
    pub began_at_ms: u64,
    /// What was left out, in order.
    pub gaps: Vec<Gap>,
    /// What could not be written in time and is silence in it.
    pub missing_ms: u64,
    /// Of the whole; none while it is made, or when a crash ended it.
    pub duration_ms: Option<u64>,
    /// SHA-256 of the sealed file, in hexadecimal.
    pub digest: Option<String>,
}

/// A part that was left out; times are the recording's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    pub reason: PauseReason,
    pub from_ms: u64,
    /// None while it lasts.
    pub to_ms: Option<u64>,
}

impl SideFile {
    /// # Errors
    /// When the file cannot be written; the one before it is still there then.
    pub(super) fn write(&self, file: &Path) -> io::Result<()> {
        let text = serde_json::to_vec_pretty(self).map_err(io::Error::other)?;
        durable::replace(file, &text)
    }
}
