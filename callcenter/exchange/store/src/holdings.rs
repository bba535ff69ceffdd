//! How much is held of people and papers, and how much has gone: counts, never a person.

use request::Timestamp;

use crate::{Store, StoreError, survey};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Facts that stations told or that happened here, erased ones among them.
    pub facts: u64,
    /// Of these, facts about people that were erased when their term was over.
    pub erased: u64,
    /// Papers that were made.
    pub documents: u64,
    /// Papers whose pages are here.
    pub with_pages: u64,
    /// Records of disposal.
    pub disposals: u64,
    pub last_disposal: Option<Timestamp>,
    /// Requests that are not over; their terms have not begun.
    pub open_requests: u64,
    /// When something is to be erased next.
    pub next_due: Option<Timestamp>,
}

impl Store {
    /// Nobody waits for it: it is read beside the store's own line.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn holdings(&self) -> Result<Holdings, StoreError> {
        let connection = survey::look(&self.shared.file)?;
        let count = |question: &str| -> Result<u64, StoreError> {
            let found: i64 = connection.query_row(question, [], |row| row.get(0))?;
            Ok(found.unsigned_abs())
        };
        let moment = |question: &str| -> Result<Option<Timestamp>, StoreError> {
            let found: Option<i64> = connection.query_row(question, [], |row| row.get(0))?;
            Ok(found.map(Timestamp::from_millis))
        };
        Ok(Holdings {
            facts: count("SELECT count(*) FROM history")?,
            erased: count("SELECT count(*) FROM history WHERE event IS NULL")?,
            documents: count("SELECT count(*) FROM document WHERE sha256 <> ''")?,
            with_pages: count("SELECT count(*) FROM document WHERE pdf IS NOT NULL")?,
            disposals: count("SELECT count(*) FROM disposal")?,
            last_disposal: moment("SELECT max(disposed_at) FROM disposal")?,
            open_requests: count("SELECT count(*) FROM owner WHERE NOT closed")?,
            next_due: moment("SELECT min(look_at) FROM owner WHERE closed_at IS NOT NULL")?,
        })
    }
}
