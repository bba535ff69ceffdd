//! A catalogue packed as an edition: its files alone, as they are.

use std::{fs, io, path::Path};

use edition::{FOLDERS, Files, FilesError};

use crate::folder::names;

/// Lies in the folder and is no part of a catalogue.
const NO_PART: &str = "Cargo.toml";

#[derive(Debug, thiserror::Error)]
pub enum NotPacked {
    #[error("the folder cannot be read")]
    Folder(#[from] io::Error),
    #[error(transparent)]
    Files(#[from] FilesError),
}

/// Reads all files of a catalogue.
///
/// # Errors
/// When one cannot be read, or they are more than an edition holds.
pub fn pack(root: &Path) -> Result<Files, NotPacked> {
    let mut files = Files::default();
    for name in names(root)? {
        if name.ends_with(".toml") && name != NO_PART {
            files.add(&name, fs::read(root.join(&name))?)?;
        }
    }
    // A small catalogue has no offices, no board and nothing to locate.
    for folder in FOLDERS.into_iter().filter(|it| root.join(it).exists()) {
        for name in names(&root.join(folder))? {
            let below = format!("{folder}/{name}");
            if root.join(&below).is_dir() {
                add_all(root, &below, &mut files)?;
            } else {
                files.add(&below, fs::read(root.join(&below))?)?;
            }
        }
    }
    Ok(files)
}

fn add_all(root: &Path, folder: &str, files: &mut Files) -> Result<(), NotPacked> {
    for name in names(&root.join(folder))? {
        let name = format!("{folder}/{name}");
        files.add(&name, fs::read(root.join(&name))?)?;
    }
    Ok(())
}
