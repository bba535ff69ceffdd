//! Brings the file up to date. Old migrations are frozen; add, never edit.

use rusqlite::Connection;

use crate::Error;

const MIGRATIONS: &[&str] = &[include_str!("migrations/001_journal.sql")];

pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    // An entry must survive a power cut once `append` has returned.
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .map_err(Error::Open)?;
    connection
        .pragma_update(None, "synchronous", "FULL")
        .map_err(Error::Open)?;

    let newest = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    let found: u32 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(Error::Open)?;
    if found > newest {
        return Err(Error::TooNew(found));
    }
    for (version, script) in (1..).zip(MIGRATIONS).skip(found as usize) {
        let failed = |source| Error::Migrate { version, source };
        let step = connection.transaction().map_err(failed)?;
        step.execute_batch(script).map_err(failed)?;
        step.pragma_update(None, "user_version", version)
            .map_err(failed)?;
        step.commit().map_err(failed)?;
        tracing::info!(version, "Migrated the journal");
    }
    Ok(())
}
