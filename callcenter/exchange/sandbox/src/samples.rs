//! Services that nobody wrote records for: each answers with its own sample.

use std::{collections::BTreeMap, path::Path};

use catalog::{Catalog, Subject};
use serde_json::{Value, json};

use crate::networks::Parameters;

/// Records by network and service code.
#[derive(Default)]
pub(crate) struct Samples(BTreeMap<(String, String), Sample>);

pub(crate) struct Sample {
    record: Value,
    subject: Option<Subject>,
}

impl Samples {
    /// # Errors
    /// When the catalogue cannot be read.
    pub(crate) fn read(folder: &Path) -> Result<Self, catalog::Error> {
        let catalog = Catalog::read(folder)?;
        let mut samples = BTreeMap::new();
        for service in catalog.services() {
            let Some(network) = catalog.network(&service.network) else {
                continue;
            };
            let Ok(record) = serde_json::from_str(&service.sample) else {
                tracing::warn!(service = %service.id, "A sample is not JSON");
                continue;
            };
            let sample = Sample {
                record,
                subject: service.subject.clone(),
            };
            let place = |code: &str| (network.xroad.subsystem.clone(), code.to_owned());
            samples.insert(place(&service.query), sample);
            // Nobody knows which questions the sample answers.
            if let Some(rule) = service.lease() {
                samples.insert(place(&rule.snapshot), Sample::no_records());
            }
        }
        Ok(Self(samples))
    }

    pub(crate) fn of(&self, network: &str, code: &str) -> Option<&Sample> {
        self.0.get(&(network.to_owned(), code.to_owned()))
    }
}

impl Sample {
    fn no_records() -> Self {
        Self {
            record: json!({ "records": [] }),
            subject: None,
        }
    }

    /// The sample, about whom was asked about.
    pub(crate) fn about(&self, asked: &Parameters) -> Value {
        let mut record = self.record.clone();
        let place = self.subject.as_ref().map(Subject::first_place);
        let number = place.and_then(|it| record.pointer_mut(&it));
        if let (Some(number), Some(asked)) = (number, asked.get("resident_number")) {
            *number = Value::String(asked.clone());
        }
        record
    }

    /// The sample as it stands: somebody else's.
    pub(crate) fn another(&self) -> Value {
        self.record.clone()
    }
}
