//! Reads back from the call book what makes figures, and what makes talks that are judged;
//! nothing else.

use distributor::{CallId, WallTime};
use journal::{Journal, WrittenFact};
use request::Timestamp;
use serde::de::DeserializeOwned;

use crate::quality::Told;

/// A fact as figures know it, and when it happened.
#[derive(Clone, Debug)]
pub struct Counted {
    pub call: CallId,
    pub at: WallTime,
    pub event: figures::Event,
}

/// What was written down since then, oldest first. A fact that cannot be read
/// makes no figure, and is told of.
///
/// # Errors
/// When the file cannot be read.
pub fn facts_since(journal: &Journal, from: Timestamp) -> Result<Vec<Counted>, journal::Error> {
    read_since(journal, from, |call, at, event| Counted { call, at, event })
}

/// The same, of talks and what was found of them.
///
/// # Errors
/// When the file cannot be read.
pub fn talks_since(journal: &Journal, from: Timestamp) -> Result<Vec<Told>, journal::Error> {
    read_since(journal, from, |call, at, what| Told { call, at, what })
}

fn read_since<F: DeserializeOwned, T>(
    journal: &Journal,
    from: Timestamp,
    told: impl Fn(CallId, WallTime, F) -> T,
) -> Result<Vec<T>, journal::Error> {
    let written = journal.call_facts_since(from)?;
    let all = written.len();
    let read = |fact: WrittenFact| {
        let (call, at) = (CallId(fact.call), WallTime(fact.at.as_millis()));
        Some(told(
            call,
            at,
            serde_json::from_str(fact.body.reveal()).ok()?,
        ))
    };
    let read: Vec<T> = written.into_iter().filter_map(read).collect();
    if read.len() < all {
        let lost = all - read.len();
        tracing::error!(lost, "Facts of calls cannot be read");
    }
    Ok(read)
}
