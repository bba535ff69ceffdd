//! The station's memory: an append-only journal in SQLite, and the outbox of
//! entries the exchange has not confirmed. This is the offline queue.
//!
//! One writer. When [`Journal::append`] returns, the event has happened: the
//! file is in WAL mode with `synchronous=FULL`, and opened with `psow=0` because
//! flash media may garble the sector being rewritten when power fails.

mod error;
mod open;
mod schema;

use request::{RequestEvent, RequestId, ServiceRequest, StationId, Timestamp};
use rusqlite::{Connection, named_params};
use sync::{Entry, Publication};

pub use error::Error;

pub struct Journal {
    connection: Connection,
    station: StationId,
}

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
        let event = serde_json::to_string(event).map_err(Error::Encode)?;
        let number = self
            .connection
            .prepare_cached(
                "INSERT INTO journal (request_id, recorded_at, number, event)
                 VALUES (:request, :now,
                         (SELECT coalesce(max(number), 0) + 1 FROM journal), :event)
                 RETURNING number",
            )
            .and_then(|mut insert| {
                insert.query_row(
                    named_params! {
                        ":request": request.as_str(),
                        ":now": now.as_millis(),
                        ":event": event,
                    },
                    |row| row.get::<_, i64>(0),
                )
            })
            .map_err(Error::Append)?;
        Ok(number.unsigned_abs())
    }

    /// Takes over what the exchange has told. `false` when it was known already.
    ///
    /// # Errors
    /// When a publication is missing in between, or the file cannot be written.
    pub fn receive(&mut self, publication: &Publication) -> Result<bool, Error> {
        let expected = self.received()? + 1;
        if publication.number < expected {
            return Ok(false);
        }
        if publication.number > expected {
            return Err(Error::Gap {
                expected,
                found: publication.number,
            });
        }
        let event = serde_json::to_string(&publication.event).map_err(Error::Encode)?;
        self.connection
            .execute(
                "INSERT INTO journal (request_id, recorded_at, publication, event)
                 VALUES (:request, :recorded_at, :publication, :event)",
                named_params! {
                    ":request": publication.request.as_str(),
                    ":recorded_at": publication.recorded_at.as_millis(),
                    ":publication": publication.number.cast_signed(),
                    ":event": event,
                },
            )
            .map_err(Error::Append)?;
        Ok(true)
    }

    /// The number of the newest publication in the journal.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn received(&self) -> Result<u64, Error> {
        self.number("SELECT coalesce(max(publication), 0) FROM journal")
    }

    /// The number the next entry of this station's own will have.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_number(&self) -> Result<u64, Error> {
        self.number("SELECT coalesce(max(number), 0) + 1 FROM journal")
    }

    /// The number up to which the exchange has confirmed everything.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn acknowledged(&self) -> Result<u64, Error> {
        self.number("SELECT acknowledged FROM outbox")
    }

    /// Notes that the exchange holds everything up to and including `number`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn acknowledge(&mut self, number: u64) -> Result<(), Error> {
        self.connection
            .execute(
                "UPDATE outbox SET acknowledged = max(acknowledged, ?1)",
                [number.cast_signed()],
            )
            .map_err(Error::Append)?;
        Ok(())
    }

    /// The oldest entries after `after` that the exchange has not confirmed.
    ///
    /// # Errors
    /// When the file cannot be read or an entry cannot be decoded.
    pub fn pending(&self, after: u64, limit: u32) -> Result<Vec<Entry>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT number, request_id, recorded_at, event FROM pending
                 WHERE number > ?1 LIMIT ?2",
            )
            .map_err(Error::Read)?;
        let mut rows = statement
            .query((after.cast_signed(), limit))
            .map_err(Error::Read)?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next().map_err(Error::Read)? {
            let number: i64 = row.get(0).map_err(Error::Read)?;
            entries.push(Entry {
                station: self.station.clone(),
                number: number.unsigned_abs(),
                request: RequestId::new(row.get::<_, String>(1).map_err(Error::Read)?),
                recorded_at: Timestamp::from_millis(row.get(2).map_err(Error::Read)?),
                event: decode(number, &row.get::<_, String>(3).map_err(Error::Read)?)?,
            });
        }
        Ok(entries)
    }

    /// All that has happened to a request, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read or an entry cannot be decoded.
    pub fn events(&self, id: &RequestId) -> Result<Vec<RequestEvent>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT sequence, event FROM journal WHERE request_id = ?1 ORDER BY sequence",
            )
            .map_err(Error::Read)?;
        let mut rows = statement.query([id.as_str()]).map_err(Error::Read)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next().map_err(Error::Read)? {
            let text: String = row.get(1).map_err(Error::Read)?;
            events.push(decode(row.get(0).map_err(Error::Read)?, &text)?);
        }
        Ok(events)
    }

    /// Rebuilds a request from what was written about it.
    ///
    /// # Errors
    /// When the file cannot be read or an entry cannot be decoded.
    pub fn request(&self, id: &RequestId) -> Result<Option<ServiceRequest>, Error> {
        Ok(ServiceRequest::replay(id.clone(), &self.events(id)?))
    }

    /// The requests that were opened and never closed, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_requests(&self) -> Result<Vec<RequestId>, Error> {
        self.ids("SELECT request_id FROM open_requests")
    }

    /// All requests ever written about, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn requests(&self) -> Result<Vec<RequestId>, Error> {
        self.ids("SELECT request_id FROM journal GROUP BY request_id ORDER BY min(sequence)")
    }

    fn ids(&self, query: &str) -> Result<Vec<RequestId>, Error> {
        let mut statement = self.connection.prepare(query).map_err(Error::Read)?;
        let ids = statement
            .query_map([], |row| row.get::<_, String>(0))
            .map_err(Error::Read)?;
        ids.map(|id| id.map(RequestId::new).map_err(Error::Read))
            .collect()
    }

    fn number(&self, query: &str) -> Result<u64, Error> {
        let number: i64 = self
            .connection
            .query_row(query, [], |row| row.get(0))
            .map_err(Error::Read)?;
        Ok(number.unsigned_abs())
    }
}

fn decode(sequence: i64, text: &str) -> Result<RequestEvent, Error> {
    serde_json::from_str(text).map_err(|error| Error::Decode {
        sequence,
        column: error.column(),
    })
}

#[cfg(test)]
mod tests;
