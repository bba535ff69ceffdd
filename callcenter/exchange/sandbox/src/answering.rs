//! One question answered, in the network's mood.

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use registry::header;
use serde_json::{Value, json};

use crate::{Mood, server::Networks};

pub(crate) async fn answer(
    State(networks): State<Arc<Networks>>,
    Path(path): Path<[String; 5]>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let [_, _, _, subsystem, service] = &path;
    if !headers.contains_key(header::CLIENT) {
        return refusal(
            StatusCode::BAD_REQUEST,
            "Client.BadRequest",
            "X-Road-Client is missing",
        );
    }
    let id = headers
        .get(header::ID)
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    let mood = networks.mood(subsystem);
    tracing::debug!(%subsystem, %service, ?mood, "Asked");
    let name = format!("{subsystem}/{service}");
    if !networks.register.serves(&name) {
        let kind = "Server.ServerProxy.UnknownService";
        return refusal(StatusCode::INTERNAL_SERVER_ERROR, kind, "no such service");
    }
    match mood {
        Mood::Hanging => std::future::pending().await,
        Mood::Slow { milliseconds } => {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await
        }
        Mood::Failing => return (StatusCode::INTERNAL_SERVER_ERROR, "core dumped").into_response(),
        Mood::Away => {
            let kind = "Server.ServerProxy.NetworkError";
            return refusal(
                StatusCode::INTERNAL_SERVER_ERROR,
                kind,
                "the agency is away",
            );
        }
        Mood::Well | Mood::Nonsense | Mood::Truncated | Mood::Misfit | Mood::WrongId => {}
    }
    let Ok(parameters) = serde_json::from_slice::<Value>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let Some(record) = networks.register.find(&name, &parameters) else {
        return (
            StatusCode::NOT_FOUND,
            Json(json!({ "message": "no such record" })),
        )
            .into_response();
    };
    let whole = record.to_string();
    let body = match mood {
        Mood::Nonsense => "<html>Willkommen</html>".to_owned(),
        Mood::Truncated => whole.chars().take(whole.chars().count() / 2).collect(),
        Mood::Misfit => json!({ "householder": 7 }).to_string(),
        Mood::Well
        | Mood::WrongId
        | Mood::Slow { .. }
        | Mood::Failing
        | Mood::Away
        | Mood::Hanging => whole,
    };
    let id = if mood == Mood::WrongId {
        "00000000-0000-8000-8000-000000000000"
    } else {
        id
    };
    let service = registry::Address(path.clone()).to_string();
    let mut response = ([("content-type", "application/json")], body).into_response();
    for (name, value) in [
        (header::ID, id.to_owned()),
        (header::SERVICE, service),
        (header::REQUEST_ID, networks.next_id()),
    ] {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// PR-REST, clause 4.7.
fn refusal(status: StatusCode, kind: &'static str, message: &str) -> Response {
    let body = json!({ "type": kind, "message": message, "detail": "" });
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(
        header::ERROR,
        kind.parse().expect("the types are plain ASCII"),
    );
    response
}
