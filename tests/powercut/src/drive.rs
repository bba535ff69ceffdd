//! A disk, plugged in where SQLite finds it.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use crate::{disk::Disk, vfs};

pub(crate) type SharedDisk = Arc<Mutex<Disk>>;

static PLUGGED: Mutex<BTreeMap<PathBuf, SharedDisk>> = Mutex::new(BTreeMap::new());
static DRIVES: AtomicU32 = AtomicU32::new(0);

/// One folder whose SQLite files are in memory. It exists on the real disk too,
/// for files that are not SQLite's.
pub(crate) struct Drive {
    folder: PathBuf,
    disk: SharedDisk,
}

impl Drive {
    /// # Errors
    /// When the folder cannot be made.
    pub(crate) fn plug_in(disk: Disk) -> io::Result<Self> {
        vfs::register();
        let number = DRIVES.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("minwon-powercut-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let disk = Arc::new(Mutex::new(disk));
        lock(&PLUGGED).insert(folder.clone(), Arc::clone(&disk));
        Ok(Self { folder, disk })
    }

    /// Where the journal stands.
    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.join("journal.db")
    }

    pub(crate) fn disk(&self) -> MutexGuard<'_, Disk> {
        lock(&self.disk)
    }

    /// Puts another disk in its place. Nothing may be open on it.
    pub(crate) fn exchange(&self, disk: Disk) {
        *self.disk() = disk;
    }
}

impl Drop for Drive {
    fn drop(&mut self) {
        lock(&PLUGGED).remove(&self.folder);
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// The disk on which a file stands, and the file's name on it.
pub(crate) fn find(path: &str) -> Option<(SharedDisk, String)> {
    let path = Path::new(path);
    let disk = lock(&PLUGGED).get(path.parent()?).map(Arc::clone)?;
    Some((disk, path.file_name()?.to_str()?.to_owned()))
}

/// As `durable::reread`, for a file on a plugged disk.
///
/// # Errors
/// When the file is on no such disk, or the disk is told to fail.
pub fn reread(file: &Path) -> io::Result<()> {
    let plugged = file.to_str().and_then(find);
    let (disk, name) = plugged.ok_or(io::ErrorKind::NotFound)?;
    let reread = lock(&disk).reread(&name);
    reread.map_err(|failure| io::Error::other(format!("{failure:?}")))
}

/// A test that failed elsewhere does not make this disk unreadable.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
