//! Erases what is personal in finished requests from the journal when their term is
//! over, between two callers.

use std::time::{Duration, Instant};

use request::ServiceId;

use crate::{event_loop::EventLoop, journaled, workplace::Event};

/// When there was nothing to erase, or somebody was reading the file.
const LOOK_AGAIN: Duration = Duration::from_secs(60 * 60);
/// Between two portions, so that nobody at the keyboard is kept waiting.
const PORTION: Duration = Duration::from_secs(1);

impl EventLoop {
    /// Never while a caller's form is open: erasing empties the journal's log.
    pub(crate) fn forget_due(&self) -> Option<Instant> {
        let idle = self.workplace.is_resting() && !self.journal_broken;
        idle.then_some(self.forget_at)
    }

    pub(crate) fn forget_finished(&mut self) {
        let catalog = &self.catalog;
        // The exchange holds it; of a service that is offered no more, nothing
        // is needed here.
        let term = |service: &ServiceId| {
            let service = catalog.service(service);
            service.map_or(Duration::ZERO, |it| it.retention.at_station())
        };
        let now = self.clock.now();
        let erased = self.journal.erase_finished(&term, now.wall);
        let wait = match erased {
            Ok(erased) if erased.requests > 0 => {
                tracing::info!(
                    requests = erased.requests,
                    entries = erased.entries,
                    "Erased finished requests"
                );
                self.tell_what_is_journaled();
                PORTION
            }
            Ok(_) => LOOK_AGAIN,
            Err(error @ journal::Error::WalInUse) => {
                tracing::warn!(%error, "Erased requests wait to be overwritten");
                LOOK_AGAIN
            }
            Err(error) => {
                self.journal_fails(&error);
                LOOK_AGAIN
            }
        };
        self.forget_at = now.instant + wait;
    }

    /// The worklist knows no more of people than the journal.
    fn tell_what_is_journaled(&mut self) {
        match journaled::rows(&self.journal) {
            Ok(rows) => self.tell(Event::Journaled(rows)),
            Err(error) => self.journal_fails(&error),
        }
    }
}
