//! What stations are told, in order for each.

use request::{RequestEvent, RequestId, StationId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use sync::{Announcement, Publication};

use crate::{Occasion, Store, StoreError, audit::audit, encoding, history::replay, messages};

/// Publications answered at once.
const BATCH: u32 = 100;

impl Store {
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
        publish(&transaction, id, station, event, now)?;
        if done {
            transaction.execute("DELETE FROM job WHERE request_id = ?1", [id.as_str()])?;
        }
        transaction.commit()
    }

    /// Tells a station something on an agent's behalf.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn announce(
        &self,
        station: &StationId,
        content: &Announcement,
        agent: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        announce(&transaction, station, content, now)?;
        audit(&transaction, now, agent, "announced to", station.as_str())?;
        transaction.commit()
    }

    /// What the station was told after the publication numbered `after`, at most
    /// a batch. Asking so confirms everything up to there.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn publications(
        &self,
        station: &StationId,
        after: u64,
    ) -> Result<Vec<Publication>, StoreError> {
        let connection = self.lock();
        let station = station.as_str();
        connection
            .prepare_cached(
                "UPDATE station SET received = ?2
                 WHERE station = ?1 AND received < ?2 AND published >= ?2",
            )?
            .execute(params![station, after.cast_signed()])?;
        let mut select = connection.prepare_cached(
            "SELECT publication, recorded_at, request_id, event FROM history
             WHERE station = ?1 AND publication > ?2 AND event IS NOT NULL
             UNION ALL
             SELECT publication, recorded_at, NULL, content FROM announcement
             WHERE station = ?1 AND publication > ?2
             ORDER BY publication LIMIT ?3",
        )?;
        let rows = select.query_map(params![station, after.cast_signed(), BATCH], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        let mut previous = after;
        rows.map(|row| {
            let (number, recorded_at, request, text): (i64, i64, Option<String>, String) = row?;
            let number = number.unsigned_abs();
            let previous = std::mem::replace(&mut previous, number);
            let content = match request {
                Some(request) => Announcement::Request {
                    request: RequestId::new(request),
                    event: encoding::decode(&text)?,
                },
                None => encoding::decode(&text)?,
            };
            Ok(Publication {
                number,
                previous,
                recorded_at: Timestamp::from_millis(recorded_at),
                content,
            })
        })
        .collect()
    }
}

pub(crate) fn publish(
    transaction: &Transaction<'_>,
    id: &RequestId,
    station: &StationId,
    event: &RequestEvent,
    now: Timestamp,
) -> Result<(), StoreError> {
    let number = next_number(transaction, station, now)?;
    transaction.execute(
        "INSERT INTO history (station, request_id, recorded_at, received_at, publication, event)
         VALUES (?1, ?2, ?3, ?3, ?4, ?5)",
        params![
            station.as_str(),
            id.as_str(),
            now.as_millis(),
            number,
            encoding::encode(event)?
        ],
    )?;
    let declines = matches!(event, RequestEvent::Declined { .. });
    if declines
        && let Some(request) = replay(transaction, id)?.filter(|it| it.claim_ticket.is_some())
    {
        messages::arose(transaction, &request, Occasion::Declined, now)?;
    }
    Ok(())
}

pub(crate) fn announce(
    transaction: &Transaction<'_>,
    station: &StationId,
    content: &Announcement,
    now: Timestamp,
) -> Result<(), StoreError> {
    let number = next_number(transaction, station, now)?;
    transaction
        .prepare_cached(
            "INSERT INTO announcement (station, publication, recorded_at, content)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            station.as_str(),
            number,
            now.as_millis(),
            encoding::encode(content)?
        ])?;
    Ok(())
}

fn next_number(
    transaction: &Transaction<'_>,
    station: &StationId,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let newest: Option<i64> = transaction
        .prepare_cached("SELECT published FROM station WHERE station = ?1")?
        .query_row([station.as_str()], |row| row.get(0))
        .optional()?;
    let newest = newest.unwrap_or(0).unsigned_abs();
    let number = Publication::next_number(newest, now).cast_signed();
    transaction
        .prepare_cached(
            "INSERT INTO station (station, published) VALUES (?1, ?2)
             ON CONFLICT (station) DO UPDATE SET published = ?2",
        )?
        .execute(params![station.as_str(), number])?;
    Ok(number)
}
