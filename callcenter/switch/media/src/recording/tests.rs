//! Recordings that are finished, crash, are altered or opened by others.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, fs, path::PathBuf, time::Duration};

use super::*;
use crate::{
    plane::{PauseReason, RecordingId},
    recording::{Gap, RecordingFile, Shelf, SideFile},
};

struct Office {
    folder: tempfile::TempDir,
    listener: Listener,
}

impl Office {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            listener: Listener::generate(),
        }
    }

    fn begin(&self) -> RecordingFile {
        let shelf = Shelf::new(self.folder.path().to_owned(), &self.listener.recipient()).unwrap();
        RecordingFile::begin(&shelf, RecordingId(7), Duration::from_secs(1_000)).unwrap()
    }

    fn file(&self, kind: &str) -> PathBuf {
        self.folder
            .path()
            .join(format!("recording-0000000007.{kind}"))
    }
}

#[test]
fn what_was_said_is_read_by_who_may_listen_and_by_nobody_else() {
    let office = Office::new();
    let mut recording = office.begin();
    recording.sound(&[0x80, 0x00].repeat(4_000)).unwrap();
    recording.paused(PauseReason::ResidentNumber).unwrap();
    recording.sound(&[0xff; 8_000]).unwrap();
    recording.resumed().unwrap();
    recording.missing(1_600).unwrap();
    recording.sync().unwrap();
    let recorded = recording.finish().unwrap();

    let talk = office.listener.open(&recorded.file).unwrap();
    assert!(talk.whole);
    assert_eq!(talk.side(0)[..4_000], [32_124; 4_000]);
    assert_eq!(talk.side(1)[..4_000], [-32_124; 4_000]);
    assert_eq!(recorded.duration, Duration::from_millis(1_100));
    assert_eq!(recorded.missing, Duration::from_millis(100));
    let content = fs::read(&recorded.file).unwrap();
    assert_eq!(
        recorded.digest,
        <[u8; 32]>::from(<sha2::Sha256 as sha2::Digest>::digest(&content))
    );
    assert!(
        !content
            .windows(8)
            .any(|it| it == [0x80, 0, 0x80, 0, 0x80, 0, 0x80, 0])
    );
    assert!(matches!(
        Listener::generate().open(&recorded.file),
        Err(Unreadable::Piece(0))
    ));
    let side: SideFile = serde_json::from_slice(&fs::read(office.file("json")).unwrap()).unwrap();
    assert_eq!(
        side.gaps,
        [Gap {
            reason: PauseReason::ResidentNumber,
            from_ms: 500,
            to_ms: Some(1_000)
        }]
    );
    assert_eq!(
        (side.duration_ms, side.began_at_ms),
        (Some(1_100), 1_000_000)
    );
    assert!(!office.file("part").exists());
}

#[test]
fn a_crash_leaves_every_piece_that_was_written_and_says_that_it_is_not_whole() {
    let office = Office::new();
    let mut recording = office.begin();
    for _ in 0..3 {
        recording.sound(&[0x80; 8_000]).unwrap();
    }
    drop(recording);
    let content = fs::read(office.file("part")).unwrap();

    assert_eq!(
        office
            .listener
            .open(&office.file("part"))
            .unwrap()
            .side(0)
            .len(),
        12_000
    );
    let mut lengths = Vec::new();
    for cut in (19..=content.len()).step_by(97) {
        fs::write(office.file("part"), &content[..cut]).unwrap();
        let talk = office.listener.open(&office.file("part")).unwrap();
        assert!(!talk.whole);
        lengths.push(talk.side(0).len());
    }
    assert!(
        lengths.is_sorted() && lengths.contains(&0) && lengths.contains(&8_000),
        "{lengths:?}"
    );
}

#[test]
fn pieces_that_were_altered_doubled_left_out_or_exchanged_are_found_out() {
    let office = Office::new();
    let mut recording = office.begin();
    recording.sound(&[1; 800]).unwrap();
    recording.sound(&[2; 800]).unwrap();
    let file = recording.finish().unwrap().file;
    let content = fs::read(&file).unwrap();
    let (signature, pieces) = content.split_at(SIGNATURE.len());
    let mut parts = Vec::new();
    let mut rest = pieces;
    while let Some((piece, behind)) = next_piece(rest) {
        parts.push([&(piece.len() as u32).to_be_bytes()[..], piece].concat());
        rest = behind;
    }
    let [first, second, last] = <[Vec<u8>; 3]>::try_from(parts).unwrap();
    let mut altered = second.clone();
    altered[300] ^= 1;

    for order in [
        vec![&first, &altered, &last],
        vec![&first, &first],
        vec![&second, &last],
        vec![&first, &last],
        vec![&first, &second, &last, &last],
    ] {
        let pieces: Vec<u8> = order.into_iter().flatten().copied().collect();
        fs::write(&file, [signature, &pieces].concat()).unwrap();
        assert!(matches!(
            office.listener.open(&file),
            Err(Unreadable::Piece(_))
        ));
    }
}

#[test]
fn no_recording_takes_the_place_of_another() {
    let office = Office::new();
    let first = office.begin();
    let second = office.begin();
    let files: BTreeSet<PathBuf> = [first, second].map(|it| it.finish().unwrap().file).into();
    let third = office.begin().finish().unwrap().file;

    assert_eq!(files.len(), 2);
    assert!(!files.contains(&third));
    assert!(Shelf::new(PathBuf::new(), "age1nobody").is_err());
}
