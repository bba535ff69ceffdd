//! Leases of the town's kiosk, kept in its journal as in every other.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use journal::NewLease;
use privacy::Personal;
use request::{DocumentNumber, DocumentReference, ServiceId, Timestamp};
use sync::{LeasedRecord, Load};

use super::{Happening, Town, millis};
use crate::visit::{Event, Link, Made, Making, NotMade, tests::citizen::LAND};

/// How long the press takes.
const TYPESETTING: u64 = 300;

impl Town {
    /// The exchange lets this kiosk issue so many extracts about one parcel.
    pub(in crate::visit::tests) fn lease(&mut self, papers: u32, lasts: Duration) {
        let text = |text: &str| Personal::new(text.to_owned());
        let query = [("district", "4199910100"), ("parcel_number", "12-3")];
        let load = Load {
            numbers: (1..=papers)
                .map(|number| DocumentNumber::new(format!("2611-LEAS-0000-{number:04}")))
                .collect(),
            records: vec![LeasedRecord {
                query: BTreeMap::from(query.map(|(name, value)| (name.to_owned(), text(value)))),
                record: text("{}"),
            }],
        };
        let service = ServiceId::new(LAND);
        let lease = NewLease {
            service: &service,
            prefix: "2611-LEAS",
            signed: b"signed",
            key: "key",
            granted_at: self.now.wall,
            records_at: self.now.wall,
            until: self.now.wall + lasts,
            load: &load,
        };
        self.journal.keep_lease(&lease).unwrap();
        self.tell_leases();
    }

    /// The records of the lease turn out to be about other parcels.
    pub(in crate::visit::tests) fn forget_records(&mut self) {
        self.records_lie_here = false;
    }

    /// Sets the wall clock; the other one goes on as it does.
    pub(in crate::visit::tests) fn set_wall_clock(&mut self, wall: Timestamp) {
        self.now.wall = wall;
    }

    pub(super) fn tell_leases(&mut self) {
        let leases = self.journal.leases().unwrap();
        self.visit
            .handle(Event::Link(Link::Leases(leases)), self.now);
    }

    pub(super) fn make(&mut self, making: &Making) {
        let (service, copies) = (&making.service, making.copies);
        let made = match self.journal.leased_record(service, &making.query).unwrap() {
            Some(_) if self.records_lie_here => {
                let taken = self
                    .journal
                    .take_leased(service, copies, making.now)
                    .unwrap();
                taken.ok_or(NotMade::NoLease).map(|taken| Made {
                    lease: taken.prefix,
                    documents: (taken.numbers.into_iter())
                        .map(|number| {
                            let pdf: Arc<[u8]> = number.as_str().as_bytes().into();
                            (DocumentReference::of(number, 1, &pdf), pdf)
                        })
                        .collect(),
                })
            }
            _ => Err(NotMade::NoRecord),
        };
        self.tell_leases();
        let request = making.request.clone();
        let made = Happening::Tell(Event::Made { request, made });
        self.schedule(vec![(millis(TYPESETTING), made)]);
    }
}
