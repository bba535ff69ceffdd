//! What is written down about one request, at a kiosk and at a desk.

use std::collections::BTreeMap;

use catalog::{Catalog, Service};
use privacy::Personal;
use request::{
    Action, Channel, Consent, Identification, Outcome, RequestEvent, RequestId, ServiceRequest,
    StationId,
};
use sandbox::Example;

use crate::written::{self, applicant, fee, opened};

/// Who asks, and what they answer.
pub(super) struct Asked(pub(super) Example);

impl Asked {
    /// About somebody or something that the networks know.
    pub(super) fn of(catalog: &Catalog, service: &Service) -> Self {
        Self(Example::of(catalog, service))
    }

    /// As a kiosk writes it down, up to the submission.
    pub(super) fn at_kiosk(&self, service: &Service, station: &StationId) -> Vec<RequestEvent> {
        let by = Identification::CardAndNumber;
        self.submitted(
            opened(service, station, Channel::Kiosk, service.terms()),
            service,
            by,
        )
    }

    /// As a desk does; it ends with the code that is read aloud.
    pub(super) fn by_telephone(
        &self,
        service: &Service,
        station: &StationId,
        code: &str,
    ) -> Vec<RequestEvent> {
        let by = Identification::StatedByTelephone;
        let opened = opened(service, station, Channel::Telephone, service.terms());
        let mut events = self.submitted(opened, service, by);
        let ticket = code.to_owned();
        events.push(RequestEvent::Queued { ticket });
        let outcome = Outcome::Queued;
        events.push(RequestEvent::Closed { outcome });
        events
    }

    /// Whoever was named comes to a kiosk with the code.
    pub(super) fn collecting(
        &self,
        service: &Service,
        station: &StationId,
        code: &str,
    ) -> Vec<RequestEvent> {
        written::collecting(service, station, code, self.0.applicant.as_deref())
    }

    fn submitted(
        &self,
        opened: RequestEvent,
        service: &Service,
        by: Identification,
    ) -> Vec<RequestEvent> {
        let mut request = ServiceRequest::open(RequestId::new("r"), &opened).unwrap();
        let mut events = vec![opened];
        for action in self.actions(service, by) {
            let event = request.decide(action).unwrap();
            request.apply(&event);
            events.push(event);
        }
        events
    }

    fn actions(&self, service: &Service, by: Identification) -> Vec<Action> {
        let mut actions = Vec::new();
        actions.extend(self.0.applicant.as_ref().map(|number| Action::Identify {
            applicant: applicant(number),
            by,
        }));
        for (question, answer) in &self.0.answers {
            actions.push(Action::Answer {
                question: question.clone(),
                answer: Personal::new(answer.clone()),
            });
        }
        let options: BTreeMap<String, String> = self.0.options.clone();
        actions.push(Action::ChooseOptions { options, copies: 1 });
        if service.consent.is_some() {
            actions.push(Action::Consent(Consent {
                agency: "a".to_owned(),
                purpose: "p".to_owned(),
                fields: vec!["f".to_owned()],
                language: "ko".to_owned(),
            }));
        }
        actions.push(Action::QuoteFee(fee()));
        actions.push(Action::Submit);
        actions
    }
}
