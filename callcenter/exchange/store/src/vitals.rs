//! How the store is doing, in numbers for whoever watches: never a person.

use request::{StationId, Timestamp};
use rusqlite::{Connection, TransactionBehavior};

use crate::{Store, StoreError};

/// More stations than one exchange serves; a watcher is not given more.
const STATIONS_MAX: u32 = 5_000;

/// What waits, for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vitals {
    /// Requests that are still to be answered.
    pub jobs: u64,
    /// Entries that wait for an agent.
    pub wedged: u64,
    /// Deeds of machines of which nobody knows whether they were done.
    pub doubts: u64,
    /// Petitions that are not over.
    pub petitions: u64,
    /// Stations from which nothing is taken until somebody has looked.
    pub quarantined: u64,
    pub stations: Vec<StationVitals>,
}

/// One station, as far as is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationVitals {
    pub station: StationId,
    /// When it last offered something; none when it never did.
    pub heard_at: Option<Timestamp>,
    /// What was published for it and it has not confirmed.
    pub untold: u64,
    /// As it said at its last hello; empty before the first.
    pub release: String,
    /// Entries that were taken over from all its journals.
    pub entries: u64,
    /// Entries of it that wait for an agent.
    pub wedged: u64,
    /// Deeds of it of which nobody knows whether they were done.
    pub doubts: u64,
    /// Since when nothing is taken from it.
    pub quarantined_at: Option<Timestamp>,
}

impl Store {
    /// # Errors
    /// When the store cannot be read.
    pub fn vitals(&self) -> Result<Vitals, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        Ok(Vitals {
            jobs: count(&transaction, "job")?,
            wedged: count(&transaction, "wedged WHERE state = 'held'")?,
            doubts: count(&transaction, "doubt WHERE finding IS NULL")?,
            petitions: count(&transaction, "petition WHERE NOT concluded")?,
            quarantined: count(&transaction, "station WHERE quarantine IS NOT NULL")?,
            stations: stations(&transaction)?,
        })
    }

    /// Whether something could be written now: nobody else holds the store, and the
    /// last write was well. Writes nothing.
    ///
    /// # Errors
    /// Why not.
    pub fn could_write(&self) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.rollback()?;
        Ok(())
    }
}

fn count(connection: &Connection, of: &str) -> Result<u64, StoreError> {
    let mut select = connection.prepare_cached(&format!("SELECT count(*) FROM {of}"))?;
    let rows: i64 = select.query_row([], |row| row.get(0))?;
    Ok(rows.unsigned_abs())
}

fn stations(connection: &Connection) -> Result<Vec<StationVitals>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT station,
                (SELECT count(*) FROM history AS it
                 WHERE it.station = station.station AND publication > received)
                    + (SELECT count(*) FROM announcement AS it
                       WHERE it.station = station.station AND publication > received),
                (SELECT max(heard_at) FROM life WHERE life.station = station.station),
                release,
                (SELECT coalesce(sum(number), 0) FROM life WHERE life.station = station.station),
                (SELECT count(*) FROM wedged AS it
                 WHERE it.station = station.station AND state = 'held'),
                (SELECT count(*) FROM doubt AS it
                 WHERE it.station = station.station AND finding IS NULL),
                CASE WHEN quarantine IS NOT NULL THEN coalesce(quarantined_at, 0) END
         FROM station ORDER BY station LIMIT ?1",
    )?;
    let rows = select.query_map([STATIONS_MAX], |row| {
        Ok(StationVitals {
            station: StationId::new(row.get::<_, String>(0)?),
            untold: row.get::<_, i64>(1)?.unsigned_abs(),
            heard_at: row.get::<_, Option<i64>>(2)?.map(Timestamp::from_millis),
            release: row.get(3)?,
            entries: row.get::<_, i64>(4)?.unsigned_abs(),
            wedged: row.get::<_, i64>(5)?.unsigned_abs(),
            doubts: row.get::<_, i64>(6)?.unsigned_abs(),
            quarantined_at: row.get::<_, Option<i64>>(7)?.map(Timestamp::from_millis),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
