//! Whether a store is sound, and what is in it: numbers, never a person.

mod chains;

use std::{collections::BTreeMap, fmt, path::Path};

use rusqlite::{Connection, OpenFlags, config::DbConfig};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sync::Hash;

use crate::StoreError;

/// Faults of one kind that are listed; more are as bad.
const FAULTS_MAX: usize = 20;

/// What a store holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// The form's version (`user_version`).
    pub version: u32,
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
    pub stations: BTreeMap<String, Watermarks>,
    pub documents: Documents,
}

/// How far a station's streams go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watermarks {
    pub publications: u64,
    /// By incarnation of the station's journal.
    pub entries: BTreeMap<String, Chain>,
}

/// A station's entries of one incarnation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    pub entries: u64,
    /// Over all of them; none where the first were kept before there were chains.
    pub hash: Option<Hash>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Documents {
    pub finished: u64,
    /// Finished ones whose pages are not here: erased in their time, or made by a
    /// station itself.
    #[serde(default)]
    pub without_pages: u64,
    /// A number without a paper yet.
    pub reserved: u64,
    pub void: u64,
}

/// Why a store is not sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// SQLite's own check complains.
    Integrity(String),
    /// A document's bytes have another digest than was noted when it was made.
    Document { number: String },
    /// What a station was told has gaps.
    Gap {
        station: String,
        present: u64,
        last: u64,
    },
    /// What a station told is not what its chain binds, from this entry on.
    Chain { station: String, entry: u64 },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Integrity(complaint) => write!(f, "SQLite says: {complaint}"),
            Fault::Document { number } => write!(f, "document {number} was altered"),
            Fault::Gap {
                station,
                present,
                last,
            } => write!(
                f,
                "{station} was told {present} things, the last has number {last}"
            ),
            Fault::Chain { station, entry } => {
                write!(f, "the chain of {station} breaks at entry {entry}")
            }
        }
    }
}

impl Survey {
    /// Looks through a store's file without changing it.
    ///
    /// # Errors
    /// When it cannot be opened or read at all.
    pub fn of(file: &Path) -> Result<(Self, Vec<Fault>), StoreError> {
        let connection = look(file)?;
        let mut faults = integrity(&connection)?;
        if !faults.is_empty() {
            return Ok((Self::default(), faults));
        }
        let survey = Self {
            version: connection.pragma_query_value(None, "user_version", |row| row.get(0))?,
            rows: rows(&connection)?,
            stations: stations(&connection, &mut faults)?,
            documents: documents(&connection, &mut faults)?,
        };
        Ok((survey, faults))
    }

    /// What `file` lacks of what this survey found, in sentences: it ought to be
    /// the same store at a later time.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn lacking(&self, file: &Path) -> Result<Vec<String>, StoreError> {
        let connection = look(file)?;
        let (later, mut lacking) = (stations(&connection, &mut Vec::new())?, Vec::new());
        for (station, was) in &self.stations {
            let is = later.get(station).map_or(0, |is| is.publications);
            if is < was.publications {
                let was = was.publications;
                lacking.push(format!("{station} was told {was} things, here it is {is}"));
            }
            for (incarnation, was) in &was.entries {
                let is = chains::at(&connection, station, incarnation, was.entries)?;
                if is.entries < was.entries {
                    let (was, is) = (was.entries, is.entries);
                    lacking.push(format!("{station} told {was} entries, here are {is}"));
                } else if is.hash != was.hash {
                    let to = was.entries;
                    lacking.push(format!("{station} told other entries up to {to}"));
                }
            }
        }
        let documents = documents(&connection, &mut Vec::new())?;
        if documents.finished < self.documents.finished {
            let (was, is) = (self.documents.finished, documents.finished);
            lacking.push(format!("there were {was} documents, here are {is}"));
        }
        Ok(lacking)
    }
}

/// One moment for all questions, while others may write.
pub(crate) fn look(file: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(StoreError::Open)?;
    // Whoever looks at a store at rest leaves its log as it is.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.execute_batch("BEGIN")?;
    Ok(connection)
}

fn integrity(connection: &Connection) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    connection.pragma(None, "integrity_check", FAULTS_MAX as i64, |row| {
        let said: String = row.get(0)?;
        if said != "ok" {
            faults.push(Fault::Integrity(said));
        }
        Ok(())
    })?;
    connection.pragma_query(None, "foreign_key_check", |row| {
        let table: String = row.get(0)?;
        if faults.len() < FAULTS_MAX {
            faults.push(Fault::Integrity(format!("{table} points to nothing")));
        }
        Ok(())
    })?;
    Ok(faults)
}

fn rows(connection: &Connection) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    let names = names.collect::<Result<Vec<String>, _>>()?;
    let count = |name: String| {
        let question = format!("SELECT count(*) FROM \"{}\"", name.replace('"', "\"\""));
        let rows: i64 = connection.query_row(&question, [], |row| row.get(0))?;
        Ok((name, rows.unsigned_abs()))
    };
    names.into_iter().map(count).collect()
}

fn stations(
    connection: &Connection,
    faults: &mut Vec<Fault>,
) -> Result<BTreeMap<String, Watermarks>, StoreError> {
    let mut stations: BTreeMap<String, Watermarks> = BTreeMap::new();
    let mut statement = connection.prepare(
        "SELECT station, max(publication) FROM (
             SELECT station, publication FROM history WHERE publication IS NOT NULL
             UNION ALL SELECT station, publication FROM announcement)
         GROUP BY station",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let station: String = row.get(0)?;
        let last = row.get::<_, i64>(1)?.unsigned_abs();
        stations.entry(station).or_default().publications = last;
    }
    for (station, incarnation, chain) in chains::all(connection, faults)? {
        let watermarks = stations.entry(station).or_default();
        watermarks.entries.insert(incarnation, chain);
    }
    Ok(stations)
}

fn documents(connection: &Connection, faults: &mut Vec<Fault>) -> Result<Documents, StoreError> {
    let mut statement = connection.prepare("SELECT number, sha256, pdf, void FROM document")?;
    let mut documents = Documents::default();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (number, noted): (String, String) = (row.get(0)?, row.get(1)?);
        documents.void += u64::from(row.get::<_, bool>(3)?);
        let Some(pdf) = row
            .get_ref(2)?
            .as_bytes_or_null()
            .map_err(rusqlite::Error::from)?
        else {
            match noted.is_empty() {
                true => documents.reserved += 1,
                false => {
                    documents.finished += 1;
                    documents.without_pages += 1;
                }
            }
            continue;
        };
        documents.finished += 1;
        if hex(&Sha256::digest(pdf)) != noted && faults.len() < FAULTS_MAX {
            faults.push(Fault::Document { number });
        }
    }
    Ok(documents)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
