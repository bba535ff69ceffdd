//! The archive that the kernel unpacks, judged by GNU cpio.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use images::archive::{Archive, ArchiveError};
use tempfile::TempDir;

fn packed(archive: &Archive) -> Vec<u8> {
    let mut bytes = Vec::new();
    archive.write(&mut bytes).unwrap();
    bytes
}

/// What GNU cpio says and does with an archive.
fn cpio(options: &[&str], folder: &Path, archive: &[u8]) -> String {
    let mut child = Command::new("cpio")
        .args(options)
        .env("LC_ALL", "C")
        .env("TZ", "UTC")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the Debian package cpio is installed");
    child.stdin.take().unwrap().write_all(archive).unwrap();
    let told = child.wait_with_output().unwrap();
    let erred = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{erred}");
    String::from_utf8(told.stdout).unwrap()
}

#[test]
fn what_was_packed_is_unpacked_by_another_hand() {
    let folder = TempDir::new().unwrap();
    let original = folder.path().join("original");
    fs::write(&original, vec![7; 70_001]).unwrap();
    let mut archive = Archive::default();
    archive.copy("/usr/bin/kiosk", 0o755, &original).unwrap();
    archive
        .bytes("/etc/minwon/kiosk.toml", 0o600, "abc")
        .unwrap();
    archive.bytes("/etc/empty", 0o644, "").unwrap();
    archive.link("/lib64", "usr/lib64").unwrap();
    archive.folder("/tmp", 0o1777).unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();

    cpio(&["-i", "-d", "--quiet"], &out, &packed(&archive));

    let mode = |name: &str| fs::metadata(out.join(name)).unwrap().permissions().mode() & 0o7777;
    assert_eq!(
        fs::read(out.join("usr/bin/kiosk")).unwrap(),
        vec![7; 70_001]
    );
    assert_eq!(mode("usr/bin/kiosk"), 0o755);
    assert_eq!(fs::read(out.join("etc/minwon/kiosk.toml")).unwrap(), b"abc");
    assert_eq!(mode("etc/minwon/kiosk.toml"), 0o600);
    assert_eq!(fs::read(out.join("etc/empty")).unwrap(), b"");
    let link = fs::read_link(out.join("lib64")).unwrap();
    assert_eq!(link, Path::new("usr/lib64"));
    assert_eq!(mode("tmp"), 0o1777);
}

#[test]
fn folders_come_first_and_everything_is_roots_and_of_no_time() {
    let folder = TempDir::new().unwrap();
    let mut archive = Archive::default();
    archive.character("/dev/console", 5, 1).unwrap();
    archive.bytes("/a/b/c", 0o644, "x").unwrap();

    let listed = cpio(
        &["-i", "-t", "-v", "--quiet"],
        folder.path(),
        &packed(&archive),
    );

    let lines: Vec<&str> = listed.lines().collect();
    let names = ["a", "a/b", "a/b/c", "dev", "dev/console"];
    assert_eq!(lines.len(), names.len(), "{listed}");
    for (line, name) in lines.iter().zip(names) {
        assert!(line.ends_with(&format!(" {name}")), "{line}");
        assert!(line.contains("root") && line.contains("1970"), "{line}");
    }
    assert!(
        lines[4].starts_with("crw-------") && lines[4].contains("5,   1"),
        "{listed}"
    );
}

#[test]
fn two_archives_of_the_same_are_the_same_bytes() {
    let pack = |names: [&str; 3]| {
        let mut archive = Archive::default();
        for name in names {
            archive.bytes(name, 0o644, name).unwrap();
        }
        packed(&archive)
    };

    assert_eq!(pack(["/a", "/b/c", "/b/d"]), pack(["/b/d", "/a", "/b/c"]));
}

#[test]
fn a_second_archive_is_unpacked_over_the_first() {
    let folder = TempDir::new().unwrap();
    let mut archive = Archive::default();
    archive.bytes("/only", 0o644, "x").unwrap();
    let bytes = packed(&archive);

    // A kernel reads on behind the end; so it has to end on a word.
    assert_eq!(bytes.len() % 4, 0);
    let listed = cpio(&["-i", "-t", "--quiet"], folder.path(), &bytes);
    assert_eq!(listed.trim(), "only");
}

#[test]
fn names_that_would_leave_the_archive_are_none() {
    let mut archive = Archive::default();

    for name in [
        "",
        "/",
        "relative",
        "/a/../b",
        "/a//b",
        "/./a",
        "/a\0b",
        "/TRAILER!!!",
    ] {
        let put = archive.bytes(name, 0o644, "x");
        assert!(matches!(put, Err(ArchiveError::Name(_))), "{name:?}");
    }
    let long = format!("/{}", "a".repeat(5_000));
    assert!(archive.bytes(&long, 0o644, "x").is_err());
    assert_eq!(packed(&archive), packed(&Archive::default()));
}

#[test]
fn a_file_that_is_gone_is_named() {
    let mut archive = Archive::default();
    archive.copy("/a", 0o644, "/no/such/file").unwrap();

    let refused = archive.write(Vec::new()).unwrap_err();

    assert!(refused.to_string().contains("/no/such/file"), "{refused}");
}
