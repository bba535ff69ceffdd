//! A release that comes over the line, in pieces: what has come stays when the power goes.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
    time::Duration,
};

use fleet::Release;
use link::{LinkFault, Wire};

use crate::releases::ReleaseFault;

/// A piece over a line that offices share.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why a piece did not come.
#[derive(Debug, thiserror::Error)]
pub enum FetchFault {
    #[error(transparent)]
    Line(#[from] LinkFault),
    #[error("the disk does not take it")]
    Disk(#[from] io::Error),
    #[error(transparent)]
    Release(#[from] ReleaseFault),
    #[error("the exchange has nothing further of {0}, and it is not whole")]
    CutShort(String),
}

/// Fetches the next piece of what is missing in `into`; answers whether all of the release lies
/// there whole. Asked again and again it comes to its end, however often it breaks off.
///
/// # Errors
/// When a piece does not come, or a file is not what was signed: then it is fetched anew.
pub async fn fetch(wire: &Wire, release: &Release, into: &Path) -> Result<bool, FetchFault> {
    fs::create_dir_all(into)?;
    for artefact in &release.artefacts {
        let file = into.join(&artefact.name);
        let came = match fs::metadata(&file) {
            Ok(it) => it.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error.into()),
        };
        if came == artefact.bytes {
            continue;
        }
        if came > artefact.bytes {
            fs::remove_file(&file)?;
            return Ok(false);
        }
        let path = format!("/v1/releases/{}?from={came}", artefact.sha256);
        let piece = wire.get(&path, PATIENCE).await?;
        if piece.is_empty() {
            return Err(FetchFault::CutShort(artefact.name.clone()));
        }
        let mut end = OpenOptions::new().create(true).append(true).open(&file)?;
        end.write_all(&piece)?;
        end.sync_data()?;
        return Ok(false);
    }
    for artefact in &release.artefacts {
        let file = into.join(&artefact.name);
        if !artefact.is_whole(&file)? {
            fs::remove_file(&file)?;
            return Err(ReleaseFault::Altered(artefact.name.clone()).into());
        }
    }
    File::open(into)?.sync_all()?;
    Ok(true)
}
