//! Releases in a folder: a signed `*.release`, and its files beside it.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use fleet::{
    Artefact, Part, Release, Version,
    signed::{self, Key, NotBelieved, NotSigned, Signer},
};
use object::{Object, ObjectSection};
use request::Timestamp;
use serde::Deserialize;

const ENDING: &str = "release";
/// A signed release is a few hundred bytes.
const SIGNED_BYTES_MAX: u64 = 64 << 10;

/// Why a release on a stick or from the exchange is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseFault {
    #[error("it cannot be read")]
    Read(#[from] io::Error),
    #[error(transparent)]
    NotBelieved(#[from] NotBelieved),
    #[error("{0} is not what was signed")]
    Altered(String),
    #[error("{0} is missing")]
    Missing(String),
    #[error("{0} is no name of a file")]
    Name(String),
}

/// All releases in a folder that `signer` has signed; what is not believed is left out and
/// logged.
///
/// # Errors
/// When the folder is there and cannot be read.
pub fn in_folder(folder: &Path, signer: &Signer) -> io::Result<Vec<Release>> {
    let mut found = Vec::new();
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(error),
    };
    for file in files {
        let path = file?.path();
        if path.extension().is_none_or(|it| it != ENDING) {
            continue;
        }
        match read(&path, signer) {
            Ok(release) => found.push(release),
            Err(error) => tracing::warn!(%error, "A release is not believed"),
        }
    }
    found.sort_by(|a, b| a.version.cmp(&b.version));
    Ok(found)
}

fn read(file: &Path, signer: &Signer) -> Result<Release, ReleaseFault> {
    let mut bytes = Vec::new();
    File::open(file)?
        .take(SIGNED_BYTES_MAX)
        .read_to_end(&mut bytes)?;
    let release: Release = signed::open(&bytes, signer)?;
    match release.artefacts.iter().find(|it| !it.has_plain_name()) {
        Some(artefact) => Err(ReleaseFault::Name(artefact.name.clone())),
        None => Ok(release),
    }
}

/// Copies a release's files from one folder into another under their names, and compares each
/// with what was signed while it is copied. What is there whole is not copied again.
///
/// # Errors
/// When a file is missing, is not what was signed, or cannot be written.
pub fn take(release: &Release, from: &Path, into: &Path) -> Result<(), ReleaseFault> {
    make_room(release, into)?;
    for artefact in &release.artefacts {
        let target = into.join(&artefact.name);
        if target.exists() && artefact.is_whole(&target)? {
            continue;
        }
        let source = from.join(&artefact.name);
        if !source.exists() {
            return Err(ReleaseFault::Missing(artefact.name.clone()));
        }
        let beside = into.join(format!(".{}.part", artefact.name));
        fs::copy(&source, &beside)?;
        if !artefact.is_whole(&beside)? {
            fs::remove_file(&beside)?;
            return Err(ReleaseFault::Altered(artefact.name.clone()));
        }
        File::open(&beside)?.sync_all()?;
        fs::rename(&beside, &target)?;
    }
    durable::sync_folder_of(&into.join("."))?;
    Ok(())
}

/// Moves a release's files, which were found to be whole, to where they are laid into the other
/// slot from.
///
/// # Errors
/// When a file cannot be moved.
pub fn put(release: &Release, from: &Path, into: &Path) -> Result<(), ReleaseFault> {
    make_room(release, into)?;
    for artefact in &release.artefacts {
        fs::rename(from.join(&artefact.name), into.join(&artefact.name))?;
    }
    durable::sync_folder_of(&into.join("."))?;
    Ok(())
}

/// Whatever lies there is laid into the other slot: of another release nothing may.
fn make_room(release: &Release, into: &Path) -> io::Result<()> {
    fs::create_dir_all(into)?;
    for file in fs::read_dir(into)? {
        let file = file?;
        if !release
            .artefacts
            .iter()
            .any(|it| file.file_name() == it.name.as_str())
        {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

/// Why no release can be made of a folder.
#[derive(Debug, thiserror::Error)]
pub enum NotARelease {
    #[error("it cannot be read or written")]
    Disk(#[from] io::Error),
    #[error("the folder has no {0} of version {1}")]
    Missing(&'static str, Version),
    #[error("its kernel image is none, or what it predicts cannot be read")]
    Kernel,
    #[error(transparent)]
    NotSigned(#[from] NotSigned),
}

/// What a build has predicted of the TPM's register (systemd-measure(1)): a section of the
/// kernel image, itself signed for the TPM.
#[derive(Deserialize)]
struct Predicted {
    #[serde(default)]
    sha256: Vec<Phase>,
}

/// Of one moment of the start.
#[derive(Deserialize)]
struct Phase {
    pol: String,
}

fn measured(kernel: &[u8]) -> Result<Vec<String>, NotARelease> {
    let image = object::File::parse(kernel).map_err(|_| NotARelease::Kernel)?;
    let Some(section) = image.section_by_name(".pcrsig") else {
        return Ok(Vec::new());
    };
    let text = section.data().map_err(|_| NotARelease::Kernel)?;
    // Sections end with zeros to a whole block.
    let end = text.iter().rposition(|it| *it != 0).map_or(0, |it| it + 1);
    let predicted: Predicted =
        serde_json::from_slice(&text[..end]).map_err(|_| NotARelease::Kernel)?;
    Ok(predicted.sha256.into_iter().map(|it| it.pol).collect())
}

/// Signs what a build of an image has left in a folder, and writes it beside the files.
///
/// # Errors
/// When a part is missing or something cannot be read or written.
pub fn make(
    folder: &Path,
    model: &str,
    version: &Version,
    key: &Key,
    made_at: Timestamp,
) -> Result<PathBuf, NotARelease> {
    let mut artefacts = Vec::new();
    let mut root_hash = String::new();
    let named = |prefix: &str, suffix: &str| -> io::Result<Option<PathBuf>> {
        let mut files: Vec<PathBuf> = fs::read_dir(folder)?
            .map(|it| it.map(|it| it.path()))
            .collect::<io::Result<_>>()?;
        files.sort();
        let is = |path: &PathBuf| {
            let name = path.file_name().and_then(|it| it.to_str());
            name.is_some_and(|it| it.starts_with(prefix) && it.ends_with(suffix))
        };
        Ok(files.into_iter().find(is))
    };
    for (part, what, prefix, suffix) in [
        (
            Part::Root,
            "root",
            format!("minwon_{version}.root."),
            ".raw",
        ),
        (
            Part::RootVerity,
            "hashes of the root",
            format!("minwon_{version}.root-verity."),
            ".raw",
        ),
        (Part::Kernel, "kernel", format!("minwon_{version}.efi"), ""),
    ] {
        let missing = || NotARelease::Missing(what, version.clone());
        let file = named(&prefix, suffix)?.ok_or_else(missing)?;
        let name = file
            .file_name()
            .and_then(|it| it.to_str())
            .ok_or_else(missing)?;
        // Discoverable Partitions: the ids of root and hashes are the two halves of the root's
        // hash, and the build names the files by them.
        if let Some(id) = name
            .strip_prefix(&prefix)
            .and_then(|it| it.strip_suffix(suffix))
        {
            root_hash += id;
        }
        let (bytes, sha256) = Artefact::digest(&file)?;
        artefacts.push(Artefact {
            part,
            name: name.to_owned(),
            bytes,
            sha256,
        });
    }
    let kernel = artefacts.iter().find(|it| it.part == Part::Kernel);
    let measured = match kernel {
        Some(kernel) => measured(&fs::read(folder.join(&kernel.name))?)?,
        None => Vec::new(),
    };
    let release = Release {
        version: version.clone(),
        model: model.to_owned(),
        made_at,
        from: None,
        root_hash,
        measured,
        artefacts,
    };
    let file = folder.join(format!("minwon_{version}.{ENDING}"));
    durable::replace(&file, &signed::sign(&release, key)?)?;
    Ok(file)
}
