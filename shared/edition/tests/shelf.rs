//! Editions on a disk that is cut off at any moment.

#![allow(clippy::unwrap_used)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use edition::{Edition, EditionKey, Files, NotTaken, Shelf, digest};
use p256::{
    ecdsa::SigningKey,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use request::Timestamp;

const NOW: Timestamp = Timestamp::from_millis(1_795_480_200_000);

fn key(seed: u8) -> EditionKey {
    let key = SigningKey::from_slice(&[seed; 32]).unwrap();
    EditionKey::from_pem(&key.to_pkcs8_pem(LineEnding::LF).unwrap()).unwrap()
}

fn signed(number: u64, topics: &str, valid_from: Timestamp) -> Vec<u8> {
    let mut files = Files::default();
    files.add("topics.toml", topics.into()).unwrap();
    files.add("fees/free.toml", b"row = []".to_vec()).unwrap();
    Edition {
        number,
        valid_from,
        files,
    }
    .sign(&key(1))
    .unwrap()
}

/// Stands for the catalogue's reader: takes any topics but broken ones.
fn topics(folder: &Path) -> Result<String, String> {
    let text = fs::read_to_string(folder.join("topics.toml")).map_err(|it| it.to_string())?;
    if !folder.join("fees/free.toml").exists() || text == "broken" {
        return Err("it is broken".to_owned());
    }
    Ok(text)
}

/// What a station that starts now would run.
fn running(shelf: &Shelf, now: Timestamp) -> Option<(u64, String)> {
    let (found, _) = shelf.newest(&key(1).signer(), now, topics).unwrap();
    found.map(|it| (it.number, it.content))
}

fn with_two() -> (tempfile::TempDir, Shelf) {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::new(folder.path().join("editions"));
    for (number, text) in [(1, "one"), (2, "two")] {
        let signer = key(1).signer();
        shelf
            .take(&signed(number, text, NOW), &signer, 0, topics)
            .unwrap();
    }
    (folder, shelf)
}

#[test]
fn the_highest_that_counts_is_run_and_only_a_higher_one_is_taken() {
    let (_folder, shelf) = with_two();
    let take = |signed: &[u8], seed, above| shelf.take(signed, &key(seed).signer(), above, topics);
    let tomorrow = NOW + std::time::Duration::from_hours(24);

    assert_eq!(running(&shelf, NOW), Some((2, "two".to_owned())));
    let older = take(&signed(2, "other", NOW), 1, 0);
    assert!(matches!(
        older,
        Err(NotTaken::Older {
            number: 2,
            newest: 2
        })
    ));
    let behind = take(&signed(3, "three", NOW), 1, 5);
    assert!(matches!(
        behind,
        Err(NotTaken::Older {
            number: 3,
            newest: 5
        })
    ));
    assert!(matches!(
        take(&signed(3, "three", NOW), 2, 0),
        Err(NotTaken::Refused(_))
    ));
    let broken = take(&signed(3, "broken", NOW), 1, 0);
    assert!(matches!(broken, Err(NotTaken::Catalog { number: 3, .. })));
    assert_eq!(running(&shelf, NOW), Some((2, "two".to_owned())));
    take(&signed(3, "three", tomorrow), 1, 0).unwrap();
    assert_eq!(running(&shelf, NOW), Some((2, "two".to_owned())));
    assert_eq!(running(&shelf, tomorrow), Some((3, "three".to_owned())));
}

/// What a kill or a power cut can leave: the file under its unfinished name, cut off at
/// any length, and files laid out in part.
#[test]
fn whatever_is_left_of_an_edition_the_one_before_it_goes_on() {
    let whole = signed(3, "three", NOW);
    for length in [0, 1, whole.len() / 2, whole.len() - 1, whole.len()] {
        let (folder, shelf) = with_two();
        let editions = folder.path().join("editions");
        fs::create_dir_all(editions.join("3/fees")).unwrap();
        fs::write(editions.join("3/topics.toml"), "thr").unwrap();
        fs::write(editions.join("3.edition.new"), &whole[..length]).unwrap();

        assert_eq!(
            running(&shelf, NOW),
            Some((2, "two".to_owned())),
            "{length}"
        );

        // A disk that does not keep what it was told to keep.
        fs::write(editions.join("3.edition"), &whole[..length]).unwrap();
        let expected = if length == whole.len() {
            (3, "three")
        } else {
            (2, "two")
        };
        let expected = Some((expected.0, expected.1.to_owned()));
        assert_eq!(running(&shelf, NOW), expected, "{length}");
        // It can be had again.
        let again = shelf.take(&signed(4, "four", NOW), &key(1).signer(), 0, topics);
        assert_eq!(again.unwrap().number, 4);
        assert_eq!(running(&shelf, NOW), Some((4, "four".to_owned())));
    }
}

#[test]
fn an_edition_is_found_by_its_digest_and_what_is_older_is_let_go() {
    let (folder, shelf) = with_two();
    let three = signed(3, "three", NOW);
    shelf.take(&three, &key(1).signer(), 0, topics).unwrap();

    shelf.tidy(3).unwrap();

    assert_eq!(shelf.signed(&digest(&three)).unwrap(), Some(three));
    assert_eq!(shelf.signed(&digest(&signed(1, "one", NOW))).unwrap(), None);
    assert!(!folder.path().join("editions/1").exists());
    assert!(folder.path().join("editions/2.edition").exists());
}

/// Where the child puts its edition.
const SHELF: &str = "MINWON_KILLED_SHELF";

/// An edition of many files, so that a kill hits while they are written.
fn large() -> Vec<u8> {
    let mut files = Files::default();
    files.add("topics.toml", b"three".to_vec()).unwrap();
    files.add("fees/free.toml", b"row = []".to_vec()).unwrap();
    for number in 0..200 {
        let name = format!("services/service-{number}/service.toml");
        files.add(&name, vec![b'x'; 2_000]).unwrap();
    }
    let edition = Edition {
        number: 3,
        valid_from: NOW,
        files,
    };
    edition.sign(&key(1)).unwrap()
}

/// Kills it with SIGKILL as soon as it has come so far; it may have come further.
#[test]
fn killed_at_any_moment_it_runs_the_old_edition_or_the_new_one() {
    let mut new = 0;
    for reached in [
        "3",
        "3/services/service-100",
        "3/topics.toml",
        "3.edition.new",
        "3.edition",
    ] {
        let (folder, shelf) = with_two();
        let editions = folder.path().join("editions");
        let mut child = Command::new(env::current_exe().unwrap())
            .args([
                "--ignored",
                "--exact",
                "takes_an_edition_until_it_is_killed",
            ])
            .env(SHELF, &editions)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while !editions.join(reached).exists() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();

        let whole = editions.join("3.edition").exists();
        let expected = if whole { (3, "three") } else { (2, "two") };
        assert_eq!(
            running(&shelf, NOW),
            Some((expected.0, expected.1.to_owned())),
            "{reached}"
        );
        // What was not taken is taken the next time.
        let again = shelf.take(&large(), &key(1).signer(), 0, topics);
        assert_eq!(again.is_ok(), !whole, "{reached}");
        assert_eq!(running(&shelf, NOW), Some((3, "three".to_owned())));
        new += usize::from(whole);
    }
    // The last one is killed when it lies there.
    assert!((1..=5).contains(&new));
}

#[test]
#[ignore = "the child of the test above"]
fn takes_an_edition_until_it_is_killed() {
    let Some(folder) = env::var_os(SHELF) else {
        return;
    };
    let shelf = Shelf::new(PathBuf::from(folder));
    shelf.take(&large(), &key(1).signer(), 0, topics).unwrap();
}
