//! What was issued: the archive, what is due, and the records of what was disposed of.

use std::sync::Arc;

use axum::{Json, extract::State};
use ledger::{Archived, Disposal};
use request::ServiceId;
use serde::{Deserialize, Serialize};

use super::asked::Query;
use super::{Exchange, Problem, Supervisor};
use crate::retention::term;

/// On one page.
const PAGE_MAX: u32 = 500;

#[derive(Deserialize)]
pub(crate) struct FromNumber {
    #[serde(default)]
    after: String,
    limit: Option<u32>,
}

#[derive(Serialize)]
pub(crate) struct Archive {
    documents: Vec<Archived>,
}

/// Documents in the order of their numbers: whether their pages are kept, and until when.
#[utoipa::path(get, path = "/v1/archive", tag = "archive",
    params(("after" = Option<String>, Query, description = "The last number of the page before"),
        ("limit" = Option<u32>, Query, description = "At most 500")),
    responses((status = 200, description = "documents"), (status = 403, description = "Not a supervisor")))]
pub(crate) async fn list(
    State(exchange): State<Arc<Exchange>>,
    Supervisor(who): Supervisor,
    Query(FromNumber { after, limit }): Query<FromNumber>,
) -> Result<Json<Archive>, Problem> {
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    issuer
        .store
        .note(who.as_str(), "read archive", &after, now)?;
    let limit = limit.unwrap_or(PAGE_MAX).min(PAGE_MAX);
    let term = |service: &ServiceId, kept| term(&issuer.catalog, service, kept);
    let documents = issuer.store.archived(&after, limit, &term)?;
    Ok(Json(Archive { documents }))
}

#[derive(Deserialize)]
pub(crate) struct FromRecord {
    #[serde(default)]
    after: u64,
    limit: Option<u32>,
}

#[derive(Serialize)]
pub(crate) struct Disposals {
    disposals: Vec<Disposal>,
}

/// The records of disposal, checked against each other: each binds the one before it.
#[utoipa::path(get, path = "/v1/archive/disposals", tag = "archive",
    params(("after" = Option<u64>, Query, description = "The last record of the page before"),
        ("limit" = Option<u32>, Query, description = "At most 500")),
    responses((status = 200, description = "disposals, the oldest first"),
        (status = 403, description = "Not a supervisor"),
        (status = 500, description = "A record is not what was written")))]
pub(crate) async fn disposals(
    State(exchange): State<Arc<Exchange>>,
    Supervisor(who): Supervisor,
    Query(FromRecord { after, limit }): Query<FromRecord>,
) -> Result<Json<Disposals>, Problem> {
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let about = after.to_string();
    issuer
        .store
        .note(who.as_str(), "read disposals", &about, now)?;
    let limit = limit.unwrap_or(PAGE_MAX).min(PAGE_MAX);
    let found = issuer.store.disposals(after, limit)?;
    let disposals = found.map_err(Problem::Altered)?;
    Ok(Json(Disposals { disposals }))
}
