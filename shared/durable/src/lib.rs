//! What is on the disk, whenever the power goes.
//!
//! Small files that are there whole or not at all: keys and lists. What is
//! written often and piece by piece belongs into a journal.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use nix::fcntl::{PosixFadviseAdvice, posix_fadvise};
use zeroize::Zeroizing;

/// For everybody, as far as the umask lets them.
const OPEN: u32 = 0o666;
/// For the file's owner alone.
const SECRET: u32 = 0o600;

/// Puts a file in the place of another, or where none was. When this returns, it
/// is on the disk under its name.
///
/// # Errors
/// When it cannot be written; what was there before is still there then.
pub fn replace(file: &Path, content: &[u8]) -> io::Result<()> {
    replace_as(file, content, OPEN)
}

/// As [`replace`], and nobody but its owner may read it at any moment.
///
/// # Errors
/// As [`replace`].
pub fn replace_secret(file: &Path, content: &[u8]) -> io::Result<()> {
    replace_as(file, content, SECRET)
}

/// The secret in a file; where there is none yet, `make` makes one, and it is on the
/// disk for its owner alone before anything can lean on it.
///
/// # Errors
/// When the file cannot be read or written, or `make` fails.
pub fn secret<E: From<io::Error>>(
    file: &Path,
    make: impl FnOnce() -> Result<Zeroizing<String>, E>,
) -> Result<Zeroizing<String>, E> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = make()?;
            replace_secret(file, text.as_bytes())?;
            Ok(text)
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes this machine's memory forget what it holds of a file, if there is one,
/// so that it is read from the disk.
///
/// When a sync fails Linux keeps what it could not write, calls it clean, and
/// shows it to whoever reads the file. Who starts again and reads a database's log
/// would take for written what was refused, move it into the database from behind
/// a gap of the log, and the next power cut would mix two states; and of a database
/// that could not be made, the first page would be believed and never written again.
/// Nothing that reached the disk changes, whoever else has the file open.
///
/// # Errors
/// When the disk cannot take what is still to be written.
pub fn reread(file: &Path) -> io::Result<()> {
    let file = match File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    // Only what is clean can be forgotten.
    file.sync_all()?;
    posix_fadvise(&file, 0, 0, PosixFadviseAdvice::POSIX_FADV_DONTNEED)?;
    Ok(())
}

fn replace_as(file: &Path, content: &[u8], mode: u32) -> io::Result<()> {
    let mut beside = file.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    // A leftover would keep its own mode.
    match fs::remove_file(beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(beside)?;
    new.write_all(content)?;
    new.sync_all()?;
    fs::rename(beside, file)?;
    sync_folder_of(file)
}

/// Makes the name of a file durable, after it was made, renamed or deleted (fsync(2)).
///
/// # Errors
/// When the folder cannot be opened or written.
pub fn sync_folder_of(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    // A bare name lies where the program was started.
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_secret_is_its_owners_alone_even_where_something_lay_open_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key.pem");
        fs::write(&file, "old").unwrap();
        fs::write(folder.path().join("key.pem.new"), "leftover").unwrap();

        replace_secret(&file, b"new").unwrap();

        assert_eq!(fs::read(&file).unwrap(), b"new");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_secret_is_made_once_and_read_ever_after() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key.pem");
        let make = |text: &str| {
            let text = Zeroizing::new(text.to_owned());
            secret(&file, || Ok::<_, io::Error>(text)).unwrap()
        };

        assert_eq!(
            (make("one").as_str(), make("other").as_str()),
            ("one", "one")
        );

        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let unreadable = secret(folder.path(), || -> io::Result<_> { panic!("made anew") });
        assert!(unreadable.is_err());
    }

    #[test]
    fn what_cannot_be_written_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.json");
        replace(&file, b"first").unwrap();
        fs::create_dir(folder.path().join("list.json.new")).unwrap();

        assert!(replace(&file, b"second").is_err());

        assert_eq!(fs::read(&file).unwrap(), b"first");
    }

    #[test]
    fn a_bare_name_lies_where_the_program_was_started() {
        assert!(sync_folder_of(Path::new("list.json")).is_ok());
    }

    #[test]
    fn what_is_read_anew_is_what_was_written_also_without_a_sync() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log");
        reread(&file).unwrap();
        fs::write(&file, [7; 100_000]).unwrap();

        reread(&file).unwrap();

        assert_eq!(fs::read(&file).unwrap(), [7; 100_000]);
    }
}
