//! The form on the simulated kiosk: what stands in it, and at which place the citizen is.

use std::collections::BTreeMap;

use catalog::Service;
use handover::{Filled, Form, Place, Shareable};
use request::{FormField, ServiceId};

use crate::Topic;

/// The citizen's form, which knows what the citizen wants in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KioskForm {
    service: ServiceId,
    /// In the kiosk's order: questions, options, copies.
    fields: Vec<FormField>,
    values: BTreeMap<FormField, Shareable>,
    wanted: BTreeMap<FormField, Shareable>,
    /// The citizen's word on the agencies; where the service asks for none, it is given.
    consent: Option<bool>,
}

impl KioskForm {
    pub(super) fn new(
        service: &Service,
        values: BTreeMap<FormField, Shareable>,
        wanted: BTreeMap<FormField, Shareable>,
    ) -> Self {
        Self {
            service: service.id.clone(),
            fields: fields(service),
            values,
            wanted,
            consent: service.consent.is_none().then_some(true),
        }
    }

    pub(super) fn service(&self) -> &ServiceId {
        &self.service
    }

    pub(super) fn wanted(&self, field: &FormField) -> Option<&Shareable> {
        self.wanted.get(field)
    }

    pub(super) fn is_right(&self, field: &FormField) -> bool {
        self.values.get(field) == self.wanted.get(field)
    }

    pub(super) fn is_filled_in(&self) -> bool {
        self.fields.iter().all(|field| self.is_right(field))
    }

    /// What the citizen wants stands there.
    pub(super) fn fill_in(&mut self, field: &FormField) {
        if let Some(wanted) = self.wanted.get(field) {
            self.values.insert(field.clone(), wanted.clone());
        }
    }

    /// Whether all is filled in and the citizen is asked about the agencies.
    pub(super) fn asks_for_consent(&self) -> bool {
        self.is_filled_in() && self.consent.is_none()
    }

    pub(super) fn decide_consent(&mut self, agreed: bool) {
        self.consent = Some(agreed);
    }

    /// As the agent is let see it.
    pub(super) fn shown(&self) -> Form {
        let filled = |field: &FormField| Filled {
            field: field.clone(),
            value: self.values.get(field).cloned(),
        };
        Form {
            service: Some(self.service.clone()),
            at: self.place(),
            fields: self.fields.iter().map(filled).collect(),
        }
    }

    fn place(&self) -> Place {
        match self.fields.iter().find(|field| !self.is_right(field)) {
            Some(FormField::Question(id)) => Place::Question(id.clone()),
            Some(FormField::Option(_) | FormField::Copies) => Place::Options,
            None => match self.consent {
                None => Place::Consent,
                Some(true) => Place::Review,
                // Whoever does not agree is back among the services.
                Some(false) => Place::Finding,
            },
        }
    }
}

pub(super) fn fields(service: &Service) -> Vec<FormField> {
    let questions = service.questions.iter();
    let questions = questions.map(|it| FormField::Question(it.id.clone()));
    let options = service.options.iter();
    let options = options.map(|it| FormField::Option(it.id.clone()));
    questions
        .chain(options)
        .chain([FormField::Copies])
        .collect()
}

/// What stands in a field that nobody has touched.
pub(super) fn untouched(service: &Service, field: &FormField) -> Option<String> {
    match field {
        FormField::Question(_) => None,
        FormField::Option(id) => {
            let first = service.option(id).and_then(|it| it.choices.first());
            first.map(|it| it.id.clone())
        }
        FormField::Copies => Some("1".to_owned()),
    }
}

/// The field that a topic is about; none where it is about something else.
pub(super) fn field_of(topic: &Topic) -> Option<FormField> {
    match topic {
        Topic::Answer(id) => Some(FormField::Question(id.clone())),
        Topic::Option(id) => Some(FormField::Option(id.clone())),
        Topic::Copies => Some(FormField::Copies),
        Topic::Opening
        | Topic::Name
        | Topic::ResidentNumber
        | Topic::EarlierRequest
        | Topic::Demand
        | Topic::Puzzled
        | Topic::Silence
        | Topic::AfterHold
        | Topic::Declined
        | Topic::Thanks
        | Topic::Leaving => None,
    }
}

pub(super) fn topic_of(field: &FormField) -> Topic {
    match field {
        FormField::Question(id) => Topic::Answer(id.clone()),
        FormField::Option(id) => Topic::Option(id.clone()),
        FormField::Copies => Topic::Copies,
    }
}
