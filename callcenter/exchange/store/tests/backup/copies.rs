//! Whole copies and the moments between them.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use ledger::{
    Survey,
    backup::{BackupError, Identity, Restore, Retention, Until, restore},
};

use crate::office::{Office, SECOND, certify, files, tell, told};

#[test]
fn a_copy_made_while_a_writer_hammers_is_the_store_of_one_moment() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    let ends = AtomicBool::new(false);

    let copies = thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = 0;
            while !ends.load(Ordering::Relaxed) {
                number += 1;
                tell(&store, 3);
                certify(&store, &format!("2611-{number}"));
            }
        });
        let mut copies = Vec::new();
        for _ in 0..3 {
            office.later(SECOND);
            copies.push(office.copy(&mut archivist));
        }
        ends.store(true, Ordering::Relaxed);
        copies
    });
    archivist.catch_up(office.now()).unwrap();

    for copy in &copies {
        let (restored, _) = office.restore(Until::Change(copy.number)).unwrap();
        assert_eq!(restored.survey, copy.survey);
    }
    let (live, _) = Survey::of(&office.store_file()).unwrap();
    let (restored, _) = office.restore(Until::Latest).unwrap();
    assert_eq!(restored.survey, live);
    assert!(live.documents.finished > copies[0].survey.documents.finished);
}

#[test]
fn a_store_is_restored_as_it_was_after_any_change() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    let first = archivist.number();
    for batch in [1, 5, 1, 3] {
        // Several transactions may have gone into one record.
        tell(&store, batch);
        archivist.catch_up(office.later(SECOND)).unwrap();
    }
    assert_eq!(archivist.number(), first + 10);

    for number in 0..=10 {
        let (restored, data) = office.restore(Until::Change(first + number)).unwrap();
        assert_eq!(restored.number, first + number);
        assert_eq!(told(&data), number);
    }
    let later = office.restore(Until::Change(first + 11)).unwrap_err();
    assert!(matches!(later, BackupError::TooLate { last, .. } if last == first + 10));
}

#[test]
fn a_store_is_restored_as_it_was_at_a_time_between_two_transactions() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    tell(&store, 1);
    archivist.catch_up(office.later(60 * SECOND)).unwrap();
    let between = office.later(60 * SECOND);
    tell(&store, 1);
    archivist.catch_up(office.later(60 * SECOND)).unwrap();
    office.later(60 * SECOND);
    office.copy(&mut archivist);

    let (_, data) = office.restore(Until::Time(between)).unwrap();
    assert_eq!(told(&data), 1);
    let (_, data) = office.restore(Until::Time(office.now())).unwrap();
    assert_eq!(told(&data), 2);
    let before = office.restore(Until::Time(office.later(-3_600 * SECOND)));
    assert!(matches!(
        before,
        Err(BackupError::TooEarly { number: 1, .. })
    ));
}

#[test]
fn a_clock_that_jumps_back_does_not_put_changes_out_of_order() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    tell(&store, 1);
    archivist.catch_up(office.later(3_600 * SECOND)).unwrap();
    let first = office.now();
    tell(&store, 1);
    archivist.catch_up(office.later(-7_200 * SECOND)).unwrap();

    let (_, data) = office.restore(Until::Time(first)).unwrap();

    assert_eq!(told(&data), 2);
    assert!(office.drill(Until::Latest).passed());
}

#[test]
fn keys_and_trust_come_back_with_the_store_and_as_secret() {
    let office = Office::new();
    let keys = office.data().join("keys");
    fs::create_dir_all(&keys).unwrap();
    fs::write(keys.join("office.key.pem"), "very secret").unwrap();
    fs::set_permissions(
        keys.join("office.key.pem"),
        fs::Permissions::from_mode(0o600),
    )
    .unwrap();
    let store = office.store();
    certify(&store, "canary-2611");
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    certify(&store, "canary-2612");
    archivist.catch_up(office.now()).unwrap();

    let (_, data) = office.restore(Until::Latest).unwrap();

    let key = data.join("keys/office.key.pem");
    assert_eq!(fs::read_to_string(&key).unwrap(), "very secret");
    assert_eq!(
        fs::metadata(&key).unwrap().permissions().mode() & 0o777,
        0o600
    );
    for file in files(&office.backup()) {
        let bytes = fs::read(&file).unwrap();
        for secret in ["very secret", "canary-261"] {
            let found = bytes
                .windows(secret.len())
                .any(|it| it == secret.as_bytes());
            assert!(!found, "{} says {secret}", file.display());
        }
    }
}

#[test]
fn another_key_opens_nothing_and_leaves_nothing_behind() {
    let mut office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    office.identity = Identity::generate();

    let refused = office.restore(Until::Latest);

    assert!(matches!(refused, Err(BackupError::WrongKey(_))));
    let left = fs::read_dir(office.root.path()).unwrap().count();
    assert_eq!(left, 2, "data and backup");
    assert!(!office.drill(Until::Latest).passed());
}

#[test]
fn nothing_is_restored_over_something() {
    let office = Office::new();
    let store = office.store();
    office.copy(&mut office.archivist(&store));

    let refused = restore(&Restore {
        backup: &office.backup(),
        data: &office.data(),
        identity: &office.identity,
        until: Until::Latest,
        salvage: true,
    });

    assert!(matches!(refused, Err(BackupError::NotEmpty(_))));
    assert!(office.store_file().exists());
}

#[test]
fn a_document_that_was_altered_in_the_store_stops_the_copy_by_its_number() {
    let office = Office::new();
    let store = office.store();
    certify(&store, "2611-GOOD");
    certify(&store, "2611-SICK");
    rusqlite::Connection::open(office.store_file())
        .unwrap()
        .execute(
            "UPDATE document SET pdf = x'00' WHERE number = '2611-SICK'",
            [],
        )
        .unwrap();
    let mut archivist = office.archivist(&store);

    let refused = archivist
        .cut(office.now())
        .unwrap()
        .finish("test")
        .unwrap_err();

    assert_eq!(
        refused.to_string(),
        "a copy of the store is not sound: document 2611-SICK was altered"
    );
    assert_eq!(
        fs::read_dir(office.backup().join("bases")).unwrap().count(),
        0
    );
    assert!(!office.data().join(".backup-scratch").exists());
}

#[test]
fn what_retention_let_go_is_refused_by_name_and_the_rest_is_whole() {
    let office = Office::new();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    let retention = Retention {
        recent: 2,
        days: 3,
        weeks: 0,
    };
    let day = 24 * 3_600 * SECOND;
    let mut copies = Vec::new();
    for _ in 0..4 {
        copies.push(office.copy_and_keep(&mut archivist, &retention));
        tell(&store, 2);
        archivist.catch_up(office.later(SECOND)).unwrap();
        office.later(day / 4);
    }
    office.later(day);
    copies.push(office.copy_and_keep(&mut archivist, &retention));

    // Of the first day the later copy stays, without the changes behind it.
    let gone = office.restore(Until::Change(copies[0].number));
    assert!(matches!(gone, Err(BackupError::TooEarly { .. })));
    let (_, data) = office.restore(Until::Change(copies[1].number)).unwrap();
    assert_eq!(told(&data), 2);
    let gone = office.restore(Until::Change(copies[2].number));
    assert!(matches!(gone, Err(BackupError::NotKept { number, .. }) if number == copies[1].number));
    let (_, data) = office.restore(Until::Change(copies[3].number + 1)).unwrap();
    assert_eq!(told(&data), 7);
    let report = office.drill(Until::Latest);
    assert_eq!(report.complaints, Vec::<String>::new());
}
