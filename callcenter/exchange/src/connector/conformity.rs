//! Whether a record is what was agreed.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use catalog::Service;
use jsonschema::Validator;
use registry::Fault;
use request::{Applicant, ServiceId};
use serde_json::Value;

/// The services' JSON Schemas, each read when it is first needed: to read one takes
/// longer than to judge a record by it.
#[derive(Default)]
pub(super) struct Schemas {
    read: Mutex<BTreeMap<ServiceId, (String, Arc<Validator>)>>,
}

impl Schemas {
    /// Hands the record on when it fits the service's schema.
    pub(super) fn check(&self, service: &Service, record: Value) -> Result<Value, Fault> {
        self.of(service)?.check(record)
    }

    /// The schema of a service as it stands now.
    pub(super) fn of<'a>(&self, service: &'a Service) -> Result<Conformity<'a>, Fault> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let validator = match read.get(&service.id) {
            Some((text, validator)) if *text == service.record_schema => Arc::clone(validator),
            Some(_) | None => {
                let validator = Arc::new(validator(service)?);
                let known = (service.record_schema.clone(), Arc::clone(&validator));
                read.insert(service.id.clone(), known);
                validator
            }
        };
        Ok(Conformity { service, validator })
    }
}

fn validator(service: &Service) -> Result<Validator, Fault> {
    let schema: Value = serde_json::from_str(&service.record_schema).map_err(|_| {
        tracing::error!(service = %service.id, "The record schema is not JSON");
        Fault::Nonsense
    })?;
    jsonschema::validator_for(&schema).map_err(|_| {
        tracing::error!(service = %service.id, "The record schema is no JSON Schema");
        Fault::Nonsense
    })
}

/// A service's JSON Schema, read.
pub(super) struct Conformity<'a> {
    service: &'a Service,
    validator: Arc<Validator>,
}

/// Hands the record on when it is about whom was asked about.
pub(super) fn check_subject(
    service: &Service,
    applicant: Option<&Applicant>,
    record: Value,
) -> Result<Value, Fault> {
    let (Some(subject), Some(applicant)) = (&service.subject, applicant) else {
        return Ok(record);
    };
    if subject.is(applicant.resident_number.digits().reveal(), &record) {
        return Ok(record);
    }
    tracing::error!(service = %service.id, "A network answered with another person's record");
    Err(Fault::Nonsense)
}

impl Conformity<'_> {
    /// Hands a record on when it fits. What does not fit is named by its place in
    /// the schema, never by its content.
    pub(super) fn check(&self, record: Value) -> Result<Value, Fault> {
        let misfit = self
            .validator
            .iter_errors(&record)
            .next()
            .map(|error| error.schema_path().to_string());
        match misfit {
            None => Ok(record),
            Some(place) => {
                let service = &self.service.id;
                tracing::warn!(%service, %place, "A record does not fit its schema");
                Err(Fault::Nonsense)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;

    use catalog::Catalog;

    use super::*;

    #[test]
    fn a_schema_is_read_once_and_anew_when_it_has_changed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let catalog = Catalog::read(&folder).unwrap();
        let id = ServiceId::new("resident-register-household");
        let mut service = catalog.service(&id).unwrap().clone();
        let sample: Value = serde_json::from_str(&service.sample).unwrap();
        let schemas = Schemas::default();

        let first = schemas.of(&service).unwrap().validator;
        let second = schemas.of(&service).unwrap().validator;
        assert!(Arc::ptr_eq(&first, &second));
        assert!(schemas.check(&service, sample.clone()).is_ok());

        service.record_schema = r#"{ "type": "string" }"#.to_owned();
        assert!(schemas.check(&service, sample).is_err());
        assert!(schemas.check(&service, "a word".into()).is_ok());
    }
}
