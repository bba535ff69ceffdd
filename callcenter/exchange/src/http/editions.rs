//! Editions of the catalogue: what stations may have, and what they run.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use edition::{EditionAnswer, EditionState, REASON_MAX};
use request::StationId;
use serde_json::{Value, json};

use super::asked::{Path, Said};
use super::{Agent, Caller, Exchange, Problem};

/// A station says which edition it runs, and is answered which one it may have.
#[utoipa::path(post, path = "/v1/stations/{station}/edition", tag = "editions",
    params(("station" = String, Path)),
    responses((status = 200, description = "The edition the exchange runs, if it is one"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "Another station"), (status = 422, description = "Not what a station says")))]
pub(crate) async fn tell(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    caller: Caller,
    Said(body): Said,
) -> Result<Json<EditionAnswer>, Problem> {
    let mut state: EditionState = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if caller.station != station {
        return Err(Problem::Forbidden);
    }
    if let Some(refused) = &mut state.refused {
        refused.reason = refused.reason.chars().take(REASON_MAX).collect();
        let (number, reason) = (refused.number, &refused.reason);
        tracing::error!(%station, number, reason, "A station cannot go over to an edition of the catalogue");
    }
    let issuer = &exchange.issuer;
    issuer
        .store
        .tell_edition(&station, &state, issuer.clock.now())?;
    let offered = exchange.editions.offered();
    Ok(Json(EditionAnswer { offered }))
}

/// An edition as it is signed, for a station.
#[utoipa::path(get, path = "/v1/editions/{digest}", tag = "editions",
    params(("digest" = String, Path)),
    responses((status = 200, description = "The signed edition (COSE_Sign1)"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 404, description = "Not the edition the exchange runs")))]
pub(crate) async fn fetch(
    State(exchange): State<Arc<Exchange>>,
    _: Caller,
    Path(digest): Path<String>,
) -> Result<Response, Problem> {
    let editions = Arc::clone(&exchange.editions);
    let signed = tokio::task::spawn_blocking(move || editions.signed(&digest)).await;
    let signed = signed.unwrap_or_else(|error| Err(std::io::Error::other(error)));
    let signed = signed.map_err(|error| {
        tracing::error!(%error, "An edition of the catalogue cannot be read");
        Problem::NotFound
    })?;
    let signed = signed.ok_or(Problem::NotFound)?;
    Ok(([(CONTENT_TYPE, "application/cose")], signed).into_response())
}

/// Which edition the exchange runs, and each station as it said last.
#[utoipa::path(get, path = "/v1/editions", tag = "editions",
    responses((status = 200, description = "The exchange's edition and the stations'"),
        (status = 403, description = "Not an agent")))]
pub(crate) async fn list(
    State(exchange): State<Arc<Exchange>>,
    Agent(_): Agent,
) -> Result<Json<Value>, Problem> {
    let stations = exchange.issuer.store.station_editions()?;
    let running = exchange.editions.offered();
    Ok(Json(json!({ "running": running, "stations": stations })))
}
