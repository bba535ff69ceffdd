//! The exchange's HTTP interface: one side for stations and agents, who show a
//! certificate, and one for everybody.

mod agents;
mod attention;
mod caller;
mod checks;
mod deliveries;
mod documents;
mod doubts;
mod heads;
mod leases;
mod line;
pub(crate) mod openapi;
mod petitions;
mod problem;
mod rooms;
mod speaker;
mod stations;
mod status;
mod tickets;
mod training;

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{get, post},
};
use ledger::StoreError;
use sync::KeyPair;

pub(crate) use agents::{AtWork, Supervisor};
pub(crate) use caller::{Agent, Caller, Desk, Kiosk, TrainingRoom};
pub(crate) use line::{Line, LineListener};
pub(crate) use problem::Problem;

use crate::{
    badges::Badges, issue::Issuer, open_checks::OpenChecks, open_rooms::OpenRooms, roster::Roster,
    tries::Tries,
};

/// A batch of entries; see `BATCH_BYTES` of [`sync::Station`].
const BODY_BYTES_MAX: usize = 4 << 20;

pub(crate) struct Exchange {
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) roster: Roster,
    pub(crate) badges: Badges,
    pub(crate) tries: Mutex<Tries>,
    pub(crate) rooms: Arc<OpenRooms>,
    pub(crate) checks: Arc<OpenChecks>,
    /// Signs what is held of journals.
    pub(crate) co_signer: KeyPair,
    /// `ca.pem`, `seal-keys.json` and `co-signer.pem` as they are given to verifiers.
    pub(crate) trust: serde_json::Value,
}

/// For those who show a certificate.
pub(crate) fn lines(exchange: Arc<Exchange>) -> Router {
    Router::new()
        .route("/v1/stations/{station}/hello", post(stations::hello))
        .route("/v1/stations/{station}/entries", post(stations::offer))
        .route("/v1/stations/{station}/head", post(heads::co_sign))
        .route("/v1/stations/{station}/heads", get(heads::kept))
        .route("/v1/stations/{station}/publications", get(stations::listen))
        .route(
            "/v1/stations/{station}/announcements",
            post(attention::announce),
        )
        .route("/v1/wedged", get(attention::wedged))
        .route(
            "/v1/wedged/{station}/{incarnation}/{number}",
            post(attention::settle),
        )
        .route("/v1/doubts", get(doubts::list))
        .route(
            "/v1/doubts/{station}/{incarnation}/{number}",
            post(doubts::look_into),
        )
        .route("/v1/petitions", get(petitions::list))
        .route("/v1/petitions/{request}", get(petitions::read))
        .route("/v1/petitions/{request}/assign", post(petitions::assign))
        .route("/v1/petitions/{request}/reply", post(petitions::reply))
        .route("/v1/quarantine", get(attention::quarantined))
        .route("/v1/quarantine/{station}/release", post(attention::release))
        .route("/v1/stations/{station}/ticket-key", post(tickets::tell_key))
        .route("/v1/stations/{station}/leases", post(leases::grant))
        .route("/v1/tickets/lookup", post(tickets::look_up))
        .route("/v1/refunds/{code}/spend", post(tickets::spend))
        .route("/v1/deliveries", post(deliveries::send))
        .route("/v1/deliveries/{delivery}", get(deliveries::status))
        .route("/v1/documents/{number}", get(documents::fetch))
        .route("/v1/training", get(training::list).post(training::tell))
        .route("/v1/networks", get(status::networks))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .merge(rooms::routes())
        .merge(checks::routes())
        .layer(from_fn_with_state(Arc::clone(&exchange), caller::admit))
        .with_state(exchange)
}

/// For everybody: whoever holds a paper may ask whether it counts. On an address
/// of its own, so that no question without a certificate ever reaches the lines.
pub(crate) fn public(exchange: Arc<Exchange>) -> Router {
    Router::new()
        .route("/v1/documents/{number}/status", get(documents::status))
        .route("/v1/trust", get(status::trust))
        .route("/health", get(status::health))
        .route("/openapi.json", get(openapi::serve))
        .with_state(exchange)
}

/// Waits until backups hold what an answer is going to promise.
pub(crate) async fn settled(exchange: &Exchange) -> Result<(), Problem> {
    let store = exchange.issuer.store.clone();
    let settled = tokio::task::spawn_blocking(move || store.settled()).await;
    Ok(settled.unwrap_or(Err(StoreError::Unarchived))?)
}
