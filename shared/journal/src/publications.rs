//! What the exchange has told.

use request::Timestamp;
use rusqlite::{Connection, named_params};
use sync::{Announcement, Publication};

use crate::{Error, Journal};

impl Journal {
    /// Takes over what the exchange has told. `false` when it was known already.
    ///
    /// # Errors
    /// When a publication is missing in between, or the file cannot be written.
    pub fn receive(&mut self, publication: &Publication) -> Result<bool, Error> {
        let received = self.received()?;
        if publication.number <= received {
            return Ok(false);
        }
        if !publication.follows(received) {
            return Err(Error::Gap {
                expected: publication.previous,
                found: received,
            });
        }
        self.finish(|journal| {
            let after_entry = journal.head.number.cast_signed();
            let transaction = journal.connection.transaction().map_err(Error::Append)?;
            insert(&transaction, publication, after_entry)?;
            receive_up_to(&transaction, publication.number)?;
            transaction.commit().map_err(Error::Append)?;
            Ok(true)
        })
    }

    /// Notes that publications up to `number` were for an earlier journal of this
    /// station and will not come.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn skip(&mut self, number: u64) -> Result<(), Error> {
        self.finish(|journal| receive_up_to(&journal.connection, number))
    }

    /// The number of the newest publication that was received or skipped.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn received(&self) -> Result<u64, Error> {
        self.number("SELECT received FROM downward")
    }

    /// What the exchange has told besides what happened to requests, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read or decoded.
    pub fn announcements(&self) -> Result<Vec<(u64, Timestamp, Announcement)>, Error> {
        let mut statement = self
            .connection
            .prepare("SELECT number, recorded_at, content FROM announcement ORDER BY number")
            .map_err(Error::Read)?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .map_err(Error::Read)?;
        rows.map(|row| {
            let (number, recorded_at, content): (i64, i64, String) = row.map_err(Error::Read)?;
            let content = serde_json::from_str(&content).map_err(|error| Error::Decode {
                number,
                column: error.column(),
            })?;
            let recorded_at = Timestamp::from_millis(recorded_at);
            Ok((number.unsigned_abs(), recorded_at, content))
        })
        .collect()
    }
}

fn insert(
    connection: &Connection,
    publication: &Publication,
    after_entry: i64,
) -> Result<(), Error> {
    let number = publication.number.cast_signed();
    let recorded_at = publication.recorded_at.as_millis();
    let inserted = if let Announcement::Request { request, event } = &publication.content {
        let event = serde_json::to_string(event).map_err(Error::Encode)?;
        connection
            .prepare_cached(
                "INSERT INTO publication (number, request_id, recorded_at, after_entry, event)
                 VALUES (:number, :request, :recorded_at, :after_entry, :event)",
            )
            .and_then(|mut insert| {
                insert.execute(named_params! {
                    ":number": number,
                    ":request": request.as_str(),
                    ":recorded_at": recorded_at,
                    ":after_entry": after_entry,
                    ":event": event,
                })
            })
    } else {
        let content = serde_json::to_string(&publication.content).map_err(Error::Encode)?;
        connection.execute(
            "INSERT INTO announcement (number, recorded_at, content)
             VALUES (:number, :recorded_at, :content)",
            named_params! {
                ":number": number,
                ":recorded_at": recorded_at,
                ":content": content,
            },
        )
    };
    inserted.map(drop).map_err(Error::Append)
}

fn receive_up_to(connection: &Connection, number: u64) -> Result<(), Error> {
    connection
        .prepare_cached("UPDATE downward SET received = max(received, ?1)")
        .and_then(|mut update| update.execute([number.cast_signed()]))
        .map(drop)
        .map_err(Error::Append)
}
