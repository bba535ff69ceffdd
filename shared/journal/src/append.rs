//! Writes an entry down and chains it to the one before.

use privacy::Personal;
use request::{RequestEvent, RequestId, Timestamp};
use rusqlite::{Connection, named_params};
use sync::{Head, Salt, commitment};

use crate::{Error, Journal, random};

impl Journal {
    /// Writes down what happened at this station; when this returns, it has happened.
    ///
    /// Answers the entry's number.
    ///
    /// # Errors
    /// When the file cannot be written; then it has *not* happened.
    pub fn append(
        &mut self,
        request: &RequestId,
        event: &RequestEvent,
        now: Timestamp,
    ) -> Result<u64, Error> {
        let body = Personal::new(serde_json::to_string(event).map_err(Error::Encode)?);
        self.write(|journal| {
            let transaction = journal.connection.transaction().map_err(Error::Append)?;
            let head = insert(&transaction, &journal.head, request, now, &body)?;
            keep_open_requests(&transaction, request, event, head.number).map_err(Error::Append)?;
            transaction.commit().map_err(Error::Append)?;
            journal.head = head;
            Ok(journal.head.number)
        })
    }
}

/// The head with this entry on top, once the transaction is committed.
pub(crate) fn insert(
    transaction: &Connection,
    head: &Head,
    request: &RequestId,
    recorded_at: Timestamp,
    body: &Personal<String>,
) -> Result<Head, Error> {
    let salt = Salt::from_bytes(random()?);
    let commitment = commitment(&salt, body.reveal());
    let head = head.after(request, recorded_at, &commitment);
    transaction
        .prepare_cached(
            "INSERT INTO entry (number, request_id, recorded_at, salt, body, commitment, hash)
             VALUES (:number, :request, :recorded_at, :salt, :body, :commitment, :hash)",
        )
        .and_then(|mut insert| {
            insert.execute(named_params! {
                ":number": head.number.cast_signed(),
                ":request": request.as_str(),
                ":recorded_at": recorded_at.as_millis(),
                ":salt": salt.as_bytes(),
                ":body": body.reveal(),
                ":commitment": commitment.as_bytes(),
                ":hash": head.hash.as_bytes(),
            })
        })
        .map_err(Error::Append)?;
    Ok(head)
}

fn keep_open_requests(
    transaction: &Connection,
    request: &RequestId,
    event: &RequestEvent,
    number: u64,
) -> Result<(), rusqlite::Error> {
    if let RequestEvent::Opened { .. } = event {
        transaction
            .prepare_cached("INSERT INTO open_request (request_id, opened_by) VALUES (?1, ?2)")?
            .execute((request.as_str(), number.cast_signed()))?;
    } else if let RequestEvent::Closed { .. } = event {
        transaction
            .prepare_cached("DELETE FROM open_request WHERE request_id = ?1")?
            .execute([request.as_str()])?;
    }
    Ok(())
}
