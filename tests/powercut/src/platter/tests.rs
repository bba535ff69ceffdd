//! What a disk may look like after a power cut.

#![allow(clippy::unwrap_used)]

use super::*;

const FILE: FileId = FileId(1);

fn create() -> Operation {
    Operation::Create {
        name: "journal.db".to_owned(),
        file: FILE,
    }
}

fn write(offset: usize, bytes: &[u8]) -> Operation {
    Operation::Write {
        file: FILE,
        offset,
        bytes: bytes.into(),
    }
}

fn after(operations: &[Operation]) -> Platter {
    let mut platter = Platter::default();
    for operation in operations {
        platter.take(operation);
    }
    platter
}

/// The file as it is found, if it is.
fn found(platter: &Platter, survival: Survival, medium: Medium) -> Option<Vec<u8>> {
    let (image, _) = platter.cut(survival, medium);
    let mut files = image.files();
    files.next().map(|(_, bytes)| bytes)
}

#[test]
fn what_was_synced_survives_and_what_was_not_may_be_lost() {
    let sync = Operation::Sync { file: FILE };
    let platter = after(&[
        create(),
        write(0, b"paid"),
        sync,
        Operation::SyncDirectory,
        write(4, b" out"),
    ]);

    let nothing = found(&platter, Survival::Nothing, Medium::Honest);
    let everything = found(&platter, Survival::Everything, Medium::Honest);

    assert_eq!(nothing.unwrap(), b"paid");
    assert_eq!(everything.unwrap(), b"paid out");
}

#[test]
fn a_synced_file_is_not_found_when_its_directory_was_not_synced() {
    let platter = after(&[create(), write(0, b"paid"), Operation::Sync { file: FILE }]);

    assert_eq!(found(&platter, Survival::Nothing, Medium::Honest), None);
}

#[test]
fn what_a_failed_sync_could_not_write_no_later_sync_brings_back() {
    let platter = after(&[
        create(),
        Operation::SyncDirectory,
        write(0, b"paid"),
        Operation::SyncFailed { file: FILE },
        write(4, b" out"),
        Operation::Sync { file: FILE },
    ]);

    let nothing = found(&platter, Survival::Nothing, Medium::Honest);

    assert_eq!(nothing.unwrap(), b"\0\0\0\0 out");
}

/// Two blocks of ones are durable; twos were being written over their middle.
fn torn(medium: Medium) -> impl Iterator<Item = Vec<u8>> {
    let platter = after(&[
        create(),
        write(0, &[1; 3 * BLOCK]),
        Operation::Sync { file: FILE },
        Operation::SyncDirectory,
        write(BLOCK, &[2; 2 * SECTOR]),
    ]);
    (0..200).map(move |seed| found(&platter, Survival::Some(seed), medium).unwrap())
}

#[test]
fn an_honest_medium_has_each_sector_old_or_new() {
    let mut seen = std::collections::BTreeSet::new();
    for bytes in torn(Medium::Honest) {
        for sector in bytes.chunks(SECTOR) {
            assert!(
                sector.iter().all(|it| *it == sector[0]),
                "a sector is mixed"
            );
        }
        assert!(bytes[..BLOCK].iter().all(|it| *it == 1));
        assert!(bytes[BLOCK + 2 * SECTOR..].iter().all(|it| *it == 1));
        seen.insert((bytes[BLOCK], bytes[BLOCK + SECTOR]));
    }

    // None, head, tail, both.
    assert_eq!(Vec::from_iter(seen), [(1, 1), (1, 2), (2, 1), (2, 2)]);
}

#[test]
fn a_garbling_medium_spoils_the_block_it_was_writing_and_no_other() {
    let mut spoiled = 0;
    for bytes in torn(Medium::Garbling) {
        assert!(bytes[..BLOCK].iter().all(|it| *it == 1));
        assert!(bytes[2 * BLOCK..].iter().all(|it| *it == 1));
        let rest = &bytes[BLOCK + 2 * SECTOR..2 * BLOCK];
        spoiled += usize::from(rest.iter().any(|it| *it != 1));
    }

    assert!(spoiled > 20, "{spoiled}");
}
