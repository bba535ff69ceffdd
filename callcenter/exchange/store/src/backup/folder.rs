//! Where everything lies in a backup's folder.

use std::{
    fs::{self, File, TryLockError},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use super::{BackupError, checked_file::create, error::failed, segment::STREAM_BYTES};

const UNFINISHED: &str = ".unfinished-";

pub(crate) struct Folder {
    root: PathBuf,
}

/// A segment as its name tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SegmentName {
    pub(crate) first: u64,
    pub(crate) stream: String,
    pub(crate) path: PathBuf,
}

/// A whole copy as its folder's name tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BaseName {
    pub(crate) number: u64,
    pub(crate) path: PathBuf,
}

impl Folder {
    pub(crate) fn open(root: &Path) -> Result<Self, BackupError> {
        if !root.join("bases").is_dir() {
            return Err(BackupError::None(root.to_path_buf()));
        }
        Ok(Self {
            root: root.to_path_buf(),
        })
    }

    pub(crate) fn create(root: &Path) -> Result<Self, BackupError> {
        for folder in ["bases", "changes"] {
            make_private(&root.join(folder))?;
        }
        Ok(Self {
            root: root.to_path_buf(),
        })
    }

    /// Holds while the file is kept: one program alone writes here.
    pub(crate) fn lock(&self) -> Result<File, BackupError> {
        let path = self.root.join("lock");
        let file = create(&path).map_err(failed("make", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(BackupError::Taken(self.root.clone())),
            Err(TryLockError::Error(error)) => Err(failed("lock", path)(error)),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn head(&self) -> PathBuf {
        self.root.join("head.toml")
    }

    /// Somebody wants a whole copy now.
    pub(crate) fn request(&self) -> PathBuf {
        self.root.join("copy-wanted")
    }

    pub(crate) fn reports(&self) -> PathBuf {
        self.root.join("drills")
    }

    /// What lies among the reports of trials of a restore.
    pub(crate) fn drills(&self) -> Result<Vec<PathBuf>, BackupError> {
        list(&self.reports())
    }

    pub(crate) fn segment(&self, after: u64, stream: &str) -> PathBuf {
        let name = format!("{:012}-{stream}.changes", after + 1);
        self.root.join("changes").join(name)
    }

    /// A whole copy under way and its place when it is done.
    pub(crate) fn base(&self, at: i64, number: u64) -> (PathBuf, PathBuf) {
        let name = format!("{}-{number:012}", moment(at, "%Y-%m-%dT%H-%M-%SZ"));
        let bases = self.root.join("bases");
        (bases.join(format!("{UNFINISHED}{name}")), bases.join(name))
    }

    /// In order of their changes.
    pub(crate) fn bases(&self) -> Result<Vec<BaseName>, BackupError> {
        let mut bases = Vec::new();
        for path in list(&self.root.join("bases"))? {
            let number = name_of(&path)
                .filter(|name| !name.starts_with(UNFINISHED))
                .and_then(|name| name.rsplit_once('-')?.1.parse().ok());
            bases.extend(number.map(|number| BaseName { number, path }));
        }
        bases.sort();
        Ok(bases)
    }

    /// In order of their changes.
    pub(crate) fn segments(&self) -> Result<Vec<SegmentName>, BackupError> {
        let mut segments = Vec::new();
        for path in list(&self.root.join("changes"))? {
            let parts = name_of(&path)
                .and_then(|name| name.strip_suffix(".changes")?.split_once('-'))
                .filter(|(_, stream)| stream.len() == STREAM_BYTES)
                .and_then(|(first, stream)| Some((first.parse().ok()?, stream.to_owned())));
            segments.extend(parts.map(|(first, stream)| SegmentName {
                first,
                stream,
                path,
            }));
        }
        segments.sort();
        Ok(segments)
    }

    /// What a crash left of whole copies under way.
    pub(crate) fn clear_unfinished(&self) -> Result<(), BackupError> {
        for path in list(&self.root.join("bases"))? {
            if name_of(&path).is_some_and(|name| name.starts_with(UNFINISHED)) {
                fs::remove_dir_all(&path).map_err(failed("remove", path))?;
            }
        }
        Ok(())
    }
}

/// A folder for this user alone.
pub(crate) fn make_private(folder: &Path) -> Result<(), BackupError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(failed("make", folder))
}

/// A time as people and file names write it, in UTC.
pub(crate) fn moment(at: i64, form: &str) -> String {
    jiff::Timestamp::from_millisecond(at)
        .unwrap_or_default()
        .strftime(form)
        .to_string()
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed("read", folder)(error)),
    };
    entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()
        .map_err(failed("read", folder))
}

fn name_of(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}
