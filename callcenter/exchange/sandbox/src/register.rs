//! The records, all invented.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

const PEOPLE_ID: &str = include_str!("../data/people-id.json");
const FAMILY_RECORD: &str = include_str!("../data/family-record.json");
const EMPLOYMENT: &str = include_str!("../data/employment.json");
const LAND_REGISTRY: &str = include_str!("../data/land-registry.json");

/// Ends the code of a service that answers all records of another at once.
const SNAPSHOT: &str = "-snapshot";

/// Network and service code to the records behind them.
pub struct Register {
    records: BTreeMap<&'static str, BTreeMap<String, Value>>,
}

#[derive(Debug)]
pub struct RegisterError(serde_json::Error);

#[derive(Deserialize)]
struct Row {
    numbers: Vec<String>,
    record: Value,
}

impl std::fmt::Display for RegisterError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the invented records cannot be read")
    }
}

impl std::error::Error for RegisterError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl Register {
    /// # Errors
    /// When the built-in records are damaged.
    pub fn read() -> Result<Self, RegisterError> {
        let files = [
            ("people-id/household", PEOPLE_ID),
            ("family-record/family-relations", FAMILY_RECORD),
            ("employment/job-seeking", EMPLOYMENT),
            ("land-registry/land-ledger", LAND_REGISTRY),
        ];
        let mut records = BTreeMap::new();
        for (service, file) in files {
            let rows: Vec<Row> = serde_json::from_str(file).map_err(RegisterError)?;
            let numbered = rows.into_iter().flat_map(|Row { numbers, record }| {
                numbers
                    .into_iter()
                    .map(move |number| (number, record.clone()))
            });
            records.insert(service, numbered.collect());
        }
        Ok(Self { records })
    }

    /// All records of a service such as `people-id/household`.
    pub fn records(&self, service: &str) -> Option<&BTreeMap<String, Value>> {
        self.records.get(service)
    }

    /// Whether there is such a service, records one by one or all at once.
    pub(crate) fn serves(&self, service: &str) -> bool {
        self.records
            .contains_key(service.strip_suffix(SNAPSHOT).unwrap_or(service))
    }

    /// What the service answers to these parameters.
    pub(crate) fn find(&self, service: &str, parameters: &Value) -> Option<Value> {
        if let Some(service) = service.strip_suffix(SNAPSHOT) {
            return Some(self.snapshot(service));
        }
        let text = |name: &str| parameters.get(name).and_then(Value::as_str);
        let number = match text("resident_number") {
            Some(number) => number.to_owned(),
            None => format!("{}/{}", text("district")?, text("parcel_number")?),
        };
        self.records.get(service)?.get(&number).cloned()
    }

    /// Every record that is found by a place, with the question that finds it.
    fn snapshot(&self, service: &str) -> Value {
        let rows = self.records.get(service).into_iter().flatten();
        let records: Vec<Value> = rows
            .filter_map(|(number, record)| {
                let (district, parcel_number) = number.split_once('/')?;
                let query = json!({ "district": district, "parcel_number": parcel_number });
                Some(json!({ "query": query, "record": record }))
            })
            .collect();
        json!({ "records": records })
    }
}
