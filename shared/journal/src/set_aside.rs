//! Opens the journal, or sets a damaged one aside and goes on with what could
//! be saved of it.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use request::{StationId, Timestamp};

use crate::{
    Error, Journal, Key, Options, open,
    salvage::{Salvage, log_is_damaged, salvage},
};

/// A damaged journal: where it went, and what was saved of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    pub file: PathBuf,
    pub salvage: Salvage,
}

impl Journal {
    /// Opens the journal; one that is damaged is set aside, never deleted. What
    /// can be read of it is in the fresh one, see [`Journal::salvaged`]; the
    /// requests it left open are open still.
    ///
    /// # Errors
    /// As [`Journal::open`], but for damage; or when no journal can be made at all.
    pub fn open_or_set_aside(
        path: &Path,
        station: StationId,
        key: &Key,
        now: Timestamp,
    ) -> Result<(Self, Option<SetAside>), Error> {
        let names = Names::of(path, now);
        names.finish_what_a_crash_left().map_err(Error::SetAside)?;
        // SQLite would cut a damaged log off where the damage begins, so it must
        // not even open it.
        let known = names.condemned.exists() || log_is_damaged(&names.log, key);
        if !known || open::is_plain(path) {
            match Self::open(path, station.clone(), key) {
                Err(error) if error.is_damage() => {
                    tracing::error!(%error, "The journal is damaged");
                }
                opened => return opened.map(|journal| (journal, None)),
            }
        } else if open::is_of_another_key(path, key) {
            return Err(Error::WrongKey);
        }
        let salvage = names.save(station.clone(), key)?;
        names.exchange().map_err(Error::SetAside)?;
        let file = names.aside;
        let journal = Self::open(path, station, key)?;
        Ok((journal, Some(SetAside { file, salvage })))
    }

    /// Notes that damage was found while the journal was in use: the next start
    /// sets it aside.
    pub fn condemn(&self) {
        let Some(path) = &self.path else {
            return;
        };
        if let Err(error) = File::create(with_suffix(path, ".condemned")) {
            tracing::error!(%error, "A damaged journal could not be condemned");
        }
    }
}

/// The files beside a journal while it is set aside.
struct Names {
    path: PathBuf,
    log: PathBuf,
    index: PathBuf,
    condemned: PathBuf,
    /// The fresh journal while it is filled.
    begun: PathBuf,
    /// The fresh journal when nothing is missing in it.
    done: PathBuf,
    aside: PathBuf,
}

impl Names {
    fn of(path: &Path, now: Timestamp) -> Self {
        Self {
            path: path.to_owned(),
            log: with_suffix(path, "-wal"),
            index: with_suffix(path, "-shm"),
            condemned: with_suffix(path, ".condemned"),
            begun: with_suffix(path, ".salvaging"),
            done: with_suffix(path, ".salvaged"),
            aside: path.with_extension(format!("unreadable-{}", now.as_millis())),
        }
    }

    /// Makes the fresh journal beside the damaged one, which is not touched.
    fn save(&self, station: StationId, key: &Key) -> Result<Salvage, Error> {
        for suffix in ["", "-wal", "-shm"] {
            remove(&with_suffix(&self.begun, suffix)).map_err(Error::SetAside)?;
        }
        let options = Options {
            reserve_bytes: 0,
            ..Options::default()
        };
        let mut fresh = Journal::open_with(&self.begun, station.clone(), key, &options)?;
        let saved = salvage(&self.path, &self.log, key, &station, &mut fresh.connection)?;
        // Closed in order, so that nothing is in its log.
        let closed = fresh.connection.close();
        closed.map_err(|(_, error)| Error::Append(error))?;
        File::open(&self.begun)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.begun, &self.done))
            .and_then(|()| durable::sync_folder_of(&self.path))
            .map_err(Error::SetAside)?;
        Ok(saved)
    }

    /// The damaged journal goes aside with its log, the fresh one takes its
    /// place. At every moment there is one of them under the journal's name, or
    /// a whole fresh one waits for it.
    fn exchange(&self) -> io::Result<()> {
        if self.log.exists() {
            let log = with_suffix(&self.aside, "-wal");
            fs::copy(&self.log, &log)?;
            File::open(log)?.sync_all()?;
        }
        fs::rename(&self.path, &self.aside)?;
        durable::sync_folder_of(&self.path)?;
        self.put_in_place()
    }

    fn finish_what_a_crash_left(&self) -> io::Result<()> {
        if self.done.exists() {
            if !self.path.exists() {
                return self.put_in_place();
            }
            remove(&self.done)?;
        }
        Ok(())
    }

    fn put_in_place(&self) -> io::Result<()> {
        // The damaged journal's, of which there is a copy.
        remove(&self.log)?;
        remove(&self.index)?;
        fs::rename(&self.done, &self.path)?;
        durable::sync_folder_of(&self.path)?;
        remove(&self.condemned)
    }
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
