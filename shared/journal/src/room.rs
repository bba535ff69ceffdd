//! Writes on a disk that may be full: what is begun is brought to its end in the
//! reserve, and nothing new is begun until there is room again.

use rusqlite::ErrorCode;

use crate::{Error, Journal};

/// SQLite's own choice.
const LOG_PAGES: u32 = 1_000;
const LOG_PAGES_WITHOUT_ROOM: u32 = 32;

impl Journal {
    /// Does one write that must be done also on a full disk: there it is done
    /// again in the reserve, if that is there still.
    pub(crate) fn finish<T>(
        &mut self,
        work: impl Fn(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let done = self.write(&work);
        if !matches!(done, Err(Error::Full)) || !self.reserve.release() {
            return done;
        }
        self.set_log_pages(LOG_PAGES_WITHOUT_ROOM);
        self.write(work)
    }

    /// Whether there is room for something new; tries to have it again.
    pub fn has_room(&mut self) -> bool {
        let had_room = self.reserve.is_held();
        let has_room = self.reserve.hold();
        if has_room && !had_room {
            self.set_log_pages(LOG_PAGES);
        }
        has_room
    }

    /// How long the log may grow before the file takes over what it says, and
    /// the log's room is used again.
    fn set_log_pages(&self, pages: u32) {
        let set = self
            .connection
            .pragma_update(None, "wal_autocheckpoint", pages);
        if let Err(error) = set {
            tracing::warn!(%error, "The journal's log grows as before");
        }
    }
}

impl Error {
    /// What a write that found no room says.
    pub(crate) fn or_full(self) -> Self {
        if let Self::Append(error) = &self
            && error.sqlite_error_code() == Some(ErrorCode::DiskFull)
        {
            return Self::Full;
        }
        self
    }
}
