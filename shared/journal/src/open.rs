//! Opens the journal.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
    sync::{Mutex, PoisonError},
};

use request::StationId;
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior, config::DbConfig, ffi,
};
use sync::{Hash, Head, Incarnation};

use crate::{
    Error, Journal, Key, encrypt::encrypt, pages, reserve::Reserve, schema, set_aside::with_suffix,
};

/// How every SQLite file without encryption begins (SQLite file format, 1.3.1).
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// SQLite's own choice.
const LOG_PAGES: u32 = 1_000;

/// More than there are.
const STATEMENTS: usize = 64;

/// How a journal's file is reached.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name of a registered SQLite VFS; none means the system's own.
    pub vfs: Option<String>,
    /// Room kept beside the journal for finishing what was begun on a full disk;
    /// 0 keeps none.
    pub reserve_bytes: u64,
    /// Off where the cost of encryption is measured; no station's setting reaches it.
    pub encrypted: bool,
    /// How long the log may grow, in pages, before the file takes over what it says.
    pub log_pages: u32,
    /// [`durable::reread`], of a journal's files; another one where no file is on a disk.
    pub reread: fn(&Path) -> io::Result<()>,
}

impl Default for Options {
    /// The end of a visit weighs some kilobytes, and the log as much as the
    /// pages it changes; this is enough for some hundred of them.
    fn default() -> Self {
        Self {
            vfs: None,
            reserve_bytes: 8 << 20,
            encrypted: true,
            log_pages: LOG_PAGES,
            reread: durable::reread,
        }
    }
}

impl Journal {
    /// Opens or makes the journal of a station. One that was written before
    /// journals were encrypted is encrypted first.
    ///
    /// # Errors
    /// When the file cannot be opened, is damaged, comes from a newer release,
    /// belongs to another station or is encrypted with another key.
    pub fn open(path: &Path, station: StationId, key: &Key) -> Result<Self, Error> {
        Self::open_with(path, station, key, &Options::default())
    }

    /// # Errors
    /// As [`Journal::open`].
    pub fn open_with(
        path: &Path,
        station: StationId,
        key: &Key,
        options: &Options,
    ) -> Result<Self, Error> {
        for file in [
            path,
            &with_suffix(path, "-journal"),
            &with_suffix(path, "-wal"),
        ] {
            (options.reread)(file).map_err(Error::Reread)?;
        }
        if options.encrypted && is_plain(path) {
            encrypt(path, key, options)?;
        }
        let connection = connect(path, options)?;
        if options.encrypted {
            unlock(&connection, key)?;
        }
        let mut journal = Self::with(connection, station).map_err(|error| match error {
            error if error.is_damage() && is_of_another_key(path, key) => Error::WrongKey,
            error => error,
        })?;
        journal.reserve = Reserve::beside(path, options.reserve_bytes);
        journal.log_pages = options.log_pages;
        journal.path = Some(path.to_owned());
        // Settles what a crash left in the log.
        journal.finish(|_| Ok(()))?;
        Ok(journal)
    }

    /// A journal that forgets; for tests and for the training mode.
    ///
    /// # Errors
    /// When SQLite has no memory.
    pub fn in_memory(station: StationId) -> Result<Self, Error> {
        start_sqlite()?;
        let connection = Connection::open_in_memory().map_err(Error::Open)?;
        Self::with(connection, station)
    }

    pub(crate) fn with(mut connection: Connection, station: StationId) -> Result<Self, Error> {
        // Each statement is prepared once: not again for other values bound to it,
        // and none makes room for another.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(Error::Open)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // A transaction that begins with reading and then writes does not wait for
        // another program that writes just then: it fails.
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        // SQLite would not say that emptying the log failed: see `Journal::shorten_log`.
        connection
            .pragma_update(None, "wal_autocheckpoint", 0)
            .map_err(Error::Open)?;
        schema::migrate(&mut connection, &station)?;
        Self::of(connection, station)
    }

    /// A file of this release's schema.
    pub(crate) fn of(connection: Connection, station: StationId) -> Result<Self, Error> {
        let head = head(&connection, station)?;
        Ok(Self {
            connection,
            head,
            in_doubt: true,
            reserve: Reserve::none(),
            log_pages: LOG_PAGES,
            look_at_log: 0,
            tight: false,
            path: None,
        })
    }
}

pub(crate) fn connect(path: &Path, options: &Options) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    start_sqlite()?;
    Connection::open_with_flags(uri(path, options), flags).map_err(Error::Open)
}

/// SQLite says that it has started before it starts SQLCipher, outside its lock:
/// a file that another thread opens meanwhile has no cipher. So one connection is
/// opened and closed while everybody waits.
pub(crate) fn start_sqlite() -> Result<(), Error> {
    static STARTED: Mutex<bool> = Mutex::new(false);
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    while !*started {
        // Whoever in this process came first without a journal may not be done.
        *started = Connection::open_in_memory()
            .and_then(|it| {
                it.query_row(
                    "SELECT EXISTS (SELECT 1 FROM pragma_function_list
                                    WHERE name = 'sqlcipher_export')",
                    [],
                    |row| row.get(0),
                )
            })
            .map_err(Error::Open)?;
    }
    Ok(())
}

/// Gives SQLCipher the key, and every setting that the file's form depends on:
/// its defaults change between releases.
///
/// HMAC-SHA-256 because the processors of kiosks compute SHA-256 in hardware
/// and SHA-512 not. `cipher_memory_security` wipes every page buffer: it costs
/// much, and who wants it asks for it ([`Journal::overwrite_memory`]).
pub(crate) fn unlock(connection: &Connection, key: &Key) -> Result<(), Error> {
    connection
        // Errors are told by who meets them, and not beside the log.
        .execute_batch("PRAGMA cipher_log_level = NONE")
        .and_then(|()| connection.execute_batch(&key.pragma()))
        .and_then(|()| {
            connection.execute_batch(
                "PRAGMA cipher_page_size = 4096;
                 PRAGMA cipher_use_hmac = ON;
                 PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
                 PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA256;
                 PRAGMA cipher_plaintext_header_size = 0;
                 PRAGMA cipher_memory_security = OFF;",
            )
        })
        .map_err(Error::Open)
}

/// Where the file's chain stands.
pub(crate) fn head(connection: &Connection, station: StationId) -> Result<Head, Error> {
    let (of, incarnation): (String, String) = connection
        .query_row("SELECT station, incarnation FROM identity", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .map_err(Error::Read)?;
    if of != station.as_str() {
        return Err(Error::OtherStation(of));
    }
    let genesis = Head::genesis(station, Incarnation::new(incarnation));
    let newest = connection
        .query_row(
            "SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)),
        )
        .optional()
        .map_err(Error::Read)?;
    Ok(match newest {
        None => genesis,
        Some((number, hash)) => Head {
            number: number.unsigned_abs(),
            hash: Hash::from_bytes(hash),
            ..genesis
        },
    })
}

impl Error {
    /// Whether the file's contents are at fault, and neither the key, the disk
    /// nor who opens it.
    pub fn is_damage(&self) -> bool {
        let (Self::Open(error)
        | Self::Migrate { source: error, .. }
        | Self::Encrypt(error)
        | Self::Read(error)
        | Self::Damaged { source: error, .. }) = self
        else {
            return false;
        };
        let Some(error) = error.sqlite_error() else {
            // A value of another type or length, or no row where one must be.
            return true;
        };
        // `Unknown` is what a missing table or column is.
        let contents = matches!(
            error.code,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown
        );
        // A sector that the medium cannot read any more.
        let medium = matches!(
            error.extended_code,
            ffi::SQLITE_IOERR_READ
                | ffi::SQLITE_IOERR_SHORT_READ
                | ffi::SQLITE_IOERR_DATA
                | ffi::SQLITE_IOERR_CORRUPTFS
        );
        contents || medium
    }
}

pub(crate) fn is_plain(path: &Path) -> bool {
    let mut beginning = [0; PLAIN.len()];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut beginning))
        .is_ok_and(|()| beginning == *PLAIN)
}

/// Whole pages, and none of them of this key.
pub(crate) fn is_of_another_key(path: &Path, key: &Key) -> bool {
    let length = fs::metadata(path).map_or(0, |it| it.len());
    length > 0
        && length.is_multiple_of(pages::PAGE as u64)
        && matches!(pages::any_is_of(path, key), Ok(false))
}

pub(crate) fn uri(path: &Path, options: &Options) -> String {
    let mut uri = format!("file:{}?psow=0", percent_encode(path));
    if let Some(vfs) = &options.vfs {
        uri.push_str("&vfs=");
        uri.push_str(vfs);
    }
    uri
}

/// A file name as SQLite's URI syntax wants it.
pub(crate) fn percent_encode(path: &Path) -> String {
    let mut encoded = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                encoded.push(char::from(*byte));
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
