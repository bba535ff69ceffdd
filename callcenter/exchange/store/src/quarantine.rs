//! Stations from which nothing is taken over until a person has looked.

use request::{StationId, Timestamp};
use rusqlite::params;
use serde::Serialize;
use sync::{Announcement, Contradiction};

use crate::{Store, StoreError, audit::audit, encoding, publications::announce};

/// A station in quarantine, as an agent sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quarantined {
    pub station: StationId,
    pub reason: Contradiction,
    pub since: Timestamp,
    /// How many entries were kept aside.
    pub kept_aside: u64,
}

impl Store {
    /// The stations in quarantine.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare(
            "SELECT station, quarantine, quarantined_at,
                    (SELECT count(*) FROM aside WHERE aside.station = station.station)
             FROM station WHERE quarantine IS NOT NULL ORDER BY quarantined_at, station",
        )?;
        let rows = select.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        rows.map(|row| {
            let (station, reason, since, kept_aside): (String, String, i64, i64) = row?;
            Ok(Quarantined {
                station: StationId::new(station),
                reason: encoding::decode(&reason)?,
                since: Timestamp::from_millis(since),
                kept_aside: kept_aside.unsigned_abs(),
            })
        })
        .collect()
    }

    /// Lets a station go on; `false` when it was not in quarantine. What was kept
    /// aside stays: whoever wrote it offers it again if it still stands.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn release(
        &self,
        station: &StationId,
        agent: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let changed = transaction.execute(
            "UPDATE station SET quarantine = NULL, quarantined_at = NULL
             WHERE station = ?1 AND quarantine IS NOT NULL",
            params![station.as_str()],
        )?;
        if changed == 0 {
            return Ok(false);
        }
        announce(&transaction, station, &Announcement::Released, now)?;
        let act = "released from quarantine";
        audit(&transaction, now, agent, act, station.as_str())?;
        transaction.commit()?;
        Ok(true)
    }
}
