//! Whether a record is what was agreed.

use catalog::Service;
use registry::Fault;
use serde_json::Value;

/// Hands the record on when it fits the service's JSON Schema. What does not fit
/// is named by its place in the schema, never by its content.
pub(super) fn check(service: &Service, record: Value) -> Result<Value, Fault> {
    let schema: Value = serde_json::from_str(&service.record_schema).map_err(|_| {
        tracing::error!(service = %service.id, "The record schema is not JSON");
        Fault::Nonsense
    })?;
    let validator = jsonschema::validator_for(&schema).map_err(|_| {
        tracing::error!(service = %service.id, "The record schema is no JSON Schema");
        Fault::Nonsense
    })?;
    let misfit = validator
        .iter_errors(&record)
        .next()
        .map(|error| error.schema_path().to_string());
    match misfit {
        None => Ok(record),
        Some(place) => {
            tracing::warn!(service = %service.id, %place, "A record does not fit its schema");
            Err(Fault::Nonsense)
        }
    }
}
