//! What the exchange remembers: one SQLite file, one writer.
//!
//! A crate of its own, so that what must never be lost can be tested without
//! networks, typesetting or keys.

mod audit;
mod documents;
mod encoding;
mod history;
mod intake;
mod open;
mod publications;
mod quarantine;
mod wedged;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

pub use documents::{Document, Paper};
pub use intake::Received;
pub use quarantine::Quarantined;
pub use wedged::{Settled, Verdict, Wedged};

/// Why the store did not do what was asked; it names no person.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the exchange's store cannot be opened")]
    Open(#[source] rusqlite::Error),
    #[error("the exchange's store was written by a newer release (version {0})")]
    TooNew(u32),
    #[error("the exchange's store cannot be read or written")]
    Access(#[from] rusqlite::Error),
    #[error("an event cannot be encoded or decoded (column {0})")]
    Event(usize),
}

/// Shared by all tasks; each operation is one short transaction.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
