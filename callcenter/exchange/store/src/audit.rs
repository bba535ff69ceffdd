//! Who did what by hand, in the same transaction as the deed, and on what ground.
//!
//! Each row is bound to the one before it: whoever follows them all sees where one was
//! altered or taken out, except at the end, and except by somebody who writes the rest
//! anew. For that the [`AuditHead`] can be noted elsewhere.

use std::path::Path;

use request::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use sha2::{Digest, Sha256};

use crate::{
    Store, StoreError,
    survey::{self, hex},
};

/// One deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place, from one on without a gap.
    pub sequence: u64,
    pub at: Timestamp,
    pub who: String,
    pub act: String,
    pub subject: String,
}

/// What the audit comes to: so many rows, and what they bind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditHead {
    pub rows: u64,
    /// Over all of them, in hexadecimal digits.
    pub hash: String,
}

/// A row of the audit that is not what was written, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {0} of the audit is not what was written")]
pub struct AuditAltered(pub u64);

impl Store {
    /// Notes on what ground somebody is about to decide.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note(
        &self,
        who: &str,
        act: &str,
        subject: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        audit(&transaction, now, who, act, subject)?;
        transaction.commit()?;
        Ok(())
    }

    /// Rows before a place, or the newest, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn audited(&self, before: Option<u64>, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        let before = before.map_or(i64::MAX, |it| i64::try_from(it).unwrap_or(i64::MAX));
        newest(&survey::look(&self.shared.file)?, before, limit)
    }

    /// All rows of a store's file, the newest first, while an exchange may be serving it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn audit_in(file: &Path) -> Result<Vec<AuditRow>, StoreError> {
        newest(&survey::look(file)?, i64::MAX, u32::MAX)
    }

    /// Follows the audit from its first row to its last, beside the store's own line.
    ///
    /// # Errors
    /// When the store cannot be read; within, the first row that is not what was written.
    pub fn audit_head(&self) -> Result<Result<AuditHead, AuditAltered>, StoreError> {
        follow(&survey::look(&self.shared.file)?)
    }
}

pub(crate) fn audit(
    transaction: &Transaction<'_>,
    at: Timestamp,
    who: &str,
    act: &str,
    subject: &str,
) -> Result<(), StoreError> {
    let (rows, before) = last(transaction)?;
    let row = AuditRow {
        sequence: rows + 1,
        at,
        who: who.to_owned(),
        act: act.to_owned(),
        subject: subject.to_owned(),
    };
    transaction
        .prepare_cached(
            "INSERT INTO audit (sequence, at, who, act, subject, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            row.sequence.cast_signed(),
            at.as_millis(),
            who,
            act,
            subject,
            row.bound_to(&before)
        ])?;
    Ok(())
}

/// How many rows there are, and what the last of them binds.
fn last(transaction: &Transaction<'_>) -> Result<(u64, [u8; 32]), StoreError> {
    let found: Option<(i64, Option<[u8; 32]>)> = transaction
        .prepare_cached("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        None => Ok((0, [0; 32])),
        Some((rows, Some(hash))) => Ok((rows.unsigned_abs(), hash)),
        // Written before rows were bound: from here on they are.
        Some((rows, None)) => {
            let mut before = [0; 32];
            let mut select = transaction
                .prepare("SELECT sequence, at, who, act, subject FROM audit ORDER BY sequence")?;
            for row in select.query_map([], read)? {
                before = row?.bound_to(&before);
            }
            Ok((rows.unsigned_abs(), before))
        }
    }
}

fn newest(connection: &Connection, before: i64, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
    let mut select = connection.prepare(
        "SELECT sequence, at, who, act, subject FROM audit WHERE sequence < ?1
         ORDER BY sequence DESC LIMIT ?2",
    )?;
    let rows = select.query_map(params![before, limit], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn follow(connection: &Connection) -> Result<Result<AuditHead, AuditAltered>, StoreError> {
    let mut select = connection
        .prepare("SELECT sequence, at, who, act, subject, hash FROM audit ORDER BY sequence")?;
    let mut found = select.query([])?;
    let (mut rows, mut before, mut are_bound) = (0, [0; 32], false);
    while let Some(row) = found.next()? {
        let (told, kept) = (read(row)?, row.get::<_, Option<[u8; 32]>>(5)?);
        rows += 1;
        before = told.bound_to(&before);
        are_bound |= kept.is_some();
        let as_written = kept.map_or(!are_bound, |it| it == before);
        if told.sequence != rows || !as_written {
            return Ok(Err(AuditAltered(rows)));
        }
    }
    Ok(Ok(AuditHead {
        rows,
        hash: hex(&before),
    }))
}

fn read(row: &Row<'_>) -> rusqlite::Result<AuditRow> {
    Ok(AuditRow {
        sequence: row.get::<_, i64>(0)?.unsigned_abs(),
        at: Timestamp::from_millis(row.get(1)?),
        who: row.get(2)?,
        act: row.get(3)?,
        subject: row.get(4)?,
    })
}

impl AuditRow {
    /// Lengths stand before texts, so that no two rows read the same.
    fn bound_to(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"minwon audit 1");
        hash.update(before);
        hash.update(self.sequence.to_be_bytes());
        hash.update(self.at.as_millis().to_be_bytes());
        for text in [&self.who, &self.act, &self.subject] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
#[path = "audit/tests.rs"]
mod tests;
