//! Files of petitions that an agent has saved: in a folder of their own, readable by the
//! desk's user alone, never to be run, and gone when the agent goes. What comes after that
//! is not laid there.
//!
//! Whoever writes to an office chooses a file's name. It is kept only as far as it can do
//! no harm; what a file is called by at its end says the exchange, which has looked.

use std::{
    fs::{self, DirBuilder, DirEntry, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use privacy::Personal;
use request::Enclosure;
use sha2::{Digest, Sha256};

use crate::{petitions::FileKind, shift_number::ShiftNumber};

/// Characters of a file's own name.
const NAME_MAX: usize = 60;
/// Digits of its digest in front of it: two files never have one name.
const DIGITS: usize = 8;

#[derive(Clone, Debug)]
pub(crate) struct SavedFiles {
    folder: PathBuf,
    /// Held while a file is laid there and while all are removed.
    present: Arc<Mutex<ShiftNumber>>,
}

/// Why a file was not saved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotSaved {
    #[error("the file is not the one that was laid there")]
    Altered,
    #[error("the agent who asked for the file has signed out")]
    ShiftOver,
    #[error("the folder for saved files cannot be written")]
    Disk(#[from] io::Error),
}

impl SavedFiles {
    pub(crate) fn within(folder: PathBuf) -> Self {
        let present = Arc::default();
        Self { folder, present }
    }

    pub(crate) fn shift(&self) -> ShiftNumber {
        *self.present()
    }

    /// Lays a file there for whoever asked for it in a shift, and says where.
    pub(crate) fn save(
        &self,
        asked_in: ShiftNumber,
        enclosure: &Enclosure,
        content: &[u8],
    ) -> Result<Personal<String>, NotSaved> {
        let digest = format!("{:x}", Sha256::digest(content));
        if digest != enclosure.sha256 {
            return Err(NotSaved::Altered);
        }
        let present = self.present();
        if *present != asked_in {
            return Err(NotSaved::ShiftOver);
        }
        let mut folder = DirBuilder::new();
        folder.recursive(true).mode(0o700).create(&self.folder)?;
        let place = self.folder.join(harmless(enclosure));
        let unfinished = self.folder.join(format!("{digest}.part"));
        let mut file = (OpenOptions::new().write(true).create(true).truncate(true))
            .mode(0o600)
            .open(&unfinished)?;
        file.write_all(content)?;
        fs::rename(&unfinished, &place)?;
        Ok(Personal::new(place.to_string_lossy().into_owned()))
    }

    /// Nothing of it may be found any more. How much cannot be removed is told the log.
    pub(crate) fn end_shift(&self) {
        let mut present = self.present();
        *present = present.next();
        let failures = forget(&self.folder);
        if let Some(first) = failures.first() {
            let (left, kind) = (failures.len(), first.kind());
            tracing::warn!(left, ?kind, "Saved files of petitions are still there");
        }
    }

    fn present(&self) -> MutexGuard<'_, ShiftNumber> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One that cannot be removed keeps no other one there.
fn forget(folder: &Path) -> Vec<io::Error> {
    let removed = |entry: io::Result<DirEntry>| fs::remove_file(entry?.path());
    match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|it| removed(it).err()).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => vec![error],
    }
}

/// A name that is no path, hides nothing and ends with what the file is.
fn harmless(enclosure: &Enclosure) -> String {
    let own = enclosure.name.reveal();
    let stem = own.rsplit_once('.').map_or(own.as_str(), |(stem, _)| stem);
    let plain = |it: char| {
        if it.is_alphanumeric() || it == '-' {
            it
        } else {
            '_'
        }
    };
    let stem: String = stem.chars().map(plain).take(NAME_MAX).collect();
    let ending = FileKind::of(&enclosure.media_type).ending();
    let digits: String = enclosure.sha256.chars().take(DIGITS).collect();
    match stem.is_empty() {
        true => format!("{digits}.{ending}"),
        false => format!("{digits}-{stem}.{ending}"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const CONTENT: &[u8] = b"%PDF-1.7 a private paper";

    fn enclosure(name: &str, media_type: &str) -> Enclosure {
        Enclosure {
            name: Personal::new(name.to_owned()),
            media_type: media_type.to_owned(),
            bytes: CONTENT.len() as u64,
            sha256: format!("{:x}", Sha256::digest(CONTENT)),
        }
    }

    fn folder(story: &str) -> PathBuf {
        let folder = format!("minwon-saved-{}-{story}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_name_is_no_path_no_hidden_file_and_no_program() {
        for (name, media_type, ending) in [
            ("사진.png", "image/png", "-사진.png"),
            ("../../.bashrc", "text/plain", "-______.txt"),
            ("invoice.pdf.exe", "application/pdf", "-invoice_pdf.pdf"),
            ("run.sh", "application/x-sh", "-run.bin"),
            ("", "image/jpeg", ".jpg"),
            (".desktop", "text/plain; charset=utf-8", ".txt"),
        ] {
            let made = harmless(&enclosure(name, media_type));

            assert!(made.ends_with(ending), "{made}");
            assert!(!made.contains('/') && !made.starts_with('.'), "{made}");
        }
    }

    #[test]
    fn a_saved_file_is_nobody_elses_cannot_be_run_and_goes() {
        let saved = SavedFiles::within(folder("goes"));

        let paper = enclosure("종이.pdf", "application/pdf");
        let place = saved.save(saved.shift(), &paper, CONTENT).unwrap();

        let place = PathBuf::from(place.reveal());
        assert_eq!(fs::read(&place).unwrap(), CONTENT);
        let mode = fs::metadata(&place).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        saved.end_shift();
        assert!(!place.exists());
        // Again there is nothing to do.
        saved.end_shift();
        fs::remove_dir_all(&saved.folder).unwrap();
    }

    #[test]
    fn what_is_not_the_file_that_was_laid_there_is_not_saved() {
        let saved = SavedFiles::within(folder("altered"));
        let enclosure = enclosure("종이.pdf", "application/pdf");

        let kept = saved.save(saved.shift(), &enclosure, b"%PDF-1.7 another paper");

        assert!(matches!(kept, Err(NotSaved::Altered)));
        assert!(!saved.folder.exists());
    }

    #[test]
    fn a_file_that_comes_after_its_agent_has_gone_is_not_saved() {
        let saved = SavedFiles::within(folder("late"));
        let asked_in = saved.shift();
        let paper = enclosure("종이.pdf", "application/pdf");

        saved.end_shift();
        let kept = saved.save(asked_in, &paper, CONTENT);

        assert!(matches!(kept, Err(NotSaved::ShiftOver)));
        assert!(!saved.folder.exists());
    }

    #[test]
    fn what_cannot_be_removed_keeps_nothing_else_there() {
        let folder = folder("stuck");
        for number in 0..8 {
            // Nobody's file, and nothing that is removed like one.
            fs::create_dir_all(folder.join(format!("folder-{number}"))).unwrap();
            fs::write(folder.join(format!("file-{number}")), CONTENT).unwrap();
        }

        let failures = forget(&folder);

        assert_eq!(failures.len(), 8);
        let left = fs::read_dir(&folder).unwrap();
        assert!(left.into_iter().all(|it| it.unwrap().path().is_dir()));
        fs::remove_dir_all(&folder).unwrap();
    }
}
