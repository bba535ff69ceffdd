//! Brings the file up to date. Old migrations are frozen; add, never edit.

use request::{RequestId, StationId, Timestamp};
use rusqlite::{Connection, Transaction};
use sync::{Head, Incarnation};

use crate::{
    Error, append,
    draft::{Draft, Turn},
    random,
};

struct Migration {
    script: &'static str,
    /// What SQL alone cannot do, in the same transaction.
    then: fn(&Transaction<'_>, &StationId, Incarnation) -> Result<(), Failed>,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        script: include_str!("migrations/001_journal.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/002_chain.sql"),
        then: chain,
    },
    Migration {
        script: include_str!("migrations/003_retention.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/004_device_counters.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/005_announcements.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/006_salvaged.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/007_leases.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/008_rollback.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/009_salvaged_told.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/010_calls.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/011_replies.sql"),
        then: |_, _, _| Ok(()),
    },
    Migration {
        script: include_str!("migrations/012_decisions.sql"),
        then: |_, _, _| Ok(()),
    },
];

/// The version from which on a file knows its incarnation.
const INCARNATE: u32 = 2;

pub(crate) enum Failed {
    Sql(rusqlite::Error),
    Other(Error),
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// What this release writes.
pub(crate) fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// The schema version of a file that is not newer than this release.
pub(crate) fn version(connection: &Connection) -> Result<u32, Error> {
    let found = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(Error::Open)?;
    if found > newest() {
        return Err(Error::TooNew(found));
    }
    Ok(found)
}

pub(crate) fn migrate(connection: &mut Connection, station: &StationId) -> Result<(), Error> {
    // What is erased must not lie on in free space.
    connection
        .pragma_update(None, "secure_delete", true)
        .map_err(Error::Open)?;
    let found = version(connection)?;
    if found < newest() {
        bring_up_to_date(connection, station, found, newest())?;
    }
    // An entry must survive a power cut once `append` has returned.
    set_mode(connection, "wal")?;
    synchronize(connection, "FULL")
}

/// All at once, so that no file stops between its making and its first life; and
/// under a rollback journal.
///
/// What a failed sync could not write lies in the page cache and not on the disk,
/// and the next sync says that all is well. Opened again, a write-ahead log seems
/// to hold the step; SQLite moves it into the file, whose old pages it overwrites,
/// and a power cut leaves a file half moved and a log with a gap. A rollback journal
/// is what was before: it is synced before the file is touched, and where it is
/// found again it writes the old pages anew.
fn bring_up_to_date(
    connection: &mut Connection,
    station: &StationId,
    found: u32,
    newest: u32,
) -> Result<(), Error> {
    set_mode(connection, "delete")?;
    // Syncs the directory, too, when it deletes the rollback journal.
    synchronize(connection, "EXTRA")?;
    let incarnation = incarnation(found)?;
    let failed = |version| move |source| Error::Migrate { version, source };
    let all = connection.transaction().map_err(failed(found + 1))?;
    for (version, migration) in (1..).zip(MIGRATIONS).skip(found as usize) {
        all.execute_batch(migration.script)
            .map_err(failed(version))?;
        (migration.then)(&all, station, incarnation.clone()).map_err(|it| match it {
            Failed::Sql(source) => failed(version)(source),
            Failed::Other(error) => error,
        })?;
    }
    all.pragma_update(None, "user_version", newest)
        .and_then(|()| all.commit())
        .map_err(failed(newest))?;
    tracing::info!(found, version = newest, "Migrated the journal");
    Ok(())
}

/// For a file that must not be changed.
pub(crate) fn expect_current(connection: &Connection) -> Result<(), Error> {
    match version(connection)? {
        found if found < newest() => Err(Error::TooOld(found)),
        _ => Ok(()),
    }
}

/// SQLite says the new mode before it has written it down, and then fails or
/// keeps the old one: the statement is to be read to its end.
fn set_mode(connection: &Connection, mode: &str) -> Result<(), Error> {
    let said: Vec<String> = connection
        .prepare(&format!("PRAGMA journal_mode = {mode}"))
        .and_then(|mut set| set.query_map([], |row| row.get(0))?.collect())
        .map_err(Error::Open)?;
    match said.last().map(String::as_str) {
        Some(kept) if kept == mode || kept == "memory" => Ok(()),
        kept => Err(Error::LogMode(kept.unwrap_or_default().to_owned())),
    }
}

fn synchronize(connection: &Connection, level: &str) -> Result<(), Error> {
    connection
        .pragma_update(None, "synchronous", level)
        .map_err(Error::Open)
}

/// A new file begins a new life. One that was written before there were
/// incarnations goes on in the station's first, under which the exchange has
/// confirmed what it holds of it.
fn incarnation(found: u32) -> Result<Incarnation, Error> {
    if (1..INCARNATE).contains(&found) {
        return Ok(Incarnation::first());
    }
    Ok(Incarnation::from_bytes(random().map_err(Error::Random)?))
}

/// Chains what was written before there was a chain.
fn chain(
    step: &Transaction<'_>,
    station: &StationId,
    incarnation: Incarnation,
) -> Result<(), Failed> {
    step.execute(
        "INSERT INTO identity VALUES (1, ?1, ?2)",
        (station.as_str(), incarnation.as_str()),
    )?;
    let mut head = Head::genesis(station.clone(), incarnation);
    {
        let mut statement = step.prepare(
            "SELECT request_id, recorded_at, event FROM journal
             WHERE number IS NOT NULL ORDER BY number",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let draft = Draft::written(
                RequestId::new(row.get::<_, String>(0)?),
                row.get(2)?,
                Timestamp::from_millis(row.get(1)?),
                Turn::GoesOn,
            )?;
            head = append::insert(step, &head, &draft)?;
        }
    }
    step.execute_batch("DROP TABLE journal")?;
    Ok(())
}
