//! Opens the store and brings it to this release's form.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use parking_lot::Mutex;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};

use crate::{Shared, Store, StoreError, certainty::Certainty, log::Log, traffic::Traffic};

/// Frozen: a released migration is never edited, the next one follows it.
const MIGRATIONS: [&str; 23] = [
    include_str!("migrations/001_exchange.sql"),
    include_str!("migrations/002_incarnations.sql"),
    include_str!("migrations/003_editions.sql"),
    include_str!("migrations/004_lines.sql"),
    include_str!("migrations/005_tickets.sql"),
    include_str!("migrations/006_heads.sql"),
    include_str!("migrations/007_leases.sql"),
    include_str!("migrations/008_retention.sql"),
    include_str!("migrations/009_doubts.sql"),
    include_str!("migrations/010_petitions.sql"),
    include_str!("migrations/011_checks.sql"),
    include_str!("migrations/012_messages.sql"),
    include_str!("migrations/013_training.sql"),
    include_str!("migrations/014_handling.sql"),
    include_str!("migrations/015_board.sql"),
    include_str!("migrations/016_disposal.sql"),
    include_str!("migrations/017_knowledge.sql"),
    include_str!("migrations/018_editions.sql"),
    include_str!("migrations/019_deliveries.sql"),
    include_str!("migrations/020_console.sql"),
    include_str!("migrations/021_card_doubts.sql"),
    include_str!("migrations/022_fleet.sql"),
    include_str!("migrations/023_machines.sql"),
];

/// The first form of which every writer has overwritten what it freed.
const OVERWRITES: u32 = 8;

/// More than there are.
const STATEMENTS: usize = 64;

impl Store {
    /// Opens the file, or makes it, and brings it to this release's form.
    ///
    /// # Errors
    /// When it cannot be opened, or a newer release wrote it.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        // From here on the log may be emptied before anybody has read it.
        match fs::remove_file(stream_file(file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::Open(rusqlite::Error::InvalidPath(file.into())));
            }
            Ok(()) | Err(_) => {}
        }
        Self::with(file, connect(file)?, Log::OfSqlite)
    }

    /// As [`Self::open`], for a store with a [`backup::Archivist`]: its log is
    /// emptied by the archivist alone, and stays when the store is closed.
    ///
    /// # Errors
    /// As [`Self::open`].
    ///
    /// [`backup::Archivist`]: crate::backup::Archivist
    pub fn open_archived(file: &Path) -> Result<Self, StoreError> {
        Self::with(file, connect_archived(file)?, Log::OfTheArchivist)
    }

    /// Opens a store that no exchange serves, for one deed; its log stays its archivist's
    /// where it has one.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_at_rest(file: &Path) -> Result<Self, StoreError> {
        match stream_file(file).exists() {
            true => Self::open_archived(file),
            false => Self::open(file),
        }
    }

    fn with(file: &Path, mut connection: Connection, log: Log) -> Result<Self, StoreError> {
        migrate(&mut connection)?;
        Ok(Self {
            shared: Arc::new(Shared {
                connection: Mutex::new(connection),
                traffic: Traffic::default(),
                certainty: Certainty::new(log),
                log,
                log_to_empty: AtomicBool::new(false),
                file: file.to_path_buf(),
            }),
        })
    }
}

pub(crate) fn connect_archived(file: &Path) -> Result<Connection, StoreError> {
    let connection = connect(file)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

/// Beside the store: the stream of changes its log belongs to.
pub(crate) fn stream_file(store: &Path) -> PathBuf {
    beside(store, "-stream")
}

/// SQLite's write-ahead log.
pub(crate) fn log_file(store: &Path) -> PathBuf {
    beside(store, "-wal")
}

fn beside(store: &Path, ending: &str) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn connect(file: &Path) -> Result<Connection, StoreError> {
    for file in [file, &beside(file, "-journal"), &log_file(file)] {
        durable::reread(file).map_err(StoreError::Reread)?;
    }
    // Without psow=0 SQLite trusts the medium never to garble a sector's neighbors.
    let uri = format!("file:{}?psow=0", percent_encode(file));
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(uri, flags).map_err(StoreError::Open)?;
    // A transaction that begins with reading and then writes does not wait for
    // another program that writes just then: it fails.
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // SQLite's own doing after a commit keeps a failure to itself: see `certainty`.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is erased is overwritten.
    connection.pragma_update(None, "secure_delete", true)?;
    // Each statement is prepared once: not again for other values bound to it,
    // and none makes room for another.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn percent_encode(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let bytes = path.as_os_str().as_bytes();
    bytes.iter().fold(String::new(), |mut uri, byte| {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                uri.push(char::from(*byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
        uri
    })
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newest = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if version > newest {
        return Err(StoreError::TooNew(version));
    }
    if (1..OVERWRITES).contains(&version) {
        // Free pages may hold what earlier releases removed.
        connection.execute_batch("VACUUM")?;
    }
    for (number, migration) in (1..).zip(MIGRATIONS).skip(version as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use request::Timestamp;

    use super::*;
    use crate::Survey;

    const WITHOUT_RETENTION: usize = 5;

    /// A store as the release before retention left it: one closed request from
    /// before there were chains, and a free page that still names somebody.
    fn older(file: &Path) {
        let connection = Connection::open(file).unwrap();
        for migration in &MIGRATIONS[..WITHOUT_RETENTION] {
            connection.execute_batch(migration).unwrap();
        }
        connection
            .execute_batch(
                r#"PRAGMA user_version = 5;
                CREATE TABLE gone (name TEXT);
                INSERT INTO gone VALUES (printf('%3000s', 'the one removed'));
                DROP TABLE gone;
                INSERT INTO owner VALUES ('r', 'gaon-1', 1);
                INSERT INTO history (station, request_id, recorded_at, incarnation, entry, event)
                VALUES
                ('gaon-1', 'r', 7, 'unchained', 1, '{"type":"opened","service":"s",
                  "service_version":1,"channel":"kiosk","station":"gaon-1","language":"ko",
                  "terms":{"identity":"none","consent":false,"questions":[],"copies_max":1}}'),
                ('gaon-1', 'r', 7, 'unchained', 2,
                 '{"type":"answered","question":"name","answer":"the one who asked"}'),
                ('gaon-1', 'r', 7, 'unchained', 3, '{"type":"submitted"}'),
                ('gaon-1', 'r', 8, 'unchained', 4, '{"type":"closed","outcome":"done"}');"#,
            )
            .unwrap();
    }

    #[test]
    fn what_older_releases_left_is_erased_in_its_time_too() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("exchange.sqlite");
        older(&file);
        let names = |name: &str| {
            let bytes = fs::read(&file).unwrap();
            bytes.windows(name.len()).any(|it| it == name.as_bytes())
        };
        assert!(names("the one removed") && names("the one who asked"));

        let store = Store::open(&file).unwrap();
        let term = |_: &_, _| Duration::from_millis(10);
        let at = |millis| {
            let now = Timestamp::from_millis(millis);
            let erased = store.erase_finished(&term, now).unwrap();
            assert!(store.empty_log().unwrap());
            erased.facts
        };

        assert_eq!((at(17), names("the one who asked")), (0, true));
        assert_eq!((at(18), names("the one who asked")), (1, false));
        assert!(!names("the one removed"));
        let (survey, faults) = Survey::of(&file).unwrap();
        assert_eq!(faults, []);
        let chain = survey.stations["gaon-1"].entries["unchained"];
        assert_eq!((chain.entries, chain.hash), (4, None));
    }
}
