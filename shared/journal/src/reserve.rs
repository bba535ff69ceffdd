//! Room that is kept for finishing what was begun, should the disk fill up.

use std::{
    fs::{File, OpenOptions},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use nix::fcntl::posix_fallocate;

/// A file that holds nothing but room. It is given up when an entry that must
/// be written finds no other; until it is whole again nothing new is promised.
pub(crate) struct Reserve {
    file: PathBuf,
    /// 0 keeps none.
    bytes: u64,
    held: bool,
}

impl Reserve {
    pub(crate) fn beside(journal: &Path, bytes: u64) -> Self {
        let mut file = journal.as_os_str().to_owned();
        file.push(".reserve");
        let mut reserve = Self {
            file: file.into(),
            bytes,
            held: bytes == 0,
        };
        reserve.hold();
        reserve
    }

    /// Of a journal that is on no disk.
    pub(crate) fn none() -> Self {
        Self {
            file: PathBuf::new(),
            bytes: 0,
            held: true,
        }
    }

    /// Whether the room is there, after trying to have it.
    pub(crate) fn hold(&mut self) -> bool {
        if !self.held {
            match self.allocate() {
                Ok(()) => {
                    self.held = true;
                    tracing::info!(bytes = self.bytes, "The journal has its reserve");
                }
                Err(error) => tracing::warn!(%error, "The disk has no room for the reserve"),
            }
        }
        self.held
    }

    /// Gives the room up; `false` when there was none.
    pub(crate) fn release(&mut self) -> bool {
        if !self.held || self.bytes == 0 {
            return false;
        }
        self.held = false;
        tracing::error!("The disk is full: the reserve is used to finish what was begun");
        // Kept as a name: on a full disk there may be no room for a new one.
        OpenOptions::new()
            .write(true)
            .open(&self.file)
            .and_then(|file| file.set_len(0).and_then(|()| file.sync_all()))
            .is_ok()
    }

    fn allocate(&self) -> std::io::Result<()> {
        let file: File = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&self.file)?;
        let length = i64::try_from(self.bytes).unwrap_or(i64::MAX);
        // Blocks and not only a length: a file with holes keeps no room.
        if file.metadata()?.blocks() * 512 < self.bytes
            && let Err(error) = posix_fallocate(&file, 0, length)
        {
            file.set_len(0)?;
            return Err(error.into());
        }
        file.sync_all()
    }
}
