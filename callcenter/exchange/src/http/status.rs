//! How the exchange and its networks are doing, and whom verifiers may trust.

use std::{sync::Arc, time::Instant};

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::Exchange;
use crate::connector::NetworkState;

/// The data networks as the exchange sees them.
#[utoipa::path(get, path = "/v1/networks", tag = "status",
    responses((status = 200, description = "Each network: up, down or unknown")))]
pub(crate) async fn networks(State(exchange): State<Arc<Exchange>>) -> Json<Value> {
    let issuer = &exchange.issuer;
    let networks: Vec<Value> = issuer
        .connector
        .states(&issuer.catalog, Instant::now())
        .into_iter()
        .map(|(id, state)| {
            let state = match state {
                NetworkState::Up => "up",
                NetworkState::Down => "down",
                NetworkState::Unknown => "unknown",
            };
            json!({ "id": id, "state": state })
        })
        .collect();
    Json(json!({ "networks": networks }))
}

/// What a verifier needs: the authority's certificate, the seal keys, and the key
/// under the heads of journals.
#[utoipa::path(get, path = "/v1/trust", tag = "status",
    responses((status = 200, description = "ca (PEM), seal_keys and co_signer (PEM)")))]
pub(crate) async fn trust(State(exchange): State<Arc<Exchange>>) -> Json<Value> {
    Json(exchange.trust.clone())
}

/// Whether the exchange answers at all.
#[utoipa::path(get, path = "/health", tag = "status", responses((status = 200, description = "It does")))]
pub(crate) async fn health() -> &'static str {
    "ok"
}
