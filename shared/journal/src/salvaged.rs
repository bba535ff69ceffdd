//! Entries of damaged journals on their way to the exchange.

use privacy::Personal;
use request::{RequestId, Timestamp};
use rusqlite::Row;
use sync::{Content, Entry, Hash, Incarnation, Salt};

use crate::{Error, Journal};

impl Journal {
    /// The oldest entries saved from damaged journals, of one incarnation and
    /// consecutive: as they would have been offered then. What was read behind
    /// the damage stays, for a person to look at: no chain vouches for its place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn salvaged(&self, limit: u32) -> Result<Vec<Entry>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT incarnation, number, request_id, recorded_at, salt, body, commitment
                 FROM salvaged
                 WHERE chained AND incarnation = (SELECT min(incarnation) FROM salvaged
                                                  WHERE chained AND incarnation <> 'unknown')
                 ORDER BY number LIMIT ?1",
            )
            .map_err(Error::Read)?;
        let entries = statement
            .query_map([limit], |row| self.salvaged_entry(row))
            .map_err(Error::Read)?;
        entries.map(|entry| entry.map_err(Error::Read)).collect()
    }

    /// How many entries saved from damaged journals are here still, also those
    /// from behind the damage.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn salvaged_count(&self) -> Result<u64, Error> {
        self.number("SELECT count(*) FROM salvaged")
    }

    /// Lets go of what the exchange holds up to and including `number`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn acknowledge_salvaged(
        &mut self,
        incarnation: &Incarnation,
        number: u64,
    ) -> Result<(), Error> {
        self.finish(|journal| {
            journal
                .connection
                .execute(
                    "DELETE FROM salvaged WHERE incarnation = ?1 AND number <= ?2 AND chained",
                    (incarnation.as_str(), number.cast_signed()),
                )
                .map(drop)
                .map_err(Error::Append)
        })
    }

    fn salvaged_entry(&self, row: &Row<'_>) -> rusqlite::Result<Entry> {
        let content = match (row.get(4)?, row.get(5)?) {
            (Some(salt), Some(body)) => Content::Whole {
                salt: Salt::from_bytes(salt),
                body: Personal::new(body),
            },
            _ => Content::Erased {
                commitment: Hash::from_bytes(row.get(6)?),
            },
        };
        Ok(Entry {
            station: self.head.station.clone(),
            incarnation: Incarnation::new(row.get::<_, String>(0)?),
            number: row.get::<_, i64>(1)?.unsigned_abs(),
            request: RequestId::new(row.get::<_, String>(2)?),
            recorded_at: Timestamp::from_millis(row.get(3)?),
            content,
        })
    }
}
