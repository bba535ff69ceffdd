//! Restarts, strangers and crashes: whether changes were missed is known, never hoped.

use std::fs;

use ledger::{Store, backup::Until};

use crate::office::{Office, SECOND, certify, tell, told};

#[test]
fn a_restart_goes_on_where_the_changes_end() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    tell(&store, 2);
    archivist.catch_up(office.later(SECOND)).unwrap();
    // Written, and the process dies before the archivist looks.
    tell(&store, 3);
    let number = archivist.number();
    drop((archivist, store));

    let store = office.store();
    let mut archivist = office.archivist(&store);
    assert_eq!(archivist.number(), number);
    assert!(archivist.founded(), "it is the same stream");
    tell(&store, 1);
    archivist.catch_up(office.later(SECOND)).unwrap();

    let (restored, data) = office.restore(Until::Latest).unwrap();
    assert_eq!(told(&data), 6);
    assert_eq!(restored.number, number + 4);
    assert!(office.drill(Until::Latest).passed());
}

#[test]
fn the_log_is_emptied_when_it_is_read_and_the_changes_go_on() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    for number in 0..600 {
        certify(&store, &format!("2611-{number}"));
        archivist.catch_up(office.later(1)).unwrap();
    }
    let log = fs::metadata(office.data().join("exchange.sqlite-wal")).unwrap();
    assert!(
        log.len() < 6 << 20,
        "{} bytes for 12 MB of documents",
        log.len()
    );
    drop((archivist, store));

    let store = office.store();
    let archivist = office.archivist(&store);
    assert!(archivist.founded(), "it is the same stream");

    let report = office.drill(Until::Latest);
    assert_eq!(report.complaints, Vec::<String>::new());
    assert_eq!(report.restored.unwrap().survey.documents.finished, 600);
}

#[test]
fn a_log_that_was_emptied_by_a_stranger_begins_a_new_stream() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    tell(&store, 3);
    rusqlite::Connection::open(office.store_file())
        .unwrap()
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    tell(&store, 1);

    archivist.catch_up(office.later(SECOND)).unwrap();

    assert!(!archivist.founded(), "only a new copy can begin it");
    assert!(
        !office.drill(Until::Latest).passed(),
        "four changes are in no backup yet"
    );
    office.copy(&mut archivist);
    assert_eq!(told(&office.restore(Until::Latest).unwrap().1), 4);
    assert!(office.drill(Until::Latest).passed());
}

#[test]
fn an_exchange_that_ran_without_backups_begins_a_new_stream() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    drop((archivist, store));
    tell(&Store::open(&office.store_file()).unwrap(), 2);

    let store = office.store();
    let mut archivist = office.archivist(&store);
    assert!(!archivist.founded());
    office.later(SECOND);
    office.copy(&mut archivist);

    assert_eq!(told(&office.restore(Until::Latest).unwrap().1), 2);
    assert!(office.drill(Until::Latest).passed());
}

#[test]
fn a_crash_in_the_middle_of_a_copy_leaves_the_one_before_and_all_changes() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    let before = office.copy(&mut archivist);
    tell(&store, 2);
    // Cut and never finished; half of it lies there.
    let cut = archivist.cut(office.later(SECOND)).unwrap();
    let half = office
        .backup()
        .join("bases/.unfinished-2026-11-27T13-00-01Z-000000000003");
    fs::create_dir_all(&half).unwrap();
    fs::write(half.join("store.age"), "half").unwrap();
    tell(&store, 2);
    archivist.catch_up(office.later(SECOND)).unwrap();
    drop((cut, archivist, store));

    let (restored, data) = office.restore(Until::Latest).unwrap();
    assert_eq!(told(&data), 4);
    assert!(restored.base.contains(&format!("{:012}", before.number)));
    assert!(office.drill(Until::Latest).passed());
    let store = office.store();
    let archivist = office.archivist(&store);
    assert!(archivist.founded() && !half.exists());
}

#[test]
fn what_was_half_written_behind_the_last_change_is_left_out_and_written_anew() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    tell(&store, 1);
    archivist.catch_up(office.later(SECOND)).unwrap();
    let (head, number) = (office.backup().join("head.toml"), archivist.number());
    let confirmed = fs::read(&head).unwrap();
    tell(&store, 1);
    archivist.catch_up(office.later(SECOND)).unwrap();
    drop((archivist, store));
    // The process died before it could note the second change, half of which is there.
    fs::write(&head, confirmed).unwrap();
    let segment = fs::read_dir(office.backup().join("changes"));
    let segment = segment.unwrap().next().unwrap().unwrap().path();
    crate::office::truncate(&segment, 10);

    let (restored, data) = office.restore(Until::Latest).unwrap();
    assert_eq!((restored.number, told(&data)), (number, 1));
    assert!(restored.unconfirmed);
    let store = office.store();
    office
        .archivist(&store)
        .catch_up(office.later(SECOND))
        .unwrap();
    let (restored, data) = office.restore(Until::Latest).unwrap();
    assert_eq!((restored.number, told(&data)), (number + 1, 2));
    assert!(office.drill(Until::Latest).passed());
}

#[test]
fn two_programs_do_not_keep_backups_in_one_folder() {
    let office = Office::new();
    let store = office.store();
    let _archivist = office.archivist(&store);

    let second = ledger::backup::Archivist::begin(
        store.clone(),
        &office.backup(),
        office.identity.recipient(),
        office.now(),
    );

    assert!(matches!(
        second.err(),
        Some(ledger::backup::BackupError::Taken(_))
    ));
}
