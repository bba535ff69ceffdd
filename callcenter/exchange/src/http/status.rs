//! How the exchange and its networks are doing, and whom verifiers may trust.

use std::{
    sync::{Arc, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use ledger::backup::newest_copy;
use request::Timestamp;
use serde_json::{Value, json};

use super::{Exchange, Problem};
use crate::connector::NetworkState;

/// The data networks as the exchange sees them, and its clock: who asks can compare.
#[utoipa::path(get, path = "/v1/networks", tag = "status",
    responses((status = 200, description = "at: the exchange's clock; each network: up, down or unknown")))]
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
    Json(json!({ "at": issuer.clock.now(), "networks": networks }))
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

/// How long an answer about readiness is good for: whoever asks all the time does not
/// keep the store from its work.
const LOOKED_FOR: Duration = Duration::from_millis(500);
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

impl Exchange {
    /// What it lacks to take questions; nothing when it is ready.
    pub(crate) fn lacking(&self) -> Option<&'static str> {
        if self.closing.has_begun() {
            return Some("it is about to end");
        }
        if self.issuer.catalog.services().next().is_none() {
            return Some("there are no services in its catalogue");
        }
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = looked.filter(|(at, _)| at.elapsed() < LOOKED_FOR);
        let (_, is_well) = fresh.unwrap_or_else(|| {
            let could = self.issuer.store.could_write();
            if let Err(error) = &could {
                tracing::error!(%error, "The store cannot be written");
            }
            *looked.insert((Instant::now(), could.is_ok()))
        });
        (!is_well).then_some("its store cannot be written")
    }

    /// When the newest whole copy of the store was taken.
    pub(crate) fn newest_copy(&self) -> Option<Timestamp> {
        let settings = self.backup.as_ref()?;
        newest_copy(&settings.folder).ok().flatten()
    }
}

/// Whether it takes questions: a balancer sends none while it does not.
#[utoipa::path(get, path = "/ready", tag = "status",
    responses((status = 200, description = "It does"), (status = 503, description = "It does not, and what it lacks")))]
pub(crate) async fn ready(State(exchange): State<Arc<Exchange>>) -> Response {
    match exchange.lacking() {
        None => Json(json!({ "ready": true })).into_response(),
        Some(lacking) => {
            let body = Json(json!({ "ready": false, "lacking": lacking }));
            (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
        }
    }
}

/// What is counted and measured, as OpenMetrics.
pub(crate) async fn metrics(State(exchange): State<Arc<Exchange>>) -> Result<Response, Problem> {
    let text = exchange.metrics.told(&exchange)?;
    Ok(([(CONTENT_TYPE, OPEN_METRICS)], text).into_response())
}
