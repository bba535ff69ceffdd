//! What the steward has written down: durable before what it announces is done.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use fleet::{Alarm, Check, OrderId, Outcome, Rollback, SealedKey, Version};
use request::Timestamp;
use serde::{Deserialize, Serialize};

/// So many rollbacks and outcomes are remembered.
const REMEMBERED: usize = 32;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Book {
    /// The newest first look at a start of each version that has run here.
    pub starts: Vec<Start>,
    /// What is laid into the other slot, or is about to be.
    pub staged: Option<Staged>,
    /// Versions that failed here, the newest last.
    pub rollbacks: Vec<Rollback>,
    /// Ports that were well at the last good start.
    pub well_ports: BTreeSet<String>,
    /// What became of orders, the newest last; an order that is here is not carried out again.
    pub orders: Vec<(OrderId, Outcome)>,
    /// Those of them that the exchange has not been told.
    pub untold: Vec<OrderId>,
    /// Those that the exchange has not answered, the newest last.
    pub alarms: Vec<Alarm>,
    /// What opens the disk without the TPM, encrypted for whom the site names.
    pub recovery: Option<SealedKey>,
    pub recovery_told: bool,
}

/// How a start of a version was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    pub version: Version,
    /// The kernel's id of this start.
    pub boot: String,
    pub at: Timestamp,
    pub good: bool,
    pub checks: Vec<Check>,
    /// The newest lines of its log, when it was not good.
    pub log: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staged {
    pub version: Version,
    /// From which one it was begun.
    pub over: Version,
    pub state: StagedState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StagedState {
    /// It is being laid into the other slot; after a crash that is begun anew.
    Begun,
    /// It is whole there.
    Whole,
    /// The machine was told to start it.
    Activated,
}

/// Why the book is of no use.
#[derive(Debug, thiserror::Error)]
pub enum BookFault {
    #[error("cannot read or write the steward's book")]
    Disk(#[from] io::Error),
    #[error("the steward's book is not as it was written")]
    Malformed(#[from] serde_json::Error),
}

impl Book {
    /// A book that is not there is an empty one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(file: &Path) -> Result<Self, BookFault> {
        match fs::read(file) {
            Ok(text) => Ok(serde_json::from_slice(&text)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.into()),
        }
    }

    /// Durable when it returns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, file: &Path) -> Result<(), BookFault> {
        Ok(durable::replace(file, &serde_json::to_vec_pretty(self)?)?)
    }

    pub fn note_start(&mut self, start: Start) {
        self.starts.retain(|it| it.version != start.version);
        if start.good {
            // A version that has made it good is refused no more.
            self.rollbacks.retain(|it| it.failed != start.version);
            self.staged = self.staged.take().filter(|it| it.version != start.version);
        }
        self.starts.push(start);
        keep_newest(&mut self.starts);
    }

    pub fn note_outcome(&mut self, id: OrderId, outcome: Outcome) {
        self.untold.push(id.clone());
        self.orders.push((id, outcome));
        keep_newest(&mut self.orders);
        let known: Vec<&OrderId> = self.orders.iter().map(|(id, _)| id).collect();
        self.untold.retain(|id| known.contains(&id));
    }

    pub fn note_alarm(&mut self, alarm: Alarm) {
        self.alarms.push(alarm);
        keep_newest(&mut self.alarms);
    }

    /// When a start of this machine was looked at last.
    pub fn last_start(&self) -> Option<Timestamp> {
        self.starts.iter().map(|it| it.at).max()
    }

    pub fn has_failed(&self, version: &Version) -> bool {
        self.rollbacks.iter().any(|it| it.failed == *version)
    }

    /// What this start means: when the version that was activated does not run, it has failed
    /// as often as it may, and the firmware went back to the one before.
    pub fn judge_start(&mut self, running: &Version, now: Timestamp) -> Option<Rollback> {
        let staged = self.staged.as_mut()?;
        if staged.version == *running {
            // It stays until the start was a good one; whoever switched the machine off and on
            // has started it as well.
            staged.state = StagedState::Activated;
            return None;
        }
        match staged.state {
            StagedState::Begun | StagedState::Whole => return None,
            StagedState::Activated => {}
        }
        let failed = staged.version.clone();
        let tried = self.starts.iter().find(|it| it.version == failed);
        let rollback = Rollback {
            failed: failed.clone(),
            back_to: running.clone(),
            at: now,
            checks: tried.map_or_else(Vec::new, |it| it.checks.clone()),
            log: tried.map_or_else(Vec::new, |it| it.log.clone()),
        };
        self.rollbacks.retain(|it| it.failed != failed);
        self.rollbacks.push(rollback.clone());
        keep_newest(&mut self.rollbacks);
        self.staged = None;
        Some(rollback)
    }
}

fn keep_newest<T>(rows: &mut Vec<T>) {
    let old = rows.len().saturating_sub(REMEMBERED);
    rows.drain(..old);
}

/// The book and where it lies.
#[derive(Debug)]
pub struct Shelf {
    file: PathBuf,
    pub book: Book,
}

impl Shelf {
    /// # Errors
    /// When the book cannot be read.
    pub fn open(folder: &Path) -> Result<Self, BookFault> {
        fs::create_dir_all(folder)?;
        let file = folder.join("book.json");
        let book = Book::read(&file)?;
        Ok(Self { file, book })
    }

    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self) -> Result<(), BookFault> {
        self.book.write(&self.file)
    }
}
