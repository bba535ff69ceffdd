//! Opens the store and brings it to this release's form.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use rusqlite::{Connection, OpenFlags};

use crate::{Store, StoreError};

/// Frozen: a released migration is never edited, the next one follows it.
const MIGRATIONS: [&str; 3] = [
    include_str!("migrations/001_exchange.sql"),
    include_str!("migrations/002_incarnations.sql"),
    include_str!("migrations/003_lines.sql"),
];

impl Store {
    /// Opens the file, or makes it, and brings it to this release's form.
    ///
    /// # Errors
    /// When it cannot be opened, or a newer release wrote it.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(file, flags).map_err(StoreError::Open)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        migrate(&mut connection)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
        })
    }
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newest = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if version > newest {
        return Err(StoreError::TooNew(version));
    }
    for (number, migration) in (1..).zip(MIGRATIONS).skip(version as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}
