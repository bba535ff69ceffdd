//! What every agency holds, for everybody: searched, and given away as a whole.

use std::sync::Arc;

use axum::{Json, extract::State, http::header::CONTENT_TYPE, response::IntoResponse};
use locator::Locator;
use serde::Deserialize;
use serde_json::{Value, json};

use super::asked::{Path, Query};
use super::{Exchange, Problem};

/// Holdings on one page, and how far pages lead of one question.
const PAGE_MAX: usize = 50;
const PAGE: usize = 10;
const REACH: usize = 500;

/// The locator as it is served.
pub(crate) struct Located {
    locator: Arc<Locator>,
    /// The whole of it, written once.
    json_ld: Arc<str>,
    turtle: Arc<str>,
}

impl Located {
    pub(crate) fn new(locator: Locator) -> Self {
        let document = locator::catalog(&locator);
        Self {
            json_ld: document.to_string().into(),
            turtle: locator::turtle(&document).into(),
            locator: Arc::new(locator),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    offset: usize,
    limit: Option<usize>,
}

/// Finds holdings by what is typed; without a question, all of them in order.
#[utoipa::path(get, path = "/v1/locator", tag = "locator",
    params(("q" = Option<String>, Query, description = "Words in Korean or English, or first consonants"),
        ("offset" = Option<usize>, Query, description = "At most 500"),
        ("limit" = Option<usize>, Query, description = "At most 50; 10 without")),
    responses((status = 200, description = "holdings (dcat:Dataset in JSON-LD, the best first) and next, the offset of the next page"),
        (status = 503, description = "The index does not answer")))]
pub(crate) async fn find(
    State(exchange): State<Arc<Exchange>>,
    Query(Asked { q, offset, limit }): Query<Asked>,
) -> Result<Json<Value>, Problem> {
    let locator = Arc::clone(&exchange.located.locator);
    let (limit, offset) = (limit.unwrap_or(PAGE).min(PAGE_MAX), offset.min(REACH));
    // One more than the page tells whether another follows.
    let wanted = offset + limit + 1;
    let page = move || {
        let found: Vec<_> = if q.trim().is_empty() {
            locator.holdings().iter().take(wanted).collect()
        } else {
            locator.find(&q, wanted).map_err(|error| {
                tracing::error!(%error, "The locator failed");
                Problem::NoIndex
            })?
        };
        let more = found.len() == wanted && offset + limit <= REACH;
        let page = found.into_iter().skip(offset).take(limit);
        let holdings: Vec<Value> = page.map(|it| locator::node(&locator, it)).collect();
        let next = more.then_some(offset + limit);
        Ok(json!({ "holdings": holdings, "next": next }))
    };
    let page = tokio::task::spawn_blocking(page).await;
    page.unwrap_or(Err(Problem::NoIndex)).map(Json)
}

/// One holding, and whom to ask for it.
#[utoipa::path(get, path = "/v1/locator/{id}", tag = "locator",
    params(("id" = String, Path)),
    responses((status = 200, description = "dcat:Dataset in JSON-LD"), (status = 404, description = "No such holding")))]
pub(crate) async fn read(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let locator = &exchange.located.locator;
    let holding = locator.holding(&id).ok_or(Problem::NotFound)?;
    let node = locator::node(locator, holding).to_string();
    Ok(([(CONTENT_TYPE, JSON_LD)], node))
}

const JSON_LD: &str = "application/ld+json";

/// The whole catalogue.
#[utoipa::path(get, path = "/v1/locator/catalog.jsonld", tag = "locator",
    responses((status = 200, description = "dcat:Catalog (DCAT-AP 3) in JSON-LD")))]
pub(crate) async fn json_ld(State(exchange): State<Arc<Exchange>>) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, JSON_LD)],
        exchange.located.json_ld.to_string(),
    )
}

/// The whole catalogue in Turtle.
#[utoipa::path(get, path = "/v1/locator/catalog.ttl", tag = "locator",
    responses((status = 200, description = "dcat:Catalog (DCAT-AP 3) in Turtle")))]
pub(crate) async fn turtle(State(exchange): State<Arc<Exchange>>) -> impl IntoResponse {
    let kind = [(CONTENT_TYPE, "text/turtle; charset=utf-8")];
    (kind, exchange.located.turtle.to_string())
}
