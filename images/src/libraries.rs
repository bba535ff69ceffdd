//! The shared libraries a program needs, as the loader of this machine finds them (`ldd`).

use std::{
    io,
    path::{Path, PathBuf},
    process::Command,
};

#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("ldd cannot be run")]
    Ldd(#[source] io::Error),
    #[error("ldd reads nothing from {0}")]
    NoProgram(PathBuf),
    #[error("the library {0} is not installed")]
    Missing(String),
}

/// All of them, the loader itself included.
///
/// # Errors
/// When `program` is none or one of its libraries is not installed.
pub fn of_program(program: &Path) -> Result<Vec<PathBuf>, LibraryError> {
    let told = Command::new("ldd")
        .arg(program)
        .env("LC_ALL", "C")
        .output()
        .map_err(LibraryError::Ldd)?;
    if !told.status.success() {
        return Err(LibraryError::NoProgram(program.to_owned()));
    }
    read(&String::from_utf8_lossy(&told.stdout))
}

/// What `ldd` says, line by line.
///
/// # Errors
/// When it has not found a library.
pub fn read(told: &str) -> Result<Vec<PathBuf>, LibraryError> {
    let mut files = Vec::new();
    for line in told.lines().map(str::trim) {
        let (name, place) = match line.split_once(" => ") {
            Some((name, place)) => (name, place),
            None => (line, line),
        };
        if place.starts_with("not found") {
            return Err(LibraryError::Missing(name.to_owned()));
        }
        // What has no path is the kernel's own.
        let place = place.split(" (").next().unwrap_or_default();
        if place.starts_with('/') {
            files.push(PathBuf::from(place));
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}
