//! Everything that happened to any request, in the order it became known here.

use request::{Outcome, RequestEvent, RequestId, ServiceRequest, StationId, Timestamp};
use rusqlite::{Transaction, TransactionBehavior, params};
use sync::{Content, Entry, Hash};

use crate::{Store, StoreError, claims, doubts, encoding, leases, messages, petitions, refunds};

impl Store {
    /// Requests that were submitted and not answered, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn jobs(&self) -> Result<Vec<(RequestId, StationId)>, StoreError> {
        let connection = self.lock();
        // A queued request whose answer was overtaken has no job any more.
        let mut statement = connection.prepare(
            "SELECT request_id, station FROM job
             UNION
             SELECT request_id, station FROM claim JOIN history USING (request_id)
             WHERE ready_at IS NULL AND entry IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM history AS answer WHERE answer.request_id = claim.request_id
                 AND answer.event ->> '$.type' = 'declined')",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                RequestId::new(row.get::<_, String>(0)?),
                StationId::new(row.get::<_, String>(1)?),
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A request as its whole history makes it; none when it is unknown here.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn request(&self, id: &RequestId) -> Result<Option<ServiceRequest>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        replay(&transaction, id)
    }

    /// Nothing more is to be done for a request.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn end_job(&self, id: &RequestId) -> Result<(), StoreError> {
        self.lock()
            .execute("DELETE FROM job WHERE request_id = ?1", [id.as_str()])?;
        Ok(())
    }
}

/// To the letter: the chain binds it so.
pub(crate) fn remember(
    transaction: &Transaction<'_>,
    entry: &Entry,
    hash: &Hash,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (salt, body) = match &entry.content {
        Content::Whole { salt, body } => (Some(salt.as_bytes()), Some(body.reveal())),
        Content::Erased { .. } => (None, None),
    };
    transaction
        .prepare_cached(
            "INSERT INTO history (station, request_id, recorded_at, received_at, incarnation,
                                  entry, event, salt, commitment, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            entry.station.as_str(),
            entry.request.as_str(),
            entry.recorded_at.as_millis(),
            now.as_millis(),
            entry.incarnation.as_str(),
            entry.number.cast_signed(),
            body,
            salt,
            entry.commitment().as_bytes(),
            hash.as_bytes(),
        ])?;
    Ok(())
}

/// What an entry means here besides being remembered; answers whether its
/// request asks for something by it.
pub(crate) fn take_over(
    transaction: &Transaction<'_>,
    entry: &Entry,
    event: Option<&RequestEvent>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let id = entry.request.as_str();
    let closes = matches!(event, Some(RequestEvent::Closed { .. }));
    transaction
        .prepare_cached(
            // What comes when it was closed already is to be erased in time, too.
            "INSERT INTO owner (request_id, station, closed, closed_at, look_at)
             VALUES (?1, ?2, ?3, iif(?3, ?4, NULL), iif(?3, ?4, NULL))
             ON CONFLICT (request_id) DO UPDATE SET
                 closed = max(closed, ?3),
                 closed_at = coalesce(closed_at, iif(?3, ?4, NULL)),
                 look_at = iif(closed OR ?3, ?4, NULL)",
        )?
        .execute(params![id, entry.station.as_str(), closes, now.as_millis()])?;
    if let Some(event) = event {
        doubts::left_open(transaction, entry, event)?;
    }
    if let Some(RequestEvent::Spoiled { number, .. }) = event {
        transaction.execute(
            "UPDATE document SET void = 1 WHERE number = ?1",
            [number.as_str()],
        )?;
    }
    let queues = match event {
        Some(RequestEvent::Queued { ticket }) => claims::queued(
            transaction,
            entry.station.as_str(),
            &entry.request,
            ticket,
            [entry.recorded_at, now],
        )?,
        _ => false,
    };
    if let Some(RequestEvent::MessagesWanted { .. }) = event {
        messages::wanted(transaction, &entry.request, now)?;
    }
    if let Some(RequestEvent::Received { .. }) = event {
        petitions::refresh(transaction, &entry.request)?;
    }
    if let Some(RequestEvent::PreparedUnderLease { documents, .. }) = event {
        leases::used(transaction, &entry.request, documents)?;
    }
    if let Some(RequestEvent::RefundOwed { amount_won, ticket }) = event {
        refunds::owed(transaction, &entry.request, ticket, *amount_won)?;
    }
    if let Some(RequestEvent::Closed { outcome }) = event {
        claims::closed(transaction, &entry.request)?;
        petitions::closed(transaction, &entry.request, *outcome)?;
        refunds::closed(transaction, &entry.request)?;
        // The exchange goes on with what was queued.
        if *outcome != Outcome::Queued {
            transaction
                .prepare_cached("DELETE FROM job WHERE request_id = ?1")?
                .execute([id])?;
        }
        // A number that was never issued must never verify as valid.
        transaction
            .prepare_cached(
                "UPDATE document SET void = 1 WHERE request_id = ?1 AND number NOT IN (
                     SELECT event ->> '$.number' FROM history
                     WHERE request_id = ?1
                     AND event ->> '$.type' IN ('issued', 'paper_confirmed'))",
            )?
            .execute([id])?;
    }
    let asks = match event {
        // The exchange itself has nothing to do for a petition.
        Some(RequestEvent::Submitted) => {
            let (id, station) = (&entry.request, &entry.station);
            !petitions::submitted(transaction, id, station, entry.recorded_at)?
        }
        Some(RequestEvent::ReplacementAsked { .. }) => true,
        _ => false,
    };
    if asks {
        transaction
            .prepare_cached("INSERT OR IGNORE INTO job (request_id, station) VALUES (?1, ?2)")?
            .execute(params![id, entry.station.as_str()])?;
    }
    Ok(asks || queues)
}

pub(crate) fn replay(
    transaction: &Transaction<'_>,
    id: &RequestId,
) -> Result<Option<ServiceRequest>, StoreError> {
    let mut statement = transaction.prepare_cached(
        // What happened here alone came after what is told of, or beside it.
        "SELECT event FROM (
             SELECT 0 AS part, sequence AS place, event FROM history WHERE request_id = ?1
             UNION ALL
             SELECT 1, number, event FROM petition_fact WHERE request_id = ?1)
         WHERE event IS NOT NULL ORDER BY part, place",
    )?;
    let rows = statement.query_map([id.as_str()], |row| row.get::<_, String>(0))?;
    let events = rows
        .map(|event| encoding::decode(&event?))
        .collect::<Result<Vec<RequestEvent>, StoreError>>()?;
    Ok(ServiceRequest::replay(id.clone(), &events))
}
