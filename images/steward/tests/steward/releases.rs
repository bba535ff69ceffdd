//! Releases on a stick: whole and signed, or not taken.

use std::fs;

use steward::releases::{ReleaseFault, in_folder, make, take};

use crate::{NOON, orders::key, updates::version};

fn stick() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [
        (
            "minwon_2.root.00112233445566778899aabbccddeeff.raw",
            "the root",
        ),
        (
            "minwon_2.root-verity.ffeeddccbbaa99887766554433221100.raw",
            "its hashes",
        ),
        ("minwon_2.efi", "the kernel"),
        ("minwon_2.esp.raw", "nothing of the release"),
    ] {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

#[test]
fn a_release_is_read_and_taken_as_it_was_signed() {
    let (stick, into) = (stick(), tempfile::tempdir().unwrap());
    make(stick.path(), "lobby", &version("2"), &key(7), NOON).unwrap();

    let found = in_folder(stick.path(), &key(7).signer()).unwrap();

    let [release] = found.as_slice() else {
        panic!("one release, and not {}", found.len());
    };
    assert_eq!(
        release.root_hash,
        "00112233445566778899aabbccddeeffffeeddccbbaa99887766554433221100"
    );
    take(release, stick.path(), into.path()).unwrap();
    take(release, stick.path(), into.path()).unwrap();
    assert_eq!(fs::read_dir(into.path()).unwrap().count(), 3);
}

#[test]
fn a_file_that_was_altered_or_is_missing_is_not_taken() {
    let (stick, into) = (stick(), tempfile::tempdir().unwrap());
    make(stick.path(), "lobby", &version("2"), &key(7), NOON).unwrap();
    let release = in_folder(stick.path(), &key(7).signer()).unwrap().remove(0);

    fs::write(stick.path().join("minwon_2.efi"), "a kernel of mine").unwrap();
    let taken = take(&release, stick.path(), into.path());
    assert!(matches!(taken, Err(ReleaseFault::Altered(_))), "{taken:?}");
    assert!(!into.path().join("minwon_2.efi").exists());

    fs::remove_file(stick.path().join("minwon_2.efi")).unwrap();
    let taken = take(&release, stick.path(), into.path());
    assert!(matches!(taken, Err(ReleaseFault::Missing(_))), "{taken:?}");
}

#[test]
fn what_another_key_signed_is_no_release() {
    let stick = stick();
    make(stick.path(), "lobby", &version("2"), &key(7), NOON).unwrap();
    assert_eq!(in_folder(stick.path(), &key(8).signer()).unwrap(), []);
}

#[test]
fn a_build_that_lacks_a_part_is_not_signed() {
    let stick = stick();
    fs::remove_file(stick.path().join("minwon_2.efi")).unwrap();
    assert!(make(stick.path(), "lobby", &version("2"), &key(7), NOON).is_err());
}
