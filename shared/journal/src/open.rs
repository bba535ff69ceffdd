//! Opens the journal, and sets aside one that cannot be read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use request::{StationId, Timestamp};
use rusqlite::{Connection, OpenFlags, OptionalExtension, config::DbConfig};
use sync::{Hash, Head, Incarnation};

use crate::{Error, Journal, schema};

/// More than there are.
const STATEMENTS: usize = 64;

impl Journal {
    /// Opens or makes the journal of a station.
    ///
    /// # Errors
    /// When the file cannot be opened, is damaged, comes from a newer release or
    /// belongs to another station.
    pub fn open(path: &Path, station: StationId) -> Result<Self, Error> {
        let uri = format!("file:{}?psow=0", percent_encode(path));
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(uri, flags).map_err(Error::Open)?;
        Self::with(connection, station)
    }

    /// A journal that forgets; for tests and for the training mode.
    ///
    /// # Errors
    /// When SQLite has no memory.
    pub fn in_memory(station: StationId) -> Result<Self, Error> {
        Self::with(Connection::open_in_memory().map_err(Error::Open)?, station)
    }

    /// Opens the journal; one that cannot be read is set aside, never deleted.
    ///
    /// Answers where the unreadable file went, so that it can be reported.
    ///
    /// # Errors
    /// When the file comes from a newer release or another station, when the disk
    /// cannot be written, or when no journal can be made at all.
    pub fn open_or_set_aside(
        path: &Path,
        station: StationId,
        now: Timestamp,
    ) -> Result<(Self, Option<PathBuf>), Error> {
        match Self::open(path, station.clone()) {
            Ok(journal) => Ok((journal, None)),
            Err(error @ (Error::TooNew(_) | Error::OtherStation(_))) => Err(error),
            // The disk is at fault, and the file is not.
            Err(error @ (Error::Append(_) | Error::LogMode(_))) => Err(error),
            Err(error) if !path.exists() => Err(error),
            Err(error) => {
                tracing::error!(error = %error, "Set an unreadable journal aside");
                let aside = path.with_extension(format!("unreadable-{}", now.as_millis()));
                fs::rename(path, &aside).map_err(Error::SetAside)?;
                Ok((Self::open(path, station)?, Some(aside)))
            }
        }
    }

    pub(crate) fn with(mut connection: Connection, station: StationId) -> Result<Self, Error> {
        // Each statement is prepared once: not again for other values bound to it,
        // and none makes room for another.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(Error::Open)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        schema::migrate(&mut connection, &station)?;
        let head = head(&connection, station)?;
        let mut journal = Self {
            connection,
            head,
            in_doubt: true,
        };
        journal.settle()?;
        Ok(journal)
    }
}

/// Where the file's chain stands.
pub(crate) fn head(connection: &Connection, station: StationId) -> Result<Head, Error> {
    let (of, incarnation): (String, String) = connection
        .query_row("SELECT station, incarnation FROM identity", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .map_err(Error::Read)?;
    if of != station.as_str() {
        return Err(Error::OtherStation(of));
    }
    let genesis = Head::genesis(station, Incarnation::new(incarnation));
    let newest = connection
        .query_row(
            "SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)),
        )
        .optional()
        .map_err(Error::Read)?;
    Ok(match newest {
        None => genesis,
        Some((number, hash)) => Head {
            number: number.unsigned_abs(),
            hash: Hash::from_bytes(hash),
            ..genesis
        },
    })
}

/// A file name as SQLite's URI syntax wants it.
pub(crate) fn percent_encode(path: &Path) -> String {
    let mut encoded = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                encoded.push(char::from(*byte));
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
