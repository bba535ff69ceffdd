//! Writes entries down and chains each to the one before.

use request::{RequestEvent, RequestId, Timestamp};
use rusqlite::{Connection, named_params};
use sync::Head;

use crate::{
    Error, Journal,
    draft::{Draft, Turn},
};

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
        let draft = Draft::new(request, event, now)?;
        self.commit(&[draft])
    }

    /// As [`Self::append`], for what opens a request together with everything that
    /// is known of it at once: all of it has happened, or nothing. Answers the last
    /// entry's number.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn append_together(
        &mut self,
        request: &RequestId,
        events: &[RequestEvent],
        now: Timestamp,
    ) -> Result<u64, Error> {
        let drafts = events.iter().map(|event| Draft::new(request, event, now));
        self.commit(&drafts.collect::<Result<Vec<_>, _>>()?)
    }

    /// As [`Self::append`], for what happened to several requests at one moment: all
    /// of it has happened, or nothing. Answers the last entry's number.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn append_at_once(
        &mut self,
        events: &[(RequestId, RequestEvent)],
        now: Timestamp,
    ) -> Result<u64, Error> {
        let drafts = events
            .iter()
            .map(|(request, event)| Draft::new(request, event, now));
        self.commit(&drafts.collect::<Result<Vec<_>, _>>()?)
    }

    /// All of them in one transaction, or none. Answers the last one's number.
    pub(crate) fn commit(&mut self, drafts: &[Draft]) -> Result<u64, Error> {
        if drafts.iter().any(|it| it.turn == Turn::Opens) {
            if !self.has_room() {
                return Err(Error::Full);
            }
            self.write(|it| it.chain(drafts))
        } else {
            self.finish(|it| it.chain(drafts))
        }
    }

    fn chain(&mut self, drafts: &[Draft]) -> Result<u64, Error> {
        let head = match drafts {
            // One statement is a transaction by itself.
            [draft] if draft.turn == Turn::GoesOn => insert(&self.connection, &self.head, draft),
            drafts => self.commit_together(drafts),
        };
        // Only now: what was rolled back must not be chained to.
        self.head = head.map_err(Error::Append)?;
        Ok(self.head.number)
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

/// The head with this entry on top, once it is committed.
pub(crate) fn insert(
    connection: &Connection,
    head: &Head,
    draft: &Draft,
) -> rusqlite::Result<Head> {
    let head = head.after(&draft.request, draft.recorded_at, &draft.commitment);
    connection
        .prepare_cached(
            "INSERT OR ROLLBACK INTO entry
             (number, request_id, recorded_at, salt, body, commitment, hash)
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
