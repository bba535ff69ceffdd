//! What devices had counted when an entry was written: the evidence that decides
//! after a crash what became of a deed.

use std::collections::BTreeMap;

use request::RequestId;
use rusqlite::{OptionalExtension, named_params};

use crate::{Error, Journal};

/// The counters of one device beside the newest entry they were noted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceCounters {
    /// The request the entry is about.
    pub request: RequestId,
    /// By the counter's name; one that is not known is not in here.
    pub counters: BTreeMap<String, u64>,
}

impl Journal {
    /// Notes what a device has counted, for the entry that is written next.
    ///
    /// Durable before that entry is. When the entry never comes, the counters go
    /// with it: see [`Journal::device_counters`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note_device_counters(
        &mut self,
        device: &str,
        request: &RequestId,
        counters: &BTreeMap<String, u64>,
    ) -> Result<(), Error> {
        let entry = (self.head.number + 1).cast_signed();
        let counters = serde_json::to_string(counters).map_err(Error::Encode)?;
        self.finish(|journal| {
            let step = journal.connection.transaction().map_err(Error::Append)?;
            step.execute(
                "INSERT OR REPLACE INTO device_counters (device, entry, request_id, counters)
             VALUES (:device, :entry, :request, :counters)",
                named_params! {
                    ":device": device,
                    ":entry": entry,
                    ":request": request.as_str(),
                    ":counters": counters,
                },
            )
            .map_err(Error::Append)?;
            // The one before counts as long as the entry is not there.
            step.execute(
                "DELETE FROM device_counters WHERE device = :device AND entry <
                 (SELECT max(entry) FROM device_counters
                  WHERE device = :device AND entry < :entry)",
                named_params! { ":device": device, ":entry": entry },
            )
            .map_err(Error::Append)?;
            step.commit().map_err(Error::Append)
        })
    }

    /// What a device had counted at the newest entry it was noted for. Counters
    /// whose entry was never written are dropped, before another entry gets its
    /// number.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn device_counters(&mut self, device: &str) -> Result<Option<DeviceCounters>, Error> {
        let next = (self.head.number + 1).cast_signed();
        self.finish(|journal| {
            journal
                .connection
                .execute("DELETE FROM device_counters WHERE entry >= ?1", [next])
                .map_err(Error::Append)
        })?;
        let found = self
            .connection
            .query_row(
                "SELECT entry, request_id, counters FROM device_counters
                 WHERE device = ?1 ORDER BY entry DESC LIMIT 1",
                [device],
                |row| {
                    Ok((
                        row.get::<_, i64>(0)?,
                        row.get::<_, String>(1)?,
                        row.get::<_, String>(2)?,
                    ))
                },
            )
            .optional()
            .map_err(Error::Read)?;
        let Some((number, request, counters)) = found else {
            return Ok(None);
        };
        let counters = serde_json::from_str(&counters).map_err(|error| Error::Decode {
            number,
            column: error.column(),
        })?;
        Ok(Some(DeviceCounters {
            request: RequestId::new(request),
            counters,
        }))
    }
}
