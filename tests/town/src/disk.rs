//! The disk of a station or of the exchange: real files, so that a start after a
//! power cut reads what was really written, and no more.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use bench::model::Dice;
use journal::{Journal, Key, Options};
use ledger::Store;
use request::StationId;

use crate::town::STATIONS;

const FILE: &str = "minwon.db";
/// SQLite's shared memory is no part of what a disk keeps.
const MEMORY: &str = "minwon.db-shm";

pub(crate) struct Disk {
    folder: PathBuf,
}

/// All bytes of a disk at one moment, file by file.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Image(BTreeMap<String, Vec<u8>>);

impl Disk {
    /// With a journal in which nothing is written.
    pub(crate) fn of_station(at: usize, station: &StationId) -> Self {
        static BLANK: [OnceLock<Image>; STATIONS] = [const { OnceLock::new() }; STATIONS];
        Self::made_once(&BLANK[at], |disk| drop(disk.journal(station)))
    }

    /// With a store that has heard of nobody.
    pub(crate) fn of_exchange() -> Self {
        static BLANK: OnceLock<Image> = OnceLock::new();
        Self::made_once(&BLANK, |disk| drop(disk.store()))
    }

    fn made_once(blank: &OnceLock<Image>, make: impl Fn(&Self)) -> Self {
        Self::with(blank.get_or_init(|| {
            let disk = Self::with(&Image::default());
            make(&disk);
            disk.image()
        }))
    }

    pub(crate) fn with(image: &Image) -> Self {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let folder = memory().join(format!("minwon-town-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in &image.0 {
            fs::write(folder.join(name), bytes).unwrap();
        }
        Self { folder }
    }

    pub(crate) fn journal(&self, station: &StationId) -> Journal {
        // The town fills disks up by itself, and copies them often.
        let options = Options {
            reserve_bytes: 0,
            ..Options::default()
        };
        let (path, key) = (self.folder.join(FILE), Key::from_bytes([7; 32]));
        Journal::open_with(&path, station.clone(), &key, &options).unwrap()
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.folder.join(FILE)).unwrap()
    }

    pub(crate) fn image(&self) -> Image {
        let files = fs::read_dir(&self.folder).unwrap().map(Result::unwrap);
        let named = files.map(|file| (file.file_name().into_string().unwrap(), file.path()));
        let kept = named.filter(|(name, _)| name != MEMORY);
        Image(
            kept.map(|(name, path)| (name, fs::read(path).unwrap()))
                .collect(),
        )
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Image {
    /// This disk, when the power went while it became so: of what was written
    /// since `before`, the end is missing.
    pub(crate) fn torn(mut self, before: &Image, dice: &mut Dice) -> Image {
        for (name, bytes) in &mut self.0 {
            let empty = Vec::new();
            let old = before.0.get(name).unwrap_or(&empty);
            let same = bytes.iter().zip(old).take_while(|(new, old)| new == old);
            let first = same.count();
            let written = (bytes.len() - first) as u64;
            let kept = first + usize::try_from(dice.below(written + 1)).unwrap();
            let rest = old.get(kept..).unwrap_or_default();
            bytes.truncate(kept);
            bytes.extend_from_slice(rest);
        }
        self
    }
}

/// A folder in memory, where there is one: what a power cut leaves behind is
/// modelled here, and need not be waited for.
fn memory() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        memory.to_path_buf()
    } else {
        std::env::temp_dir()
    }
}
