//! Whether a record is what was agreed.

use catalog::Service;
use jsonschema::Validator;
use registry::Fault;
use request::Applicant;
use serde_json::Value;

/// A service's JSON Schema, read.
pub(super) struct Conformity<'a> {
    service: &'a Service,
    validator: Validator,
}

/// Hands the record on when it fits the service's JSON Schema.
pub(super) fn check(service: &Service, record: Value) -> Result<Value, Fault> {
    Conformity::of(service)?.check(record)
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

impl<'a> Conformity<'a> {
    pub(super) fn of(service: &'a Service) -> Result<Self, Fault> {
        let schema: Value = serde_json::from_str(&service.record_schema).map_err(|_| {
            tracing::error!(service = %service.id, "The record schema is not JSON");
            Fault::Nonsense
        })?;
        let validator = jsonschema::validator_for(&schema).map_err(|_| {
            tracing::error!(service = %service.id, "The record schema is no JSON Schema");
            Fault::Nonsense
        })?;
        Ok(Self { service, validator })
    }

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
