//! Files of petitions that an agent has saved: in a folder of their own, readable by the
//! desk's user alone, never to be run, and gone when the agent goes.
//!
//! Whoever writes to an office chooses a file's name. It is kept only as far as it can do
//! no harm; what a file is called by at its end says the exchange, which has looked.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use privacy::Personal;
use request::Enclosure;
use sha2::{Digest, Sha256};

/// Characters of a file's own name.
const NAME_MAX: usize = 60;
/// Digits of its digest in front of it: two files never have one name.
const DIGITS: usize = 8;

#[derive(Clone, Debug)]
pub(crate) struct SavedFiles {
    folder: PathBuf,
}

/// Why a file was not saved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotSaved {
    #[error("the file is not the one that was laid there")]
    Altered,
    #[error("the folder for saved files cannot be written")]
    Disk(#[from] io::Error),
}

impl SavedFiles {
    pub(crate) fn within(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Lays a file there, and says where.
    pub(crate) fn save(
        &self,
        enclosure: &Enclosure,
        content: &[u8],
    ) -> Result<Personal<String>, NotSaved> {
        let digest = format!("{:x}", Sha256::digest(content));
        if digest != enclosure.sha256 {
            return Err(NotSaved::Altered);
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

    /// Nothing of it may be found any more. What cannot be removed is told the log.
    pub(crate) fn forget(&self) {
        match forget(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(kind = ?error.kind(), "Saved files of petitions are still there");
            }
            Ok(()) | Err(_) => {}
        }
    }
}

fn forget(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
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
    // Without its parameters, such as a charset (RFC 9110, 8.3.1).
    let (essence, _) = (enclosure.media_type)
        .split_once(';')
        .unwrap_or((&enclosure.media_type, ""));
    let ending = match essence.trim_end() {
        "application/pdf" => "pdf",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "application/hwp+zip" => "hwpx",
        "text/plain" => "txt",
        _ => "bin",
    };
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

        let place = saved
            .save(&enclosure("종이.pdf", "application/pdf"), CONTENT)
            .unwrap();

        let place = PathBuf::from(place.reveal());
        assert_eq!(fs::read(&place).unwrap(), CONTENT);
        let mode = fs::metadata(&place).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        saved.forget();
        assert!(!place.exists());
        // Again there is nothing to do.
        saved.forget();
        fs::remove_dir_all(&saved.folder).unwrap();
    }

    #[test]
    fn what_is_not_the_file_that_was_laid_there_is_not_saved() {
        let saved = SavedFiles::within(folder("altered"));
        let enclosure = enclosure("종이.pdf", "application/pdf");

        let kept = saved.save(&enclosure, b"%PDF-1.7 another paper");

        assert!(matches!(kept, Err(NotSaved::Altered)));
        assert!(!saved.folder.exists());
    }
}
