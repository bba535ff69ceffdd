//! The thread that keeps backups while the exchange serves.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use request::Timestamp;

use super::{
    Archivist, BackupError, Manifest, Recipient, Retention, checked_file::create, duty::Duty,
    error::failed, folder::Folder,
};
use crate::Store;

/// Between two looks whether a copy that was asked for is there.
const LOOK: Duration = Duration::from_millis(200);

#[derive(Clone)]
pub struct KeeperSettings {
    pub folder: PathBuf,
    pub recipient: Recipient,
    /// From one whole copy to the next.
    pub every: Duration,
    pub retention: Retention,
    /// Nobody is told that something is safe before the backup holds it.
    pub confirm: bool,
    pub release: &'static str,
}

/// Ends, with all archived, when it is dropped.
pub struct Keeper {
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Begins to follow a store that was opened with [`Store::open_archived`].
    ///
    /// # Errors
    /// When the folder cannot be used; later failures are logged and tried again.
    pub fn start(
        store: Store,
        settings: KeeperSettings,
        clock: impl Fn() -> Timestamp + Send + 'static,
    ) -> Result<Self, BackupError> {
        let (folder, recipient) = (&settings.folder, settings.recipient.clone());
        let archivist = Archivist::begin(store.clone(), folder, recipient, clock())?;
        if settings.confirm {
            store.shared.traffic.await_archive();
        }
        let mut duty = Duty::new(store, archivist, settings, clock())?;
        let ends = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ends);
        let thread = thread::Builder::new()
            .name("backup".to_owned())
            .spawn(move || {
                while !end.load(Ordering::Acquire) {
                    duty.turn(clock());
                }
                duty.end(clock());
            })
            .map_err(failed("begin a thread for", "backups"))?;
        Ok(Self {
            ends,
            thread: Some(thread),
        })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("The thread that keeps backups did not end well");
        }
    }
}

/// Asks the program that keeps backups in a folder for a whole copy now.
///
/// # Errors
/// When there is none within `patience`.
pub fn request_copy(backup: &Path, patience: Duration) -> Result<Manifest, BackupError> {
    let folder = Folder::open(backup)?;
    let before = folder.bases()?.pop();
    let request = folder.request();
    create(&request).map_err(failed("write", &request))?;
    let until = Instant::now() + patience;
    while Instant::now() < until {
        match folder.bases()?.pop() {
            Some(newest) if Some(&newest) != before.as_ref() => {
                return Manifest::read(&newest.path);
            }
            Some(_) | None => thread::sleep(LOOK),
        }
    }
    match fs::remove_file(&request) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(failed("remove", request)(error))
        }
        Ok(()) | Err(_) => Err(BackupError::Unanswered(patience.as_secs())),
    }
}

/// When the newest whole copy in a folder was taken, if there is any.
///
/// # Errors
/// When the folder or the copy's manifest cannot be read.
pub fn newest_copy(backup: &Path) -> Result<Option<Timestamp>, BackupError> {
    let Some(newest) = Folder::open(backup)?.bases()?.pop() else {
        return Ok(None);
    };
    let manifest = Manifest::read(&newest.path)?;
    Ok(Some(Timestamp::from_millis(manifest.taken_millis)))
}
