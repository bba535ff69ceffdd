//! Reads back from the call book what makes figures, and nothing else.

use distributor::{CallId, WallTime};
use journal::Journal;
use request::Timestamp;

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
    let written = journal.call_facts_since(from)?;
    let all = written.len();
    let read = |fact: journal::WrittenFact| {
        Some(Counted {
            call: CallId(fact.call),
            at: WallTime(fact.at.as_millis()),
            event: serde_json::from_str(fact.body.reveal()).ok()?,
        })
    };
    let counted: Vec<Counted> = written.into_iter().filter_map(read).collect();
    if counted.len() < all {
        let lost = all - counted.len();
        tracing::error!(lost, "Facts of calls cannot be counted");
    }
    Ok(counted)
}
