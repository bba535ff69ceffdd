//! What machines leave here besides their reports: alarms, support bundles, and the keys that
//! open their disks.

use fleet::{Alarm, Bundle, SealedKey};
use request::{StationId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Store, StoreError,
    audit::audit,
    encoding::{decode, encode},
};

/// Alarms that are shown of one machine, the newest first.
const ALARMS_SHOWN: u32 = 20;

impl Store {
    /// # Errors
    /// When the store cannot be read.
    pub fn alarms(&self, station: &StationId) -> Result<Vec<Alarm>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT alarm FROM machine_alarm WHERE station = ?1
             ORDER BY happened_at DESC LIMIT ?2",
        )?;
        let rows = select.query_map(params![station.as_str(), ALARMS_SHOWN], |row| {
            row.get::<_, String>(0)
        })?;
        rows.map(|row| decode(&row?)).collect()
    }

    /// Stations whose machines have noticed something since.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alarmed_since(&self, since: Timestamp) -> Result<Vec<StationId>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT DISTINCT station FROM machine_alarm WHERE happened_at >= ?1 ORDER BY station",
        )?;
        let rows = select.query_map([since.as_millis()], |row| row.get::<_, String>(0))?;
        rows.map(|row| Ok(StationId::new(row?))).collect()
    }

    /// Keeps a support bundle in the place of the one before.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_bundle(
        &self,
        station: &StationId,
        bundle: &Bundle,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT INTO machine_bundle (station, kept_at, bundle) VALUES (?1, ?2, ?3)
             ON CONFLICT (station) DO UPDATE SET kept_at = ?2, bundle = ?3",
            params![station.as_str(), now.as_millis(), encode(bundle)?],
        )?;
        Ok(())
    }

    /// # Errors
    /// When the store cannot be read.
    pub fn bundle(&self, station: &StationId) -> Result<Option<Bundle>, StoreError> {
        let connection = self.lock();
        let text: Option<String> = connection
            .query_row(
                "SELECT bundle FROM machine_bundle WHERE station = ?1",
                [station.as_str()],
                |row| row.get(0),
            )
            .optional()?;
        text.as_deref().map(decode).transpose()
    }

    /// Keeps what opens a machine's disk, beside any before: a disk may come back on a bench.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_recovery_key(
        &self,
        station: &StationId,
        key: &SealedKey,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction.execute(
            "INSERT OR IGNORE INTO recovery_key (station, kept_at, sealed) VALUES (?1, ?2, ?3)",
            params![station.as_str(), now.as_millis(), encode(key)?],
        )?;
        let subject = format!("station {station}");
        audit(
            &transaction,
            now,
            "the exchange",
            "keeps a recovery key of",
            &subject,
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// The newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn recovery_keys(&self, station: &StationId) -> Result<Vec<SealedKey>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT sealed FROM recovery_key WHERE station = ?1 ORDER BY kept_at DESC",
        )?;
        let rows = select.query_map([station.as_str()], |row| row.get::<_, String>(0))?;
        rows.map(|row| decode(&row?)).collect()
    }
}

/// Each once, however often the machine says it.
pub(crate) fn note_alarms(
    connection: &Connection,
    station: &str,
    alarms: &[Alarm],
) -> Result<(), StoreError> {
    for alarm in alarms {
        connection.execute(
            "INSERT OR IGNORE INTO machine_alarm (station, happened_at, alarm)
             VALUES (?1, ?2, ?3)",
            params![station, alarm.at.as_millis(), encode(alarm)?],
        )?;
    }
    Ok(())
}
