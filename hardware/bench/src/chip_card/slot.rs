//! Who has the slot: a file that is locked, in which the bench notes which
//! service it started.

use std::{
    fs::{File, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    thread,
    time::{Duration, Instant},
};

/// Longer than every other test with a chip card takes together.
const PATIENCE: Duration = Duration::from_secs(300);
const NOTE_MAX: u64 = 32;

pub(super) struct Slot {
    file: File,
}

impl Slot {
    pub(super) fn take() -> io::Result<Self> {
        let path = std::env::temp_dir().join("minwon-chip-card.slot");
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        let given_up = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { file }),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if Instant::now() > given_up => {
                    return Err(io::Error::other(
                        "somebody else keeps the virtual chip-card reader",
                    ));
                }
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    /// Notes the service's process.
    pub(super) fn note(&mut self, process: i32) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        write!(self.file, "{process}")
    }

    pub(super) fn noted(&self) -> Option<i32> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0)).ok()?;
        let mut text = String::new();
        file.take(NOTE_MAX).read_to_string(&mut text).ok()?;
        text.trim().parse().ok()
    }
}
