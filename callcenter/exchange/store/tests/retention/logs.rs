//! What was erased is in no log either, with backups and without.

use std::fs;

use ledger::{
    Store,
    backup::{Archivist, Identity, Restore, Retention, Until, restore},
};

use crate::citizens::{DAY, Desk, IDENTITY_DAYS, NAMES};

#[test]
fn somebody_who_reads_the_store_delays_its_log() {
    let desk = Desk::new();
    desk.station("gaon-1").serve(&desk, 0);
    let file = desk.folder.path().join("exchange.sqlite");
    let reader = rusqlite::Connection::open(&file).unwrap();
    let look = "BEGIN; SELECT count(*) FROM history;";
    reader.execute_batch(look).unwrap();
    let term = |_: &_, _| DAY;

    let erased = desk.store.erase_finished(&term, desk.now() + DAY).unwrap();
    let busy = desk.store.empty_log().unwrap();
    let found = desk.found();
    reader.execute_batch("COMMIT").unwrap();
    let emptied = desk.store.empty_log().unwrap();

    assert!(erased.anything());
    assert_eq!((busy, found.len()), (false, 4));
    assert!(emptied);
    assert_eq!(desk.found(), [""; 0]);
}

#[test]
fn the_archivist_empties_the_log_when_the_backup_has_it_and_its_stream_goes_on() {
    let mut desk = Desk::with(Store::open_archived);
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("backup");
    let identity = Identity::generate();
    let begin = |desk: &Desk| {
        let recipient = identity.recipient();
        Archivist::begin(desk.store.clone(), &backup, recipient, desk.now()).unwrap()
    };
    let mut archivist = begin(&desk);
    let copy = archivist.cut(desk.now()).unwrap().finish("test").unwrap();
    archivist
        .copied(Some(&copy), &Retention::default())
        .unwrap();
    let mut station = desk.station("gaon-1");
    station.serve(&desk, 0);
    archivist.catch_up(desk.now()).unwrap();
    let named = archivist.number();
    assert_eq!(desk.found().len(), 4);

    // A whole copy is being made and holds the log.
    let cut = archivist.cut(desk.now()).unwrap();
    desk.erase_after(DAY * (IDENTITY_DAYS + 1));
    archivist.catch_up(desk.now()).unwrap();
    assert_eq!(desk.found().len(), 4);
    let copy = cut.finish("test").unwrap();
    archivist
        .copied(Some(&copy), &Retention::default())
        .unwrap();
    archivist.catch_up(desk.now()).unwrap();
    assert_eq!(desk.found(), [""; 0]);

    // The same stream: no new whole copy is wanted, not even when the exchange
    // ends with nothing written since.
    drop(archivist);
    desk.restart(Store::open_archived);
    let mut archivist = begin(&desk);
    station.serve(&desk, 1);
    archivist.catch_up(desk.now()).unwrap();
    assert!(archivist.founded());

    let people = |until| {
        let data = elsewhere.path().join("restored");
        let restored = restore(&Restore {
            backup: &backup,
            data: &data,
            identity: &identity,
            until,
            salvage: false,
        });
        assert_eq!(restored.unwrap().damages, []);
        let bytes = fs::read(data.join("exchange.sqlite")).unwrap();
        fs::remove_dir_all(data).unwrap();
        let is_there = |name: &str| bytes.windows(name.len()).any(|it| it == name.as_bytes());
        NAMES.map(|(name, ..)| is_there(name))
    };
    assert_eq!(
        people(Until::Change(named)),
        [true, false, false],
        "a copy of its time"
    );
    assert_eq!(people(Until::Latest), [false, true, false]);
}
