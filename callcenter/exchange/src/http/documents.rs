//! Documents, and whether a number still counts.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use ledger::Paper;
use serde_json::{Value, json};

use super::{Caller, Exchange, Problem, asked::Path};
use crate::quota::QUESTION;

/// A document that is ready, for a station to print.
#[utoipa::path(get, path = "/v1/documents/{number}", tag = "documents",
    params(("number" = String, Path)),
    responses((status = 200, description = "The signed PDF"), (status = 401, description = "The certificate is expired or not listed"),
        (status = 404, description = "None, or void")))]
pub(crate) async fn fetch(
    State(exchange): State<Arc<Exchange>>,
    _: Caller,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let pdf = exchange
        .issuer
        .store
        .pdf(&number)?
        .ok_or(Problem::NotFound)?;
    Ok(([(CONTENT_TYPE, "application/pdf")], pdf).into_response())
}

/// Whether a paper with this number counts; anyone may ask.
#[utoipa::path(get, path = "/v1/documents/{number}/status", tag = "documents",
    params(("number" = String, Path)),
    responses((status = 200, description = "valid, void, leased (a station may have issued it and has not told of it yet) or unknown"),
        (status = 429, description = "Too many questions from there; Retry-After says when to ask again")))]
pub(crate) async fn status(
    State(exchange): State<Arc<Exchange>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Json<Value>, Problem> {
    let source = exchange.page.source(peer, &headers);
    exchange
        .page
        .admit(source, QUESTION)
        .map_err(Problem::TooMany)?;
    let status = match exchange.issuer.store.paper(&number)? {
        Paper::Valid => "valid",
        Paper::Void => "void",
        Paper::Leased => "leased",
        Paper::Unknown => {
            exchange.page.was_unknown(source);
            "unknown"
        }
    };
    Ok(Json(json!({ "status": status })))
}
