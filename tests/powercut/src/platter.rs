//! What may be left of a disk when the power goes between two operations.

use crate::{
    dice::Dice,
    image::{FileId, Image, Operation},
};

/// What a disk writes at once: all of it or nothing.
const SECTOR: usize = 512;
/// What flash rewrites at once, and spoils when it is interrupted.
const BLOCK: usize = 4096;

/// How a medium behaves when the power goes while it writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Sectors are old or new.
    Honest,
    /// The whole block around a torn write may be noise (SD cards, eMMC).
    Garbling,
}

/// What survives of the operations that nobody has synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survival {
    Nothing,
    Everything,
    /// Some, in part; which, the seed says.
    Some(u64),
}

/// What became of each unsynced operation: equal fates make equal images.
pub(crate) type Fates = Vec<u64>;

const LOST: u64 = 0;
const WHOLE: u64 = 1;

/// The durable part of a disk, and what only the machine's memory knows.
///
/// As strict as POSIX: a sync makes a file's bytes durable and not its name; a
/// name needs the directory's sync; between syncs anything may be written in
/// any order, or in part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Platter {
    durable: Image,
    unsynced: Vec<Operation>,
    /// Counts the changes of the durable part.
    pub(crate) generation: usize,
}

impl Platter {
    /// A disk in rest: all of it is durable.
    pub(crate) fn holding(durable: Image) -> Self {
        Self {
            durable,
            ..Self::default()
        }
    }

    pub(crate) fn durable(&self) -> &Image {
        &self.durable
    }

    pub(crate) fn take(&mut self, operation: &Operation) {
        match operation {
            Operation::Sync { file } => self.settle(|it| is_of(it, *file)),
            Operation::SyncFailed { file } => self.unsynced.retain(|it| !is_of(it, *file)),
            Operation::SyncDirectory => self.settle(is_about_names),
            Operation::Create { .. }
            | Operation::Write { .. }
            | Operation::Truncate { .. }
            | Operation::Delete { .. } => self.unsynced.push(operation.clone()),
        }
    }

    fn settle(&mut self, synced: impl Fn(&Operation) -> bool) {
        let unsynced = std::mem::take(&mut self.unsynced);
        for operation in unsynced {
            if synced(&operation) {
                self.durable.apply(&operation);
                self.generation += 1;
            } else {
                self.unsynced.push(operation);
            }
        }
    }

    /// What is found when the power is back, and the fates that made it so.
    pub(crate) fn cut(&self, survival: Survival, medium: Medium) -> (Image, Fates) {
        let mut image = self.durable.clone();
        match survival {
            Survival::Nothing => (image, vec![LOST; self.unsynced.len()]),
            Survival::Everything => {
                for operation in &self.unsynced {
                    image.apply(operation);
                }
                (image, vec![WHOLE; self.unsynced.len()])
            }
            Survival::Some(seed) => {
                let fates = self.survive(&mut image, &mut Dice::new(seed), medium);
                (image, fates)
            }
        }
    }

    fn survive(&self, image: &mut Image, dice: &mut Dice, medium: Medium) -> Fates {
        // A name's operations keep their order: after one is lost, the rest is.
        let mut lost_names: Vec<&str> = Vec::new();
        let mut fates = Fates::new();
        for operation in &self.unsynced {
            let fate = match operation {
                Operation::Create { name, .. } | Operation::Delete { name } => {
                    if lost_names.contains(&name.as_str()) || dice.one_in(2) {
                        lost_names.push(name);
                        LOST
                    } else {
                        WHOLE
                    }
                }
                Operation::Write { .. } if !dice.one_in(2) => {
                    let piece = Piece::of(operation, dice, medium);
                    piece.apply(image);
                    piece.fate
                }
                Operation::Write { .. }
                | Operation::Truncate { .. }
                | Operation::Sync { .. }
                | Operation::SyncFailed { .. }
                | Operation::SyncDirectory => u64::from(dice.one_in(2)),
            };
            if fate == WHOLE {
                image.apply(operation);
            }
            fates.push(fate);
        }
        fates
    }
}

fn is_of(operation: &Operation, file: FileId) -> bool {
    matches!(
        operation,
        Operation::Write { file: of, .. } | Operation::Truncate { file: of, .. } if *of == file
    )
}

fn is_about_names(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Create { .. } | Operation::Delete { .. }
    )
}

/// The part of a torn write that reached the medium.
struct Piece {
    writes: Vec<Operation>,
    fate: u64,
}

impl Piece {
    fn of(operation: &Operation, dice: &mut Dice, medium: Medium) -> Self {
        let Operation::Write {
            file,
            offset,
            bytes,
        } = operation
        else {
            return Self {
                writes: Vec::new(),
                fate: LOST,
            };
        };
        let mut writes = Vec::new();
        let mut fate = LOST;
        let mut put = |from: usize, bytes: &[u8]| {
            writes.push(Operation::Write {
                file: *file,
                offset: from,
                bytes: bytes.into(),
            });
        };
        let end = offset + bytes.len();
        if medium == Medium::Garbling && dice.one_in(2) {
            let start = offset / BLOCK * BLOCK;
            let noise: Vec<u8> = std::iter::repeat_with(|| dice.roll().to_le_bytes()[0])
                .take(end.next_multiple_of(BLOCK) - start)
                .collect();
            put(start, &noise);
            fate = dice.roll() | 2;
        }
        let sectors = offset / SECTOR..end.div_ceil(SECTOR);
        let kept: Vec<bool> = keep(sectors.len(), dice);
        for (sector, kept) in sectors.zip(&kept) {
            if *kept {
                let from = (sector * SECTOR).max(*offset);
                let to = ((sector + 1) * SECTOR).min(end);
                put(from, &bytes[from - offset..to - offset]);
            }
        }
        if fate == LOST && kept.iter().all(|it| *it) {
            writes.clear();
            fate = WHOLE;
        } else if fate == LOST && kept.iter().any(|it| *it) {
            // Folded, so that equal pieces have equal fates.
            fate = kept.iter().fold(2, |fate: u64, it| {
                fate.wrapping_mul(2).wrapping_add(u64::from(*it)) | 1 << 63
            });
        }
        Self { writes, fate }
    }

    fn apply(&self, image: &mut Image) {
        for write in &self.writes {
            image.apply(write);
        }
    }
}

/// Which sectors of a torn write are new: its head, its tail, or any.
fn keep(sectors: usize, dice: &mut Dice) -> Vec<bool> {
    let cut = dice.below(sectors + 1);
    match dice.below(3) {
        0 => (0..sectors).map(|it| it < cut).collect(),
        1 => (0..sectors).map(|it| it >= cut).collect(),
        _ => (0..sectors).map(|_| dice.one_in(2)).collect(),
    }
}

#[cfg(test)]
mod tests;
