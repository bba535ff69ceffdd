//! What is at rest says nothing to whoever carries the disk away.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use journal::{Error, Journal, Key, KeyError};
use privacy::Personal;
use request::{RequestEvent, RequestId, StationId, Timestamp};

const PERSON: &str = "아무개 900101-1234567";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("minwon-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn journal(&self) -> PathBuf {
        self.0.join("journal.db")
    }

    /// The first schema's frozen file, which is plain, as the journal.
    fn with_a_plain_journal(&self) -> PathBuf {
        let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/journal-1.db");
        fs::copy(frozen, self.journal()).unwrap();
        self.journal()
    }

    /// All bytes of all files.
    fn bytes(&self) -> Vec<u8> {
        let files = fs::read_dir(&self.0).unwrap();
        files
            .flat_map(|file| fs::read(file.unwrap().path()).unwrap())
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn station() -> StationId {
    StationId::new("gaon-1")
}

fn key(byte: u8) -> Key {
    Key::from_bytes([byte; 32])
}

fn answer(journal: &mut Journal) {
    let event = RequestEvent::Answered {
        question: "parcel_number".to_owned(),
        answer: Personal::new(PERSON.to_owned()),
    };
    let id = RequestId::new("gaon-1-261124-000001");
    journal.append(&id, &event, Timestamp::default()).unwrap();
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|it| it == text.as_bytes())
}

#[test]
fn neither_the_file_nor_its_log_names_anybody() {
    let folder = Folder::new("encrypted");
    let mut journal = Journal::open(&folder.journal(), station(), &key(1)).unwrap();
    answer(&mut journal);

    // The log while it is open, the file itself when it was closed.
    let open = folder.bytes();
    drop(journal);
    let closed = folder.bytes();

    for bytes in [open, closed] {
        assert!(bytes.len() > 4096);
        for said in [
            PERSON,
            "gaon-1",
            "answered",
            "CREATE TABLE",
            "SQLite format",
        ] {
            assert!(!contains(&bytes, said), "{said}");
        }
    }
}

#[test]
fn another_key_is_told_from_damage_and_nothing_is_set_aside() {
    let folder = Folder::new("wrong-key");
    let path = folder.journal();
    answer(&mut Journal::open(&path, station(), &key(1)).unwrap());
    let before = fs::read(&path).unwrap();

    let refused = Journal::open_or_set_aside(&path, station(), &key(2), Timestamp::default());

    assert!(matches!(refused, Err(Error::WrongKey)));
    assert_eq!(fs::read(&path).unwrap(), before);
    let journal = Journal::open(&path, station(), &key(1)).unwrap();
    assert_eq!(journal.head().number, 1);
}

#[test]
fn a_journal_whose_beginning_was_overwritten_is_damaged_although_its_key_is_right() {
    let folder = Folder::new("no-beginning");
    let path = folder.journal();
    answer(&mut Journal::open(&path, station(), &key(1)).unwrap());
    let mut bytes = fs::read(&path).unwrap();
    bytes[..4096].fill(0x5a);
    fs::write(&path, &bytes).unwrap();

    let (fresh, aside) =
        Journal::open_or_set_aside(&path, station(), &key(1), Timestamp::default()).unwrap();

    assert_eq!(fresh.head().number, 0);
    assert_eq!(fs::read(aside.unwrap().file).unwrap(), bytes);
}

#[test]
fn a_plain_journal_is_encrypted_where_it_is_and_says_the_same() {
    let folder = Folder::new("plain");
    let path = folder.with_a_plain_journal();
    assert!(contains(&folder.bytes(), "parcel_number"));

    let journal = Journal::open(&path, station(), &key(1)).unwrap();

    assert_eq!(journal.head().number, 9);
    assert_eq!(journal.acknowledged().unwrap(), 4);
    drop(journal);
    assert!(!contains(&folder.bytes(), "parcel_number"));
    assert!(Journal::open(&path, station(), &key(1)).is_ok());
    let mut names: Vec<_> = fs::read_dir(&folder.0)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["journal.db", "journal.db.reserve"]);
}

#[test]
fn what_a_crash_left_of_encrypting_is_begun_anew() {
    let folder = Folder::new("half-encrypted");
    let path = folder.with_a_plain_journal();
    let half = path.with_extension("encrypting");
    fs::write(&half, [0x5a; 5000]).unwrap();
    fs::write(path.with_extension("encrypting-journal"), [0x5a; 600]).unwrap();

    let journal = Journal::open(&path, station(), &key(1)).unwrap();

    assert_eq!(journal.head().number, 9);
    assert!(!half.exists());
}

#[test]
fn a_plain_journal_of_a_newer_release_stays_as_it_is() {
    let folder = Folder::new("plain-newer");
    let path = folder.with_a_plain_journal();
    // The schema's version stands at offset 60 of the header (SQLite file format, 1.3).
    let mut bytes = fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&99u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();

    let refused = Journal::open_or_set_aside(&path, station(), &key(1), Timestamp::default());

    assert!(matches!(refused, Err(Error::TooNew(99))));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_key_is_made_once_for_its_owner_alone() {
    let folder = Folder::new("key");
    let file = folder.0.join("station.key");
    let made = Key::of_station(&file, &folder.journal()).unwrap();
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    answer(&mut Journal::open(&folder.journal(), station(), &made).unwrap());

    let read = Key::of_station(&file, &folder.journal()).unwrap();

    assert!(Journal::open(&folder.journal(), station(), &read).is_ok());
    assert_eq!(format!("{read:?}"), "[key]");
}

#[test]
fn no_new_key_is_made_for_a_journal_that_it_could_not_open() {
    let folder = Folder::new("key-lost");
    drop(Journal::open(&folder.journal(), station(), &key(1)).unwrap());
    let file = folder.0.join("station.key");

    let missing = Key::of_station(&file, &folder.journal());

    assert!(matches!(missing, Err(KeyError::Missing(_))));
    assert!(!file.exists());
}

#[test]
fn a_key_that_others_may_read_or_that_is_cut_short_is_none() {
    let folder = Folder::new("key-bad");
    let file = folder.0.join("station.key");
    for (bytes, mode) in [
        (32, 0o644),
        (32, 0o660),
        (31, 0o600),
        (33, 0o600),
        (0, 0o600),
    ] {
        let _ = fs::remove_file(&file);
        fs::write(&file, vec![1; bytes]).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();

        let refused = Key::of_station(&file, &folder.journal()).unwrap_err();

        match bytes {
            32 => assert!(matches!(refused, KeyError::Exposed(_)), "{mode:o}"),
            _ => assert!(matches!(refused, KeyError::Malformed(_)), "{bytes}"),
        }
    }
}
