//! What became of deliveries.

use request::{DocumentNumber, Timestamp};
use rusqlite::{Row, params};

use super::DeliveryEnd;
use crate::{Store, StoreError, encoding};

/// Of one document; more than a list of agencies is long.
const LISTED_MOST: i64 = 100;
const COLUMNS: &str =
    "delivery_id, number, recipient, arose_at, tries, settlement, settled_at, receipt";

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryStatus {
    pub id: String,
    pub number: DocumentNumber,
    pub recipient: String,
    pub arose_at: Timestamp,
    pub tries: u32,
    /// None while it is on its way.
    pub end: Option<DeliveryEnd>,
    pub settled_at: Option<Timestamp>,
    pub receipt: Option<Vec<u8>>,
}

impl Store {
    /// What became of a delivery; none of an id that is not known.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivery(&self, id: &str) -> Result<Option<DeliveryStatus>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM delivery WHERE delivery_id = ?1"
        ))?;
        let mut rows = select.query([id])?;
        rows.next()?.map(status).transpose()
    }

    /// What became of each delivery of a document, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deliveries_of(&self, number: &str) -> Result<Vec<DeliveryStatus>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM delivery
             WHERE request_id = (SELECT request_id FROM document WHERE number = ?1)
             AND number = ?1 ORDER BY arose_at DESC, delivery_id LIMIT ?2"
        ))?;
        let mut rows = select.query(params![number, LISTED_MOST])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(status(row)?);
        }
        Ok(found)
    }
}

fn status(row: &Row<'_>) -> Result<DeliveryStatus, StoreError> {
    let end: Option<String> = row.get(5)?;
    Ok(DeliveryStatus {
        id: row.get(0)?,
        number: DocumentNumber::new(row.get::<_, String>(1)?),
        recipient: row.get(2)?,
        arose_at: Timestamp::from_millis(row.get(3)?),
        tries: row.get(4)?,
        end: end.as_deref().map(encoding::decode).transpose()?,
        settled_at: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_millis),
        receipt: row.get(7)?,
    })
}
