//! Recordings: sealed while they are made, so that who records cannot listen.
//!
//! A recording is a file of pieces of half a second, each encrypted with age
//! (age-encryption.org/v1, X25519) for whoever may listen. A crash loses what was
//! not yet sealed; the pieces before it can be opened. Beside it stands a side file
//! that says in clear when it began, what was left out and why: it names nobody.

mod file;
mod listening;
mod piece;
mod retention;
mod side_file;

use std::{
    io,
    path::{Path, PathBuf},
};

use age::x25519;

pub use file::RecordingFile;
pub use listening::{Listener, Talk, Unreadable};
pub use piece::KeyUnreadable;
pub use side_file::{Gap, SideFile};

/// Where recordings are kept, and for whom.
#[derive(Clone)]
pub struct Shelf {
    folder: PathBuf,
    recipient: x25519::Recipient,
}

impl Shelf {
    /// `recipient` is an age recipient (`age1…`); its identity is not on this machine.
    ///
    /// # Errors
    /// When it is none.
    pub fn new(folder: PathBuf, recipient: &str) -> Result<Self, KeyUnreadable> {
        let recipient = recipient.trim().parse().map_err(|_| KeyUnreadable)?;
        Ok(Self { folder, recipient })
    }

    /// Makes sure that there is a folder to write into.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn prepare(&self) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)
    }

    fn folder(&self) -> &Path {
        &self.folder
    }

    fn path(&self, name: &str, kind: &str) -> PathBuf {
        self.folder.join(format!("{name}.{kind}"))
    }
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shelf")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}
