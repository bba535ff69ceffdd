//! Two-person checks: a kiosk opens one, desks take it. What they are shown holds
//! nothing of the record.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::HeaderMap,
    routing::{get, post},
};
use request::CheckId;
use serde::Deserialize;
use serde_json::{Value, json};
use vouching::{
    CheckOpening, DeskDeed, DeskSaying, DeskSheet, KioskDeed, KioskView, WaitingChecks,
};

use super::{
    Desk, Exchange, Kiosk, Problem,
    asked::{Path, Query, Said},
    settled, speaker,
};
use crate::open_checks::Held;

/// A name, a number, an answer and the words of a consent.
const BODY_BYTES_MAX: usize = 16 << 10;
/// Bytes of a language's code; agents are shown it.
const LANGUAGE_MAX: usize = 8;

pub(super) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/v1/checks", get(list).post(open))
        .route("/v1/checks/{check}/kiosk", post(of_kiosk))
        .route("/v1/checks/{check}/desk", post(of_desk))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

#[derive(Deserialize)]
pub(crate) struct Holding {
    /// The edition that was seen last.
    #[serde(default)]
    known: u64,
    /// Seconds to hold the question while nothing differs from it.
    #[serde(default)]
    wait: u64,
}

impl Holding {
    fn held(&self) -> Held {
        Held {
            known: self.known,
            seconds: self.wait,
        }
    }
}

/// A citizen without a readable card agrees to be asked.
#[utoipa::path(post, path = "/v1/checks", tag = "checks",
    responses((status = 200, description = "The check; the register has been asked"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Not a kiosk"),
        (status = 404, description = "The register has nobody of this number and name"),
        (status = 409, description = "Not for this service, or the register says too little"),
        (status = 422, description = "Not an opening"), (status = 429, description = "Too many tries today"),
        (status = 503, description = "The register cannot be asked, or too many checks are open")))]
pub(crate) async fn open(
    State(exchange): State<Arc<Exchange>>,
    Kiosk(caller): Kiosk,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let opening: CheckOpening = read(&body)?;
    if opening.language.len() > LANGUAGE_MAX {
        return Err(Problem::Malformed);
    }
    let checks = Arc::clone(&exchange.checks);
    let check = checks
        .open(&exchange.issuer, &caller.station, opening)
        .await?;
    settled(&exchange).await?;
    Ok(Json(json!({ "check": check })))
}

/// Which checks wait; nothing of a person.
#[utoipa::path(get, path = "/v1/checks", tag = "checks",
    params(("known" = Option<u64>, Query), ("wait" = Option<u64>, Query)),
    responses((status = 200, description = "Those that wait for a first or a second person, the longest waiting first"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Not a desk")))]
pub(crate) async fn list(
    State(exchange): State<Arc<Exchange>>,
    Desk(caller): Desk,
    Query(holding): Query<Holding>,
) -> Result<Json<WaitingChecks>, Problem> {
    let waiting = exchange.checks.waiting(holding.held()).await?;
    caller.check_again(&exchange)?;
    Ok(Json(waiting))
}

/// What a kiosk does with its check, and how far it is.
#[utoipa::path(post, path = "/v1/checks/{check}/kiosk", tag = "checks",
    params(("check" = String, Path), ("known" = Option<u64>, Query), ("wait" = Option<u64>, Query)),
    responses((status = 200, description = "How far it is"), (status = 401, description = "No valid certificate"),
        (status = 403, description = "Not a kiosk"), (status = 409, description = "Not now"),
        (status = 410, description = "It is over, or another kiosk's"),
        (status = 422, description = "Not a deed, or too long")))]
pub(crate) async fn of_kiosk(
    State(exchange): State<Arc<Exchange>>,
    Kiosk(caller): Kiosk,
    Path(check): Path<CheckId>,
    Query(holding): Query<Holding>,
    Said(body): Said,
) -> Result<Json<KioskView>, Problem> {
    let deed: KioskDeed = read(&body)?;
    let seen = exchange
        .checks
        .of_kiosk(&caller.station, &check, deed, holding.held());
    let view = seen.await?;
    settled(&exchange).await?;
    caller.check_again(&exchange)?;
    Ok(Json(view))
}

/// What an agent does with a check, and what there is to see of it.
#[utoipa::path(post, path = "/v1/checks/{check}/desk", tag = "checks",
    params(("check" = String, Path), ("known" = Option<u64>, Query), ("wait" = Option<u64>, Query)),
    responses((status = 200, description = "The sheet: wordings and outcomes, never an answer"),
        (status = 401, description = "No valid certificate"),
        (status = 403, description = "Not a desk, not believed who works there, not this agent's, not a supervisor, or the first person's desk or self"),
        (status = 409, description = "Another desk has it, or not now"), (status = 410, description = "It is over"),
        (status = 422, description = "Not a deed, or no answer")))]
pub(crate) async fn of_desk(
    State(exchange): State<Arc<Exchange>>,
    Desk(caller): Desk,
    Path(check): Path<CheckId>,
    Query(holding): Query<Holding>,
    headers: HeaderMap,
    Said(body): Said,
) -> Result<Json<DeskSheet>, Problem> {
    let DeskSaying { speaker, deed } = read(&body)?;
    let speaker = speaker::proven(&exchange, &caller, &headers, speaker)?;
    let watched = deed == DeskDeed::Watch;
    let seen = exchange
        .checks
        .of_desk(&caller.station, speaker, &check, deed, holding.held());
    let sheet = seen.await?;
    if !watched {
        settled(&exchange).await?;
    }
    caller.check_again(&exchange)?;
    Ok(Json(sheet))
}

/// Keeps the place of what cannot be read, not its text.
fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|_| Problem::Malformed)
}
