//! Finding a service and having it explained.

use catalog::Service;
use request::{Channel, IdentityLevel, ServiceId, ServiceRequest};

use super::{
    Command, Moment, Touch, Visit,
    step::Step,
    view::{InsertCard, Trouble},
};

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
            self.enter(Step::Explaining);
        }
    }

    pub(super) fn explaining(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Back => {
                self.person.service = None;
                self.enter(Step::Finding);
            }
            Touch::Next => self.begin(now),
            _ => {}
        }
    }

    /// Opens the request; the first thing a visit writes down.
    fn begin(&mut self, now: Moment) {
        let Some(service) = self.service() else {
            return;
        };
        if self.unavailable(service, now).is_some() {
            return;
        }
        let command = Command::Open {
            service: service.id.clone(),
            version: service.version,
            channel: Channel::Kiosk,
            language: self.language(),
            terms: service.terms(),
        };
        self.order(command);
    }

    pub(super) fn opened(&mut self, request: ServiceRequest, now: Moment) {
        self.person.request = Some(request);
        let identity = self
            .service()
            .map_or(IdentityLevel::None, |service| service.identity);
        if identity > IdentityLevel::None {
            self.order(Command::Card(devices::card_reader::CardReaderOrder::Accept));
            self.enter(Step::InsertingCard(InsertCard::Waiting));
        } else {
            self.after_identification(now);
        }
    }

    /// Why a service cannot be had now; said before the citizen starts.
    pub(super) fn unavailable(&self, service: &Service, now: Moment) -> Option<Trouble> {
        if let Some(trouble) = self.fittings.exchange_trouble() {
            return Some(trouble);
        }
        if let Some(trouble) = self.fittings.network_trouble(&service.network) {
            return Some(trouble);
        }
        let local = now.wall.local();
        let open = |hours: &catalog::Hours| hours.open_at(local);
        if !self
            .catalog
            .network(&service.network)
            .is_some_and(|network| open(&network.hours))
        {
            return Some(Trouble::OutsideHours);
        }
        if service.identity > IdentityLevel::None
            && let Some(trouble) = self.fittings.card_trouble()
        {
            return Some(trouble);
        }
        let free = self
            .fee_today(service, now)
            .is_some_and(|fee| fee.unit_won == 0);
        if free {
            None
        } else {
            self.fittings.cash_trouble()
        }
    }
}
