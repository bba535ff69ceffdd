//! Opens a journal to look at it, and changes nothing.

use std::path::Path;

use request::StationId;
use rusqlite::{Connection, OpenFlags};

use crate::{Error, Journal, Key, open, schema, set_aside::with_suffix};

impl Journal {
    /// Opens the journal of whatever station to read it. What is read may be
    /// evidence: the file is not brought to a newer schema, its WAL not emptied.
    ///
    /// # Errors
    /// When the file is none, is damaged, is encrypted with another key, or is not
    /// of this release's schema.
    pub fn inspect(path: &Path, key: &Key) -> Result<Self, Error> {
        // Without a WAL it may lie on a medium that cannot be written.
        let immutable = u8::from(!with_suffix(path, "-wal").exists());
        let uri = format!("file:{}?immutable={immutable}", open::percent_encode(path));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        open::start_sqlite()?;
        let connection = Connection::open_with_flags(uri, flags).map_err(Error::Open)?;
        if open::is_plain(path) {
            return Err(Error::TooOld(schema::version(&connection)?));
        }
        open::unlock(&connection, key)?;
        schema::expect_current(&connection).map_err(|error| match error {
            error if error.is_damage() && open::is_of_another_key(path, key) => Error::WrongKey,
            error => error,
        })?;
        let station: String = connection
            .query_row("SELECT station FROM identity", [], |row| row.get(0))
            .map_err(Error::Read)?;
        Self::of(connection, StationId::new(station))
    }

    /// What SQLite's own check of the file's structure says; `ok` when nothing
    /// is wrong. The chain is [`Journal::audit`]'s.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn structure(&self) -> Result<String, Error> {
        self.connection
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .map_err(Error::Read)
    }
}
