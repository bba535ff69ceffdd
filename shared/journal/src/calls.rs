//! Telephone calls: what happened in each, and who waits.
//!
//! A switch is a station, and its journal keeps calls beside requests: encrypted
//! like them, and erased in their time. They are not offered to the exchange.

use privacy::Personal;
use request::Timestamp;
use rusqlite::{Connection, params};

use crate::{Error, Journal};

/// Something to be written down about a call, as JSON of the switch's own.
#[derive(Clone, Debug)]
pub enum CallEntry {
    Fact {
        call: u64,
        /// When it happened.
        at: Timestamp,
        body: Personal<String>,
    },
    /// In the stead of what was written of the call's place before.
    Place { call: u64, body: Personal<String> },
    /// The place need not be known any more.
    PlaceGone { call: u64 },
}

/// A fact as it stands in the journal.
#[derive(Clone, Debug)]
pub struct WrittenFact {
    pub call: u64,
    pub at: Timestamp,
    pub body: Personal<String>,
}

impl Journal {
    /// Writes down all of it or nothing.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_calls(&mut self, entries: &[CallEntry]) -> Result<(), Error> {
        self.finish(|journal| {
            let step = journal.connection.transaction().map_err(Error::Append)?;
            for entry in entries {
                write(&step, entry).map_err(Error::Append)?;
            }
            step.commit().map_err(Error::Append)
        })
    }

    /// The number for the next call: higher than all that were written about.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_call(&self) -> Result<u64, Error> {
        Ok(self.number("SELECT highest FROM call_counter")? + 1)
    }

    /// The places of calls that were written and have not gone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn call_places(&self) -> Result<Vec<Personal<String>>, Error> {
        self.bodies("SELECT body FROM call_place ORDER BY call", &[])
    }

    /// What was written about a call, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn call_facts(&self, call: u64) -> Result<Vec<Personal<String>>, Error> {
        self.bodies(
            "SELECT body FROM call_fact WHERE call = ?1 ORDER BY number",
            &[&call.cast_signed()],
        )
    }

    /// What was written since then about all calls, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn call_facts_since(&self, from: Timestamp) -> Result<Vec<WrittenFact>, Error> {
        let query = "SELECT call, recorded_at, body FROM call_fact
             WHERE recorded_at >= ?1 ORDER BY number";
        let mut select = self.connection.prepare_cached(query).map_err(Error::Read)?;
        let rows = select.query_map([from.as_millis()], |row| {
            Ok(WrittenFact {
                call: row.get::<_, i64>(0)?.cast_unsigned(),
                at: Timestamp::from_millis(row.get(1)?),
                body: Personal::new(row.get(2)?),
            })
        });
        rows.and_then(Iterator::collect).map_err(Error::Read)
    }

    /// Erases what is older than `before`, from the file, its free pages and its
    /// log; answers how many facts that were.
    ///
    /// # Errors
    /// When the file cannot be written, or is being read by somebody else.
    pub fn erase_calls(&mut self, before: Timestamp) -> Result<usize, Error> {
        let erased = self.finish(|journal| {
            journal
                .connection
                .execute(
                    "DELETE FROM call_fact WHERE recorded_at < ?1",
                    [before.as_millis()],
                )
                .map_err(Error::Append)
        })?;
        if erased > 0 {
            self.empty_wal()?;
        }
        Ok(erased)
    }

    fn bodies(
        &self,
        query: &str,
        parameters: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<Personal<String>>, Error> {
        let mut select = self.connection.prepare_cached(query).map_err(Error::Read)?;
        let rows = select.query_map(parameters, |row| Ok(Personal::new(row.get(0)?)));
        rows.and_then(Iterator::collect).map_err(Error::Read)
    }
}

fn write(step: &Connection, entry: &CallEntry) -> rusqlite::Result<()> {
    let call = match entry {
        CallEntry::Fact { call, at, body } => {
            step.prepare_cached(
                "INSERT INTO call_fact (call, recorded_at, body) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![call.cast_signed(), at.as_millis(), body.reveal()])?;
            call
        }
        CallEntry::Place { call, body } => {
            step.prepare_cached("INSERT OR REPLACE INTO call_place (call, body) VALUES (?1, ?2)")?
                .execute(params![call.cast_signed(), body.reveal()])?;
            call
        }
        CallEntry::PlaceGone { call } => {
            step.prepare_cached("DELETE FROM call_place WHERE call = ?1")?
                .execute([call.cast_signed()])?;
            call
        }
    };
    step.prepare_cached("UPDATE call_counter SET highest = ?1 WHERE highest < ?1")?
        .execute([call.cast_signed()])?;
    Ok(())
}
