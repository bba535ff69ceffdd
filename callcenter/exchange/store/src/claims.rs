//! Claim tickets: what was accepted without its citizen, and who may collect it.

use request::{NetworkFault, PaperState, RequestId, ServiceRequest, Timestamp};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::{Occasion, Store, StoreError, history::replay, messages};

/// Stands in the place of a record that is asked for when it is collected: JSON's
/// `null`, which no network answers with.
pub const NOT_ASKED: &str = "null";

/// What is known of a claim ticket.
pub struct Claim {
    /// The request its citizen went away from.
    pub request: ServiceRequest,
    pub accepted_at: Timestamp,
    /// What the last attempt at the network lacked.
    pub fault: Option<NetworkFault>,
    /// What the network answered, or [`NOT_ASKED`]; gone once all of it is on paper.
    pub record: Option<String>,
    /// Papers that were issued for it so far.
    pub issued: u32,
    pub collector: Option<RequestId>,
}

impl Claim {
    /// Copies that were asked for and are still to be had.
    pub fn copies_left(&self) -> u32 {
        self.request.copies.saturating_sub(self.issued)
    }
}

impl Store {
    /// # Errors
    /// When the store cannot be read.
    pub fn claim(&self, code: &str) -> Result<Option<Claim>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        claim(&transaction, code)
    }

    /// Lets one request collect. `false` when another one does; asked again, the
    /// same request is let in again.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn take_claim(&self, code: &str, collector: &RequestId) -> Result<bool, StoreError> {
        let taken = self.lock().execute(
            "UPDATE claim SET collector = ?2
             WHERE code = ?1 AND record IS NOT NULL AND coalesce(collector, ?2) = ?2",
            params![code, collector.as_str()],
        )?;
        Ok(taken == 1)
    }

    /// Keeps what the network answered to a queued request. The first answer counts.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_result(
        &self,
        id: &RequestId,
        record: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let kept = transaction.execute(
            "UPDATE claim SET record = ?2, ready_at = ?3, fault = NULL
             WHERE request_id = ?1 AND ready_at IS NULL",
            params![id.as_str(), record, now.as_millis()],
        )?;
        let request = replay(&transaction, id)?;
        // Who asked by telephone was told the code, and that it can be had now.
        if kept == 1
            && let Some(request) = request.filter(|it| !it.waits_for_its_holder())
        {
            messages::arose(&transaction, &request, Occasion::Ready, now)?;
        }
        transaction.commit()
    }

    /// Keeps what the network answered when a prepared request was collected, for
    /// as long as this collector has the claim.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_collected(
        &self,
        code: &str,
        collector: &RequestId,
        record: &str,
    ) -> Result<(), StoreError> {
        self.lock().execute(
            "UPDATE claim SET record = ?3 WHERE code = ?1 AND collector = ?2",
            params![code, collector.as_str(), record],
        )?;
        Ok(())
    }

    /// Notes what an attempt at the network lacked.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_fault(&self, id: &RequestId, fault: NetworkFault) -> Result<(), StoreError> {
        let fault =
            serde_json::to_string(&fault).map_err(|error| StoreError::Event(error.column()))?;
        self.lock().execute(
            "UPDATE claim SET fault = ?2 WHERE request_id = ?1",
            params![id.as_str(), fault],
        )?;
        Ok(())
    }
}

/// A station let a citizen go with a ticket, by its clock and by ours. Answers whether
/// a task has to be begun.
pub(crate) fn queued(
    transaction: &Transaction<'_>,
    station: &str,
    id: &RequestId,
    ticket: &str,
    [accepted_at, now]: [Timestamp; 2],
) -> Result<bool, StoreError> {
    transaction.execute(
        "INSERT OR IGNORE INTO claim (code, request_id, accepted_at) VALUES (?1, ?2, ?3)",
        params![ticket, id.as_str(), accepted_at.as_millis()],
    )?;
    if let Some(request) = replay(transaction, id)?.filter(ServiceRequest::waits_for_its_holder) {
        messages::arose(transaction, &request, Occasion::Accepted, now)?;
    }
    let begun = transaction.execute(
        "INSERT OR IGNORE INTO job (request_id, station) VALUES (?1, ?2)",
        params![id.as_str(), station],
    )?;
    Ok(begun == 1)
}

/// A request has ended: if it collected, the ticket is used up or free again.
pub(crate) fn closed(transaction: &Transaction<'_>, id: &RequestId) -> Result<(), StoreError> {
    let code: Option<String> = transaction
        .query_row(
            "SELECT code FROM claim WHERE collector = ?1",
            [id.as_str()],
            |row| row.get(0),
        )
        .optional()?;
    let (Some(code), Some(collector)) = (code, replay(transaction, id)?) else {
        return Ok(());
    };
    let Some(found) = claim(transaction, &code)? else {
        return Ok(());
    };
    let issued = u32::try_from(collector.paper.count(PaperState::Issued)).unwrap_or(u32::MAX);
    let issued = found.issued.saturating_add(issued);
    let whole = issued >= found.request.copies;
    let record = match found.record {
        _ if whole => None,
        // The next to collect is given what is true then.
        Some(_) if found.request.waits_for_its_holder() => Some(NOT_ASKED.to_owned()),
        record => record,
    };
    transaction.execute(
        "UPDATE claim SET collector = NULL, issued = ?2, record = ?3 WHERE code = ?1",
        params![code, issued, record],
    )?;
    Ok(())
}

fn claim(transaction: &Transaction<'_>, code: &str) -> Result<Option<Claim>, StoreError> {
    let read = |row: &Row<'_>| {
        Ok((
            RequestId::new(row.get::<_, String>(0)?),
            Timestamp::from_millis(row.get(1)?),
            row.get::<_, Option<String>>(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get::<_, Option<String>>(5)?,
        ))
    };
    let found = transaction
        .query_row(
            "SELECT request_id, accepted_at, fault, record, issued, collector
             FROM claim WHERE code = ?1",
            [code],
            read,
        )
        .optional()?;
    let Some((id, accepted_at, fault, record, issued, collector)) = found else {
        return Ok(None);
    };
    Ok(replay(transaction, &id)?.map(|request| Claim {
        request,
        accepted_at,
        fault: fault.and_then(|fault| serde_json::from_str(&fault).ok()),
        record,
        issued,
        collector: collector.map(RequestId::new),
    }))
}
