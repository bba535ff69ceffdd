//! Empties the write-ahead log, which still holds pages as they were before.

use std::{sync::atomic::Ordering, time::Duration};

use rusqlite::Connection;

use crate::{Store, StoreError};

/// Who empties the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Log {
    OfSqlite,
    /// Nothing in it may be lost before a backup holds it.
    OfTheArchivist,
}

impl Store {
    /// Empties the log; `false` when somebody is still reading it, and it has to
    /// be tried again. Where backups are kept the archivist does it, as soon as
    /// it has read all of it and no whole copy is being made.
    ///
    /// # Errors
    /// When the log cannot be emptied at all.
    pub fn empty_log(&self) -> Result<bool, StoreError> {
        match self.shared.log {
            Log::OfTheArchivist => {
                self.shared.log_to_empty.store(true, Ordering::Release);
                Ok(true)
            }
            Log::OfSqlite => truncate(&self.lock()),
        }
    }
}

/// `false` when somebody is reading it. Nobody waits: the store is held meanwhile.
pub(crate) fn truncate(connection: &Connection) -> Result<bool, StoreError> {
    const USUAL: Duration = Duration::from_secs(5);
    connection.busy_timeout(Duration::ZERO)?;
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        row.get::<_, bool>(0)
    });
    connection.busy_timeout(USUAL)?;
    Ok(!busy?)
}

/// Begins a log that was cut off, without changing anything: only the connection
/// that cut it off gives it salts that tell which log it follows.
pub(crate) fn begin(connection: &Connection) -> Result<(), StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(connection.pragma_update(None, "user_version", version)?)
}
