//! Makes what a crash or a failing disk has left in the log certain.

use crate::{Error, Journal};

/// Pages of the log while there is little room.
const TIGHT: u32 = 32;
/// Pages of the log that one changed row takes, seldom more.
const OF_A_ROW: u64 = 8;

impl Journal {
    /// Moves the log into the file and empties it. From here on nothing that is
    /// written stands behind something that may never have reached the disk.
    ///
    /// Needed twice. After a crash the log's end may be in the page cache alone,
    /// or lack the padding that keeps a torn write away from it: it is read,
    /// perhaps even offered to the exchange, and a power cut takes it back. And
    /// after a failed sync Linux drops what it could not write and says that the
    /// next sync was well: entries that were acknowledged since would stand
    /// behind a gap, where SQLite never finds them.
    pub(crate) fn settle(&mut self) -> Result<(), Error> {
        self.in_doubt = true;
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(|error| Error::Append(error).or_full())?;
        self.in_doubt = busy != 0;
        Ok(())
    }

    /// Does one write; in doubt until it has succeeded.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.in_doubt {
            self.settle()?;
        }
        // Settling does not end it while somebody else reads the log.
        let in_doubt = std::mem::replace(&mut self.in_doubt, true);
        let done = work(self).map_err(Error::or_full)?;
        self.in_doubt = in_doubt;
        self.shorten_log();
        Ok(done)
    }

    /// Lets the file take over what the log says once that is long.
    ///
    /// Not SQLite's own doing after a commit, because that keeps a failure to
    /// itself: when the log could not be synced, the end of its last frame may be
    /// missing on the disk, and whatever is written behind that gap is lost with
    /// the next power cut although it was synced. What was written is safe all the
    /// same; the next write settles the log first.
    fn shorten_log(&mut self) {
        let changes = self.connection.total_changes();
        if changes < self.look_at_log && !self.tight {
            return;
        }
        let limit = if self.tight { TIGHT } else { self.log_pages };
        let log = |mode: &str| {
            self.connection
                .prepare_cached(&format!("PRAGMA wal_checkpoint({mode})"))
                .and_then(|mut it| it.query_row([], |row| row.get::<_, i64>(1)))
        };
        let shortened = log("NOOP").and_then(|pages| {
            let left = u64::from(limit).saturating_sub(pages.unsigned_abs());
            self.look_at_log = changes + left / OF_A_ROW;
            if left > 0 { Ok(pages) } else { log("PASSIVE") }
        });
        if let Err(error) = shortened {
            tracing::warn!(%error, "The journal's log could not be shortened");
            self.in_doubt = true;
        }
    }
}
