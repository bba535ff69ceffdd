//! Many records at once: `{"records": [{"query": {…}, "record": {…}}, …]}`.

use std::collections::BTreeMap;

use catalog::Service;
use privacy::Personal;
use registry::Fault;
use serde::Deserialize;
use serde_json::Value;
use sync::LeasedRecord;

use super::conformity::Conformity;

#[derive(Deserialize)]
struct Snapshot {
    records: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    query: BTreeMap<String, Personal<String>>,
    record: Value,
}

/// The records of a snapshot; none of it when one does not fit the service.
pub(super) fn read(
    service: &Service,
    fits: &Conformity<'_>,
    answer: Value,
) -> Result<Vec<LeasedRecord>, Fault> {
    let snapshot: Snapshot = serde_json::from_value(answer).map_err(|_| Fault::Nonsense)?;
    let named = |row: &Row| row.query.keys().eq(service.parameters.keys());
    if !snapshot.records.iter().all(named) {
        return Err(Fault::Nonsense);
    }
    snapshot
        .records
        .into_iter()
        .map(|Row { query, record }| {
            let record = fits.check(record)?;
            Ok(LeasedRecord {
                query,
                record: Personal::new(record.to_string()),
            })
        })
        .collect()
}
