//! Erases what finished requests say of people, once its term is over.
//!
//! An entry loses salt and body and keeps its commitment, so the chain still
//! holds. What names nobody stays: money, numbers, times. `secure_delete` has
//! SQLite overwrite what is freed within the file; the WAL is emptied after.

use std::time::Duration;

use request::{RequestEvent, RequestId, ServiceId, Timestamp};
use rusqlite::Connection;

use crate::{Error, Journal, requests::decode, salvaged};

/// Requests erased in one go: the citizen at the next visit does not wait for it.
const REQUESTS_MAX: u32 = 50;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Requests of which nothing personal is left any more.
    pub requests: u32,
    pub entries: u32,
}

impl Journal {
    /// Erases what is personal in requests that are closed, confirmed by the
    /// exchange to their last entry, and older than their service's `term`. A
    /// request that was never submitted has no term: nobody needs what its
    /// citizen thought better of.
    ///
    /// Does a limited number; the caller asks again until nothing was erased. The
    /// age is by this station's clock: one that was set forward erases early, but
    /// never what the exchange does not hold.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is being read by somebody else
    /// so that the WAL cannot be emptied; then it is emptied the next time.
    pub fn erase_finished(
        &mut self,
        term: &dyn Fn(&ServiceId) -> Duration,
        now: Timestamp,
    ) -> Result<Erased, Error> {
        let erased = self.finish(|journal| {
            let mut erased = Erased::default();
            let transaction = journal.connection.transaction().map_err(Error::Append)?;
            for (request, closed_at) in finished(&transaction)? {
                let left = Left::read(&transaction, &request)?;
                let due = match &left.submitted_to {
                    Some(service) => closed_at + term(service),
                    None => closed_at,
                };
                if due > now {
                    continue;
                }
                erase(&transaction, &request, &left).map_err(Error::Append)?;
                erased.requests += 1;
                erased.entries += u32::try_from(left.personal.len()).unwrap_or(u32::MAX);
                if erased.requests == REQUESTS_MAX {
                    break;
                }
            }
            salvaged::let_go(&transaction).map_err(Error::Append)?;
            transaction.commit().map_err(Error::Append)?;
            Ok(erased)
        })?;
        self.empty_wal()?;
        Ok(erased)
    }

    /// The WAL still holds the pages as they were before.
    pub(crate) fn empty_wal(&self) -> Result<(), Error> {
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(Error::Append)?;
        if busy != 0 {
            return Err(Error::WalInUse);
        }
        Ok(())
    }
}

/// Closed requests of which the exchange holds every entry, and when they were
/// closed; oldest first.
fn finished(connection: &Connection) -> Result<Vec<(RequestId, Timestamp)>, Error> {
    let mut statement = connection
        .prepare_cached(
            "SELECT request_id, (SELECT recorded_at FROM entry WHERE number = closed_by)
             FROM closed_request
             WHERE (SELECT max(number) FROM entry
                    WHERE entry.request_id = closed_request.request_id)
                   <= (SELECT acknowledged FROM outbox)
             ORDER BY closed_by",
        )
        .map_err(Error::Read)?;
    let rows = statement
        .query_map([], |row| {
            let request = RequestId::new(row.get::<_, String>(0)?);
            Ok((request, Timestamp::from_millis(row.get(1)?)))
        })
        .map_err(Error::Read)?;
    rows.map(|row| row.map_err(Error::Read)).collect()
}

/// What is left of a request.
struct Left {
    submitted_to: Option<ServiceId>,
    /// Numbers of the entries that say something of a person ...
    personal: Vec<i64>,
    /// ... and of what the exchange told of one.
    publications: Vec<i64>,
}

impl Left {
    fn read(connection: &Connection, request: &RequestId) -> Result<Self, Error> {
        let mut statement = connection
            .prepare_cached(
                "SELECT number, body FROM entry
                 WHERE request_id = ?1 AND body IS NOT NULL ORDER BY number",
            )
            .map_err(Error::Read)?;
        let mut rows = statement.query([request.as_str()]).map_err(Error::Read)?;
        let (mut opened_for, mut submitted) = (None, false);
        let mut personal = Vec::new();
        while let Some(row) = rows.next().map_err(Error::Read)? {
            let number = row.get(0).map_err(Error::Read)?;
            let body = row.get_ref(1).map_err(Error::Read)?;
            let body = body.as_str().map_err(|error| Error::Read(error.into()))?;
            let event = decode(number, body)?;
            submitted |= event.is_submission();
            if event.is_personal() {
                personal.push(number);
            }
            if let RequestEvent::Opened { service, .. } = event {
                opened_for = Some(service);
            }
        }
        Ok(Self {
            submitted_to: opened_for.filter(|_| submitted),
            personal,
            publications: personal_publications(connection, request)?,
        })
    }
}

fn personal_publications(connection: &Connection, request: &RequestId) -> Result<Vec<i64>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT number, event FROM publication WHERE request_id = ?1")
        .map_err(Error::Read)?;
    let mut rows = statement.query([request.as_str()]).map_err(Error::Read)?;
    let mut personal = Vec::new();
    while let Some(row) = rows.next().map_err(Error::Read)? {
        let number = row.get(0).map_err(Error::Read)?;
        let event = row.get_ref(1).map_err(Error::Read)?;
        let event = event.as_str().map_err(|error| Error::Read(error.into()))?;
        if decode(number, event)?.is_personal() {
            personal.push(number);
        }
    }
    Ok(personal)
}

fn erase(
    transaction: &Connection,
    request: &RequestId,
    Left {
        personal,
        publications,
        ..
    }: &Left,
) -> Result<(), rusqlite::Error> {
    for number in personal {
        transaction
            .prepare_cached("UPDATE entry SET salt = NULL, body = NULL WHERE number = ?1")?
            .execute([number])?;
    }
    // They are not chained, and what was received of them is counted elsewhere.
    for number in publications {
        transaction
            .prepare_cached("DELETE FROM publication WHERE number = ?1")?
            .execute([number])?;
    }
    transaction
        .prepare_cached("DELETE FROM closed_request WHERE request_id = ?1")?
        .execute([request.as_str()])?;
    Ok(())
}

#[cfg(test)]
mod tests;
