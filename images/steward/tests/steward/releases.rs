//! Releases on a stick: whole and signed, or not taken.

use std::fs;

use steward::releases::{NotARelease, ReleaseFault, in_folder, make, take};

use crate::{NOON, orders::key, updates::version};

/// The smallest image that UEFI reads (PE/COFF), with what systemd-measure has predicted.
fn kernel() -> Vec<u8> {
    let predicted = r#"{"sha256": [{"pcrs": [11], "pol": "09de"}, {"pcrs": [11], "pol": "9a12"}]}"#;
    let mut image = b"MZ".to_vec();
    image.resize(60, 0);
    image.extend(64_u32.to_le_bytes());
    image.extend(b"PE\0\0");
    image.extend(0x8664_u16.to_le_bytes());
    image.extend(1_u16.to_le_bytes());
    image.extend([0; 12]);
    image.extend(240_u16.to_le_bytes());
    image.extend(0x22_u16.to_le_bytes());
    image.extend(0x20b_u16.to_le_bytes());
    image.extend([0; 106]);
    image.extend(16_u32.to_le_bytes());
    image.extend([0; 128]);
    image.extend(b".pcrsig\0");
    // Sections end with zeros to a whole block.
    for number in [512_u32, 0x1000, 512, 512] {
        image.extend(number.to_le_bytes());
    }
    image.extend([0; 16]);
    image.resize(512, 0);
    image.extend(predicted.as_bytes());
    image.resize(1_024, 0);
    image
}

fn stick() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("minwon_2.efi"), kernel()).unwrap();
    for (name, content) in [
        (
            "minwon_2.root.00112233445566778899aabbccddeeff.raw",
            "the root",
        ),
        (
            "minwon_2.root-verity.ffeeddccbbaa99887766554433221100.raw",
            "its hashes",
        ),
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
    assert_eq!(release.measured, ["09de", "9a12"], "as the build predicts");
    // What was withdrawn lies there still.
    fs::write(into.path().join("minwon_3.efi"), "a newer kernel").unwrap();
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
fn what_is_no_kernel_image_is_not_signed() {
    let stick = stick();
    fs::write(stick.path().join("minwon_2.efi"), "a text").unwrap();
    let made = make(stick.path(), "lobby", &version("2"), &key(7), NOON);
    assert!(matches!(made, Err(NotARelease::Kernel)), "{made:?}");
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
