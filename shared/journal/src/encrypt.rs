//! Encrypts a journal from before journals were encrypted.

use std::{fs, io::ErrorKind, path::Path};

use rusqlite::Connection;

use crate::{Error, Key, Options, open, schema};

/// Puts an encrypted copy in the place of a plain journal.
///
/// The plain file stays whole until the copy is durable; a crash at any moment
/// leaves one of the two. Its old blocks are the file system's to overwrite.
pub(crate) fn encrypt(path: &Path, key: &Key, options: &Options) -> Result<(), Error> {
    let failed = Error::Encrypt;
    let begun = path.with_extension("encrypting");
    for leftover in [begun.clone(), begun.with_extension("encrypting-journal")] {
        remove(&leftover)?;
    }
    let version = empty_log(path, options)?;
    {
        let copy = open::connect(&begun, options)?;
        open::unlock(&copy, key)?;
        copy.execute_batch("PRAGMA synchronous = EXTRA")
            .and_then(|()| {
                copy.execute(
                    "ATTACH DATABASE ?1 AS plain KEY ''",
                    [open::uri(path, options)],
                )
            })
            .and_then(|_| {
                copy.query_row("SELECT sqlcipher_export('main', 'plain')", [], |_| Ok(()))
            })
            .and_then(|()| copy.pragma_update(None, "user_version", version))
            .map_err(failed)?;
    }
    // The copy's own log would be taken for the journal's.
    for suffix in ["-wal", "-shm"] {
        let mut log = path.as_os_str().to_owned();
        log.push(suffix);
        remove(Path::new(&log))?;
    }
    fs::File::open(&begun)
        .and_then(|copy| copy.sync_all())
        .and_then(|()| fs::rename(&begun, path))
        .and_then(|()| durable::sync_folder_of(path))
        .map_err(Error::Replace)?;
    tracing::info!("Encrypted the journal");
    Ok(())
}

/// Brings everything into the plain file itself; answers its version.
fn empty_log(path: &Path, options: &Options) -> Result<u32, Error> {
    let plain: Connection = open::connect(path, options)?;
    let version = schema::version(&plain)?;
    plain
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
            row.get::<_, bool>(0)
        })
        .map_err(Error::Encrypt)
        .and_then(|busy| if busy { Err(Error::Busy) } else { Ok(version) })
}

fn remove(file: &Path) -> Result<(), Error> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::Replace(error)),
        _ => Ok(()),
    }
}
