//! Who did what by hand, in the same transaction as the deed.

use request::Timestamp;
use rusqlite::{Transaction, params};

use crate::StoreError;

pub(crate) fn audit(
    transaction: &Transaction<'_>,
    at: Timestamp,
    who: &str,
    act: &str,
    subject: &str,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO audit (at, who, act, subject) VALUES (?1, ?2, ?3, ?4)",
        params![at.as_millis(), who, act, subject],
    )?;
    Ok(())
}
