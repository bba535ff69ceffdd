//! A medium that forgets: pages of the journal are overwritten, anywhere, and
//! the station goes on with everything that can still be read.

#![allow(clippy::unwrap_used)]

mod opened;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use journal::{Journal, Key, Salvage, SetAside};
use privacy::Personal;
use request::{Outcome, RequestEvent, RequestId, StationId, Timestamp};
use sync::{Entry, Head, Offer};

use opened::opened;

const PAGE: usize = 4096;
const ENTRIES: u64 = 300;
const SEEDS: u64 = 40;

/// splitmix64
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("minwon-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn journal(&self) -> PathBuf {
        self.0.join("journal.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn key() -> Key {
    Key::from_bytes([7; 32])
}

fn station() -> StationId {
    StationId::new("gaon-1")
}

fn now() -> Timestamp {
    Timestamp::from_millis(1_795_480_200_000)
}

fn answered(number: u64) -> RequestEvent {
    // Now and then one that does not fit into a page.
    let length = if number.is_multiple_of(50) {
        9_000
    } else {
        200
    };
    RequestEvent::Answered {
        question: "q".to_owned(),
        answer: Personal::new(format!("{number:0length$}")),
    }
}

fn request(number: u64) -> RequestId {
    RequestId::new(format!("r-{}", number / 10))
}

/// A journal of which half is in the file and half in the log, as the power
/// leaves it; and what it says.
fn written(path: &Path) -> Vec<Entry> {
    let journal = {
        let mut journal = Journal::open(path, station(), &key()).unwrap();
        for number in 0..ENTRIES / 2 {
            append(&mut journal, number);
        }
        drop(journal);
        let mut journal = Journal::open(path, station(), &key()).unwrap();
        for number in ENTRIES / 2..ENTRIES {
            append(&mut journal, number);
        }
        journal
    };
    let entries = journal.entries(0, u32::MAX).unwrap();
    // Copied while it is open: closing would empty the log.
    let kept = path.with_extension("kept");
    fs::copy(path, &kept).unwrap();
    let log = fs::read(suffixed(path, "-wal")).unwrap();
    drop(journal);
    fs::rename(kept, path).unwrap();
    fs::write(suffixed(path, "-wal"), log).unwrap();
    entries
}

fn append(journal: &mut Journal, number: u64) {
    let event = if number.is_multiple_of(10) {
        opened()
    } else {
        answered(number)
    };
    journal.append(&request(number), &event, now()).unwrap();
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// As a worn-out medium does; each page stands behind what belongs to its frame.
fn overwrite(path: &Path, pages: &BTreeSet<usize>, header: usize, frame: usize) {
    let mut bytes = fs::read(path).unwrap();
    for page in pages {
        let begin = header + page * (frame + PAGE) + frame;
        if let Some(page) = bytes.get_mut(begin..begin + PAGE) {
            page.fill(0x5a);
        }
    }
    fs::write(path, bytes).unwrap();
}

/// What the fresh journal has of the damaged one, chained from the beginning.
fn saved(journal: &mut Journal) -> Vec<Entry> {
    let mut saved: Vec<Entry> = Vec::new();
    let mut head: Option<Head> = None;
    while let Some(offer) = journal.salvaged(64).unwrap() {
        let Offer {
            before, entries, ..
        } = offer;
        let first = &entries[0];
        let chained =
            head.unwrap_or_else(|| Head::genesis(first.station.clone(), first.incarnation.clone()));
        assert_eq!(before, chained.hash);
        let last = entries
            .iter()
            .fold(chained, |head, entry| head.followed_by(entry));
        journal
            .acknowledge_salvaged(&last.incarnation, last.number)
            .unwrap();
        head = Some(last);
        saved.extend(entries);
    }
    saved
}

fn open_or_set_aside(path: &Path) -> (Journal, Option<SetAside>) {
    Journal::open_or_set_aside(path, station(), &key(), now()).unwrap()
}

#[test]
fn pages_overwritten_at_random_cost_no_entry_before_them_and_never_the_station() {
    let folder = Folder::new("damaged");
    let path = folder.journal();
    let entries = written(&path);
    let (whole, log) = (
        fs::read(&path).unwrap(),
        fs::read(suffixed(&path, "-wal")).unwrap(),
    );
    let (mut set_aside, mut beyond, mut unknown) = (0, 0, 0);
    for seed in 0..SEEDS {
        let mut dice = Dice(seed);
        for file in fs::read_dir(&folder.0).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        fs::write(&path, &whole).unwrap();
        fs::write(suffixed(&path, "-wal"), &log).unwrap();
        let pages = whole.len() / PAGE;
        let gone: BTreeSet<usize> = (0..=dice.below(4)).map(|_| dice.below(pages)).collect();
        overwrite(&path, &gone, 0, 0);
        let frames = log.len() / (PAGE + 24);
        let gone: BTreeSet<usize> = (0..dice.below(3)).map(|_| dice.below(frames)).collect();
        overwrite(&suffixed(&path, "-wal"), &gone, 32, 24);
        // Whatever the damage, it is found at the latest when it is met.
        fs::write(suffixed(&path, ".condemned"), []).unwrap();

        let (mut journal, aside) = open_or_set_aside(&path);

        let SetAside { file, salvage } = aside.unwrap();
        assert!(file.exists());
        assert_ne!(
            Some(&journal.head().incarnation),
            salvage.incarnation.as_ref()
        );
        assert_eq!(journal.head().number, 0);
        let count = salvage.chained + salvage.beyond;
        assert_eq!(journal.salvaged_count().unwrap(), count, "seed {seed}");
        if salvage.incarnation.is_some() {
            // To the letter, and from the first to the last before the damage.
            let chained = usize::try_from(salvage.chained).unwrap();
            assert_eq!(saved(&mut journal), entries[..chained], "seed {seed}");
        } else {
            unknown += 1;
        }
        append(&mut journal, 0);
        set_aside += 1;
        beyond += u64::from(salvage.beyond > 0);
        // A page holds some twenty entries, and a damaged one costs no others.
        assert!(count + 7 * 25 >= ENTRIES, "seed {seed}: {salvage:?}");
    }
    assert_eq!(set_aside, SEEDS);
    assert!(beyond > SEEDS / 4, "behind the damage: {beyond} times");
    assert!(unknown < SEEDS / 4, "of an unknown life: {unknown} times");
}

#[test]
fn a_journal_that_is_whole_loses_nothing_when_it_is_condemned() {
    let folder = Folder::new("condemned");
    let path = folder.journal();
    let entries = written(&path);
    let journal = Journal::open(&path, station(), &key()).unwrap();
    let head = journal.head().clone();
    journal.condemn();
    drop(journal);

    let (mut journal, aside) = open_or_set_aside(&path);

    let SetAside { file, salvage } = aside.unwrap();
    assert_eq!(salvage.incarnation, Some(head.incarnation));
    assert_eq!((salvage.chained, salvage.lost()), (ENTRIES, 0));
    assert_eq!(
        journal.open_requests().unwrap().len(),
        usize::try_from(ENTRIES / 10).unwrap()
    );
    assert_eq!(journal.events(&request(5)).unwrap().len(), 10);
    assert_eq!(saved(&mut journal), entries);
    // What is open is not forgotten before it has been brought to its end.
    let open = journal.open_requests().unwrap();
    assert_eq!(journal.salvaged_count().unwrap(), 10 * open.len() as u64);
    for id in open {
        assert_eq!(journal.events(&id).unwrap().len(), 10);
        let outcome = Outcome::Failed;
        let event = RequestEvent::Closed { outcome };
        journal.append(&id, &event, now()).unwrap();
    }
    journal.erase_finished(&|_| Duration::MAX, now()).unwrap();
    assert_eq!(journal.salvaged_count().unwrap(), 0);
    // The old one is there, whole, under its new name.
    assert_eq!(
        Journal::open(&file, station(), &key())
            .unwrap()
            .head()
            .number,
        ENTRIES
    );
    drop(journal);
    assert!(open_or_set_aside(&path).1.is_none(), "once is enough");
}

#[test]
fn what_was_read_behind_the_damage_names_nobody_once_the_longest_term_is_over() {
    const TERM: Duration = Duration::from_secs(30 * 86_400);
    let folder = Folder::new("behind");
    let path = folder.journal();
    written(&path);
    let pages = fs::read(&path).unwrap().len() / PAGE;
    overwrite(&path, &(pages - 8..pages - 4).collect(), 0, 0);
    fs::write(suffixed(&path, ".condemned"), []).unwrap();
    let (mut journal, aside) = open_or_set_aside(&path);
    let Salvage {
        chained, beyond, ..
    } = aside.unwrap().salvage;
    let answers = |journal: &Journal| -> usize {
        let requests = (0..ENTRIES / 10).map(|number| request(number * 10));
        let events = requests.flat_map(|id| journal.events(&id).unwrap());
        events.filter(RequestEvent::is_personal).count()
    };
    let before = answers(&journal);
    // What is open is needed to bring it to its end.
    let over = now() + TERM;
    let all_open = journal.open_requests().unwrap();
    let kept = journal.erase_salvaged(Duration::ZERO, now()).unwrap();
    for id in all_open {
        let outcome = Outcome::Failed;
        let event = RequestEvent::Closed { outcome };
        journal.append(&id, &event, now()).unwrap();
    }

    let early = journal
        .erase_salvaged(TERM + Duration::from_millis(1), over)
        .unwrap();
    let erased = journal.erase_salvaged(TERM, over).unwrap();

    assert!(chained > 0 && beyond > 20, "{chained} and {beyond}");
    assert_eq!(early, 0);
    assert!(erased > 0 && kept + erased < before);
    assert_eq!(answers(&journal), before - kept - erased);
    // What names nobody is there still, and the exchange is told all it can be told.
    assert_eq!(journal.salvaged_count().unwrap(), chained + beyond);
    assert_eq!(saved(&mut journal).len() as u64, chained);
    assert_eq!(journal.erase_salvaged(TERM, over).unwrap(), 0);
}

#[test]
fn a_crash_between_the_damaged_journal_and_the_fresh_one_loses_neither() {
    let folder = Folder::new("exchange");
    let path = folder.journal();
    written(&path);
    fs::write(suffixed(&path, ".condemned"), []).unwrap();
    let (journal, aside) = open_or_set_aside(&path);
    let fresh = journal.head().clone();
    drop(journal);
    // As it is after the damaged one went and before the fresh one came.
    fs::rename(&path, suffixed(&path, ".salvaged")).unwrap();
    let log = suffixed(&aside.unwrap().file, "-wal");
    fs::copy(&log, suffixed(&path, "-wal")).unwrap();
    fs::write(suffixed(&path, ".condemned"), []).unwrap();

    let (journal, aside) = open_or_set_aside(&path);

    assert_eq!(aside, None);
    assert_eq!(*journal.head(), fresh);
    assert_eq!(journal.salvaged_count().unwrap(), ENTRIES);
}

#[test]
fn nothing_but_noise_is_set_aside_too() {
    let folder = Folder::new("noise");
    let path = folder.journal();
    fs::write(&path, [0x5a; 3 * PAGE + 7]).unwrap();

    let (journal, aside) = open_or_set_aside(&path);

    let salvage = aside.unwrap().salvage;
    assert_eq!((salvage.incarnation, salvage.chained), (None, 0));
    assert_eq!(journal.head().number, 0);
}
