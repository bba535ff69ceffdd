//! How long recordings are kept.
//!
//! A recording goes when its time is over, unless a file of its name that ends in
//! `.keep` stands beside it: somebody complains, or is asked about it, and it must
//! stay until that file is taken away.

use std::{
    collections::BTreeSet,
    fs, io,
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use super::{Shelf, SideFile};
use crate::plane::RecordingId;

/// In the order they are removed: while the side file is there, something may be.
const KINDS: [&str; 3] = ["sealed", "part", "json"];
const KEPT: &str = "keep";

impl Shelf {
    /// Erases every recording that ended before `before`, a time since the Unix epoch,
    /// and tells of each once it is gone from the disk. One that a crash cut short
    /// counts from when it began; one whose side file cannot be read from when it was
    /// last written.
    ///
    /// # Errors
    /// When something cannot be read or removed; what is left goes the next time.
    pub fn erase(&self, before: Duration, mut tell: impl FnMut(RecordingId)) -> io::Result<()> {
        for name in self.names()? {
            if let Some(number) = number_of(&name)
                && !self.path(&name, KEPT).exists()
                && self.ended(&name)? < before
            {
                self.remove(&name)?;
                tell(number);
            }
        }
        Ok(())
    }

    fn names(&self) -> io::Result<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        for entry in fs::read_dir(self.folder())? {
            let path = entry?.path();
            if KINDS
                .iter()
                .any(|kind| path.extension() == Some(kind.as_ref()))
                && let Some(name) = path.file_stem().and_then(|it| it.to_str())
            {
                names.insert(name.to_owned());
            }
        }
        Ok(names)
    }

    /// Since the Unix epoch.
    fn ended(&self, name: &str) -> io::Result<Duration> {
        let read = fs::read(self.path(name, "json")).ok();
        let side = read.and_then(|it| serde_json::from_slice::<SideFile>(&it).ok());
        match side {
            Some(side) => {
                let lasted = side.duration_ms.unwrap_or(0);
                Ok(Duration::from_millis(
                    side.began_at_ms.saturating_add(lasted),
                ))
            }
            None => {
                let mut written = Duration::ZERO;
                for kind in KINDS {
                    let path = self.path(name, kind);
                    if path.exists() {
                        written = written.max(written_at(&path)?);
                    }
                }
                Ok(written)
            }
        }
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        for kind in KINDS {
            match fs::remove_file(self.path(name, kind)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        durable::sync_folder_of(&self.path(name, "json"))
    }
}

fn written_at(path: &Path) -> io::Result<Duration> {
    let written = fs::metadata(path)?.modified()?;
    Ok(written.duration_since(UNIX_EPOCH).unwrap_or_default())
}

/// Of `recording-0000000012`, and of `recording-0000000012-2`.
fn number_of(name: &str) -> Option<RecordingId> {
    let number = name.strip_prefix("recording-")?.split('-').next()?;
    number.parse().ok().map(RecordingId)
}

#[cfg(test)]
mod tests;
