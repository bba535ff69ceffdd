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
            Log::OfSqlite => {
                // Nobody waits for readers: the store is held meanwhile.
                truncate(&self.lock(), Duration::ZERO)
                    .inspect_err(|_| self.shared.certainty.doubt())
            }
        }
    }
}

/// How long a connection waits for another one.
pub(crate) const USUAL: Duration = Duration::from_secs(5);

/// `false` when somebody was reading it for all of `patience`.
pub(crate) fn truncate(connection: &Connection, patience: Duration) -> Result<bool, StoreError> {
    connection.busy_timeout(patience)?;
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
