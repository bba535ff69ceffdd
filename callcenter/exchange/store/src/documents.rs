//! Numbered documents: reserved, made, and perhaps void.

use request::{DocumentNumber, DocumentReference, RequestId};
use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

/// What is known about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    Valid,
    Void,
    /// A station may have issued it, and has not told of it yet.
    Leased,
    Unknown,
}

/// A finished document.
pub struct Document {
    pub reference: DocumentReference,
    pub pdf: Vec<u8>,
}

impl Store {
    /// The number of an edition of a request's copy (both from 1 on): the one it
    /// has, or `fresh` from now on. A crash between this and the paper gives the
    /// same number again. What is reserved after the request was closed is void.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn reserve(
        &self,
        id: &RequestId,
        copy: u32,
        edition: u32,
        fresh: &DocumentNumber,
    ) -> Result<DocumentNumber, StoreError> {
        let connection = self.lock();
        connection.execute(
            "INSERT INTO document (number, request_id, copy, edition, void)
             VALUES (?1, ?2, ?3, ?4, EXISTS (
                 SELECT 1 FROM history
                 WHERE request_id = ?2 AND event ->> '$.type' = 'closed'))
             ON CONFLICT (request_id, copy, edition) DO NOTHING",
            params![fresh.as_str(), id.as_str(), copy, edition],
        )?;
        let number: String = connection.query_row(
            "SELECT number FROM document
             WHERE request_id = ?1 AND copy = ?2 AND edition = ?3",
            params![id.as_str(), copy, edition],
            |row| row.get(0),
        )?;
        Ok(DocumentNumber::new(number))
    }

    /// Keeps a document under the number reserved for it; it may come when its
    /// request is over.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn finish(&self, document: &Document) -> Result<(), StoreError> {
        let Document { reference, pdf } = document;
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction.execute(
            "UPDATE document SET pages = ?2, sha256 = ?3, pdf = ?4 WHERE number = ?1",
            params![
                reference.number.as_str(),
                reference.pages,
                reference.sha256,
                pdf
            ],
        )?;
        transaction.execute(
            "UPDATE owner SET look_at = closed_at
             WHERE request_id = (SELECT request_id FROM document WHERE number = ?1)",
            [reference.number.as_str()],
        )?;
        transaction.commit()
    }

    /// A document that is ready and not void.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn pdf(&self, number: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let pdf = self
            .lock()
            .query_row(
                "SELECT pdf FROM document WHERE number = ?1 AND NOT void",
                [number],
                |row| row.get(0),
            )
            .optional()?;
        Ok(pdf.flatten())
    }

    /// Whether a paper with this number counts.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn paper(&self, number: &str) -> Result<Paper, StoreError> {
        // What a station made by itself has a digest here and no PDF.
        let found: Option<Option<bool>> = self
            .lock()
            .query_row(
                "SELECT void FROM document WHERE number = ?1 AND sha256 <> ''
                 UNION ALL SELECT NULL FROM leased_number WHERE number = ?1 LIMIT 1",
                [number],
                |row| row.get(0),
            )
            .optional()?;
        Ok(match found {
            None => Paper::Unknown,
            Some(None) => Paper::Leased,
            Some(Some(true)) => Paper::Void,
            Some(Some(false)) => Paper::Valid,
        })
    }
}
