//! The files of a folder of data, as a clerk has written them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

use crate::Error;

/// Reads a TOML file.
///
/// # Errors
/// When it cannot be read, or is not as it should be.
pub fn read_toml<T: DeserializeOwned>(file: &Path) -> Result<T, Error> {
    let failed = |source| Error::Parse {
        file: file.to_owned(),
        source: Box::new(source),
    };
    toml::from_str(&read_text(file)?).map_err(failed)
}

/// The TOML files of a folder by their names, in the order of these.
///
/// # Errors
/// When the folder cannot be read.
pub fn toml_files(folder: &Path) -> Result<Vec<(String, PathBuf)>, Error> {
    let named = |path: PathBuf| {
        let toml = path.extension().is_some_and(|it| it == "toml");
        let name = path.file_stem()?.to_string_lossy().into_owned();
        toml.then_some((name, path))
    };
    Ok(entries(folder)?.into_iter().filter_map(named).collect())
}

pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let read = |source| Error::Read {
        file: folder.to_owned(),
        source,
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        paths.push(entry.map_err(read)?.path());
    }
    paths.sort();
    Ok(paths)
}

pub(crate) fn read_text(file: &Path) -> Result<String, Error> {
    fs::read_to_string(file).map_err(|source| Error::Read {
        file: file.to_owned(),
        source,
    })
}
