//! Recordings whose time is over, and those that stay.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::recording::{Listener, RecordingFile};

const DAY: Duration = Duration::from_secs(86_400);

struct Office {
    folder: tempfile::TempDir,
    shelf: Shelf,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let recipient = Listener::generate().recipient();
        let shelf = Shelf::new(folder.path().to_owned(), &recipient).unwrap();
        Self { folder, shelf }
    }

    fn begin(&self, number: u64, day: u32) -> RecordingFile {
        RecordingFile::begin(&self.shelf, RecordingId(number), DAY * day).unwrap()
    }

    /// A recording of a second.
    fn record(&self, number: u64, day: u32) {
        let mut recording = self.begin(number, day);
        recording.sound(&[0; 16_000]).unwrap();
        recording.finish().unwrap();
    }

    fn erase(&self, before: Duration) -> Vec<RecordingId> {
        let mut erased = Vec::new();
        self.shelf.erase(before, |it| erased.push(it)).unwrap();
        erased
    }

    fn put(&self, file: &str, content: &str) {
        fs::write(self.folder.path().join(file), content).unwrap();
    }

    /// What stands there, in order.
    fn files(&self) -> Vec<String> {
        let read = fs::read_dir(self.folder.path()).unwrap();
        let names = read.map(|it| it.unwrap().file_name().into_string().unwrap());
        let names: BTreeSet<String> = names.collect();
        names.into_iter().collect()
    }
}

#[test]
fn a_recording_goes_with_its_side_file_when_its_time_is_over_and_not_before() {
    let office = Office::new();
    office.record(1, 10);
    office.record(2, 11);
    let ended = DAY * 10 + Duration::from_secs(1);

    assert_eq!(office.erase(ended), []);
    let later = ended + Duration::from_millis(1);
    assert_eq!(office.erase(later), [RecordingId(1)]);

    let left = ["recording-0000000002.json", "recording-0000000002.sealed"];
    assert_eq!(office.files(), left);
}

#[test]
fn every_talk_of_a_call_goes() {
    let office = Office::new();
    office.record(1, 10);
    office.record(1, 10);
    assert!(
        office
            .files()
            .contains(&"recording-0000000001-2.sealed".to_owned())
    );

    let erased = office.erase(DAY * 30);

    assert_eq!(erased, [RecordingId(1), RecordingId(1)]);
    assert!(office.files().is_empty());
}

#[test]
fn what_somebody_must_still_hear_stays_until_the_mark_is_taken_away() {
    let office = Office::new();
    office.record(1, 10);
    office.put("recording-0000000001.keep", "");

    assert_eq!(office.erase(DAY * 400), []);
    fs::remove_file(office.folder.path().join("recording-0000000001.keep")).unwrap();

    assert_eq!(office.erase(DAY * 400), [RecordingId(1)]);
}

#[test]
fn what_a_crash_cut_short_goes_by_its_beginning() {
    let office = Office::new();
    drop(office.begin(1, 10));

    assert_eq!(office.erase(DAY * 11), [RecordingId(1)]);
    assert!(office.files().is_empty());
}

#[test]
fn a_side_file_that_cannot_be_read_keeps_nothing_for_ever_and_erases_nothing_early() {
    let office = Office::new();
    office.record(1, 10);
    office.put("recording-0000000001.json", "{");

    assert_eq!(office.erase(DAY * 400), []);
    // What was written a moment ago is over in the year 2300.
    assert_eq!(office.erase(DAY * 120_000), [RecordingId(1)]);
}

#[test]
fn files_of_others_are_left_alone() {
    let office = Office::new();
    office.put("notes.json", "{}");
    office.put("recording-x.sealed", "");

    assert_eq!(office.erase(DAY * 120_000), []);
    assert_eq!(office.files().len(), 2);
}
