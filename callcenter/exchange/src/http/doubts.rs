//! Deeds in doubt, for whoever looks into them.

use std::sync::Arc;

use axum::{Json, extract::State};
use ledger::{Finding, Found};
use request::StationId;
use serde::Deserialize;
use serde_json::{Value, json};
use sync::Incarnation;

use super::{
    Agent, Exchange, Problem,
    asked::{Path, Said},
    attention::Ground,
};

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
struct Looked {
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
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let said: Looked = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let issuer = &exchange.issuer;
    let found = Found {
        finding: said.finding,
        ground: said.ground.in_words(),
    };
    let now = issuer.clock.now();
    let (store, agent) = (&issuer.store, agent.as_str());
    if !store.look_into(&station, &incarnation, number, found, agent, now)? {
        return Err(Problem::NotFound);
    }
    Ok(Json(json!({ "looked_into": number })))
}
