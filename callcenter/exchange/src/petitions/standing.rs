//! How a petition stands, as anybody may know: no word of who asked, or what.

use ledger::{Step, StoreError};
use request::{OfficeId, RequestEvent, ServiceRequest, Stage};
use sync::{Happened, OfficeName, Standing, StandingStep};

use super::day;
use crate::issue::Issuer;

impl Issuer {
    /// How a petition stands now.
    pub(crate) fn standing(&self, request: &ServiceRequest) -> Result<Standing, StoreError> {
        let now = self.clock.now();
        let steps = self.store.steps(&request.id)?;
        let handling = &request.handling;
        let answered = is_answered(request);
        let speaks = answered && !handling.concluded;
        let in_time = handling.open_until.is_some_and(|it| now <= it);
        let appealable = self
            .catalog
            .accepted_service(&request.service)
            .is_some_and(|it| it.appeal_within_days > 0);
        let due_at = handling.due_at.filter(|_| !answered);
        Ok(Standing {
            service: request.service.clone(),
            office: handling.office.as_ref().and_then(|it| self.office_name(it)),
            due_on: due_at.map(day),
            late: due_at.is_some_and(|it| it < now),
            steps: steps.iter().filter_map(|it| self.shown(it)).collect(),
            answered,
            may_rate: speaks && handling.rating.is_none(),
            may_appeal: speaks && in_time && appealable && handling.appeal.is_none(),
            open_until: handling.open_until.filter(|_| answered).map(day),
        })
    }

    pub(crate) fn office_name(&self, code: &OfficeId) -> Option<OfficeName> {
        let office = self.offices.office(code)?;
        Some(OfficeName {
            ko: office.name.ko.clone(),
            en: office.name.en.clone(),
            telephone: office.telephone.clone(),
        })
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all else is nobody's business"
    )]
    fn shown(&self, step: &Step) -> Option<StandingStep> {
        let (what, office) = match &step.event {
            RequestEvent::Submitted => (Happened::Received, None),
            RequestEvent::Routed { office, .. } => (Happened::Routed, Some(office)),
            RequestEvent::Transferred { office, .. } => (Happened::Transferred, Some(office)),
            RequestEvent::Extended { .. } => (Happened::Extended, None),
            RequestEvent::Joined { .. } => (Happened::Joined, None),
            RequestEvent::Separated { .. } => (Happened::Separated, None),
            RequestEvent::Replied { .. } => (Happened::Answered, None),
            RequestEvent::Rated { .. } => (Happened::Rated, None),
            RequestEvent::Appealed { office, .. } => (Happened::Appealed, Some(office)),
            RequestEvent::Concluded => (Happened::Concluded, None),
            _ => return None,
        };
        Some(StandingStep {
            on: day(step.at),
            what,
            office: office.and_then(|it| self.office_name(it)),
        })
    }
}

/// Whether its citizen can have an answer: one that goes by letter has gone.
pub(crate) fn is_answered(request: &ServiceRequest) -> bool {
    let closed = matches!(request.stage, Stage::Closed(_));
    request.correspondence.reply.is_some() && closed
}
