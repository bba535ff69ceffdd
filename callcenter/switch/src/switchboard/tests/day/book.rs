//! The call book of the day, in a real journal on a real disk.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use distributor::{CallId, WallTime};
use journal::{Journal, Key};
use request::{StationId, Timestamp};

use crate::call_book::{CallBook, Counted, WrittenPlace, facts_since};

const KEY: [u8; 32] = [5; 32];
const KEPT: Duration = Duration::from_secs(100 * 24 * 3_600);

pub(super) struct Book {
    folder: tempfile::TempDir,
    clock: Arc<AtomicI64>,
    open: Option<CallBook>,
}

/// What a switch finds when it begins.
pub(super) struct Found {
    pub(super) places: Vec<WrittenPlace>,
    pub(super) next_call: u64,
    pub(super) facts: Vec<Counted>,
}

impl Book {
    /// In a copy of a journal that was made before: to make one takes long.
    pub(super) fn begin(empty: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(empty, folder.path().join("switch.db")).unwrap();
        Self {
            folder,
            clock: Arc::default(),
            open: None,
        }
    }

    pub(super) fn journal(folder: &Path) -> Journal {
        let key = Key::from_bytes(KEY);
        let station = StationId::new("switch-1");
        Journal::open(&folder.join("switch.db"), station, &key).unwrap()
    }

    pub(super) fn at(&self, now: WallTime) {
        self.clock.store(now.0, Ordering::SeqCst);
    }

    /// A switch begins to write.
    pub(super) fn open(&mut self) -> Found {
        let journal = Self::journal(self.folder.path());
        let bodies = journal.call_places().unwrap();
        let read = |body: &privacy::Personal<String>| serde_json::from_str(body.reveal()).unwrap();
        let found = Found {
            places: bodies.iter().map(read).collect(),
            next_call: journal.next_call().unwrap(),
            facts: facts_since(&journal, Timestamp::from_millis(0)).unwrap(),
        };
        let clock = Arc::clone(&self.clock);
        let wall = move || Timestamp::from_millis(clock.load(Ordering::SeqCst));
        self.open = Some(CallBook::open(journal, wall, KEPT).unwrap());
        found
    }

    pub(super) fn book(&self) -> &CallBook {
        self.open.as_ref().unwrap()
    }

    /// The switch is gone; what it had sent is written.
    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// The types of all facts of every call, as they were written.
    pub(super) fn written(&self) -> BTreeMap<CallId, Vec<String>> {
        let journal = Self::journal(self.folder.path());
        let mut calls: BTreeMap<CallId, Vec<String>> = BTreeMap::new();
        for fact in journal.call_facts_since(Timestamp::from_millis(0)).unwrap() {
            let body: serde_json::Value = serde_json::from_str(fact.body.reveal()).unwrap();
            let name = body["type"].as_str().unwrap().to_owned();
            calls.entry(CallId(fact.call)).or_default().push(name);
        }
        calls
    }
}
