//! What people have told a station, and whether it has heard it.

use request::{StationId, Timestamp};
use rusqlite::params;
use sync::Announcement;

use crate::{Store, StoreError, encoding};

/// A notice, an order or another word of a person to a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub at: Timestamp,
    pub content: Announcement,
    /// The station has confirmed it.
    pub heard: bool,
}

impl Store {
    /// The newest notices, orders and revocations for a station, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn told(&self, station: &StationId, limit: u32) -> Result<Vec<Told>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT recorded_at, content, publication <= received
             FROM announcement JOIN station USING (station)
             WHERE station = ?1 AND content ->> '$.kind' IN ('notice', 'order', 'revoked')
             ORDER BY publication DESC LIMIT ?2",
        )?;
        let rows = select.query_map(params![station.as_str(), limit], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
        })?;
        rows.map(|row| {
            let (at, content, heard) = row?;
            Ok(Told {
                at: Timestamp::from_millis(at),
                content: encoding::decode(&content)?,
                heard,
            })
        })
        .collect()
    }
}
