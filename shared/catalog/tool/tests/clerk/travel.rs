//! Editions as a clerk makes them and an operator looks into them.

use std::{
    fs,
    process::{Command, Output},
};

use edition::{Edition, EditionKey};
use request::Timestamp;
use sync::KeyPair;

use crate::folder::Folder;

fn run(folder: &Folder, words: &[&str]) -> (Option<i32>, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_minwon-catalog"))
        .current_dir(folder.path())
        .args(words)
        .output()
        .unwrap();
    (
        status.code(),
        String::from_utf8([stdout, stderr].concat()).unwrap(),
    )
}

fn pack(folder: &Folder, number: &str, day: &str, to: &str) -> (Option<i32>, String) {
    let key = ["edition", ".", "--key", "clerk.key.pem", "--language", "en"];
    let about = ["--number", number, "--valid-from", day, "--to", to];
    run(folder, &[&key[..], &about].concat())
}

#[test]
fn an_edition_holds_the_catalogue_and_no_other_and_says_from_when_it_counts() {
    let (folder, key) = (Folder::new(), KeyPair::generate());
    let pem = key.to_pem().unwrap();
    folder.write("clerk.key.pem", pem.as_bytes());
    folder.write("clerk.pub.pem", key.public().to_pem().unwrap());
    folder.write("Cargo.toml", "[package]");

    let first = pack(&folder, "7", "2026-12-01", "7.edition");
    let looked = run(
        &folder,
        &["verify", "7.edition", "--signer", "clerk.pub.pem"],
    );

    assert_eq!((first.0, looked.0), (Some(0), Some(0)), "{}", first.1);
    assert!(
        looked
            .1
            .starts_with("edition 7 from 2026-12-01, 16 files, SHA-256 "),
        "{}",
        looked.1
    );
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    let signed = read("7.edition");
    let key = EditionKey::from_pem(&pem).unwrap();
    let edition = Edition::open(&signed, &key.signer()).unwrap();
    // Whoever packs the same catalogue gets the same bytes.
    assert_eq!(edition.sign(&key).unwrap(), signed);
    // 2026-12-01 begins in Korea while it is 15:00 on the day before in Greenwich.
    assert_eq!(
        edition.valid_from,
        Timestamp::from_millis(1_796_050_800_000)
    );
    for (name, content) in edition.files.iter() {
        assert_eq!(content, read(name), "{name}");
    }
    let mut altered = signed;
    let last = altered.len() - 1;
    altered[last - 100] ^= 1;
    folder.write("7.edition", altered);
    let looked = run(
        &folder,
        &["verify", "7.edition", "--signer", "clerk.pub.pem"],
    );
    assert_eq!(
        looked,
        (Some(1), "it was altered after it was signed\n".to_owned())
    );
}

#[test]
fn what_is_not_right_is_not_signed() {
    let folder = Folder::new();
    let pem = KeyPair::generate().to_pem().unwrap();
    folder.write("clerk.key.pem", pem.as_bytes());
    folder.replace("services/land-ledger/service.toml", "rank = 3", "rnak = 3");

    let wrong = pack(&folder, "7", "2026-12-01", "7.edition");
    let no_day = pack(&folder, "7", "2026-02-30", "7.edition");
    let no_number = pack(&folder, "0", "2026-12-01", "7.edition");

    assert_eq!(wrong.0, Some(1));
    assert!(wrong.1.contains("`rnak` is not known"), "{}", wrong.1);
    assert_eq!((no_day.0, no_number.0), (Some(2), Some(2)));
    assert!(!folder.path().join("7.edition").exists());
}
