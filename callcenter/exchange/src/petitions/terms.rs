//! Until when petitions are answered, and answers stay open.

use catalog::AcceptedService;
use request::{ServiceRequest, Timestamp};

use crate::{issue::Issuer, working_days::end_of_day};

/// As long as the law gives for a proposal, for what the catalogue has no more.
const WITHIN_DAYS: u32 = 14;
/// How long an answer against which there is no appeal may be rated, in days.
const RATED_WITHIN_DAYS: u32 = 60;

impl Issuer {
    fn accepted(&self, request: &ServiceRequest) -> Option<&AcceptedService> {
        self.catalog.accepted_service(&request.service)
    }

    /// The last moment of a petition's or an appeal's term, which begins at `from`.
    pub(crate) fn due(&self, request: &ServiceRequest, from: Timestamp) -> Timestamp {
        let service = self.accepted(request);
        let days = match (service, &request.handling.appeal) {
            (Some(service), None) => service.answer_within_days,
            (Some(service), Some(_)) if service.appeal_answer_within_days > 0 => {
                service.appeal_answer_within_days
            }
            _ => WITHIN_DAYS,
        };
        self.working_days.due(from, days)
    }

    /// The due date after an extension; none where there is no extending.
    pub(crate) fn extended(&self, request: &ServiceRequest) -> Option<Timestamp> {
        let days = self.accepted(request)?.extension_days;
        let due_at = request.handling.due_at?;
        (days > 0).then(|| self.working_days.after(due_at, days))
    }

    /// So many working days are left after this one until a due date; below zero, how
    /// many have passed since.
    pub(crate) fn working_days_left(&self, due: Timestamp) -> i32 {
        self.working_days.left(self.clock.now(), due)
    }

    /// Until when an answer that is given now may be rated, or appealed against: the
    /// day of the answer does not count.
    pub(crate) fn open_until(&self, request: &ServiceRequest, now: Timestamp) -> Timestamp {
        let days = match self.accepted(request) {
            Some(service) if service.appeal_within_days > 0 => service.appeal_within_days,
            _ => RATED_WITHIN_DAYS,
        };
        end_of_day(now, days)
    }
}

/// `YYYY-MM-DD`.
pub(crate) fn day(at: Timestamp) -> String {
    at.local().to_string()
}
