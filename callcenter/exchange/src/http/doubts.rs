//! Deeds in doubt, for whoever looks into them.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
};
use ledger::Finding;
use request::StationId;
use serde::Deserialize;
use serde_json::{Value, json};
use sync::Incarnation;

use super::{Agent, Exchange, Problem, attention::Ground};

/// Sheets that may exist and money that may have fallen.
#[utoipa::path(get, path = "/v1/doubts", tag = "attention",
    responses((status = 200, description = "Which deeds, where and since when; nobody's name"),
        (status = 403, description = "Not an agent")))]
pub(crate) async fn list(
    State(exchange): State<Arc<Exchange>>,
    Agent(_): Agent,
) -> Result<Json<Value>, Problem> {
    let doubts = exchange.issuer.store.doubts()?;
    Ok(Json(json!({ "doubts": doubts })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    finding: Finding,
    ground: Ground,
}

/// What somebody found who looked: `{"finding": "done"}` or `"not_done"`, and the
/// `"ground"`.
#[utoipa::path(post, path = "/v1/doubts/{station}/{incarnation}/{number}", tag = "attention",
    params(("station" = String, Path), ("incarnation" = String, Path), ("number" = u64, Path)),
    responses((status = 200, description = "Kept, with its audit row"),
        (status = 403, description = "Not an agent"),
        (status = 404, description = "Nothing is in doubt there, or no longer"),
        (status = 422, description = "Neither a finding nor a ground")))]
pub(crate) async fn look_into(
    State(exchange): State<Arc<Exchange>>,
    Agent(agent): Agent,
    Path((station, incarnation, number)): Path<(StationId, Incarnation, u64)>,
    body: Bytes,
) -> Result<Json<Value>, Problem> {
    let found: Found = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let store = &exchange.issuer.store;
    let now = exchange.issuer.clock.now();
    let subject = format!("{station} {} {number}", incarnation.as_str());
    let kept = store.look_into(
        &station,
        &incarnation,
        number,
        found.finding,
        agent.as_str(),
        now,
    )?;
    if !kept {
        return Err(Problem::NotFound);
    }
    store.note(agent.as_str(), found.ground.in_words(), &subject, now)?;
    Ok(Json(json!({ "looked_into": number })))
}
