//! A copy of a disk that runs beside its original mints ids of its own.

#![allow(clippy::unwrap_used)]

mod opened;

use std::{collections::BTreeSet, fs, path::Path, time::Duration};

use journal::{Journal, Key, Mark};
use request::{Outcome, RequestEvent, RequestId, StationId, Timestamp};

use opened::opened;

const NOW: Timestamp = Timestamp::from_millis(1_795_480_200_000);
const DAY: Duration = Duration::from_secs(86_400);
const STARTS: u64 = 4;
const REQUESTS: u64 = 8;

fn journal(folder: &Path) -> Journal {
    let key = Key::from_bytes([7; 32]);
    Journal::open(&folder.join("minwon.db"), StationId::new("gaon-1"), &key).unwrap()
}

/// What a machine mints that is started again and again, while its clock jumps to
/// and fro; it writes down what each id opens.
fn ids(folder: &Path, mark: impl Fn() -> Mark) -> Vec<RequestId> {
    let mut ids = Vec::new();
    for start in 0..STARTS {
        let mut journal = journal(folder);
        for request in 0..REQUESTS {
            let now = NOW + DAY * u32::try_from((start + request) % 3).unwrap();
            let id = journal.mint_request(now, mark());
            let outcome = Outcome::Withdrawn;
            journal.append(&id, &opened(), now).unwrap();
            let closed = RequestEvent::Closed { outcome };
            journal.append(&id, &closed, now).unwrap();
            ids.push(id);
        }
    }
    ids
}

fn copy(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// How many of the original's ids its copy mints, too.
fn in_common(mark: impl Fn() -> Mark) -> usize {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(journal(one.path()));
    copy(one.path(), other.path());

    let original = ids(one.path(), &mark);
    let copied = ids(other.path(), &mark);

    let minted: BTreeSet<&RequestId> = original.iter().collect();
    assert_eq!(minted.len(), original.len(), "none is minted twice");
    copied.iter().filter(|id| minted.contains(id)).count()
}

#[test]
fn a_copy_beside_its_original_never_mints_an_id_the_original_minted() {
    assert_eq!(in_common(|| Mark::draw().unwrap()), 0);
}

#[test]
fn without_their_marks_all_of_their_ids_would_be_the_same() {
    let all = usize::try_from(STARTS * REQUESTS).unwrap();

    assert_eq!(in_common(|| Mark::from_bytes([7; Mark::BYTES])), all);
}
