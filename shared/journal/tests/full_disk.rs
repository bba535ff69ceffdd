//! A disk that fills up, for real: a file system of four megabytes.

#![allow(clippy::unwrap_used)]

mod opened;

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use journal::{Error, Journal, Key, Options};
use request::{Outcome, RequestEvent, RequestId, StationId, Timestamp};

use opened::opened;

const DISK: &str = "MINWON_TEST_SMALL_DISK";
const RESERVE: u64 = 1 << 20;
const UNSHARE: [&str; 3] = ["--user", "--map-root-user", "--mount"];

fn open(disk: &Path) -> Journal {
    let options = Options {
        reserve_bytes: RESERVE,
        ..Options::default()
    };
    let (path, key) = (disk.join("journal.db"), Key::from_bytes([7; 32]));
    Journal::open_with(&path, StationId::new("gaon-1"), &key, &options).unwrap()
}

/// Leaves not one byte.
fn fill(disk: &Path, name: &str) -> PathBuf {
    let path = disk.join(name);
    let mut file = File::create(&path).unwrap();
    for size in [1 << 16, 1 << 12, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    path
}

#[test]
#[ignore = "runs on the small disk that the test below makes"]
fn on_the_small_disk() {
    let disk = PathBuf::from(std::env::var_os(DISK).unwrap());
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
        .arg(&disk)
        .status();
    assert!(mount.unwrap().success());
    let mut journal = open(&disk);
    let now = Timestamp::default();
    let begun: Vec<RequestId> = (0..20)
        .map(|number| RequestId::new(format!("begun-{number}")))
        .collect();
    for id in &begun {
        journal.append(id, &opened(), now).unwrap();
    }
    let somebody_elses = fill(&disk, "somebody-elses");

    // Finish what was begun: more than the log has room for without the reserve.
    for id in &begun {
        for _ in 0..5 {
            let event = RequestEvent::CoinTaken { value_won: 100 };
            journal.append(id, &event, now).unwrap();
        }
        let outcome = Outcome::Withdrawn;
        journal
            .append(id, &RequestEvent::Closed { outcome }, now)
            .unwrap();
    }
    let reserve = disk.join("journal.db.reserve");
    assert_eq!(fs::metadata(&reserve).unwrap().len(), 0, "it was needed");
    // What the log gave back is taken by somebody else too.
    let more = fill(&disk, "more");
    let before = journal.head().clone();
    let new = RequestId::new("new");
    for _ in 0..3 {
        let refused = journal.append(&new, &opened(), now);
        assert!(matches!(refused, Err(Error::Full)), "{refused:?}");
    }
    assert!(!journal.has_room());
    assert_eq!(*journal.head(), before);
    assert_eq!(journal.open_requests().unwrap(), []);

    fs::remove_file(somebody_elses).unwrap();
    fs::remove_file(more).unwrap();
    assert!(journal.has_room());
    assert_eq!(fs::metadata(&reserve).unwrap().len(), RESERVE);
    journal.append(&new, &opened(), now).unwrap();
    let last = journal.head().clone();
    drop(journal);
    let journal = open(&disk);
    assert_eq!(*journal.head(), last);
    assert_eq!(last.number, 20 * 7 + 1);
}

#[test]
fn a_full_disk_stops_new_promises_keeps_old_ones_and_is_forgotten_when_it_is_over() {
    let may_mount = Command::new("unshare").args(UNSHARE).arg("true").status();
    if !may_mount.is_ok_and(|it| it.success()) {
        eprintln!("NOT TESTED: this machine lets nobody mount a small file system");
        return;
    }
    let disk = std::env::temp_dir().join(format!("minwon-small-disk-{}", std::process::id()));
    fs::create_dir_all(&disk).unwrap();

    let played = Command::new("unshare")
        .args(UNSHARE)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "on_the_small_disk", "--ignored", "--nocapture"])
        .env(DISK, &disk)
        .output()
        .unwrap();

    fs::remove_dir_all(disk).unwrap();
    let said = String::from_utf8_lossy(&played.stdout) + String::from_utf8_lossy(&played.stderr);
    assert!(played.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
}
