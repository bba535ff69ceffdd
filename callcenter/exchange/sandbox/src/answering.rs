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
use world::World;

use crate::{
    Mood,
    networks::{Parameters, Served, served},
    samples::Sample,
    server::{Networks, hanbit},
};

/// Who has the records of a service.
enum Source<'a> {
    World(&'static Served),
    Sample(&'a Sample),
}

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
    let source = served(subsystem, service).map(Source::World);
    let sample = || networks.samples.of(subsystem, service).map(Source::Sample);
    let Some(source) = source.or_else(sample) else {
        let kind = "Server.ServerProxy.UnknownService";
        return refusal(StatusCode::INTERNAL_SERVER_ERROR, kind, "no such service");
    };
    if let Some(refusal) = refused(mood).await {
        return refusal;
    }
    let Ok(asked) = serde_json::from_slice::<Parameters>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let id = if mood == Mood::WrongId {
        "00000000-0000-8000-8000-000000000000"
    } else {
        id
    };
    let record = found(&source, hanbit(), service, &asked, mood);
    let mut response = match record {
        Some(record) => {
            let json = [("content-type", "application/json")];
            (json, written(&record, mood)).into_response()
        }
        None => {
            let body = json!({ "message": "no such record" });
            (StatusCode::NOT_FOUND, Json(body)).into_response()
        }
    };
    let service = registry::Address(path.clone()).to_string();
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

/// What a network says instead of looking, if it does not hang for ever.
pub(crate) async fn refused(mood: Mood) -> Option<Response> {
    match mood {
        Mood::Hanging => std::future::pending().await,
        Mood::Slow { milliseconds } => {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            None
        }
        Mood::Failing => Some((StatusCode::INTERNAL_SERVER_ERROR, "core dumped").into_response()),
        Mood::Away => Some(refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Server.ServerProxy.NetworkError",
            "the agency is away",
        )),
        Mood::Throttled { seconds } => {
            let later = [("retry-after", seconds.to_string())];
            Some((StatusCode::TOO_MANY_REQUESTS, later).into_response())
        }
        Mood::Well
        | Mood::Nonsense
        | Mood::Truncated
        | Mood::Misfit
        | Mood::NewField
        | Mood::WrongId
        | Mood::WrongPerson => None,
    }
}

fn found(
    source: &Source<'_>,
    world: &World,
    service: &str,
    asked: &Parameters,
    mood: Mood,
) -> Option<Value> {
    match (source, mood) {
        (Source::World(served), Mood::WrongPerson) => served.another(world, asked),
        (Source::World(served), _) => served.find(world, service, asked),
        (Source::Sample(sample), Mood::WrongPerson) => Some(sample.another()),
        (Source::Sample(sample), _) => Some(sample.about(asked)),
    }
}

/// The record as the network sends it.
fn written(record: &Value, mood: Mood) -> String {
    let whole = record.to_string();
    match mood {
        Mood::Nonsense => "<html>Willkommen</html>".to_owned(),
        Mood::Truncated => whole.chars().take(whole.chars().count() / 2).collect(),
        Mood::Misfit => json!({ "householder": 7 }).to_string(),
        Mood::NewField => {
            let mut record = record.clone();
            record["added_overnight"] = json!(true);
            record.to_string()
        }
        Mood::Well
        | Mood::WrongId
        | Mood::WrongPerson
        | Mood::Slow { .. }
        | Mood::Failing
        | Mood::Away
        | Mood::Throttled { .. }
        | Mood::Hanging => whole,
    }
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
