//! The inhabitants and parcels that were there before the world was drawn: their
//! records are answered as they stand.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

const HOUSEHOLDS: &str = include_str!("../../data/people-id.json");
const FAMILIES: &str = include_str!("../../data/family-record.json");
const JOB_SEEKERS: &str = include_str!("../../data/employment.json");
const LAND: &str = include_str!("../../data/land-registry.json");

/// Records by whom or what they are about.
#[derive(Debug)]
pub struct Known {
    pub households: BTreeMap<String, Value>,
    pub families: BTreeMap<String, Value>,
    pub job_seekers: BTreeMap<String, Value>,
    /// By district and parcel number: `4199910100/12-3`.
    pub land: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Row {
    numbers: Vec<String>,
    record: Value,
}

impl Known {
    /// # Panics
    /// When the built-in records are damaged.
    pub(crate) fn read() -> Self {
        Self {
            households: records(HOUSEHOLDS),
            families: records(FAMILIES),
            job_seekers: records(JOB_SEEKERS),
            land: records(LAND),
        }
    }

    /// Each household once.
    pub(crate) fn each_household(&self) -> impl Iterator<Item = &Value> {
        let of_householder = |(number, record): &(&String, &Value)| {
            text(record, "/members/0/resident_number") == number.as_str()
        };
        self.households
            .iter()
            .filter(of_householder)
            .map(|(_, record)| record)
    }
}

fn records(file: &str) -> BTreeMap<String, Value> {
    let rows: Vec<Row> = serde_json::from_str(file).expect("the built-in records are JSON");
    rows.into_iter()
        .flat_map(|Row { numbers, record }| {
            let each = move |number| (number, record.clone());
            numbers.into_iter().map(each)
        })
        .collect()
}

/// The text at a JSON pointer; empty without one.
pub(crate) fn text<'a>(record: &'a Value, pointer: &str) -> &'a str {
    record
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The list at a JSON pointer; empty without one.
pub(crate) fn list<'a>(record: &'a Value, pointer: &str) -> &'a [Value] {
    record
        .pointer(pointer)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
