//! Stations with real journals against the exchange's real store.

#![allow(clippy::unwrap_used)]

mod opened;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use journal::Journal;
use ledger::{Received, Settled, Store, Verdict};
use request::{Outcome, RequestEvent, RequestId, StationId, Timestamp};
use sync::{
    Announcement, Answer, Contradiction, Greeting, Hello, Incarnation, Offer, Reason, Welcome,
};

use opened::opened;

const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const CLOSED: RequestEvent = RequestEvent::Closed {
    outcome: Outcome::Withdrawn,
};

struct Station {
    id: StationId,
    journal: Journal,
    received: u64,
}

impl Station {
    fn new(id: &str) -> Self {
        let id = StationId::new(id);
        let journal = Journal::in_memory(id.clone()).unwrap();
        Self {
            id,
            journal,
            received: 0,
        }
    }

    fn opened(&self) -> RequestEvent {
        opened(&self.id)
    }

    fn record(&mut self, request: &str, event: &RequestEvent) {
        self.journal
            .append(&RequestId::new(request), event, NOW)
            .unwrap();
    }

    fn hello(&self, store: &Store) -> Greeting {
        let hello = Hello {
            head: self.journal.head().clone(),
            received: self.received,
            release: "test".to_owned(),
            finding: None,
        };
        store.greet(&hello, NOW).unwrap()
    }

    fn offer(&self, store: &Store, after: u64) -> Received {
        let offer = Offer {
            speaker: self.incarnation().clone(),
            before: self.journal.hash_at(after).unwrap().unwrap(),
            entries: self.journal.entries(after, 1000).unwrap(),
        };
        store.take(&self.id, &offer, NOW).unwrap().unwrap()
    }

    fn incarnation(&self) -> &Incarnation {
        &self.journal.head().incarnation
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("minwon-ledger-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn store(&self) -> Store {
        Store::open(&self.0.join("exchange.sqlite")).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn offers_heard(file: &Path) -> i64 {
    rusqlite::Connection::open(file)
        .unwrap()
        .query_row("SELECT offers FROM life", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn an_offer_made_again_changes_nothing_and_is_written_before_it_is_acknowledged() {
    let folder = Folder::new("again");
    let store = folder.store();
    let mut station = Station::new("gaon-1");
    station.hello(&store);
    station.record("r", &station.opened());
    station.record("r", &RequestEvent::Submitted);

    let first = station.offer(&store, 0);
    let again = station.offer(&store, 0);

    assert_eq!(first.answer, Answer::Acknowledged(2));
    assert_eq!(first.submitted, [RequestId::new("r")]);
    assert_eq!(again.answer, Answer::Acknowledged(2));
    assert!(again.submitted.is_empty());
    assert_eq!(offers_heard(&folder.0.join("exchange.sqlite")), 2);
}

#[test]
fn nothing_is_taken_before_a_hello() {
    let folder = Folder::new("hello");
    let store = folder.store();
    let mut station = Station::new("gaon-1");
    station.record("r", &station.opened());

    assert_eq!(station.offer(&store, 0).answer, Answer::Unknown);
}

#[test]
fn a_store_restored_from_a_backup_is_told_again_and_never_numbers_twice() {
    let folder = Folder::new("restored");
    let store = folder.store();
    let mut station = Station::new("gaon-1");
    station.hello(&store);
    station.record("r", &station.opened());
    station.offer(&store, 0);
    drop(store);
    let file = folder.0.join("exchange.sqlite");
    let backup = fs::read(&file).unwrap();
    let store = folder.store();
    station.record("r", &RequestEvent::Submitted);
    station.offer(&store, 1);
    store
        .announce(&station.id, &Announcement::Released, "kim", NOW)
        .unwrap();
    station.received = store.publications(&station.id, 0).unwrap()[0].number;
    drop(store);

    fs::write(&file, backup).unwrap();
    let store = folder.store();
    // Before anybody has said what was told already.
    let later = NOW + Duration::from_secs(1);
    store
        .announce(&station.id, &Announcement::Released, "kim", later)
        .unwrap();
    let Greeting::Welcome(Welcome { acknowledged, .. }) = station.hello(&store) else {
        panic!("not welcome");
    };
    let answer = station.offer(&store, acknowledged).answer;

    assert_eq!((acknowledged, answer), (1, Answer::Acknowledged(2)));
    let told = store.publications(&station.id, station.received).unwrap();
    assert_eq!(told.len(), 1);
    assert!(told[0].follows(station.received));
}

#[test]
fn each_impossible_entry_is_wedged_for_its_reason_and_everything_else_goes_on() {
    let folder = Folder::new("wedged");
    let store = folder.store();
    let (mut gaon, mut narae) = (Station::new("gaon-1"), Station::new("narae-1"));
    gaon.hello(&store);
    narae.hello(&store);
    gaon.record("g", &gaon.opened());
    gaon.offer(&store, 0);

    narae.record("g", &RequestEvent::Submitted);
    narae.record("g", &RequestEvent::ReceiptPrinted);
    narae.record("unknown", &RequestEvent::Submitted);
    narae.record("n", &narae.opened());
    narae.record("n", &CLOSED);
    narae.record("n", &RequestEvent::ReceiptPrinted);
    narae.record("twice", &narae.opened());
    narae.record("twice", &CLOSED);
    narae.record("twice", &narae.opened());
    narae.record("prepared", &narae.opened());
    let documents = Vec::new();
    narae.record("prepared", &RequestEvent::Prepared { documents });
    narae.record("whose", &gaon.opened());
    narae.record("well", &narae.opened());
    let received = narae.offer(&store, 0);
    gaon.record("g", &RequestEvent::Submitted);
    let gaons = gaon.offer(&store, 1);

    assert_eq!(received.answer, Answer::Acknowledged(13));
    assert_eq!(
        received.wedged,
        [
            (1, Reason::Foreign),
            (2, Reason::Follows(1)),
            (3, Reason::NeverOpened),
            (6, Reason::Closed),
            (9, Reason::OpenedTwice),
            (11, Reason::NotTheStations),
            (12, Reason::Foreign),
        ]
    );
    assert_eq!(store.wedged().unwrap().len(), 7);
    assert!(gaons.wedged.is_empty(), "nobody wedges another's request");
    let told = store.publications(&narae.id, 0).unwrap();
    assert_eq!(told.len(), 7, "the station is told of each");
}

#[test]
fn an_unreadable_entry_waits_with_what_follows_it_until_it_is_discarded() {
    let folder = Folder::new("unreadable");
    let store = folder.store();
    let mut station = Station::new("gaon-1");
    station.hello(&store);
    station.record("r", &station.opened());
    station.record("r", &RequestEvent::ReceiptPrinted);
    station.record("r", &RequestEvent::Submitted);
    let mut entries = station.journal.entries(0, 3).unwrap();
    entries[1].content = sync::Content::Whole {
        salt: sync::Salt::from_bytes([1; 16]),
        body: privacy::Personal::new(r#"{"type":"of_a_later_release"}"#.to_owned()),
    };
    let speaker = station.journal.head().incarnation.clone();
    let before = station.journal.hash_at(0).unwrap().unwrap();
    let offer = Offer {
        speaker,
        before,
        entries,
    };
    let received = store.take(&station.id, &offer, NOW).unwrap().unwrap();
    let wedged = [(2, Reason::Unreadable), (3, Reason::Follows(2))];
    assert_eq!(received.wedged, wedged);

    let settle = |verdict| {
        let incarnation = station.incarnation();
        store
            .settle(&station.id, incarnation, 2, verdict, "kim", NOW)
            .unwrap()
    };
    assert_eq!(settle(Verdict::Apply), Settled::StillUnreadable);
    let settled = settle(Verdict::Discard);

    assert_eq!(settled, Settled::Done(vec![RequestId::new("r")]));
    assert!(store.wedged().unwrap().is_empty());
    assert_eq!(settle(Verdict::Discard), Settled::Unknown);
    let file = rusqlite::Connection::open(folder.0.join("exchange.sqlite")).unwrap();
    let acts: i64 = file
        .query_row("SELECT count(*) FROM audit WHERE who = 'kim'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(acts, 1, "only what was done is in the audit");
}

#[test]
fn an_entry_applied_by_hand_stands_before_what_followed_it() {
    let folder = Folder::new("applied");
    let store = folder.store();
    let mut station = Station::new("gaon-1");
    station.hello(&store);
    station.record("r", &station.opened());
    station.record("r", &CLOSED);
    station.record("r", &RequestEvent::ReceiptPrinted);
    station.offer(&store, 0);

    let incarnation = station.incarnation();
    let settled = store
        .settle(&station.id, incarnation, 3, Verdict::Apply, "kim", NOW)
        .unwrap();

    assert_eq!(settled, Settled::Done(vec![]));
    let request = store.request(&RequestId::new("r")).unwrap().unwrap();
    assert!(request.receipt_printed);
}

#[test]
fn a_fork_is_quarantined_kept_aside_and_survives_a_restart() {
    let folder = Folder::new("fork");
    let store = folder.store();
    let mut station = Station::new("gaon-1");
    station.hello(&store);
    station.record("r", &station.opened());
    station.offer(&store, 0);
    station.record("r", &RequestEvent::Submitted);
    let mut forked = station.journal.entries(1, 1).unwrap();
    station.offer(&store, 1);
    station.record("r", &CLOSED);

    forked[0].recorded_at = Timestamp::from_millis(0);
    let speaker = station.journal.head().incarnation.clone();
    let before = station.journal.hash_at(1).unwrap().unwrap();
    let entries = forked;
    let taken = store.take(
        &station.id,
        &Offer {
            speaker,
            before,
            entries,
        },
        NOW,
    );
    let answer = taken.unwrap().unwrap().answer;
    drop(store);
    let store = folder.store();

    assert_eq!(answer, Answer::Quarantined(Contradiction::Forked));
    assert_eq!(
        station.hello(&store),
        Greeting::Quarantined(Contradiction::Forked)
    );
    assert_eq!(station.offer(&store, 2).answer, Answer::KeptAside(3));
    assert_eq!(station.offer(&store, 2).answer, Answer::KeptAside(3));
    let waiting = store.quarantined().unwrap();
    assert_eq!((waiting.len(), waiting[0].kept_aside), (1, 2));

    assert!(store.release(&station.id, "kim", NOW).unwrap());
    assert!(!store.release(&station.id, "kim", NOW).unwrap());
    assert!(matches!(station.hello(&store), Greeting::Welcome(_)));
    assert_eq!(station.offer(&store, 2).answer, Answer::Acknowledged(3));
}
