//! Damage is named, whatever it is and wherever.

use std::{fs, path::PathBuf};

use ledger::backup::{BackupError, Damage, Until};

use crate::office::{Office, SECOND, certify, files, flip, tell, told, truncate};

/// Two copies; two records behind each.
fn office() -> Office {
    let office = Office::new();
    fs::write(office.data().join("seal-keys.json"), "{}").unwrap();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    for _ in 0..2 {
        office.later(SECOND);
        office.copy(&mut archivist);
        for _ in 0..2 {
            tell(&store, 1);
            certify(&store, &format!("2611-{}", archivist.number()));
            archivist.catch_up(office.later(SECOND)).unwrap();
        }
    }
    office
}

fn segments(office: &Office) -> Vec<PathBuf> {
    let mut files = files(&office.backup());
    files.retain(|file| file.extension().is_some_and(|it| it == "changes"));
    // The first was begun with the stream, the others with the copies.
    assert_eq!(files.len(), 2);
    files
}

fn newest_copy(office: &Office) -> PathBuf {
    let mut copies: Vec<_> = fs::read_dir(office.backup().join("bases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    copies.sort();
    copies.pop().unwrap()
}

#[test]
fn a_whole_backup_passes_its_drill_and_says_what_was_found() {
    let office = office();

    let report = office.drill(Until::Latest);

    assert_eq!(report.complaints, Vec::<String>::new());
    assert!(report.text.starts_with("RESTORE DRILL: PASSED\n"));
    assert!(report.text.contains("gaon-1: 0 entries, 4 publications"));
    assert!(report.text.contains("the live store has 0 entries, 4"));
    assert!(report.text.contains("4 finished"));
    assert_eq!(fs::read_to_string(report.file).unwrap(), report.text);
}

#[test]
fn no_flipped_bit_of_any_file_goes_unnoticed() {
    let office = office();
    let mut tried = 0;

    for file in files(&office.backup()) {
        let length = fs::metadata(&file).unwrap().len() as usize;
        let places = (0..length).step_by(length / 23 + 1).chain([length - 1]);
        // Where a segment's heading ends, the first record says what it is.
        let record = match file.extension().is_some_and(|it| it == "changes") {
            true => 105..169,
            false => 0..0,
        };
        for at in places.chain(record.step_by(3)) {
            flip(&file, at);
            let report = office.drill(Until::Latest);
            assert!(!report.passed(), "byte {at} of {}", file.display());
            flip(&file, at);
            tried += 1;
        }
    }

    assert!(tried > 150, "{tried}");
    assert!(office.drill(Until::Latest).passed());
}

#[test]
fn no_missing_file_goes_unnoticed() {
    let office = office();

    for file in files(&office.backup()) {
        let aside = file.with_extension("aside");
        fs::rename(&file, &aside).unwrap();
        let report = office.drill(Until::Latest);
        assert!(!report.passed(), "without {}", file.display());
        fs::rename(&aside, &file).unwrap();
    }

    assert!(office.drill(Until::Latest).passed());
}

#[test]
fn no_file_that_lost_its_end_goes_unnoticed() {
    let office = office();

    for file in files(&office.backup()) {
        let whole = fs::read(&file).unwrap();
        for by in [1, 100, 5_000, whole.len() as u64] {
            if by <= whole.len() as u64 {
                truncate(&file, by);
                let report = office.drill(Until::Latest);
                assert!(!report.passed(), "{} without {by} bytes", file.display());
                fs::write(&file, &whole).unwrap();
            }
        }
    }

    assert!(office.drill(Until::Latest).passed());
}

#[test]
fn a_copy_that_was_altered_is_named_and_not_restored() {
    let office = office();
    flip(&newest_copy(&office).join("store.age"), 5_000);

    let refused = office.restore(Until::Latest).unwrap_err();
    let (salvaged, data) = office.restore_with(Until::Latest, true).unwrap();

    // The changes behind the older copy lead past the newer one.
    assert_eq!((told(&data), salvaged.damages.len()), (4, 1));
    let name = newest_copy(&office).file_name().unwrap().to_owned();
    let name = name.to_string_lossy();
    assert_eq!(refused.to_string(), format!("{name}/store.age was altered"));
}

#[test]
fn changes_that_were_altered_are_named_and_what_is_before_them_can_be_saved() {
    let office = office();
    let segment = segments(&office).pop().unwrap();
    let end = fs::metadata(&segment).unwrap().len() as usize - 1;
    flip(&segment, end);

    let refused = office.restore(Until::Latest).unwrap_err();
    let (salvaged, data) = office.restore_with(Until::Latest, true).unwrap();

    let BackupError::Damaged(Damage::ChangeAltered { after, .. }) = refused else {
        panic!("{refused}");
    };
    assert_eq!(salvaged.number, after);
    assert_eq!(salvaged.damages.len(), 1);
    assert_eq!(told(&data), 3);
}

#[test]
fn changes_that_are_missing_are_counted() {
    let office = office();
    let whole = office.restore(Until::Latest).unwrap().0.number;
    fs::remove_file(segments(&office).pop().unwrap()).unwrap();

    let refused = office.restore(Until::Latest).unwrap_err();

    let BackupError::Damaged(Damage::ChangesMissing { from, to }) = refused else {
        panic!("{refused}");
    };
    assert_eq!((to, to - from), (whole, 5));
}

#[test]
fn a_copy_that_is_gone_is_missed_and_an_older_one_leads_as_far() {
    let office = office();
    let newest = newest_copy(&office);
    fs::remove_dir_all(&newest).unwrap();

    let (restored, data) = office.restore(Until::Latest).unwrap();

    assert_eq!(told(&data), 4);
    assert!(!newest.ends_with(restored.base));
    let complaints = office.drill(Until::Latest).complaints;
    assert_eq!(complaints, ["the whole copy of change 7 is missing"]);
}

#[test]
fn a_live_store_that_has_less_than_its_backup_fails_the_drill() {
    let office = office();
    rusqlite::Connection::open(office.store_file())
        .unwrap()
        .execute("DELETE FROM history WHERE publication = 4", [])
        .unwrap();

    let report = office.drill(Until::Latest);

    assert_eq!(
        report.complaints,
        ["in the live store: gaon-1 was told 4 things, here it is 3"]
    );
}
