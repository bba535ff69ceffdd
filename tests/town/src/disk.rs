//! The disk of a station or of the exchange: the bytes SQLite writes, so that a start
//! after a power cut reads what was really written, and no more. It is in memory, as
//! what a power cut leaves behind is modelled and need not be waited for.

use std::sync::OnceLock;

use bench::model::Dice;
use journal::{Journal, Key, Options};
use ledger::Store;
use powercut::{RamDisk, Snapshot};
use request::StationId;

use crate::town::STATIONS;

pub(crate) struct Disk(RamDisk);

/// All bytes of a disk at one moment.
pub(crate) type Image = Snapshot;

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
        Self(RamDisk::holding(image).unwrap())
    }

    pub(crate) fn journal(&self, station: &StationId) -> Journal {
        // The town fills disks up by itself. That a cipher changes nothing is shown
        // where journals lose their power at every single operation (`powercut`).
        let options = Options {
            reserve_bytes: 0,
            encrypted: false,
            reread: powercut::reread,
            ..Options::default()
        };
        let key = Key::from_bytes([7; 32]);
        Journal::open_with(&self.0.file(), station.clone(), &key, &options).unwrap()
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.0.file()).unwrap()
    }

    pub(crate) fn image(&self) -> Image {
        self.0.snapshot()
    }

    /// What is left when the power goes while this is written.
    pub(crate) fn cut_while(&self, dice: &mut Dice, writes: impl FnOnce()) -> Image {
        self.0.cut_while(dice.below(u64::MAX), writes)
    }
}
