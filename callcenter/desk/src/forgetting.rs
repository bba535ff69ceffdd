//! Erases what is personal in finished requests from the journal when their term is
//! over, between two callers.

use std::time::{Duration, Instant};

use request::ServiceId;

use crate::{event_loop::EventLoop, journaled, workplace::Event};

impl EventLoop {
    /// Never while a caller's form is open: erasing empties the journal's log.
    pub(crate) fn forget_due(&self) -> Option<Instant> {
        let idle = self.workplace.is_resting() && !self.journal_broken;
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
        match self
            .forgetting
            .forget(&mut self.journal, &term, longest, now)
        {
            Ok(true) => self.tell_what_is_journaled(),
            Ok(false) => {}
            Err(error) => self.journal_fails(&error),
        }
    }

    /// The worklist knows no more of people than the journal.
    fn tell_what_is_journaled(&mut self) {
        match journaled::rows(&self.journal) {
            Ok(rows) => self.tell(Event::Journaled(rows)),
            Err(error) => self.journal_fails(&error),
        }
    }
}
