//! How much is asked for and issued: counts, never a person.

use request::{ServiceId, StationId, Timestamp};
use rusqlite::params;

use crate::{Store, StoreError, survey};

/// Korea's clock, by which hours are counted, in milliseconds before Greenwich's.
const KOREA_MS: i64 = 9 * 3_600_000;
/// More than any month of any fleet.
const ROWS_MAX: u32 = 1_000_000;

/// Of one service at one station, in one hour of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub service: ServiceId,
    pub station: StationId,
    /// 0 to 23, by Korea's clock.
    pub hour: u8,
    /// Handed in.
    pub requests: u64,
    /// Given out on paper.
    pub papers: u64,
}

impl Store {
    /// What was asked for and issued from one moment on and before another, by the
    /// stations' clocks. Nobody waits for it: it is read beside the store's own line.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn counts(&self, from: Timestamp, before: Timestamp) -> Result<Vec<Count>, StoreError> {
        let connection = survey::look(&self.shared.file)?;
        let mut select = connection.prepare(
            "SELECT opened.event ->> '$.service', opened.event ->> '$.station',
                 (told.recorded_at + ?3) / 3600000 % 24 AS hour,
                 count(*) FILTER (WHERE told.event ->> '$.type' = 'submitted'),
                 count(*) FILTER (WHERE told.event ->> '$.type' = 'issued')
             FROM history AS told JOIN history AS opened ON opened.request_id = told.request_id
                 AND opened.event ->> '$.type' = 'opened'
             WHERE told.recorded_at >= ?1 AND told.recorded_at < ?2
             AND told.event ->> '$.type' IN ('submitted', 'issued')
             GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT ?4",
        )?;
        let rows = select.query_map(
            params![from.as_millis(), before.as_millis(), KOREA_MS, ROWS_MAX],
            |row| {
                Ok(Count {
                    service: ServiceId::new(row.get::<_, String>(0)?),
                    station: StationId::new(row.get::<_, String>(1)?),
                    hour: row.get(2)?,
                    requests: row.get::<_, i64>(3)?.unsigned_abs(),
                    papers: row.get::<_, i64>(4)?.unsigned_abs(),
                })
            },
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When each station was last heard of.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_heard(&self) -> Result<Vec<(StationId, Timestamp)>, StoreError> {
        let connection = survey::look(&self.shared.file)?;
        let mut select =
            connection.prepare("SELECT station, max(heard_at) FROM life GROUP BY station")?;
        let rows = select.query_map([], |row| {
            let station = StationId::new(row.get::<_, String>(0)?);
            Ok((station, Timestamp::from_millis(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// 2026-11-24 10:00 in Korea.
    const TEN: i64 = 1_795_482_000_000;
    const HOUR: i64 = 3_600_000;

    #[test]
    fn requests_and_papers_are_counted_by_service_station_and_hour_of_the_day() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
        let mut entry = 0;
        let mut told = |request: &str, at: i64, event: &str| {
            entry += 1;
            store
                .lock()
                .execute(
                    "INSERT INTO history (station, request_id, recorded_at, incarnation, entry, event)
                     VALUES ('gaon-1', ?1, ?2, 'i', ?3, ?4)",
                    params![request, at, entry, event],
                )
                .unwrap();
        };
        for (request, service, station, at) in [
            ("r1", "land-ledger", "gaon-1", TEN),
            ("r2", "land-ledger", "gaon-1", TEN + 24 * HOUR),
            ("r3", "income", "desk-1", TEN + 5 * HOUR),
        ] {
            let opened =
                format!(r#"{{"type":"opened","service":"{service}","station":"{station}"}}"#);
            told(request, at, &opened);
            told(request, at + 1, r#"{"type":"submitted"}"#);
        }
        told("r1", TEN + HOUR, r#"{"type":"issued","number":"n"}"#);
        told("r4", TEN, r#"{"type":"submitted"}"#);

        let counts = |from, before| {
            let counts = store.counts(Timestamp::from_millis(from), Timestamp::from_millis(before));
            let told = |it: Count| {
                (
                    it.service.to_string(),
                    it.station.to_string(),
                    it.hour,
                    it.requests,
                    it.papers,
                )
            };
            counts.unwrap().into_iter().map(told).collect::<Vec<_>>()
        };

        let of = |service: &str, station: &str, hour, requests, papers| {
            (
                service.to_owned(),
                station.to_owned(),
                hour,
                requests,
                papers,
            )
        };
        assert_eq!(
            counts(TEN, TEN + 48 * HOUR),
            [
                of("income", "desk-1", 15, 1, 0),
                of("land-ledger", "gaon-1", 10, 2, 0),
                of("land-ledger", "gaon-1", 11, 0, 1),
            ]
        );
        assert_eq!(counts(TEN, TEN + 1), []);
        assert_eq!(store.last_heard().unwrap(), []);
    }
}
