//! Small texts that tell when they were altered: their last line is their digest.

use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{BackupError, Damage, error::failed};
use crate::survey::hex;

const MARK: &str = "# sha256 ";

/// As [`write`], a value as TOML.
pub(crate) fn write_toml(file: &Path, value: &impl Serialize) -> Result<(), BackupError> {
    let text = toml::to_string(value)
        .map_err(io::Error::other)
        .map_err(failed("write", file))?;
    write(file, &text)
}

/// Puts the text into place as a whole: after a crash the file is the old one
/// or the new one.
pub(crate) fn write(file: &Path, text: &str) -> Result<(), BackupError> {
    let text = format!("{text}{MARK}{}\n", hex(&Sha256::digest(text)));
    let unfinished = file.with_extension("unfinished");
    let put = || {
        let mut written = create(&unfinished)?;
        written.write_all(text.as_bytes())?;
        written.sync_all()?;
        fs::rename(&unfinished, file)?;
        durable::sync_folder_of(file)
    };
    put().map_err(failed("write", file))
}

/// The text as it was written; none when there is no such file.
pub(crate) fn read(file: &Path) -> Result<Option<String>, BackupError> {
    let altered = || Damage::Altered { file: name(file) };
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("read", file)(error)),
    };
    let mut text = String::from_utf8(bytes).map_err(|_| altered())?;
    let at = text.rfind(MARK).ok_or_else(altered)?;
    let digest = text.split_off(at);
    if digest != format!("{MARK}{}\n", hex(&Sha256::digest(&text))) {
        return Err(altered().into());
    }
    Ok(Some(text))
}

/// A new file, or an old one emptied, for this user alone.
pub(crate) fn create(file: &Path) -> io::Result<File> {
    fs::OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(true)
        .mode(0o600)
        .open(file)
}

/// As a report calls a file: its folder and its name.
pub(crate) fn name(file: &Path) -> String {
    let mut parts: Vec<_> = file.iter().rev().take(2).collect();
    parts.reverse();
    parts
        .iter()
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
