//! Writes entries down and chains each to the one before.

use request::{RequestEvent, RequestId, Timestamp};
use rusqlite::{Connection, ErrorCode, named_params};
use sync::Head;

use crate::{
    Error, Journal,
    draft::{Draft, Turn},
};

/// SQLite's own choice.
const LOG_PAGES: u32 = 1_000;
const LOG_PAGES_WITHOUT_ROOM: u32 = 32;

impl Journal {
    /// Writes down what happened at this station; when this returns, it has happened.
    ///
    /// Answers the entry's number.
    ///
    /// # Errors
    /// When the file cannot be written; then it has *not* happened. On a full
    /// disk only what opens a request is refused ([`Error::Full`]); what ends one
    /// that was begun is written into the reserve.
    pub fn append(
        &mut self,
        request: &RequestId,
        event: &RequestEvent,
        now: Timestamp,
    ) -> Result<u64, Error> {
        self.commit(&[Draft::new(request, event, now)?])
    }

    /// All of them in one transaction, or none. Answers the last one's number.
    pub(crate) fn commit(&mut self, drafts: &[Draft]) -> Result<u64, Error> {
        let promises = drafts.iter().any(|it| it.turn == Turn::Opens);
        if promises && !self.has_room() {
            return Err(Error::Full);
        }
        let mut written = self.write(drafts);
        if !promises && written.as_ref().is_err_and(is_full) && self.reserve.release() {
            self.use_room_sparingly();
            written = self.write(drafts);
        }
        // Only now: what was rolled back must not be chained to.
        self.head = written.map_err(refused)?;
        Ok(self.head.number)
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

    /// The log's room is free again once the file itself has what it says. This
    /// needs room too, so it is done before the last of it is gone.
    fn use_room_sparingly(&self) {
        self.set_log_pages(LOG_PAGES_WITHOUT_ROOM);
        let emptied = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        if let Err(error) = emptied {
            tracing::warn!(%error, "The journal's log could not be emptied");
        }
    }

    /// How long the log may grow before the file takes over what it says.
    fn set_log_pages(&self, pages: u32) {
        let set = self
            .connection
            .pragma_update(None, "wal_autocheckpoint", pages);
        if let Err(error) = set {
            tracing::warn!(%error, "The journal's log grows as before");
        }
    }

    fn write(&mut self, drafts: &[Draft]) -> rusqlite::Result<Head> {
        match drafts {
            // One statement is a transaction by itself.
            [draft] if draft.turn == Turn::GoesOn => insert(&self.connection, &self.head, draft),
            drafts => self.commit_together(drafts),
        }
    }

    fn commit_together(&mut self, drafts: &[Draft]) -> rusqlite::Result<Head> {
        let transaction = self.connection.transaction()?;
        let mut head = self.head.clone();
        for draft in drafts {
            head = insert(&transaction, &head, draft)?;
            keep_open_requests(&transaction, draft, head.number)?;
        }
        transaction.commit()?;
        Ok(head)
    }
}

fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

fn refused(error: rusqlite::Error) -> Error {
    if is_full(&error) {
        Error::Full
    } else {
        Error::Append(error)
    }
}

/// The head with this entry on top, once it is committed.
pub(crate) fn insert(
    connection: &Connection,
    head: &Head,
    draft: &Draft,
) -> rusqlite::Result<Head> {
    let head = head.after(&draft.request, draft.recorded_at, &draft.commitment);
    connection
        .prepare_cached(
            "INSERT INTO entry (number, request_id, recorded_at, salt, body, commitment, hash)
             VALUES (:number, :request, :recorded_at, :salt, :body, :commitment, :hash)",
        )?
        .execute(named_params! {
            ":number": head.number.cast_signed(),
            ":request": draft.request.as_str(),
            ":recorded_at": draft.recorded_at.as_millis(),
            ":salt": draft.salt.as_bytes(),
            ":body": draft.body.reveal(),
            ":commitment": draft.commitment.as_bytes(),
            ":hash": head.hash.as_bytes(),
        })?;
    Ok(head)
}

fn keep_open_requests(connection: &Connection, draft: &Draft, number: u64) -> rusqlite::Result<()> {
    let id = draft.request.as_str();
    match draft.turn {
        Turn::GoesOn => {}
        Turn::Opens => {
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO open_request (request_id, opened_by) VALUES (?1, ?2)",
                )?
                .execute((id, number.cast_signed()))?;
        }
        Turn::Closes => {
            connection
                .prepare_cached("DELETE FROM open_request WHERE request_id = ?1")?
                .execute([id])?;
        }
    }
    Ok(())
}
