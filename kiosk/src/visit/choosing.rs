//! Finding a service and having it explained.

use request::{Action, Channel, IdentityLevel, ServiceId, ServiceRequest, Terms};

use super::{Command, Moment, Touch, Visit, step::Step};

impl Visit {
    pub(super) fn choose(&mut self, id: &str, _now: Moment) {
        let id = ServiceId::new(id);
        if let Some(service) = self.catalog.service(&id) {
            self.person.options = service
                .options
                .iter()
                .filter_map(|option| Some((option.id.clone(), option.choices.first()?.id.clone())))
                .collect();
            self.person.service = Some(id);
            self.person.recipient = None;
            self.person.answers.clear();
            self.person.copies = 1;
            self.person.consented = false;
            self.person.retrying = false;
            self.enter(Step::Explaining);
        } else if self.is_alone() && self.catalog.accepted_service(&id).is_some() {
            self.person.service = Some(id);
            self.person.answers.clear();
            self.enter(Step::Explaining);
        }
    }

    pub(super) fn explaining(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Back => {
                self.person.service = None;
                self.person.opening = false;
                self.enter(Step::Finding);
            }
            Touch::Next => self.begin(now),
            _ => {}
        }
    }

    /// Opens the request; the first thing a visit writes down.
    pub(super) fn begin(&mut self, now: Moment) {
        let Some(service) = self.service() else {
            self.begin_petition(now);
            return;
        };
        if self.person.opening || self.unavailable(service, now).is_some() {
            return;
        }
        let (id, version, terms) = (service.id.clone(), service.version, service.terms());
        self.open(id, version, terms);
    }

    /// The first thing that is written down of a request.
    pub(super) fn open(&mut self, service: ServiceId, version: u32, terms: Terms) {
        let command = Command::Open {
            service,
            version,
            channel: Channel::Kiosk,
            language: self.person.language.code(),
            terms,
        };
        self.person.opening = true;
        self.order(command);
    }

    /// Takes a new request on; one whose citizen has gone meanwhile is closed.
    pub(super) fn opened(&mut self, request: ServiceRequest, now: Moment) {
        let wanted = matches!(self.step, Step::Explaining | Step::OfferingTicket)
            && self.person.opening
            && self.person.request.is_none()
            && self.wanted_service().as_ref() == Some(&request.service)
            && request.language == self.person.language.code();
        if !wanted {
            self.withdraw(&request);
            return;
        }
        self.person.opening = false;
        let anybody = request.terms.identity == IdentityLevel::None;
        self.person.written = Some(request.clone());
        self.person.request = Some(request);
        self.name_the_ticket();
        match self.person.applicant.clone() {
            _ if anybody => self.after_identification(now),
            Some(applicant) => self.identified_before(applicant, now),
            None => self.ask_for_card(),
        }
    }

    /// Fills in a new request from the one that failed, up to the last look.
    pub(super) fn try_again(&mut self, now: Moment) {
        if self.may_retry() {
            self.person.request = None;
            self.person.failure = None;
            self.person.consented = false;
            self.person.retrying = true;
            self.person.documents.clear();
            self.enter(Step::Explaining);
            self.begin(now);
        } else {
            self.after_failing(now);
        }
    }

    fn withdraw(&mut self, request: &ServiceRequest) {
        if let Ok(event) = request.decide(Action::Withdraw) {
            self.order(Command::Record {
                request: request.id.clone(),
                event,
            });
        }
    }
}
