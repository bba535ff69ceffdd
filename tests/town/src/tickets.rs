//! The keys the town's stations sign their tickets with.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock},
};

use request::{RequestId, StationId};
use ticket::Issuer;

/// One key for all: a code belongs to its request, and ids name their station.
/// Each station reads it once for all afternoons.
pub(crate) fn issuer(station: &StationId) -> Arc<Issuer> {
    static ISSUERS: Mutex<BTreeMap<StationId, Arc<Issuer>>> = Mutex::new(BTreeMap::new());
    static KEY: OnceLock<String> = OnceLock::new();
    let key = KEY.get_or_init(|| Issuer::fresh_key().unwrap().to_string());
    let mut issuers = ISSUERS.lock().unwrap();
    let read = || Arc::new(Issuer::from_pem(station.as_str(), key).unwrap());
    Arc::clone(issuers.entry(station.clone()).or_insert_with(read))
}

/// Under which a station owes the money of a request.
pub(crate) fn refund_ticket(station: &StationId, request: &RequestId) -> String {
    issuer(station).refund_code(request.as_str()).digits()
}
