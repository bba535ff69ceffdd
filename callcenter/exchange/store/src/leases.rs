//! What stations may issue by themselves, and what became of each number.

use request::{
    Action, DocumentNumber, DocumentReference, RequestEvent, RequestId, ServiceId, StationId,
    Timestamp,
};
use rusqlite::{OptionalExtension, Transaction, params};
use sync::{Entry, Known, Reason, admit};

use crate::{Store, StoreError, audit::audit, history::replay};

/// Leases of one service that a station may hold with numbers left: the one it
/// works with, the next, and one whose answer it never received.
const OPEN_MAX: i64 = 3;

/// A bounded number of papers a station may issue, until a time.
pub struct LeaseGrant<'a> {
    /// What every number begins with.
    pub prefix: &'a str,
    pub station: &'a StationId,
    pub service: &'a ServiceId,
    pub numbers: &'a [DocumentNumber],
    pub until: Timestamp,
}

/// What became of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaseGranted {
    Granted,
    /// The station has as many as it may hold.
    Enough,
    /// Nothing is taken over from the station until a person has looked.
    Quarantined,
    /// A lease or a paper has such a number already.
    NumberTaken,
}

impl Store {
    /// Sets the numbers of a lease aside for a station, for ever.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn grant_lease(
        &self,
        grant: &LeaseGrant<'_>,
        now: Timestamp,
    ) -> Result<LeaseGranted, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let (station, service) = (grant.station.as_str(), grant.service.as_str());
        let quarantined: bool = transaction.query_row(
            "SELECT EXISTS (SELECT 1 FROM station
                            WHERE station = ?1 AND quarantine IS NOT NULL)",
            [station],
            |row| row.get(0),
        )?;
        if quarantined {
            return Ok(LeaseGranted::Quarantined);
        }
        let open: i64 = transaction.query_row(
            "SELECT count(*) FROM lease WHERE station = ?1 AND service = ?2 AND until > ?3
             AND EXISTS (SELECT 1 FROM leased_number
                         WHERE leased_number.lease = lease.prefix AND request_id IS NULL)",
            params![station, service, now.as_millis()],
            |row| row.get(0),
        )?;
        if open >= OPEN_MAX {
            return Ok(LeaseGranted::Enough);
        }
        let added = transaction.execute(
            "INSERT OR IGNORE INTO lease (prefix, station, service, granted_at, until)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                grant.prefix,
                station,
                service,
                now.as_millis(),
                grant.until.as_millis()
            ],
        )?;
        if added == 0 {
            return Ok(LeaseGranted::NumberTaken);
        }
        for number in grant.numbers {
            let added = transaction.execute(
                "INSERT OR IGNORE INTO leased_number (number, lease)
                 SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM document WHERE number = ?1)",
                [number.as_str(), grant.prefix],
            )?;
            if added == 0 {
                return Ok(LeaseGranted::NumberTaken);
            }
        }
        audit(&transaction, now, "exchange", "granted lease", grant.prefix)?;
        transaction.commit()?;
        Ok(LeaseGranted::Granted)
    }
}

/// What an entry means for its request, where papers are said to be made under
/// a lease only when that lease covers them.
pub(crate) fn admit_leased(
    transaction: &Transaction<'_>,
    entry: &Entry,
    known: &Known,
) -> Result<Result<Option<RequestEvent>, Reason>, StoreError> {
    let event = match admit(entry, known) {
        Ok(event) => event,
        Err(reason) => return Ok(Err(reason)),
    };
    if let Some(RequestEvent::PreparedUnderLease { lease, documents }) = &event
        && !covered(transaction, entry, lease, documents)?
    {
        return Ok(Err(Reason::BeyondLease));
    }
    Ok(Ok(event))
}

fn covered(
    transaction: &Transaction<'_>,
    entry: &Entry,
    lease: &str,
    documents: &[DocumentReference],
) -> Result<bool, StoreError> {
    let Some(request) = replay(transaction, &entry.request)? else {
        return Ok(false);
    };
    let action = Action::PrepareUnderLease {
        lease: lease.to_owned(),
        documents: documents.to_vec(),
    };
    if request.decide(action).is_err() {
        return Ok(false);
    }
    let granted: Option<i64> = transaction
        .query_row(
            "SELECT until FROM lease WHERE prefix = ?1 AND station = ?2 AND service = ?3",
            [lease, entry.station.as_str(), request.service.as_str()],
            |row| row.get(0),
        )
        .optional()?;
    // By the station's clock, which it may not set back: see the journal's leases.
    if granted.is_none_or(|until| entry.recorded_at.as_millis() > until) {
        return Ok(false);
    }
    for document in documents {
        let free: bool = transaction.query_row(
            "SELECT EXISTS (SELECT 1 FROM leased_number
                            WHERE number = ?1 AND lease = ?2 AND request_id IS NULL)",
            [document.number.as_str(), lease],
            |row| row.get(0),
        )?;
        if !free {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes over that a request's papers have these numbers. A number that another
/// request has stays with that one.
pub(crate) fn used(
    transaction: &Transaction<'_>,
    id: &RequestId,
    documents: &[DocumentReference],
) -> Result<(), StoreError> {
    for (copy, document) in (1..).zip(documents) {
        transaction.execute(
            "UPDATE leased_number SET request_id = ?2 WHERE number = ?1 AND request_id IS NULL",
            [document.number.as_str(), id.as_str()],
        )?;
        transaction.execute(
            "INSERT OR IGNORE INTO document
                 (number, request_id, copy, edition, pages, sha256)
             VALUES (?1, ?2, ?3, 1, ?4, ?5)",
            params![
                document.number.as_str(),
                id.as_str(),
                i64::from(copy),
                document.pages,
                document.sha256
            ],
        )?;
    }
    Ok(())
}
