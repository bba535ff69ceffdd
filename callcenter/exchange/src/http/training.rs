//! What agents have practised: told by training rooms, read by supervisors.

use std::sync::Arc;

use axum::{Json, extract::State};
use ledger::Training;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Exchange, Problem, Supervisor, TrainingRoom,
    asked::{Query, Said},
    settled,
};

/// Records of one telling.
const TOLD_MAX: usize = 100;
/// More than a center's agents do in a month.
const LISTED_MAX: u32 = 1_000;
/// Bytes of an account.
const AGENT_MAX: usize = 64;
/// Bytes of a scenario's id, which is a file's name in whatever language.
const SCENARIO_MAX: usize = 255;
const POINTS_MAX: u32 = 100;

#[derive(Deserialize)]
struct Told {
    records: Vec<Training>,
}

/// A training room tells what was practised there; told again, it is kept once.
#[utoipa::path(post, path = "/v1/training", tag = "training",
    responses((status = 200, description = "All of it is kept"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Not a training room"),
        (status = 422, description = "Not records, or too many")))]
pub(crate) async fn tell(
    State(exchange): State<Arc<Exchange>>,
    TrainingRoom(room): TrainingRoom,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let told: Told = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if told.records.len() > TOLD_MAX || !told.records.iter().all(is_sound) {
        return Err(Problem::Malformed);
    }
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let new = issuer
        .store
        .keep_training(&room.station, &told.records, now)?;
    settled(&exchange).await?;
    tracing::info!(station = %room.station, new, "A training room told its records");
    Ok(Json(json!({ "taken": told.records.len() })))
}

/// Whatever a desk lets an agent be called and a room lets be practised: what is not
/// taken here would be told for ever, and nothing after it.
fn is_sound(it: &Training) -> bool {
    let of_account = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let agent = (1..=AGENT_MAX).contains(&it.agent.len()) && it.agent.bytes().all(of_account);
    let scenario = (1..=SCENARIO_MAX).contains(&it.scenario.len())
        && !it.scenario.chars().any(char::is_control);
    agent && scenario && it.points <= POINTS_MAX
}

#[derive(Deserialize)]
pub(crate) struct Listing {
    agent: Option<String>,
}

/// What one agent, or everybody, has practised.
#[utoipa::path(get, path = "/v1/training", tag = "training",
    params(("agent" = Option<String>, Query)),
    responses((status = 200, description = "Records, the newest first"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Not a supervisor")))]
pub(crate) async fn list(
    State(exchange): State<Arc<Exchange>>,
    Supervisor(supervisor): Supervisor,
    Query(Listing { agent }): Query<Listing>,
) -> Result<Json<Value>, Problem> {
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    let about = agent.as_deref().unwrap_or("everybody");
    store.note(supervisor.as_str(), "read training", about, now)?;
    let records = store.training(agent.as_deref(), LISTED_MAX)?;
    Ok(Json(json!({ "records": records })))
}
