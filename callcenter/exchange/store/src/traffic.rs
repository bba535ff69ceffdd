//! The store's one connection, and who waits until its writes are archived.

use std::{
    ops::{Deref, DerefMut},
    time::{Duration, Instant},
};

use parking_lot::{Condvar, Mutex, MutexGuard};
use rusqlite::{Connection, Params, Transaction};

use crate::{StoreError, certainty::Certainty};

/// Counts writes, and those of them a backup holds.
#[derive(Default)]
pub(crate) struct Traffic {
    counts: Mutex<Counts>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    written: u64,
    /// By the archivist.
    read: u64,
    archived: u64,
    /// Whoever answers a station waits until its write is archived.
    awaited: bool,
}

impl Traffic {
    /// Writes so far; exact while the connection is held.
    pub(crate) fn written(&self) -> u64 {
        self.counts.lock().written
    }

    /// The archivist has read everything up to there; `safe` when it could be
    /// restored, too.
    pub(crate) fn read(&self, written: u64, safe: bool) {
        let mut counts = self.counts.lock();
        counts.read = counts.read.max(written);
        if safe {
            counts.archived = counts.archived.max(written);
        }
        self.changed.notify_all();
    }

    pub(crate) fn await_archive(&self) {
        self.counts.lock().awaited = true;
    }

    /// Returns when something is written that was not read, or at the time.
    pub(crate) fn wait_for_write(&self, until: Instant) {
        let mut counts = self.counts.lock();
        while counts.written == counts.read {
            if self.changed.wait_until(&mut counts, until).timed_out() {
                return;
            }
        }
    }

    /// Waits until all that is written now is archived; answers whether it is.
    pub(crate) fn settled(&self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        let mut counts = self.counts.lock();
        let wanted = counts.written;
        while counts.awaited && counts.archived < wanted {
            if self.changed.wait_until(&mut counts, until).timed_out() {
                return false;
            }
        }
        true
    }

    fn wrote(&self) {
        self.counts.lock().written += 1;
        self.changed.notify_all();
    }
}

/// The connection while one task has it.
pub(crate) struct Turn<'a> {
    connection: MutexGuard<'a, Connection>,
    changes: u64,
    traffic: &'a Traffic,
    certainty: &'a Certainty,
}

impl<'a> Turn<'a> {
    pub(crate) fn take(
        connection: &'a Mutex<Connection>,
        traffic: &'a Traffic,
        certainty: &'a Certainty,
    ) -> Self {
        let connection = connection.lock();
        Self {
            changes: connection.total_changes(),
            connection,
            traffic,
            certainty,
        }
    }

    /// In the place of the connection's own: nothing is written behind what may
    /// not have reached the disk.
    pub(crate) fn transaction(&mut self) -> Result<Step<'_>, StoreError> {
        self.certainty.settle(&self.connection)?;
        Ok(Step {
            transaction: self.connection.transaction()?,
            certainty: self.certainty,
        })
    }

    /// As [`Self::transaction`], for one statement that writes.
    pub(crate) fn execute(&self, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        self.certainty.settle(&self.connection)?;
        Ok((self.certainty).watch(|| self.connection.execute(sql, params))?)
    }
}

/// A transaction of the store; undone when it is dropped.
pub(crate) struct Step<'a> {
    transaction: Transaction<'a>,
    certainty: &'a Certainty,
}

impl Step<'_> {
    pub(crate) fn commit(self) -> Result<(), StoreError> {
        self.certainty.watch(|| self.transaction.commit())?;
        Ok(())
    }
}

impl<'a> Deref for Step<'a> {
    type Target = Transaction<'a>;

    fn deref(&self) -> &Transaction<'a> {
        &self.transaction
    }
}

impl Deref for Turn<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Turn<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        // Counted before the connection is given back.
        if self.connection.total_changes() != self.changes {
            self.certainty.shorten_log(&self.connection);
            self.traffic.wrote();
        }
    }
}
