//! Signs for the heads of journals, and hands them out to whoever examines one.

use std::sync::Arc;

use axum::{Json, extract::State};
use ledger::JournalHead;
use request::StationId;
use sync::{HeadAnswer, HeadQuestion};

use super::{
    Agent, Caller, Exchange, Problem,
    asked::{Path, Said},
    settled,
};

/// Signs that everything up to a head is held, when it is.
#[utoipa::path(post, path = "/v1/stations/{station}/head", tag = "stations",
    params(("station" = String, Path)),
    responses((status = 200, description = "The head co-signed, or why it is not"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "Another station"),
        (status = 409, description = "The head is forged, or another key signs for this journal"),
        (status = 422, description = "Not a signed head")))]
pub(crate) async fn co_sign(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    caller: Caller,
    Said(body): Said,
) -> Result<Json<HeadAnswer>, Problem> {
    let question: HeadQuestion = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if caller.station != station || question.signed.head.station != station {
        return Err(Problem::Forbidden);
    }
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let answer = issuer.store.co_sign(&question, &exchange.co_signer, now)?;
    let answer = answer.map_err(|reason| {
        tracing::error!(%station, %reason, "A head of a journal is not believed");
        Problem::NotBelieved(reason)
    })?;
    if let HeadAnswer::Quarantined(reason) = &answer {
        tracing::error!(%station, %reason, "A station is in quarantine");
    }
    // What is signed for must not be lost with this machine.
    settled(&exchange).await?;
    Ok(Json(answer))
}

/// The newest co-signed head of each of a station's journals, with the key of the
/// journal: a journal that was shortened or written anew is convicted by it.
#[utoipa::path(get, path = "/v1/stations/{station}/heads", tag = "stations",
    params(("station" = String, Path)),
    responses((status = 200, description = "co_signed and public_key (PEM) of each journal"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Not an agent")))]
pub(crate) async fn kept(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    Agent(_): Agent,
) -> Result<Json<Vec<JournalHead>>, Problem> {
    Ok(Json(exchange.issuer.store.heads(&station)?))
}
