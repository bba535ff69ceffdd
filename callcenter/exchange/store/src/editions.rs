//! Which edition of the catalogue each station runs, and what it was told of them.

use edition::{EditionState, OfferedEdition, RefusedEdition};
use request::{StationId, Timestamp};
use rusqlite::params;
use serde::Serialize;
use sync::Announcement;

use crate::{Store, StoreError, encoding::encode, publications::announce};

/// What a station said last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StationEdition {
    pub station: StationId,
    #[serde(flatten)]
    pub state: EditionState,
    pub told_at: Timestamp,
}

impl Store {
    /// Tells every station that ever came of an edition, once for each edition.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn announce_edition(&self, it: &OfferedEdition, now: Timestamp) -> Result<(), StoreError> {
        let content = Announcement::Catalog {
            edition: it.number.to_string(),
            sha256: it.digest.clone(),
        };
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let stations: Vec<StationId> = transaction
            .prepare(
                "SELECT station FROM station WHERE NOT EXISTS (
                     SELECT 1 FROM announcement
                     WHERE announcement.station = station.station AND content = ?1)",
            )?
            .query_map([encode(&content)?], |row| {
                Ok(StationId::new(row.get::<_, String>(0)?))
            })?
            .collect::<Result<_, _>>()?;
        for station in stations {
            announce(&transaction, &station, &content, now)?;
        }
        transaction.commit()
    }

    /// Writes down what a station says it runs.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn tell_edition(
        &self,
        station: &StationId,
        state: &EditionState,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let number = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
        let refused = state.refused.as_ref();
        self.lock().execute(
            "INSERT INTO station_edition (station, running, refused, reason, told_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (station) DO UPDATE SET
                 running = ?2, refused = ?3, reason = ?4, told_at = ?5",
            params![
                station.as_str(),
                number(state.running),
                refused.map(|it| number(it.number)),
                refused.map(|it| it.reason.as_str()),
                now.as_millis()
            ],
        )?;
        Ok(())
    }

    /// What all stations said last.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn station_editions(&self) -> Result<Vec<StationEdition>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT station, running, refused, reason, told_at FROM station_edition",
        )?;
        let rows = select.query_map([], |row| {
            let (refused, reason): (Option<i64>, Option<String>) = (row.get(2)?, row.get(3)?);
            Ok(StationEdition {
                station: StationId::new(row.get::<_, String>(0)?),
                state: EditionState {
                    running: row.get::<_, i64>(1)?.unsigned_abs(),
                    refused: refused.zip(reason).map(|(number, reason)| RefusedEdition {
                        number: number.unsigned_abs(),
                        reason,
                    }),
                },
                told_at: Timestamp::from_millis(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
