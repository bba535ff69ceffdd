//! The station's memory: an append-only journal in SQLite, and the outbox of
//! entries the exchange has not confirmed. This is the offline queue.
//!
//! One writer. When [`Journal::append`] returns, the event has happened: the
//! file is in WAL mode with `synchronous=FULL`, and opened with `psow=0` because
//! flash media may garble the sector being rewritten when power fails. Each
//! entry is chained to the one before it, see [`sync::Head`]. The file is encrypted
//! with the station's [`Key`].

mod append;
mod calls;
mod checkpoint;
mod device_counters;
mod draft;
mod encrypt;
mod error;
mod inspect;
mod key;
mod leases;
mod mark;
mod memory;
mod open;
mod outbox;
mod pages;
mod priority;
mod publications;
mod replies;
mod requests;
mod reserve;
mod retention;
mod room;
mod salvage;
mod salvaged;
mod schema;
mod set_aside;
mod settle;
mod signing_key;
mod writer;

use std::path::PathBuf;

use rusqlite::Connection;
use sync::Head;

use reserve::Reserve;

pub use calls::{CallEntry, WrittenFact};
pub use device_counters::DeviceCounters;
pub use error::Error;
pub use key::{Key, KeyError};
pub use leases::{HeldLease, NewLease, TakenNumbers};
pub use mark::Mark;
pub use open::Options;
pub use priority::prioritise_this_thread;
pub use replies::WrittenReply;
pub use retention::Erased;
pub use salvage::Salvage;
pub use set_aside::SetAside;
pub use signing_key::{SigningKeyError, signing_key};
pub use writer::{WriteError, Writer};

pub struct Journal {
    connection: Connection,
    /// What the file's newest entry is; moved on after each commit.
    head: Head,
    /// Whether the last write failed: what the disk has of it nobody knows.
    in_doubt: bool,
    reserve: Reserve,
    /// The log's length at which the file takes over what it says.
    log_pages: u32,
    /// How many rows are changed when the log may have reached that length.
    look_at_log: u64,
    /// There is little room: the log is kept short.
    tight: bool,
    /// None in memory.
    path: Option<PathBuf>,
}

impl Journal {
    /// Where the chain of this station's own entries stands.
    pub fn head(&self) -> &Head {
        &self.head
    }

    fn number(&self, query: &str) -> Result<u64, Error> {
        let number: i64 = self
            .connection
            .prepare_cached(query)
            .and_then(|mut select| select.query_row([], |row| row.get(0)))
            .map_err(Error::Read)?;
        Ok(number.unsigned_abs())
    }
}

/// From the system's cryptographic source.
fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
