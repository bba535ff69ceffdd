//! Entries of damaged journals on their way to the exchange.

use std::time::Duration;

use privacy::Personal;
use request::{RequestEvent, RequestId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sync::{Content, Entry, Hash, Head, Incarnation, Offer, Salt};

use crate::{Error, Journal};

/// Entries erased in one go: the citizen at the next visit does not wait for it.
const ENTRIES_MAX: usize = 500;

impl Journal {
    /// Offers the oldest entries saved from damaged journals that the exchange has
    /// not confirmed, at most `limit` of one journal; `None` when it has confirmed all. What was read
    /// behind the damage is for a person to look at: no chain vouches for its place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn salvaged(&self, limit: u32) -> Result<Option<Offer>, Error> {
        let mut statement = self
            .connection
            .prepare_cached(
                "WITH untold AS (
                     SELECT salvaged.* FROM salvaged
                     LEFT JOIN salvaged_told USING (incarnation)
                     WHERE chained AND salvaged.number > coalesce(salvaged_told.number, 0)
                       AND incarnation <> 'unknown')
                 SELECT incarnation, number, request_id, recorded_at, salt, body, commitment
                 FROM untold WHERE incarnation = (SELECT min(incarnation) FROM untold)
                 ORDER BY number LIMIT ?1",
            )
            .map_err(Error::Read)?;
        let entries = statement
            .query_map([limit], |row| self.salvaged_entry(row))
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(Error::Read)?;
        let Some(first) = entries.first() else {
            return Ok(None);
        };
        let told = self
            .connection
            .query_row(
                "SELECT hash FROM salvaged_told WHERE incarnation = ?1",
                [first.incarnation.as_str()],
                |row| Ok(Hash::from_bytes(row.get(0)?)),
            )
            .optional()
            .map_err(Error::Read)?;
        let genesis = Head::genesis(first.station.clone(), first.incarnation.clone());
        let before = told.unwrap_or(genesis.hash);
        Ok(Some(Offer {
            speaker: self.head.incarnation.clone(),
            before,
            entries,
        }))
    }

    /// How many entries saved from damaged journals are here still, also those
    /// from behind the damage.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn salvaged_count(&self) -> Result<u64, Error> {
        self.number("SELECT count(*) FROM salvaged")
    }

    /// The exchange holds a damaged journal up to and including `number`. Entries
    /// of requests that are still open stay: they tell how far those had come.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn acknowledge_salvaged(
        &mut self,
        incarnation: &Incarnation,
        number: u64,
    ) -> Result<(), Error> {
        let place = (incarnation.as_str(), number.cast_signed());
        self.finish(|journal| {
            let step = journal.connection.transaction().map_err(Error::Append)?;
            step.execute(
                "INSERT OR REPLACE INTO salvaged_told
                 SELECT incarnation, number, hash FROM salvaged
                 WHERE incarnation = ?1 AND number = ?2",
                place,
            )
            .and_then(|_| let_go(&step))
            .map_err(Error::Append)?;
            step.commit().map_err(Error::Append)
        })
    }

    /// Erases what is personal in entries that were read behind damage, or of a
    /// journal that nobody can tell, once they are older than `term`: no chain says
    /// what became of their requests, so it has to be the longest of all services.
    /// What cannot be read may be personal. Answers how many entries it were.
    ///
    /// The age is by this station's clock. Does a limited number; the caller asks
    /// again until nothing was erased. What belongs to a request that is still open
    /// stays, and what the exchange has yet to be told of.
    ///
    /// # Errors
    /// As [`Self::erase_finished`].
    pub fn erase_salvaged(&mut self, term: Duration, now: Timestamp) -> Result<usize, Error> {
        let term = i64::try_from(term.as_millis()).unwrap_or(i64::MAX);
        let due = now.as_millis().saturating_sub(term);
        let erased = self.finish(|journal| {
            let transaction = journal.connection.transaction().map_err(Error::Append)?;
            let erased = strip_unattributed(&transaction, due).map_err(Error::Append)?;
            transaction.commit().map_err(Error::Append)?;
            Ok(erased)
        })?;
        if erased > 0 {
            self.empty_wal()?;
        }
        Ok(erased)
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

/// Drops what the exchange holds of requests that are closed.
pub(crate) fn let_go(connection: &Connection) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "DELETE FROM salvaged
             WHERE chained
               AND number <= (SELECT number FROM salvaged_told
                              WHERE salvaged_told.incarnation = salvaged.incarnation)
               AND request_id NOT IN (SELECT request_id FROM open_request)",
        )?
        .execute([])
}

fn strip_unattributed(connection: &Connection, due: i64) -> rusqlite::Result<usize> {
    let found: Vec<(String, i64)> = connection
        .prepare_cached(
            "SELECT incarnation, number, body FROM salvaged
             WHERE body IS NOT NULL AND (NOT chained OR incarnation = 'unknown')
               AND recorded_at <= ?1
               AND request_id NOT IN (SELECT request_id FROM open_request)",
        )?
        .query_map([due], |row| {
            let body = row.get_ref(2)?.as_str()?;
            let event = serde_json::from_str::<RequestEvent>(body);
            let personal = event.map_or(true, |it| it.is_personal());
            Ok(if personal {
                Some((row.get(0)?, row.get(1)?))
            } else {
                None
            })
        })?
        .filter_map(Result::transpose)
        .take(ENTRIES_MAX)
        .collect::<Result<_, _>>()?;
    for (incarnation, number) in &found {
        connection
            .prepare_cached(
                "UPDATE salvaged SET salt = NULL, body = NULL
                 WHERE incarnation = ?1 AND number = ?2",
            )?
            .execute(params![incarnation, number])?;
    }
    Ok(found.len())
}
