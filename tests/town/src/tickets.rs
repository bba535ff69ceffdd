//! The keys the town's stations sign their tickets with.

use std::sync::{Arc, OnceLock};

use request::{RequestId, StationId};
use ticket::Issuer;

/// One key for all: a code belongs to its request, and ids name their station.
pub(crate) fn issuer(station: &StationId) -> Arc<Issuer> {
    static KEY: OnceLock<String> = OnceLock::new();
    let key = KEY.get_or_init(|| Issuer::fresh_key().unwrap().to_string());
    Arc::new(Issuer::from_pem(station.as_str(), key).unwrap())
}

/// Under which a station owes the money of a request.
pub(crate) fn refund_ticket(station: &StationId, request: &RequestId) -> String {
    issuer(station).refund_code(request.as_str()).digits()
}
