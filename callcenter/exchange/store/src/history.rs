//! What stations told and what they are told.

use request::{Outcome, RequestEvent, RequestId, ServiceRequest, StationId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use sync::{Content, Entry, Incarnation, Publication, Unreadable};

use crate::{Store, StoreError, claims, refunds};

/// Publications answered at once.
const BATCH: u32 = 100;

impl Store {
    /// Takes over a station's entries of one incarnation; what was known already
    /// or comes too early is left. Answers the watermark and the requests that
    /// were submitted or changed by this.
    ///
    /// # Errors
    /// When an entry's body is no event, or the store cannot be read or written.
    pub fn receive(
        &self,
        station: &StationId,
        incarnation: &Incarnation,
        entries: &[Entry],
    ) -> Result<(u64, Vec<RequestId>), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut watermark = entries_known(&transaction, station, incarnation)?;
        let mut submitted = Vec::new();
        for entry in entries {
            if entry.number != watermark + 1 {
                continue;
            }
            remember(&transaction, entry)?;
            watermark = entry.number;
            match entry.event() {
                Ok(event) => take_over(&transaction, entry, &event, &mut submitted)?,
                Err(Unreadable::Erased) => {}
                Err(Unreadable::Malformed { column }) => return Err(StoreError::Event(column)),
            }
        }
        transaction.commit()?;
        Ok((watermark, submitted))
    }

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
        let transaction = connection.transaction()?;
        replay(&transaction, id)
    }

    /// Writes down what happened here to a request and numbers it for its
    /// station; `done` ends the request's job in the same moment.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn publish(
        &self,
        id: &RequestId,
        station: &StationId,
        event: &RequestEvent,
        now: Timestamp,
        done: bool,
    ) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction.execute(
            "INSERT INTO history (station, request_id, recorded_at, publication, event)
             VALUES (?1, ?2, ?3, (SELECT coalesce(max(publication), 0) + 1
                                  FROM history WHERE station = ?1), ?4)",
            params![
                station.as_str(),
                id.as_str(),
                now.as_millis(),
                encode(event)?
            ],
        )?;
        if done {
            transaction.execute("DELETE FROM job WHERE request_id = ?1", [id.as_str()])?;
        }
        Ok(transaction.commit()?)
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

    /// What the station was told after the publication numbered `after`, at most a
    /// batch.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn publications(
        &self,
        station: &StationId,
        after: u64,
    ) -> Result<Vec<Publication>, StoreError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT publication, request_id, recorded_at, event FROM history
             WHERE station = ?1 AND publication > ?2 ORDER BY publication LIMIT ?3",
        )?;
        let rows = statement.query_map(
            params![station.as_str(), after.cast_signed(), BATCH],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        rows.map(|row| {
            let (number, request, recorded_at, event): (i64, String, i64, String) = row?;
            Ok(Publication {
                number: number.unsigned_abs(),
                request: RequestId::new(request),
                recorded_at: Timestamp::from_millis(recorded_at),
                event: decode(&event)?,
            })
        })
        .collect()
    }
}

/// To the letter: the chain binds it so.
fn remember(transaction: &Transaction<'_>, entry: &Entry) -> Result<(), StoreError> {
    let (salt, body) = match &entry.content {
        Content::Whole { salt, body } => (Some(salt.as_bytes()), Some(body.reveal())),
        Content::Erased { .. } => (None, None),
    };
    transaction.execute(
        "INSERT INTO history (station, request_id, recorded_at, incarnation, entry,
                              event, salt, commitment)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            entry.station.as_str(),
            entry.request.as_str(),
            entry.recorded_at.as_millis(),
            entry.incarnation.as_str(),
            entry.number.cast_signed(),
            body,
            salt,
            entry.commitment().as_bytes(),
        ],
    )?;
    Ok(())
}

/// What an entry means here besides being remembered.
fn take_over(
    transaction: &Transaction<'_>,
    entry: &Entry,
    event: &RequestEvent,
    submitted: &mut Vec<RequestId>,
) -> Result<(), StoreError> {
    let id = entry.request.as_str();
    if *event == RequestEvent::Submitted {
        transaction.execute(
            "INSERT OR IGNORE INTO job (request_id, station) VALUES (?1, ?2)",
            params![id, entry.station.as_str()],
        )?;
        submitted.push(entry.request.clone());
    }
    if let RequestEvent::Spoiled { number, .. } = event {
        transaction.execute(
            "UPDATE document SET void = 1 WHERE number = ?1",
            [number.as_str()],
        )?;
    }
    if let RequestEvent::Queued { ticket } = event
        && claims::queued(
            transaction,
            entry.station.as_str(),
            &entry.request,
            ticket,
            entry.recorded_at,
        )?
    {
        submitted.push(entry.request.clone());
    }
    if let RequestEvent::RefundOwed { amount_won, ticket } = event {
        refunds::owed(transaction, &entry.request, ticket, *amount_won)?;
    }
    if let RequestEvent::Closed { outcome } = event {
        claims::closed(transaction, &entry.request)?;
        refunds::closed(transaction, &entry.request)?;
        // The exchange goes on with what was queued.
        if *outcome != Outcome::Queued {
            transaction.execute("DELETE FROM job WHERE request_id = ?1", [id])?;
        }
        // A number that was never issued must never verify as valid.
        transaction.execute(
            "UPDATE document SET void = 1 WHERE request_id = ?1 AND number NOT IN (
                 SELECT event ->> '$.number' FROM history
                 WHERE request_id = ?1 AND event ->> '$.type' = 'issued')",
            [id],
        )?;
    }
    Ok(())
}

fn entries_known(
    transaction: &Transaction<'_>,
    station: &StationId,
    incarnation: &Incarnation,
) -> Result<u64, StoreError> {
    let known: Option<i64> = transaction
        .query_row(
            "SELECT max(entry) FROM history WHERE station = ?1 AND incarnation = ?2",
            [station.as_str(), incarnation.as_str()],
            |row| row.get(0),
        )
        .optional()?
        .flatten();
    Ok(known.unwrap_or(0).unsigned_abs())
}

pub(crate) fn replay(
    transaction: &Transaction<'_>,
    id: &RequestId,
) -> Result<Option<ServiceRequest>, StoreError> {
    let mut statement = transaction.prepare_cached(
        "SELECT event FROM history WHERE request_id = ?1 AND event IS NOT NULL ORDER BY sequence",
    )?;
    let rows = statement.query_map([id.as_str()], |row| row.get::<_, String>(0))?;
    let events = rows
        .map(|event| decode(&event?))
        .collect::<Result<Vec<RequestEvent>, StoreError>>()?;
    Ok(ServiceRequest::replay(id.clone(), &events))
}

fn encode(event: &RequestEvent) -> Result<String, StoreError> {
    serde_json::to_string(event).map_err(|error| StoreError::Event(error.column()))
}

fn decode(event: &str) -> Result<RequestEvent, StoreError> {
    serde_json::from_str(event).map_err(|error| StoreError::Event(error.column()))
}
