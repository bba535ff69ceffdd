//! What a disk holds at one moment, and what an operation does to it.

use std::{collections::BTreeMap, sync::Arc};

use crate::contents::Contents;

/// What stands behind a name: two files may bear one name after each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) u32);

/// What SQLite asked of the disk, in its order.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Create {
        name: String,
        file: FileId,
    },
    Write {
        file: FileId,
        offset: usize,
        bytes: Arc<[u8]>,
    },
    Truncate {
        file: FileId,
        length: usize,
    },
    Delete {
        name: String,
    },
    Sync {
        file: FileId,
    },
    /// A sync that failed. Linux then forgets what it could not write: the
    /// machine still reads it, and no later sync brings it to the disk.
    SyncFailed {
        file: FileId,
    },
    /// All files stand in one directory.
    SyncDirectory,
}

/// Names, and the contents behind them. Cloning shares every page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Image {
    names: BTreeMap<String, FileId>,
    contents: BTreeMap<FileId, Arc<Contents>>,
}

impl Image {
    pub(crate) fn named(&self, name: &str) -> Option<FileId> {
        self.names.get(name).copied()
    }

    pub(crate) fn contents(&self, file: FileId) -> Option<&Contents> {
        self.contents.get(&file).map(Arc::as_ref)
    }

    pub(crate) fn next_file(&self) -> FileId {
        let newest = self.contents.keys().chain(self.names.values()).max();
        FileId(newest.map_or(1, |it| it.0 + 1))
    }

    pub(crate) fn apply(&mut self, operation: &Operation) {
        match operation {
            Operation::Create { name, file } => {
                self.names.insert(name.clone(), *file);
                self.contents.entry(*file).or_default();
            }
            Operation::Write {
                file,
                offset,
                bytes,
            } => self.change(*file).write(*offset, bytes),
            Operation::Truncate { file, length } => self.change(*file).resize(*length),
            // Who has it open still reads it, as on Unix.
            Operation::Delete { name } => drop(self.names.remove(name)),
            Operation::Sync { .. } | Operation::SyncFailed { .. } | Operation::SyncDirectory => {}
        }
    }

    /// Makes a file what it is on another image, under whatever name.
    pub(crate) fn take_contents(&mut self, file: FileId, from: &Self) {
        let contents = from.contents.get(&file).cloned().unwrap_or_default();
        self.contents.insert(file, contents);
    }

    /// Every named file, to be looked at with other tools.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, Vec<u8>)> {
        self.names.iter().map(|(name, file)| {
            let bytes = self.contents(*file).map_or(Vec::new(), Contents::to_vec);
            (name.as_str(), bytes)
        })
    }

    fn change(&mut self, file: FileId) -> &mut Contents {
        Arc::make_mut(self.contents.entry(file).or_default())
    }
}
