//! Erases what finished requests say of people, each kind of fact after its own
//! term.
//!
//! An entry loses salt and body and keeps its commitment, so the chain still
//! holds; a document loses its pages and keeps number, digest and validity, so a
//! paper can still be asked about. What the exchange itself tells stations, money
//! and tickets name nobody and stay. `secure_delete` has SQLite overwrite what is
//! freed within the file; [`Store::empty_log`] does away with the log.

mod loose;
mod one;

use std::time::Duration;

use request::{PersonalFact, RequestId, ServiceId, Timestamp};
use rusqlite::{Transaction, params};

use crate::{Store, StoreError, checks};

/// Requests looked at in one go: whoever wants the store meanwhile waits for it.
const REQUESTS_MAX: u32 = 100;
/// Until a closed request with which somebody is still busy is looked at again.
const BUSY: Duration = Duration::from_hours(24);
/// A request is looked at again at the latest after this long, so that a term
/// that was shortened in the catalogue is heeded.
const LOOK_AGAIN: Duration = Duration::from_hours(24 * 90);

/// What has a term of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Fact(PersonalFact),
    /// The certificate itself.
    Document,
}

/// How long what is kept of a service's requests is kept after their end.
pub type Term<'a> = &'a dyn Fn(&ServiceId, Kept) -> Duration;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Requests that were looked at; none when nothing is due.
    pub requests: u32,
    /// Facts about people.
    pub facts: u32,
    pub documents: u32,
    /// Claim tickets that nobody came with in time, with what the network answered.
    pub claims: u32,
}

impl Erased {
    pub fn anything(&self) -> bool {
        self.facts + self.documents + self.claims > 0
    }
}

impl Store {
    /// Erases what is over of closed requests. Terms count from when the exchange
    /// heard of the end, by its own clock; what was never submitted has none. With
    /// a request for which there is still work, an entry that waits for a person
    /// or a claim ticket somebody may come with, nothing is done; such a ticket
    /// ends when everything of its request is over.
    ///
    /// Does a limited number; the caller asks again until no request was looked at.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn erase_finished(&self, term: Term<'_>, now: Timestamp) -> Result<Erased, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut erased = Erased::default();
        for (request, closed_at) in due(&transaction, now)? {
            let next = one::erase(&transaction, &request, closed_at, term, now, &mut erased)?;
            look_again(&transaction, &request, next)?;
            erased.requests += 1;
        }
        loose::erase(&transaction, term, now, &mut erased)?;
        checks::erase(&transaction, term, now, &mut erased)?;
        transaction.commit()?;
        Ok(erased)
    }
}

/// Closed requests to be looked at, the longest due first, and when they ended.
fn due(
    transaction: &Transaction<'_>,
    now: Timestamp,
) -> Result<Vec<(RequestId, Timestamp)>, StoreError> {
    let mut select = transaction.prepare_cached(
        "SELECT request_id, closed_at FROM owner
         WHERE look_at <= ?1 AND closed_at IS NOT NULL ORDER BY look_at LIMIT ?2",
    )?;
    let rows = select.query_map(params![now.as_millis(), REQUESTS_MAX], |row| {
        let request = RequestId::new(row.get::<_, String>(0)?);
        Ok((request, Timestamp::from_millis(row.get(1)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn look_again(
    transaction: &Transaction<'_>,
    request: &RequestId,
    at: Option<Timestamp>,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE owner SET look_at = ?2 WHERE request_id = ?1")?
        .execute(params![request.as_str(), at.map(Timestamp::as_millis)])?;
    Ok(())
}

/// Counts one kind of thing that was erased.
pub(crate) fn add(count: &mut u32, rows: usize) {
    *count = count.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX));
}
