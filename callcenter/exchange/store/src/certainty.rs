//! What a failing disk has left in the log is made certain before more is written.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rusqlite::{Connection, ErrorCode, ffi};

use crate::{StoreError, log};

/// Pages of the log, as SQLite has it by itself.
const LOG_PAGES: u32 = 1_000;
/// Pages of the log that one changed row takes, seldom more.
const OF_A_ROW: u64 = 8;

/// Whether the store's log is on the disk as it is in memory.
///
/// After a failed sync Linux drops what it could not write and says that the next
/// sync was well: what is committed after that stands behind a gap, where SQLite
/// never finds it. And when SQLite moves the log into the file by itself after a
/// commit, it keeps a failure to itself.
pub(crate) struct Certainty {
    in_doubt: AtomicBool,
    log: log::Log,
    /// Changes of the connection after which the log may be long.
    look_at: AtomicU64,
}

impl Certainty {
    pub(crate) fn new(log: log::Log) -> Self {
        Self {
            in_doubt: AtomicBool::new(false),
            log,
            look_at: AtomicU64::new(0),
        }
    }

    /// Moves the log into the file and empties it, where it is in doubt. Where
    /// backups are kept, a new stream of changes begins.
    ///
    /// # Errors
    /// When the disk still fails, or somebody reads the log: nothing may be
    /// written then.
    pub(crate) fn settle(&self, connection: &Connection) -> Result<(), StoreError> {
        if !self.in_doubt.load(Ordering::Acquire) {
            return Ok(());
        }
        tracing::warn!("A write to the exchange's store failed; its log is moved into the file");
        if !log::truncate(connection, log::USUAL)? {
            let busy = ffi::Error::new(ffi::SQLITE_BUSY);
            return Err(rusqlite::Error::SqliteFailure(busy, None).into());
        }
        self.in_doubt.store(false, Ordering::Release);
        Ok(())
    }

    /// Does what writes to the log; in doubt when the disk has failed in it.
    pub(crate) fn watch<T>(
        &self,
        write: impl FnOnce() -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        write().inspect_err(|error| {
            if !wrote_nothing(error) {
                self.doubt();
            }
        })
    }

    /// What tried to move the log has failed, whoever it was.
    pub(crate) fn doubt(&self) {
        self.in_doubt.store(true, Ordering::Release);
    }

    /// Lets the file take over what the log says once that is long. What was
    /// written is safe whether that succeeds or not.
    pub(crate) fn shorten_log(&self, connection: &Connection) {
        let changes = connection.total_changes();
        let looks = changes >= self.look_at.load(Ordering::Relaxed);
        if self.log == log::Log::OfTheArchivist || !looks {
            return;
        }
        let checkpoint = |mode: &str| {
            connection
                .prepare_cached(&format!("PRAGMA wal_checkpoint({mode})"))
                .and_then(|mut it| it.query_row([], |row| row.get::<_, i64>(1)))
        };
        let shortened = checkpoint("NOOP").and_then(|pages| {
            let left = u64::from(LOG_PAGES).saturating_sub(pages.unsigned_abs());
            self.look_at
                .store(changes + left / OF_A_ROW, Ordering::Relaxed);
            if left > 0 {
                Ok(pages)
            } else {
                checkpoint("PASSIVE")
            }
        });
        if let Err(error) = shortened {
            tracing::warn!(%error, "The log of the exchange's store could not be shortened");
            self.doubt();
        }
    }
}

/// Whether SQLite has refused before it wrote: a rule of the tables, or another
/// connection that was writing. Whatever else fails may have left something.
fn wrote_nothing(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::ConstraintViolation
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::TypeMismatch
        )
    )
}
