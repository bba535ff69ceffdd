//! Erases finished visits from the journal when their term is over, between two
//! citizens.

use std::time::{Duration, Instant};

use request::ServiceId;

use crate::event_loop::EventLoop;

impl EventLoop {
    /// Never while somebody stands here: erasing empties the journal's log.
    pub(crate) fn forget_due(&self) -> Option<Instant> {
        let idle = self.visit.is_resting() && self.recovery.is_none() && !self.journal_broken;
        idle.then_some(self.forgetting.due())
    }

    pub(crate) fn forget_finished(&mut self) {
        let catalog = &self.catalog;
        // The exchange holds it; of a service that is offered no more, nothing
        // is needed here.
        let term = |service: &ServiceId| {
            let service = catalog.service(service);
            service.map_or(Duration::ZERO, |it| it.retention.at_station())
        };
        let kept = catalog.services().map(|it| it.retention.at_station());
        let longest = kept.max().unwrap_or(Duration::ZERO);
        let now = self.clock.now();
        if let Err(error) = self
            .forgetting
            .forget(&mut self.journal, &term, longest, now)
        {
            self.journal_fails(&error);
        }
    }
}
