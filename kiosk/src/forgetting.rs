//! Erases finished visits from the journal when their term is over, between two
//! citizens.

use std::time::{Duration, Instant};

use request::ServiceId;

use crate::event_loop::EventLoop;

/// When there was nothing to erase, or somebody was reading the file.
const LOOK_AGAIN: Duration = Duration::from_secs(60 * 60);
/// Between two portions, so that a finger on the screen is not kept waiting.
const PORTION: Duration = Duration::from_secs(1);

impl EventLoop {
    /// Never while somebody stands here: erasing empties the journal's log.
    pub(crate) fn forget_due(&self) -> Option<Instant> {
        let idle = self.visit.is_resting() && self.recovery.is_none() && !self.journal_broken;
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
                    "Erased finished visits"
                );
                PORTION
            }
            Ok(_) => LOOK_AGAIN,
            Err(error @ journal::Error::WalInUse) => {
                tracing::warn!(%error, "Erased visits wait to be overwritten");
                LOOK_AGAIN
            }
            Err(error) => {
                self.journal_fails(&error);
                LOOK_AGAIN
            }
        };
        self.forget_at = now.instant + wait;
    }
}
