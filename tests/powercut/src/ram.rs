//! A disk in memory for whoever plays with whole stations: copied without copying
//! its bytes, and cut in the middle of a write.

use std::{io, path::PathBuf};

use crate::{
    dice::Dice,
    disk::{Disk, Planted},
    drive::Drive,
    image::Image,
    platter::{Medium, Platter, Survival},
};

/// Its folder holds one SQLite file, with the log beside it.
pub struct RamDisk {
    drive: Drive,
}

/// All of a disk at one moment. Cloning shares every page.
#[derive(Clone, Debug, Default)]
pub struct Snapshot(Image);

impl RamDisk {
    /// # Errors
    /// When the folder for files that are not SQLite's cannot be made.
    pub fn holding(snapshot: &Snapshot) -> io::Result<Self> {
        let disk = Disk::found(snapshot.0.clone(), Planted::default(), None);
        Drive::plug_in(disk).map(|drive| Self { drive })
    }

    /// Where SQLite's file stands. It is opened with [`reread`](crate::reread), and by
    /// one connection.
    pub fn file(&self) -> PathBuf {
        self.drive.journal()
    }

    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.drive.disk().image().clone())
    }

    /// What may be left when the power goes somewhere in the middle of `writes`.
    /// Nothing was unsynced before it.
    pub fn cut_while(&self, seed: u64, writes: impl FnOnce()) -> Snapshot {
        let mut platter = Platter::holding(self.drive.disk().image().clone());
        self.drive.disk().record();
        writes();
        let operations = self.drive.disk().take_record();
        let mut dice = Dice::new(seed);
        let place = dice.below(operations.len() + 1);
        operations[..place].iter().for_each(|it| platter.take(it));
        let survival = match dice.below(4) {
            0 => Survival::Nothing,
            1 => Survival::Everything,
            _ => Survival::Some(dice.roll()),
        };
        Snapshot(platter.cut(survival, Medium::Garbling).0)
    }
}
