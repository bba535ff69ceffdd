//! An exchange's store with a folder for backups, and time that passes when told.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
};

use ledger::{
    Document, Store,
    backup::{
        Archivist, BackupError, Drill, Identity, Manifest, Report, Restore, Restored, Retention,
        Until, drill, restore,
    },
};
use request::{DocumentNumber, DocumentReference, RequestEvent, RequestId, StationId, Timestamp};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// 2026-11-27 13:00 UTC.
const BEGIN: i64 = 1_795_784_400_000;
pub(crate) const SECOND: i64 = 1_000;

pub(crate) struct Office {
    pub(crate) root: TempDir,
    pub(crate) identity: Identity,
    now: Cell<i64>,
    tries: Cell<u32>,
}

impl Office {
    pub(crate) fn new() -> Self {
        let office = Self {
            root: tempfile::tempdir().unwrap(),
            identity: Identity::generate(),
            now: Cell::new(BEGIN),
            tries: Cell::new(0),
        };
        fs::create_dir_all(office.data()).unwrap();
        office
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    pub(crate) fn store_file(&self) -> PathBuf {
        self.data().join("exchange.sqlite")
    }

    pub(crate) fn backup(&self) -> PathBuf {
        self.root.path().join("backup")
    }

    pub(crate) fn store(&self) -> Store {
        Store::open_archived(&self.store_file()).unwrap()
    }

    pub(crate) fn archivist(&self, store: &Store) -> Archivist {
        let recipient = self.identity.recipient();
        Archivist::begin(store.clone(), &self.backup(), recipient, self.now()).unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now.get())
    }

    pub(crate) fn later(&self, millis: i64) -> Timestamp {
        self.now.set(self.now.get() + millis);
        self.now()
    }

    /// A whole copy, as the keeper makes it.
    pub(crate) fn copy(&self, archivist: &mut Archivist) -> Manifest {
        self.copy_and_keep(archivist, &Retention::default())
    }

    pub(crate) fn copy_and_keep(
        &self,
        archivist: &mut Archivist,
        retention: &Retention,
    ) -> Manifest {
        let manifest = archivist.cut(self.now()).unwrap().finish("test").unwrap();
        archivist.copied(Some(&manifest), retention).unwrap();
        manifest
    }

    /// A folder nobody has used.
    pub(crate) fn elsewhere(&self) -> PathBuf {
        self.tries.set(self.tries.get() + 1);
        self.root
            .path()
            .join(format!("elsewhere-{}", self.tries.get()))
    }

    pub(crate) fn restore(&self, until: Until) -> Result<(Restored, PathBuf), BackupError> {
        self.restore_with(until, false)
    }

    pub(crate) fn restore_with(
        &self,
        until: Until,
        salvage: bool,
    ) -> Result<(Restored, PathBuf), BackupError> {
        let data = self.elsewhere();
        let restored = restore(&Restore {
            backup: &self.backup(),
            data: &data,
            identity: &self.identity,
            until,
            salvage,
        })?;
        Ok((restored, data))
    }

    pub(crate) fn drill(&self, until: Until) -> Report {
        let scratch = self.elsewhere();
        let order = Drill {
            backup: &self.backup(),
            identity: &self.identity,
            until,
            live: Some(&self.store_file()),
            scratch: &scratch,
            release: "test",
        };
        let report = drill(&order, self.now()).unwrap();
        assert!(!scratch.exists(), "the scratch folder holds people");
        report
    }
}

pub(crate) fn station() -> StationId {
    StationId::new("gaon-1")
}

/// One short transaction: a station is told that its request has a receipt.
pub(crate) fn tell(store: &Store, times: u64) {
    for _ in 0..times {
        let (id, event) = (
            RequestId::new("gaon-1-261127-000001"),
            RequestEvent::ReceiptPrinted,
        );
        store
            .publish(&id, &station(), &event, Timestamp::default(), false)
            .unwrap();
    }
}

/// How much a station was told, by a store that lies elsewhere.
pub(crate) fn told(data: &Path) -> u64 {
    let (survey, faults) = ledger::Survey::of(&data.join("exchange.sqlite")).unwrap();
    assert_eq!(faults, []);
    survey
        .stations
        .get("gaon-1")
        .map_or(0, |station| station.publications)
}

/// A document of some pages of the store.
pub(crate) fn certify(store: &Store, number: &str) {
    let pdf: Vec<u8> = number.bytes().cycle().take(20_000).collect();
    let id = RequestId::new(format!("gaon-1-{number}"));
    let number = DocumentNumber::new(number);
    store.reserve(&id, 1, 1, &number).unwrap();
    let sha256 = Sha256::digest(&pdf)
        .iter()
        .map(|it| format!("{it:02x}"))
        .collect();
    let reference = DocumentReference {
        number,
        pages: 1,
        sha256,
    };
    store.finish(&Document { reference, pdf }).unwrap();
}

/// All files of a backup, but the reports and the lock.
pub(crate) fn files(backup: &Path) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![backup.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("drills") {
                folders.push(path);
            } else if path.is_file() && !path.ends_with("lock") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

pub(crate) fn flip(file: &Path, at: usize) {
    let mut bytes = fs::read(file).unwrap();
    bytes[at] ^= 0x01;
    fs::write(file, bytes).unwrap();
}

pub(crate) fn truncate(file: &Path, by: u64) {
    let opened = fs::File::options().write(true).open(file).unwrap();
    let length = opened.metadata().unwrap().len();
    opened.set_len(length - by).unwrap();
}
