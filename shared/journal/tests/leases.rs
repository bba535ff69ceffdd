//! Leases in a journal's file: every number once, and no time that was seen before.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use journal::{Journal, Key, NewLease};
use privacy::Personal;
use request::{DocumentNumber, ServiceId, StationId, Timestamp};
use sync::{LeasedRecord, Load};

const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const LASTS: Duration = Duration::from_secs(72 * 3_600);

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("minwon-leases-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn open(&self) -> Journal {
        open(&self.0.join("journal.db"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn open(file: &Path) -> Journal {
    let key = Key::from_bytes([7; 32]);
    Journal::open(file, StationId::new("gaon-1"), &key).unwrap()
}

fn land() -> ServiceId {
    ServiceId::new("land-ledger")
}

fn query(parcel: &str) -> BTreeMap<String, Personal<String>> {
    BTreeMap::from([("parcel".to_owned(), Personal::new(parcel.to_owned()))])
}

fn keep(journal: &mut Journal, prefix: &str, papers: u32) {
    let numbers = (1..=papers).map(|it| DocumentNumber::new(format!("{prefix}-{it:04}")));
    let load = Load {
        numbers: numbers.collect(),
        records: vec![LeasedRecord {
            query: query("12-3"),
            record: Personal::new("{\"owner\":\"홍길동\"}".to_owned()),
        }],
    };
    let lease = NewLease {
        service: &land(),
        prefix,
        signed: b"signed",
        key: "key",
        granted_at: NOON,
        records_at: NOON,
        until: NOON + LASTS,
        load: &load,
    };
    journal.keep_lease(&lease).unwrap();
}

#[test]
fn every_number_is_given_out_once_however_often_the_station_starts() {
    let folder = Folder::new("once");
    keep(&mut folder.open(), "2611-AAAA", 5);

    let mut given = Vec::new();
    for papers in [2, 1, 1] {
        let mut journal = folder.open();
        let taken = journal.take_leased(&land(), papers, NOON).unwrap().unwrap();
        assert_eq!(
            (taken.prefix.as_str(), taken.signed.as_slice()),
            ("2611-AAAA", b"signed".as_slice())
        );
        given.extend(taken.numbers);
    }
    let mut journal = folder.open();
    let too_many = journal.take_leased(&land(), 2, NOON).unwrap();
    let left = journal.leases().unwrap()[0].left;
    let last = journal.take_leased(&land(), 1, NOON).unwrap().unwrap();
    given.extend(last.numbers);
    let none = journal.take_leased(&land(), 1, NOON).unwrap();

    assert!(too_many.is_none() && none.is_none());
    assert_eq!(left, 1, "what is refused costs no number");
    assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), 5);
}

#[test]
fn a_clock_that_is_set_back_makes_no_lease_last_longer() {
    let folder = Folder::new("clock");
    let mut journal = folder.open();
    keep(&mut journal, "2611-AAAA", 5);
    let late = NOON + LASTS + Duration::from_millis(1);

    let at_the_end = journal.take_leased(&land(), 1, NOON + LASTS).unwrap();
    let before = journal
        .take_leased(&land(), 1, Timestamp::default())
        .unwrap();
    let after = journal.take_leased(&land(), 1, late).unwrap();
    drop(journal);
    let mut journal = folder.open();
    let set_back = journal.take_leased(&land(), 1, NOON).unwrap();

    assert_eq!(at_the_end.unwrap().at, NOON + LASTS);
    assert_eq!(before.unwrap().at, NOON + LASTS, "it is never earlier");
    assert!(after.is_none() && set_back.is_none());
    keep(&mut journal, "2611-BBBB", 5);
    journal.see_time(late).unwrap();
    journal.see_time(NOON).unwrap();
    assert_eq!(journal.leases().unwrap()[0].seen_at, late);
    assert!(journal.take_leased(&land(), 1, NOON).unwrap().is_none());
}

#[test]
fn a_new_lease_takes_the_place_of_the_old_and_one_that_ran_out_goes_with_its_records() {
    let folder = Folder::new("place");
    let mut journal = folder.open();
    keep(&mut journal, "2611-AAAA", 5);
    keep(&mut journal, "2611-BBBB", 3);

    let taken = journal.take_leased(&land(), 1, NOON).unwrap().unwrap();
    let found = journal.leased_record(&land(), &query("12-3")).unwrap();
    let other = journal.leased_record(&land(), &query("12-4")).unwrap();
    let early = journal.drop_leases(NOON + LASTS).unwrap();
    let dropped = journal.drop_leases(NOON + LASTS + LASTS).unwrap();

    assert_eq!(taken.prefix, "2611-BBBB");
    assert_eq!(taken.numbers[0].as_str(), "2611-BBBB-0001");
    assert!(found.is_some() && other.is_none());
    assert_eq!((early, dropped), (0, 1));
    assert!(journal.leases().unwrap().is_empty());
    assert!(
        journal
            .leased_record(&land(), &query("12-3"))
            .unwrap()
            .is_none()
    );
}
