//! What may be told of a paper to whoever knows its number: never of whom it is.

use request::{DocumentNumber, ServiceId, Timestamp};
use rusqlite::{OptionalExtension, params};

use crate::{Paper, Store, StoreError};

/// A number and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Particulars {
    pub paper: Paper,
    /// What kind of paper it is, or could become.
    pub service: Option<ServiceId>,
    /// When it was made; of a leased number, none.
    pub made_at: Option<Timestamp>,
    /// Whether the copy was made anew under another number.
    pub replaced: bool,
}

impl Store {
    /// What is known about a number.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn particulars(&self, number: &DocumentNumber) -> Result<Particulars, StoreError> {
        let connection = self.lock();
        let number = number.as_str();
        let made = connection
            .prepare_cached(
                "SELECT void,
                     (SELECT event ->> '$.service' FROM history
                      WHERE request_id = document.request_id
                      AND event ->> '$.type' = 'opened' LIMIT 1),
                     (SELECT min(recorded_at) FROM history
                      WHERE request_id = document.request_id
                      AND event ->> '$.type' IN ('prepared', 'prepared_under_lease', 'replaced')
                      AND instr(event, document.number)),
                     EXISTS (SELECT 1 FROM document AS later
                      WHERE later.request_id = document.request_id
                      AND later.copy = document.copy AND later.edition > document.edition
                      AND later.sha256 <> '')
                 FROM document WHERE number = ?1 AND sha256 <> ''",
            )?
            .query_row(params![number], |row| {
                let void: bool = row.get(0)?;
                Ok(Particulars {
                    paper: if void { Paper::Void } else { Paper::Valid },
                    service: row.get::<_, Option<String>>(1)?.map(ServiceId::new),
                    made_at: row.get::<_, Option<i64>>(2)?.map(Timestamp::from_millis),
                    replaced: row.get(3)?,
                })
            })
            .optional()?;
        if let Some(made) = made {
            return Ok(made);
        }
        let leased: Option<String> = connection
            .prepare_cached(
                "SELECT service FROM leased_number JOIN lease ON lease.prefix = lease
                 WHERE number = ?1",
            )?
            .query_row(params![number], |row| row.get(0))
            .optional()?;
        Ok(Particulars {
            paper: match leased {
                Some(_) => Paper::Leased,
                None => Paper::Unknown,
            },
            service: leased.map(ServiceId::new),
            made_at: None,
            replaced: false,
        })
    }
}
