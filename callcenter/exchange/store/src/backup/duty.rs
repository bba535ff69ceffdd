//! What the keeper does all day: it follows the store and copies it in time.

use std::{
    error::Error,
    fs,
    sync::mpsc::{Receiver, TryRecvError, channel},
    thread,
    time::{Duration, Instant},
};

use request::Timestamp;

use super::{Archivist, BackupError, KeeperSettings, Manifest, folder::Folder};
use crate::Store;

/// How often it looks whether something is wanted while nothing is written.
const LOOK: Duration = Duration::from_millis(250);
/// After it could not follow.
const RETRY: Duration = Duration::from_secs(1);
/// After a copy could not be made.
const RETRY_COPY: Duration = Duration::from_secs(60);

pub(crate) struct Duty {
    store: Store,
    archivist: Archivist,
    settings: KeeperSettings,
    folder: Folder,
    copying: Option<Receiver<Result<Manifest, BackupError>>>,
    copy_due: Instant,
    failing: bool,
}

impl Duty {
    pub(crate) fn new(
        store: Store,
        archivist: Archivist,
        settings: KeeperSettings,
        now: Timestamp,
    ) -> Result<Self, BackupError> {
        let folder = Folder::open(&settings.folder)?;
        let newest = folder.bases()?.pop().map(|base| Manifest::read(&base.path));
        let wait = match newest {
            Some(Ok(newest)) if archivist.founded() => {
                let age = now.as_millis().saturating_sub(newest.taken_millis);
                let age = Duration::from_millis(u64::try_from(age).unwrap_or_default());
                settings.every.saturating_sub(age)
            }
            Some(_) | None => Duration::ZERO,
        };
        Ok(Self {
            store,
            archivist,
            settings,
            folder,
            copying: None,
            copy_due: Instant::now() + wait,
            failing: false,
        })
    }

    /// Waits for something to do and does it.
    pub(crate) fn turn(&mut self, now: Timestamp) {
        let look = Instant::now() + LOOK;
        self.store.shared.traffic.wait_for_write(look);
        if !self.follow(now) {
            thread::sleep(RETRY);
            return;
        }
        self.take_copy();
        let wanted = self.folder.request().exists();
        if self.copying.is_none() && (wanted || self.copy_due <= Instant::now()) {
            self.begin_copy(now);
        }
    }

    /// The last turn: what is written is archived.
    pub(crate) fn end(&mut self, now: Timestamp) {
        self.follow(now);
    }

    fn follow(&mut self, now: Timestamp) -> bool {
        let stream = self.archivist.founded();
        let result = self.archivist.catch_up(now);
        if stream && !self.archivist.founded() {
            // The changes began anew and need a copy to begin from.
            self.copy_due = Instant::now();
        }
        match &result {
            Ok(()) if self.failing => tracing::info!("The backup follows the store again"),
            Err(error) if !self.failing => {
                tracing::error!(error = causes(error), "The backup cannot follow the store");
            }
            Ok(()) | Err(_) => {}
        }
        self.failing = result.is_err();
        result.is_ok()
    }

    fn begin_copy(&mut self, now: Timestamp) {
        self.copy_due = Instant::now() + self.settings.every;
        // There need not be one.
        let _ = fs::remove_file(self.folder.request());
        match self.archivist.cut(now) {
            Ok(cut) => {
                let (tell, told) = channel();
                let release = self.settings.release;
                thread::spawn(move || drop(tell.send(cut.finish(release))));
                self.copying = Some(told);
            }
            Err(error) => self.not_copied(&error),
        }
    }

    fn take_copy(&mut self) {
        let Some(told) = &self.copying else { return };
        let made = match told.try_recv() {
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => {
                Err(BackupError::Unsound("its making broke off".to_owned()))
            }
            Ok(made) => made,
        };
        self.copying = None;
        let manifest = made.as_ref().ok();
        let noted = self.archivist.copied(manifest, &self.settings.retention);
        match made.and_then(|made| noted.map(|()| made)) {
            Ok(made) => tracing::info!(change = made.number, "A whole copy of the store is made"),
            Err(error) => self.not_copied(&error),
        }
    }

    fn not_copied(&mut self, error: &BackupError) {
        tracing::error!(error = causes(error), "The store could not be copied whole");
        self.copy_due = Instant::now() + RETRY_COPY.min(self.settings.every);
    }
}

/// An error with what caused it.
fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
