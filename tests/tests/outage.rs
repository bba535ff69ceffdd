//! Three stations and one exchange over mutual TLS; the cables are cut for a
//! week by clocks that cannot be trusted, and everybody comes back at once.
//!
//! `MINWON_OUTAGE_REQUESTS` says how many requests each station takes meanwhile.

#![allow(clippy::unwrap_used)]

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use bench::cable::Cable;
use request::{RequestId, StationId, Timestamp};
use rusqlite::Connection;
use sync::Entry;
use tests::{
    office::{Office, TUESDAY_10_00},
    plain_station::{self, Place, PlainStation},
};

const STATIONS: [&str; 3] = ["gaon-1", "narae-1", "narae-2"];
const REQUESTS: usize = 100;
const PATIENCE: Duration = Duration::from_secs(600);
const HOUR: i64 = 3_600_000;
const WEEK: i64 = 7 * 24 * HOUR;

/// A clock that is set wrong now and then, also backwards; a week passes in all.
fn jumping(request: usize, of: usize) -> Timestamp {
    let (request, of) = (i64::try_from(request).unwrap(), i64::try_from(of).unwrap());
    let steady = TUESDAY_10_00.as_millis() + WEEK * request / of;
    let jump = match request % 97 {
        13 => -30 * 24 * HOUR,
        14 => 400 * 24 * HOUR,
        15 => -TUESDAY_10_00.as_millis(),
        _ => 0,
    };
    Timestamp::from_millis(steady + jump)
}

struct Site {
    id: StationId,
    journal: PathBuf,
    cable: Cable,
    wall: Arc<AtomicI64>,
    place: Place,
    station: PlainStation,
}

impl Site {
    fn open(id: &str, office: &Office) -> Self {
        let id = StationId::new(id);
        let cable = Cable::to(office.address()).unwrap();
        let journal = office.folder().join(format!("{id}.sqlite"));
        let wall = Arc::new(AtomicI64::new(TUESDAY_10_00.as_millis()));
        let clock = Arc::clone(&wall);
        let place = Place {
            station: id.clone(),
            journal: journal.clone(),
            url: cable.url(),
            credentials: office.enroll(&id),
            clock: link::Clock::new(move || Timestamp::from_millis(clock.load(Ordering::Relaxed))),
        };
        let station = PlainStation::start(place.clone(), office.handle());
        Self {
            id,
            journal,
            cable,
            wall,
            place,
            station,
        }
    }

    fn serve(&self, number: usize, at: Timestamp) {
        let request = RequestId::new(format!("{}-{number}", self.id));
        for event in plain_station::unanswered(&self.id) {
            self.station.record(&request, event, at);
        }
    }
}

/// What the exchange holds of a station, in the order it was taken over.
fn held(store: &Connection, station: &StationId) -> Vec<(u64, String, i64, String)> {
    let mut select = store
        .prepare(
            "SELECT entry, request_id, recorded_at, event FROM history
             WHERE station = ?1 AND entry IS NOT NULL ORDER BY sequence",
        )
        .unwrap();
    let rows = select.query_map([station.as_str()], |row| {
        Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    });
    rows.unwrap()
        .map(|row| {
            let (number, request, at, event) = row.unwrap();
            (number.unsigned_abs(), request, at, event)
        })
        .collect()
}

fn written(entry: &Entry) -> (u64, String, i64, String) {
    let sync::Content::Whole { body, .. } = &entry.content else {
        panic!("nothing was erased");
    };
    let request = entry.request.as_str().to_owned();
    let at = entry.recorded_at.as_millis();
    (entry.number, request, at, body.reveal().clone())
}

#[test]
fn after_a_week_without_the_exchange_every_entry_arrives_once_and_in_order() {
    let requests =
        std::env::var("MINWON_OUTAGE_REQUESTS").map_or(REQUESTS, |number| number.parse().unwrap());
    let office = Office::open(TUESDAY_10_00);
    let sites = STATIONS.map(|id| Site::open(id, &office));
    for site in &sites {
        site.serve(0, TUESDAY_10_00);
    }
    for site in &sites {
        site.station.until_confirmed(4, PATIENCE);
    }

    for site in &sites {
        site.cable.cut();
    }
    for number in 1..=requests {
        for site in &sites {
            let at = jumping(number, requests);
            site.wall.store(at.as_millis(), Ordering::Relaxed);
            site.serve(number, at);
        }
    }
    let after_a_week = TUESDAY_10_00.as_millis() + WEEK;
    for site in &sites {
        site.wall.store(after_a_week, Ordering::Relaxed);
        site.cable.mend();
    }
    // The line breaks again while everybody catches up.
    sites[0].cable.cut();
    sites[0].cable.mend();
    let entries = 4 * (1 + requests as u64);
    for site in &sites {
        site.station.until_confirmed(entries, PATIENCE);
    }

    let store = Connection::open(office.store()).unwrap();
    for Site {
        id,
        journal,
        station,
        ..
    } in sites
    {
        drop(station);
        let journal = plain_station::open(&journal, &id);
        let entries = journal.entries(0, u32::MAX).unwrap();
        let written: Vec<_> = entries.iter().map(written).collect();
        assert_eq!(written.len(), 4 * (1 + requests));
        assert!(
            held(&store, &id) == written,
            "{id} is not held as it was written"
        );
    }
    let wedged: i64 = store
        .query_row("SELECT count(*) FROM wedged", [], |row| row.get(0))
        .unwrap();
    assert_eq!(wedged, 0);
}

#[test]
fn what_a_damaged_journal_had_not_told_arrives_from_the_one_that_followed_it() {
    let office = Office::open(TUESDAY_10_00);
    let mut site = Site::open(STATIONS[0], &office);
    site.serve(0, TUESDAY_10_00);
    site.station.until_confirmed(4, PATIENCE);
    site.cable.cut();
    for number in 1..=200 {
        site.serve(number, TUESDAY_10_00);
    }
    drop(site.station);
    let damaged = plain_station::open(&site.journal, &site.id);
    let mut entries = damaged.entries(0, u32::MAX).unwrap();
    assert_eq!(entries.len(), 4 * 201);
    damaged.condemn();
    drop(damaged);

    site.station = PlainStation::start(site.place.clone(), office.handle());
    site.serve(201, TUESDAY_10_00);
    site.cable.mend();
    site.station.until_confirmed(4, PATIENCE);

    drop(site.station);
    let fresh = plain_station::open(&site.journal, &site.id);
    assert_eq!(fresh.salvaged_count().unwrap(), 0);
    entries.extend(fresh.entries(0, u32::MAX).unwrap());
    let written: Vec<_> = entries.iter().map(written).collect();
    let store = Connection::open(office.store()).unwrap();
    assert!(held(&store, &site.id) == written);
}
