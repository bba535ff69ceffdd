//! What the exchange has told.

use rusqlite::named_params;
use sync::Publication;

use crate::{Error, Journal};

impl Journal {
    /// Takes over what the exchange has told. `false` when it was known already.
    ///
    /// # Errors
    /// When a publication is missing in between, or the file cannot be written.
    pub fn receive(&mut self, publication: &Publication) -> Result<bool, Error> {
        let expected = self.received()? + 1;
        if publication.number < expected {
            return Ok(false);
        }
        if publication.number > expected {
            return Err(Error::Gap {
                expected,
                found: publication.number,
            });
        }
        let event = serde_json::to_string(&publication.event).map_err(Error::Encode)?;
        self.write(|journal| {
            journal
                .connection
                .prepare_cached(
                    "INSERT INTO publication (number, request_id, recorded_at, after_entry, event)
                 VALUES (:number, :request, :recorded_at, :after_entry, :event)",
                )
                .and_then(|mut insert| {
                    insert.execute(named_params! {
                        ":number": publication.number.cast_signed(),
                        ":request": publication.request.as_str(),
                        ":recorded_at": publication.recorded_at.as_millis(),
                        ":after_entry": journal.head.number.cast_signed(),
                        ":event": event,
                    })
                })
                .map_err(Error::Append)?;
            Ok(true)
        })
    }

    /// The number of the newest publication in the journal.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn received(&self) -> Result<u64, Error> {
        self.number("SELECT coalesce(max(number), 0) FROM publication")
    }
}
