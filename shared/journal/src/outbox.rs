//! The entries that the exchange has not confirmed.

use privacy::Personal;
use request::{RequestId, Timestamp};
use rusqlite::{OptionalExtension, Row};
use sync::{Content, Entry, Hash, Head, Salt};

use crate::{Error, Journal};

impl Journal {
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
        self.finish(|journal| {
            journal
                .connection
                .prepare_cached("UPDATE outbox SET acknowledged = max(acknowledged, ?1)")
                .and_then(|mut update| update.execute([number.cast_signed()]))
                .map_err(Error::Append)?;
            Ok(())
        })
    }

    /// Notes that the exchange has lost what it had confirmed beyond `number`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn withdraw(&mut self, number: u64) -> Result<(), Error> {
        self.finish(|journal| {
            journal
                .connection
                .prepare_cached("UPDATE outbox SET acknowledged = min(acknowledged, ?1)")
                .and_then(|mut update| update.execute([number.cast_signed()]))
                .map(drop)
                .map_err(Error::Append)
        })
    }

    /// The oldest entries after `after` that the exchange has not confirmed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pending(&self, after: u64, limit: u32) -> Result<Vec<Entry>, Error> {
        self.entries(after.max(self.acknowledged()?), limit)
    }

    /// The entries after `after`, oldest first, confirmed or not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entries(&self, after: u64, limit: u32) -> Result<Vec<Entry>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT number, request_id, recorded_at, salt, body, commitment FROM entry
                 WHERE number > ?1 ORDER BY number LIMIT ?2",
            )
            .map_err(Error::Read)?;
        let entries = statement
            .query_map((after.cast_signed(), limit), |row| self.entry(row))
            .map_err(Error::Read)?;
        entries.map(|entry| entry.map_err(Error::Read)).collect()
    }

    /// The chain's hash after the entry of this number, 0 being before the first;
    /// none after the last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn hash_at(&self, number: u64) -> Result<Option<Hash>, Error> {
        if number == 0 {
            let Head {
                station,
                incarnation,
                ..
            } = self.head.clone();
            return Ok(Some(Head::genesis(station, incarnation).hash));
        }
        self.connection
            .prepare_cached("SELECT hash FROM entry WHERE number = ?1")
            .and_then(|mut select| {
                select
                    .query_row([number.cast_signed()], |row| row.get(0))
                    .optional()
            })
            .map(|hash| hash.map(Hash::from_bytes))
            .map_err(Error::Read)
    }

    /// Where the chain stood after the entry of this number, 0 being before the first;
    /// none after the last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn head_at(&self, number: u64) -> Result<Option<Head>, Error> {
        let hash = self.hash_at(number)?;
        Ok(hash.map(|hash| Head {
            number,
            hash,
            ..self.head.clone()
        }))
    }

    fn entry(&self, row: &Row<'_>) -> rusqlite::Result<Entry> {
        let content = match (row.get(3)?, row.get(4)?) {
            (Some(salt), Some(body)) => Content::Whole {
                salt: Salt::from_bytes(salt),
                body: Personal::new(body),
            },
            _ => Content::Erased {
                commitment: Hash::from_bytes(row.get(5)?),
            },
        };
        Ok(Entry {
            station: self.head.station.clone(),
            incarnation: self.head.incarnation.clone(),
            number: row.get::<_, i64>(0)?.unsigned_abs(),
            request: RequestId::new(row.get::<_, String>(1)?),
            recorded_at: Timestamp::from_millis(row.get(2)?),
            content,
        })
    }
}
