//! The world a template lives in: itself and what it may import, four files, a few fonts, no clock.

use std::collections::HashMap;

use typst::{
    Library, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// What every certificate shares; made once.
pub(crate) struct Ground {
    pub library: LazyHash<Library>,
    pub book: LazyHash<FontBook>,
    pub fonts: Vec<Font>,
    /// What templates import.
    pub shared: Vec<Source>,
}

pub(crate) struct SealedWorld<'a> {
    pub ground: &'a Ground,
    pub main: Source,
    pub files: HashMap<FileId, Bytes>,
}

/// The id of a file of the virtual project.
pub(crate) fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("our own file names are valid");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for SealedWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.ground.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.ground.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        std::iter::once(&self.main)
            .chain(&self.ground.shared)
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.ground.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
