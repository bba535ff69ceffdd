//! What offices do with petitions besides answering: hand over, take longer, join.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    routing::{get, post},
};
use ledger::Attention;
use privacy::Personal;
use request::{JoinGround, OfficeId, RequestId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::asked::{Path, Query, Said};
use super::{attend, files};
use crate::{
    http::{AtWork, Exchange, Problem},
    petitions::{day, file_kind::FILE_MAX},
};

/// A file in what HTTP needs around it.
const UPLOAD_MAX: usize = FILE_MAX + 1024;
/// Offices shown to choose from.
const OFFICES_MAX: usize = 50;
/// Characters of what is sought.
const SOUGHT_MAX: usize = 100;

pub(crate) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route(
            "/v1/petitions/{request}/files",
            post(files::keep).layer(DefaultBodyLimit::max(UPLOAD_MAX)),
        )
        .route("/v1/petitions/{request}/files/{sha256}", get(files::give))
        .route("/v1/petitions/{request}/transfer", post(transfer))
        .route("/v1/petitions/{request}/extend", post(extend))
        .route("/v1/petitions/{request}/join", post(join))
        .route("/v1/petitions/{request}/separate", post(separate))
        .route("/v1/offices", get(offices))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Transfer {
    office: OfficeId,
    reason: Personal<String>,
}

/// Hands a petition to another office: `{"office", "reason"}`. The reason is told its
/// citizen.
#[utoipa::path(post, path = "/v1/petitions/{request}/transfer", tag = "petitions",
    params(("request" = String, Path)),
    responses((status = 200, description = "The office has it"), (status = 403, description = "Not an agent"),
        (status = 404, description = "None, it is over, or there is no such office"),
        (status = 409, description = "That office has it, or it is answered"), (status = 422, description = "No reason"),
        (status = 423, description = "Another agent has it")))]
pub(crate) async fn transfer(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path(request): Path<RequestId>,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let Transfer { office, reason } =
        serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if exchange.issuer.offices.office(&office).is_none() {
        return Err(Problem::NotFound);
    }
    let told = json!({ "office": office });
    let attention = Attention::Transfer { office, reason };
    attend(&exchange, &request, attention, agent.as_str()).await?;
    Ok(Json(told))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Why {
    reason: Personal<String>,
}

/// Takes longer, once, by as many working days as the service allows: `{"reason"}`. The
/// reason is told its citizen.
#[utoipa::path(post, path = "/v1/petitions/{request}/extend", tag = "petitions",
    params(("request" = String, Path)),
    responses((status = 200, description = "The new due date"), (status = 403, description = "Not an agent"),
        (status = 404, description = "None, or it is over"),
        (status = 409, description = "It was extended, is answered, or its service allows none"),
        (status = 422, description = "No reason"), (status = 423, description = "Another agent has it")))]
pub(crate) async fn extend(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path(request): Path<RequestId>,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let Why { reason } = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let issuer = &exchange.issuer;
    let found = issuer.store.request(&request)?.ok_or(Problem::NotFound)?;
    let due_at = issuer.extended(&found);
    let due_at = due_at.ok_or(Problem::Petition(request::Refusal::DueDate))?;
    let attention = Attention::Extend { due_at, reason };
    attend(&exchange, &request, attention, agent.as_str()).await?;
    Ok(Json(json!({ "due_at": due_at, "due_on": day(due_at) })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joining {
    leading: RequestId,
    ground: JoinGround,
}

/// Handles a petition together with another that waits: `{"leading", "ground"}`. It is
/// answered when that one is, with the same words.
#[utoipa::path(post, path = "/v1/petitions/{request}/join", tag = "petitions",
    params(("request" = String, Path)),
    responses((status = 200, description = "They are joined"), (status = 403, description = "Not an agent"),
        (status = 404, description = "None, or it is over"),
        (status = 409, description = "It is joined or answered, or the other one does not lead"),
        (status = 423, description = "Another agent has it")))]
pub(crate) async fn join(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path(request): Path<RequestId>,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let Joining { leading, ground } =
        serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let told = json!({ "leading": leading });
    let attention = Attention::Join { leading, ground };
    attend(&exchange, &request, attention, agent.as_str()).await?;
    Ok(Json(told))
}

/// Handles a petition by itself again.
#[utoipa::path(post, path = "/v1/petitions/{request}/separate", tag = "petitions",
    params(("request" = String, Path)),
    responses((status = 200, description = "It is a matter of its own"), (status = 403, description = "Not an agent"),
        (status = 404, description = "None, or it is over"), (status = 409, description = "It is joined to none, or answered"),
        (status = 423, description = "Another agent has it")))]
pub(crate) async fn separate(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path(request): Path<RequestId>,
) -> Result<Json<Value>, Problem> {
    attend(&exchange, &request, Attention::Separate, agent.as_str()).await?;
    Ok(Json(json!({ "separated": request })))
}

#[derive(Deserialize)]
pub(crate) struct Sought {
    #[serde(default)]
    find: String,
}

/// The organisation directory: offices that answer to what is sought, by name or duty.
#[utoipa::path(get, path = "/v1/offices", tag = "petitions",
    params(("find" = Option<String>, Query, description = "Words, or the first consonants of Korean ones")),
    responses((status = 200, description = "Code, name, telephone, duties"), (status = 403, description = "Not an agent")))]
pub(crate) async fn offices(
    State(exchange): State<Arc<Exchange>>,
    AtWork(_): AtWork,
    Query(Sought { find }): Query<Sought>,
) -> Result<Json<Value>, Problem> {
    if find.chars().count() > SOUGHT_MAX {
        return Err(Problem::Malformed);
    }
    let directory = &exchange.issuer.offices;
    let found = directory.find(&find);
    let rows: Vec<Value> = found
        .into_iter()
        .take(OFFICES_MAX)
        .map(|it| {
            let duties = it.duties.iter().filter_map(|it| directory.duty(it));
            let duties: Vec<_> = duties.map(|it| words(&it.title)).collect();
            json!({
                "code": it.code, "name": words(&it.name), "telephone": it.telephone,
                "parent": it.parent, "duties": duties,
            })
        })
        .collect();
    Ok(Json(json!({ "offices": rows })))
}

fn words(text: &catalog::Bilingual) -> Value {
    json!({ "ko": text.ko, "en": text.en })
}
