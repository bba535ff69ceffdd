//! The archive of what was issued: what is kept and until when, and what was disposed of.
//!
//! Pages go when their term is over ([`Store::erase_finished`]). What stays is the
//! document's number, its digest, and a record of the disposal, each bound to the one
//! before it: whoever reads them all sees where one was taken out or altered, except at
//! the end, and except by somebody who writes the rest anew.

use std::time::Duration;

use request::{DocumentNumber, ServiceId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Kept, Store, StoreError, Term};

const DAY: Duration = Duration::from_hours(24);

/// A document that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Archived {
    pub number: DocumentNumber,
    pub service: ServiceId,
    pub pages: u32,
    pub sha256: String,
    /// It does not count.
    pub void: bool,
    /// The pages are here.
    pub kept: bool,
    /// When they are to be disposed of; none while their request is open, or when they
    /// are gone.
    pub due_at: Option<Timestamp>,
}

/// The record of one disposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disposal {
    pub sequence: u64,
    pub disposed_at: Timestamp,
    pub number: DocumentNumber,
    /// Of the pages that are gone.
    pub sha256: String,
    pub pages: u32,
    /// The term that was over.
    pub days: u32,
    /// Over this record and the one before it, in hexadecimal digits.
    pub hash: String,
}

/// A record of disposal that is not what was written, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the record of disposal {0} is not what was written")]
pub struct Altered(pub u64);

impl Store {
    /// Documents in the order of their numbers, after one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn archived(
        &self,
        after: &str,
        limit: u32,
        term: Term<'_>,
    ) -> Result<Vec<Archived>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT number, pages, sha256, void, pdf IS NOT NULL, closed_at,
                 coalesce((SELECT event ->> '$.service' FROM history
                           WHERE history.request_id = document.request_id
                           AND event ->> '$.type' = 'opened'), '')
             FROM document LEFT JOIN owner USING (request_id)
             WHERE number > ?1 AND sha256 <> '' ORDER BY number LIMIT ?2",
        )?;
        let mut rows = select.query(params![after, limit])?;
        let mut archived = Vec::new();
        while let Some(row) = rows.next()? {
            let service = ServiceId::new(row.get::<_, String>(6)?);
            let kept: bool = row.get(4)?;
            let closed_at: Option<i64> = row.get(5)?;
            let due = |at| Timestamp::from_millis(at) + term(&service, Kept::Document);
            archived.push(Archived {
                number: DocumentNumber::new(row.get::<_, String>(0)?),
                pages: row.get(1)?,
                sha256: row.get(2)?,
                void: row.get(3)?,
                due_at: closed_at.filter(|_| kept).map(due),
                kept,
                service,
            });
        }
        Ok(archived)
    }

    /// Records of disposal after one, the oldest first, once all up to the last of them
    /// were found to be as they were written.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn disposals(
        &self,
        after: u64,
        limit: u32,
    ) -> Result<Result<Vec<Disposal>, Altered>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT sequence, disposed_at, number, sha256, pages, days, hash FROM disposal
             ORDER BY sequence",
        )?;
        let mut rows = select.query([])?;
        let (mut before, mut expected) = ([0; 32], 1);
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let record = Record {
                disposed_at: row.get(1)?,
                number: row.get(2)?,
                sha256: row.get(3)?,
                pages: row.get(4)?,
                days: row.get(5)?,
            };
            let (sequence, hash): (i64, [u8; 32]) = (row.get(0)?, row.get(6)?);
            if sequence != expected || hash != record.hash(&before) {
                return Ok(Err(Altered(expected.unsigned_abs())));
            }
            (before, expected) = (hash, expected + 1);
            if sequence.unsigned_abs() > after {
                found.push(record.told(sequence.unsigned_abs(), &hash));
            }
            if found.len() >= limit as usize {
                break;
            }
        }
        Ok(Ok(found))
    }
}

/// What a record says.
struct Record {
    disposed_at: i64,
    number: String,
    sha256: String,
    pages: u32,
    days: u32,
}

impl Record {
    /// Lengths stand before texts, so that no two records read the same.
    fn hash(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"minwon disposal 1");
        hash.update(before);
        hash.update(self.disposed_at.to_be_bytes());
        for text in [&self.number, &self.sha256] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.update(self.pages.to_be_bytes());
        hash.update(self.days.to_be_bytes());
        hash.finalize().into()
    }

    fn told(self, sequence: u64, hash: &[u8; 32]) -> Disposal {
        Disposal {
            sequence,
            disposed_at: Timestamp::from_millis(self.disposed_at),
            number: DocumentNumber::new(self.number),
            sha256: self.sha256,
            pages: self.pages,
            days: self.days,
            hash: hash.iter().map(|it| format!("{it:02x}")).collect(),
        }
    }
}

/// Erases the pages of a request's documents and writes down that it was done; answers
/// how many.
pub(crate) fn dispose(
    transaction: &Transaction<'_>,
    request: &str,
    term: Duration,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut select = transaction.prepare_cached(
        "SELECT number, sha256, pages FROM document
         WHERE request_id = ?1 AND pdf IS NOT NULL ORDER BY number",
    )?;
    let rows = select.query_map([request], |row| {
        Ok(Record {
            disposed_at: now.as_millis(),
            number: row.get(0)?,
            sha256: row.get(1)?,
            pages: row.get(2)?,
            days: u32::try_from(term.as_secs() / DAY.as_secs()).unwrap_or(u32::MAX),
        })
    })?;
    let records = rows.collect::<Result<Vec<_>, _>>()?;
    let last: Option<(i64, [u8; 32])> = transaction
        .query_row(
            "SELECT sequence, hash FROM disposal ORDER BY sequence DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (mut sequence, mut before) = last.unwrap_or((0, [0; 32]));
    for record in &records {
        (sequence, before) = (sequence + 1, record.hash(&before));
        transaction
            .prepare_cached(
                "INSERT INTO disposal (sequence, disposed_at, number, sha256, pages, days, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                sequence,
                record.disposed_at,
                record.number,
                record.sha256,
                record.pages,
                record.days,
                before
            ])?;
    }
    let erased = transaction
        .prepare_cached("UPDATE document SET pdf = NULL WHERE request_id = ?1 AND pdf IS NOT NULL")?
        .execute([request])?;
    Ok(erased)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use request::{DocumentReference, RequestId};

    use super::*;
    use crate::Document;

    const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);

    fn store_of(numbers: &[&str]) -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
        for number in numbers {
            let (id, number) = (RequestId::new(*number), DocumentNumber::new(*number));
            store.reserve(&id, 1, 1, &number).unwrap();
            let pdf = number.as_str().as_bytes().to_vec();
            let reference = DocumentReference {
                number,
                pages: 2,
                sha256: "ab".repeat(32),
            };
            store.finish(&Document { reference, pdf }).unwrap();
        }
        (folder, store)
    }

    fn dispose_of(store: &Store, number: &str) -> usize {
        let mut connection = store.lock();
        let transaction = connection.transaction().unwrap();
        let disposed = dispose(&transaction, number, DAY * 90, NOON).unwrap();
        transaction.commit().unwrap();
        disposed
    }

    #[test]
    fn pages_that_go_leave_a_record_and_go_once() {
        let (_folder, store) = store_of(&["a", "b", "c"]);

        assert_eq!(dispose_of(&store, "b"), 1);
        assert_eq!(dispose_of(&store, "b"), 0);
        assert_eq!(dispose_of(&store, "a"), 1);

        let records = store.disposals(0, 10).unwrap().unwrap();
        let numbers: Vec<_> = records.iter().map(|it| it.number.as_str()).collect();
        assert_eq!(numbers, ["b", "a"]);
        assert_eq!((records[0].pages, records[0].days), (2, 90));
        assert_eq!(store.disposals(1, 10).unwrap().unwrap(), records[1..]);
        assert_eq!(store.disposals(0, 1).unwrap().unwrap(), records[..1]);
        let term = |_: &_, _| DAY;
        let kept: Vec<_> = store.archived("", 10, &term).unwrap();
        let kept: Vec<_> = kept
            .iter()
            .map(|it| (it.number.as_str(), it.kept))
            .collect();
        assert_eq!(kept, [("a", false), ("b", false), ("c", true)]);
        assert_eq!(store.archived("b", 10, &term).unwrap().len(), 1);
        assert_eq!(store.pdf("c").unwrap(), Some(b"c".to_vec()));
    }

    #[test]
    fn a_record_that_was_altered_or_taken_out_is_found() {
        for (deed, found) in [
            ("UPDATE disposal SET number = 'x' WHERE sequence = 2", 2),
            ("UPDATE disposal SET days = 1 WHERE sequence = 2", 2),
            ("DELETE FROM disposal WHERE sequence = 2", 2),
            // The others as if it had never been.
            (
                "DELETE FROM disposal WHERE sequence = 1;
                 UPDATE disposal SET sequence = sequence - 1",
                1,
            ),
        ] {
            let (_folder, store) = store_of(&["a", "b", "c"]);
            for number in ["a", "b", "c"] {
                dispose_of(&store, number);
            }
            assert!(store.disposals(0, 10).unwrap().is_ok());

            store.lock().execute_batch(deed).unwrap();

            let altered = store.disposals(0, 10).unwrap();
            assert_eq!(altered, Err(Altered(found)), "{deed}");
        }
    }
}
