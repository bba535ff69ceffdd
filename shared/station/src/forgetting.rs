//! Erases what is personal in finished requests from the journal when their term is
//! over.

use std::time::{Duration, Instant};

use journal::{Error, Journal};
use request::ServiceId;

use crate::Moment;

/// When there was nothing to erase, or somebody was reading the file.
const LOOK_AGAIN: Duration = Duration::from_secs(60 * 60);
/// Between two portions, so that nobody is kept waiting.
const PORTION: Duration = Duration::from_secs(1);

/// When finished requests are looked for again.
#[derive(Clone, Copy, Debug)]
pub struct Forgetting {
    due: Instant,
}

impl Forgetting {
    pub fn new(now: Instant) -> Self {
        Self { due: now }
    }

    /// When [`Self::forget`] is to be called. Erasing empties the journal's log: no
    /// station does it while somebody is served.
    pub fn due(&self) -> Instant {
        self.due
    }

    /// Erases a portion and answers whether anything was erased. `term` says how long
    /// a service's requests are kept at this station, `longest` the longest of these.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn forget(
        &mut self,
        journal: &mut Journal,
        term: &dyn Fn(&ServiceId) -> Duration,
        longest: Duration,
        now: Moment,
    ) -> Result<bool, Error> {
        self.due = now.instant + LOOK_AGAIN;
        match erase(journal, term, longest, now) {
            Ok(true) => {
                self.due = now.instant + PORTION;
                Ok(true)
            }
            Ok(false) => Ok(false),
            Err(error @ Error::WalInUse) => {
                tracing::warn!(%error, "Erased requests wait to be overwritten");
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }
}

fn erase(
    journal: &mut Journal,
    term: &dyn Fn(&ServiceId) -> Duration,
    longest: Duration,
    now: Moment,
) -> Result<bool, Error> {
    let erased = journal.erase_finished(term, now.wall)?;
    if erased.requests > 0 {
        tracing::info!(
            requests = erased.requests,
            entries = erased.entries,
            "Erased finished requests"
        );
    }
    let salvaged = journal.erase_salvaged(longest, now.wall)?;
    if salvaged > 0 {
        tracing::warn!(
            entries = salvaged,
            "Erased what was read behind the damage of an earlier journal"
        );
    }
    Ok(erased.requests > 0 || salvaged > 0)
}
