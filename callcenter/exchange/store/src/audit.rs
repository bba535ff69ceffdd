//! Who did what by hand, in the same transaction as the deed, and on what ground.

use request::Timestamp;
use rusqlite::{Transaction, params};

use crate::{Store, StoreError};

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
}

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
