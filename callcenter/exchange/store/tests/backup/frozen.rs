//! A backup as the first release wrote it: it can be restored for ever.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ledger::backup::{Identity, Restore, Until, restore};

use crate::office::{Office, SECOND, certify, tell, told};

fn frozen() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/backup-1")
}

#[test]
fn a_backup_of_the_first_release_can_still_be_restored() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");

    let restored = restore(&Restore {
        backup: &frozen(),
        data: &data,
        identity: &Identity::read(&frozen().join("key.txt")).unwrap(),
        until: Until::Latest,
        salvage: false,
    })
    .unwrap();

    assert_eq!(restored.number, 5);
    assert_eq!(told(&data), 2);
    assert_eq!(restored.survey.documents.finished, 1);
    let trust = fs::read_to_string(data.join("trust/seal-keys.json")).unwrap();
    assert_eq!(trust, "{}");
}

#[test]
#[ignore = "writes the example; only for a form that was never released"]
fn freeze_a_backup() {
    let office = Office::new();
    fs::create_dir_all(office.data().join("trust")).unwrap();
    fs::write(office.data().join("trust/seal-keys.json"), "{}").unwrap();
    let store = office.store();
    let mut archivist = office.archivist(&store);
    office.copy(&mut archivist);
    certify(&store, "2611-0001");
    archivist.catch_up(office.later(SECOND)).unwrap();
    tell(&store, 2);
    archivist.catch_up(office.later(SECOND)).unwrap();

    fs::create_dir_all(frozen().parent().unwrap()).unwrap();
    fs::rename(office.backup(), frozen()).unwrap();
    fs::remove_file(frozen().join("lock")).unwrap();
    fs::write(frozen().join("key.txt"), office.identity.disclose()).unwrap();
}
