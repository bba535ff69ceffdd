//! Reads the log from the disk and not from the machine's memory.

use std::{fs::File, io, path::Path};

use nix::fcntl::{PosixFadviseAdvice, posix_fadvise};

use crate::set_aside::with_suffix;

/// Makes this machine's memory forget what it holds of a journal's log.
///
/// When a sync fails Linux keeps what it could not write, calls it clean, and
/// shows it to whoever reads the file. A station that starts again would take the
/// entries it had refused for written, move them into the file from behind a gap
/// of the log, and the next power cut would mix two states of the file. What is
/// not on the disk has not happened, here as after a power cut.
///
/// Nothing that reached the disk changes, whoever else has the file open.
///
/// # Errors
/// When the disk cannot take what is still to be written.
pub(crate) fn reread(journal: &Path) -> io::Result<()> {
    let log = match File::open(with_suffix(journal, "-wal")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        log => log?,
    };
    // Only what is clean can be forgotten.
    log.sync_all()?;
    posix_fadvise(&log, 0, 0, PosixFadviseAdvice::POSIX_FADV_DONTNEED)?;
    Ok(())
}
