//! What can be had now, and how; said before the citizen starts.

use catalog::Service;
use request::IdentityLevel;

use super::{Moment, Visit, view::Trouble};

impl Visit {
    /// Why a service cannot be had now.
    pub(super) fn unavailable(&self, service: &Service, now: Moment) -> Option<Trouble> {
        let queueing = match self.out_of_reach(service, now) {
            None => false,
            Some(_) if self.lease(service, now).is_some() => false,
            Some(trouble) => {
                if let Some(refused) = self.refused_offline(service, trouble, now) {
                    return Some(refused);
                }
                true
            }
        };
        if !self.is_open(now) {
            return Some(Trouble::OutsideHours);
        }
        if service.identity > IdentityLevel::None
            && let Some(trouble) = self.fittings.card_trouble()
        {
            return Some(trouble);
        }
        // Whoever collects later prints and pays then.
        if queueing {
            return None;
        }
        if let Some(trouble) = self.fittings.printer_trouble() {
            return Some(trouble);
        }
        let free = self
            .fee_today(service, now)
            .is_some_and(|fee| fee.unit_won == 0);
        if free { None } else { self.paying_trouble() }
    }

    /// Whether this kiosk keeps its doors open now.
    pub(super) fn is_open(&self, now: Moment) -> bool {
        let doors = self.catalog.doors(&self.site.hours);
        doors.is_open_at(now.wall.local())
    }

    /// Whether a service is only accepted now, and done later.
    pub(super) fn queues(&self, service: &Service, now: Moment) -> bool {
        let accepts = service.accepts_offline_for().is_some();
        accepts
            && self.out_of_reach(service, now).is_some()
            && self.unavailable(service, now).is_none()
    }

    /// What keeps the agency from answering at once.
    pub(super) fn out_of_reach(&self, service: &Service, now: Moment) -> Option<Trouble> {
        let access = self.catalog.access(service);
        let agency_open = access.is_some_and(|it| it.is_open_at(now.wall.local()));
        self.fittings
            .exchange_trouble()
            .or_else(|| self.fittings.network_trouble(&service.network))
            .or((!agency_open).then_some(Trouble::OutsideHours))
    }

    /// Why a service out of reach is not even accepted.
    fn refused_offline(&self, service: &Service, trouble: Trouble, now: Moment) -> Option<Trouble> {
        let Some(limit) = service.accepts_offline_for() else {
            return Some(trouble);
        };
        if self.fittings.silence(now.instant) > limit {
            return Some(Trouble::AwayTooLong);
        }
        // Nobody goes without the paper that finds the request again.
        self.fittings.receipt_trouble()
    }
}
