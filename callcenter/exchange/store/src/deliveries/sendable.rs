//! Which documents can be sent at all.

use request::{DocumentNumber, RequestId};
use rusqlite::OptionalExtension;
use sync::DeliveryRefusal;

use crate::{Store, StoreError};

/// A document that counts, with its pages.
pub struct Sendable {
    /// Whose document it is.
    pub request: RequestId,
    pub pdf: Vec<u8>,
}

impl Store {
    /// A document to be sent to an agency, or why it cannot be.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sendable(
        &self,
        number: &DocumentNumber,
    ) -> Result<Result<Sendable, DeliveryRefusal>, StoreError> {
        let connection = self.lock();
        let leased: bool = connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM leased_number WHERE number = ?1)")?
            .query_row([number.as_str()], |row| row.get(0))?;
        let made = connection
            .prepare_cached(
                "SELECT request_id, void, pdf FROM document WHERE number = ?1 AND sha256 <> ''",
            )?
            .query_row([number.as_str()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let made: Option<(String, bool, Option<Vec<u8>>)> = made;
        Ok(match made {
            Some((_, true, _)) => Err(DeliveryRefusal::Void),
            Some((request, false, Some(pdf))) => Ok(Sendable {
                request: RequestId::new(request),
                pdf,
            }),
            // What a station made by itself never was a file here.
            Some((_, false, None)) | None if leased => Err(DeliveryRefusal::NoFile),
            Some((_, false, None)) => Err(DeliveryRefusal::Over),
            None => Err(DeliveryRefusal::NoDocument),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use request::{DocumentReference, ServiceId, StationId, Timestamp};

    use super::*;
    use crate::{Document, LeaseGrant};

    const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);

    fn number(name: &str) -> DocumentNumber {
        DocumentNumber::new(name)
    }

    /// Of each name a document that was made.
    fn store_of(names: &[&str]) -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
        for name in names {
            let id = RequestId::new(*name);
            store.reserve(&id, 1, 1, &number(name)).unwrap();
            let pdf = name.as_bytes().to_vec();
            let reference = DocumentReference::of(number(name), 1, &pdf);
            store.finish(&Document { reference, pdf }).unwrap();
        }
        (folder, store)
    }

    fn refusal(store: &Store, name: &str) -> Option<DeliveryRefusal> {
        store.sendable(&number(name)).unwrap().err()
    }

    #[test]
    fn a_document_is_sent_while_it_counts_and_its_pages_are_here() {
        let (_folder, store) = store_of(&["good", "void", "old"]);
        let sql = "UPDATE document SET void = 1 WHERE number = 'void';
                   UPDATE document SET pdf = NULL WHERE number = 'old'";
        store.lock().execute_batch(sql).unwrap();

        let sent = store.sendable(&number("good")).unwrap().unwrap();

        assert_eq!((sent.request.as_str(), sent.pdf), ("good", b"good".into()));
        assert_eq!(refusal(&store, "void"), Some(DeliveryRefusal::Void));
        assert_eq!(refusal(&store, "old"), Some(DeliveryRefusal::Over));
        assert_eq!(refusal(&store, "no"), Some(DeliveryRefusal::NoDocument));
    }

    #[test]
    fn a_number_that_is_reserved_is_no_document_yet() {
        let (_folder, store) = store_of(&[]);

        (store.reserve(&RequestId::new("r"), 1, 1, &number("n"))).unwrap();

        assert_eq!(refusal(&store, "n"), Some(DeliveryRefusal::NoDocument));
    }

    #[test]
    fn a_paper_that_a_station_made_under_a_lease_has_no_file() {
        let (_folder, store) = store_of(&[]);
        let numbers = [number("told"), number("untold")];
        let grant = LeaseGrant {
            prefix: "p",
            station: &StationId::new("gaon-1"),
            service: &ServiceId::new("land-ledger"),
            numbers: &numbers,
            until: NOON,
        };
        store.grant_lease(&grant, NOON).unwrap();
        let sql = "INSERT INTO document (number, request_id, copy, edition, pages, sha256)
                   VALUES ('told', 'r', 1, 1, 1, 'ab')";
        store.lock().execute_batch(sql).unwrap();

        for name in ["told", "untold"] {
            assert_eq!(refusal(&store, name), Some(DeliveryRefusal::NoFile));
        }
    }
}
