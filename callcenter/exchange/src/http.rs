//! The exchange's HTTP interface.

mod documents;
pub(crate) mod openapi;
mod problem;
mod stations;
mod status;
mod tickets;

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts},
    http::{header::AUTHORIZATION, request::Parts},
    routing::{get, post, put},
};
use ledger::StoreError;
use request::StationId;

pub(crate) use problem::Problem;

use crate::{issue::Issuer, roster::Roster, tries::Tries};

/// A batch of entries; a visit's weigh some kilobytes.
const BODY_BYTES_MAX: usize = 2 << 20;

pub(crate) struct Exchange {
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) roster: Roster,
    pub(crate) tries: Mutex<Tries>,
    /// `ca.pem` and `seal-keys.json` as they are given to verifiers.
    pub(crate) trust: serde_json::Value,
}

pub(crate) fn router(exchange: Arc<Exchange>) -> Router {
    Router::new()
        .route("/v1/stations/{station}/entries", post(stations::offer))
        .route("/v1/stations/{station}/publications", get(stations::listen))
        .route("/v1/stations/{station}/ticket-key", put(tickets::tell_key))
        .route("/v1/tickets/lookup", post(tickets::look_up))
        .route("/v1/refunds/{code}/spend", post(tickets::spend))
        .route("/v1/documents/{number}", get(documents::fetch))
        .route("/v1/documents/{number}/status", get(documents::status))
        .route("/v1/networks", get(status::networks))
        .route("/v1/trust", get(status::trust))
        .route("/health", get(status::health))
        .route("/openapi.json", get(openapi::serve))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(exchange)
}

/// Waits until backups hold what an answer is going to promise.
pub(crate) async fn settled(exchange: &Exchange) -> Result<(), Problem> {
    let store = exchange.issuer.store.clone();
    let settled = tokio::task::spawn_blocking(move || store.settled()).await;
    Ok(settled.unwrap_or(Err(StoreError::Unarchived))?)
}

/// The station whose token came with the request (RFC 6750).
pub(crate) struct Caller(pub(crate) StationId);

impl FromRequestParts<Arc<Exchange>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        exchange: &Arc<Exchange>,
    ) -> Result<Self, Problem> {
        parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .and_then(|token| exchange.roster.whose(token))
            .map(|station| Caller(station.clone()))
            .ok_or(Problem::Unauthorized)
    }
}
