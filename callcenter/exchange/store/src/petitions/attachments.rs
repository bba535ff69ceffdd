//! Files of petitions, kept by their digests until their terms are over.

use request::{RequestId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};

use super::open;
use crate::{Store, StoreError, audit::audit};

/// Files of one petition, and what they may weigh together.
const FILES_MAX: u32 = 10;
const BYTES_MAX: i64 = 50 << 20;

/// A file of a petition.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// As its own first bytes say.
    pub media_type: String,
    pub content: Vec<u8>,
}

impl Store {
    /// Keeps a file of an open petition. The same file is kept once; `false` when the
    /// petition is over or has files enough.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn keep_attachment(
        &self,
        id: &RequestId,
        sha256: &str,
        attachment: &Attachment,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        if open(&transaction, id)?.is_none() {
            return Ok(false);
        }
        if read(&transaction, id, sha256)?.is_some() {
            return Ok(true);
        }
        let (files, bytes): (u32, i64) = transaction
            .prepare_cached(
                "SELECT count(*), coalesce(sum(length(content)), 0) FROM attachment
                 WHERE request_id = ?1",
            )?
            .query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let weight = i64::try_from(attachment.content.len()).unwrap_or(i64::MAX);
        if files >= FILES_MAX || bytes.saturating_add(weight) > BYTES_MAX {
            return Ok(false);
        }
        transaction
            .prepare_cached(
                "INSERT INTO attachment (request_id, sha256, media_type, received_at, content)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id.as_str(),
                sha256,
                attachment.media_type,
                now.as_millis(),
                attachment.content
            ])?;
        transaction.commit()?;
        Ok(true)
    }

    /// A file of an open petition; it is noted who read it.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn attachment(
        &self,
        id: &RequestId,
        sha256: &str,
        agent: &str,
        now: Timestamp,
    ) -> Result<Option<Attachment>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        if open(&transaction, id)?.is_none() {
            return Ok(None);
        }
        let found = read(&transaction, id, sha256)?;
        if found.is_some() {
            audit(&transaction, now, agent, "read a file of", id.as_str())?;
        }
        transaction.commit()?;
        Ok(found)
    }
}

fn read(
    transaction: &Transaction<'_>,
    id: &RequestId,
    sha256: &str,
) -> Result<Option<Attachment>, StoreError> {
    Ok(transaction
        .prepare_cached(
            "SELECT media_type, content FROM attachment WHERE request_id = ?1 AND sha256 = ?2",
        )?
        .query_row([id.as_str(), sha256], |row| {
            Ok(Attachment {
                media_type: row.get(0)?,
                content: row.get(1)?,
            })
        })
        .optional()?)
}
