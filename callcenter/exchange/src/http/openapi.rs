//! The description of this interface (OpenAPI 3.1).

use std::sync::LazyLock;

use axum::{
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use utoipa::OpenApi;

use super::{
    archive, attention, board, checks, deliveries, documents, doubts, editions, fleet, heads,
    knowledge, leases, locator, open_data, papers, petitions, requests, rooms, stations, status,
    tickets, training,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Minwon exchange",
        description = "Stations in, data networks out."
    ),
    paths(
        stations::hello,
        stations::offer,
        stations::listen,
        heads::co_sign,
        heads::kept,
        archive::list,
        archive::disposals,
        attention::announce,
        attention::wedged,
        attention::settle,
        doubts::list,
        doubts::look_into,
        editions::list,
        editions::fetch,
        editions::tell,
        fleet::report,
        fleet::commission,
        fleet::keep_bundle,
        fleet::keep_recovery_key,
        fleet::piece,
        fleet::renew,
        petitions::list,
        petitions::read,
        petitions::assign,
        petitions::reply,
        petitions::handling::transfer,
        petitions::handling::extend,
        petitions::handling::join,
        petitions::handling::separate,
        petitions::handling::offices,
        petitions::files::keep,
        petitions::files::give,
        requests::ask,
        requests::status,
        attention::quarantined,
        attention::release,
        board::hand_in,
        board::waiting,
        board::moderate,
        board::read,
        knowledge::find,
        knowledge::drafts,
        knowledge::write,
        knowledge::approve,
        knowledge::retire,
        knowledge::judge,
        knowledge::feedback,
        leases::grant,
        papers::look_up,
        locator::find,
        locator::read,
        locator::json_ld,
        locator::turtle,
        open_data::kiosks,
        open_data::kiosks_table,
        open_data::statistics,
        open_data::statistics_table,
        checks::open,
        checks::list,
        checks::of_kiosk,
        checks::of_desk,
        rooms::open,
        rooms::list,
        rooms::take,
        rooms::post_of_kiosk,
        rooms::post_of_desk,
        rooms::close,
        tickets::tell_key,
        tickets::look_up,
        tickets::spend,
        training::tell,
        training::list,
        deliveries::recipients,
        deliveries::send,
        deliveries::again,
        deliveries::list,
        deliveries::status,
        documents::fetch,
        documents::status,
        status::networks,
        status::trust,
        status::health,
        status::ready,
        serve
    )
)]
struct Description;

/// What each operation takes and answers: schemas by operation, `post /v1/wedged`.
const OPERATIONS: &str = include_str!("openapi/operations.json");
const SCHEMAS: &str = include_str!("openapi/schemas.json");
/// What may go wrong with a question of any party, and whatever is asked.
const OF_LINES: [(&str, &str); 3] = [
    ("401", "No valid certificate"),
    ("403", "Not for whoever asks"),
    ("503", "The store, or its backup, cannot be reached"),
];
const OF_BODIES: [(&str, &str); 2] = [
    ("413", "Larger than any that was agreed"),
    ("422", "Not what was agreed"),
];
/// What everybody may ask.
const PUBLIC: [&str; 15] = [
    "/health",
    "/openapi.json",
    "/ready",
    "/v1/board",
    "/v1/documents/{number}/status",
    "/v1/locator",
    "/v1/locator/catalog.jsonld",
    "/v1/locator/catalog.ttl",
    "/v1/locator/{id}",
    "/v1/open-data/kiosks",
    "/v1/open-data/kiosks.csv",
    "/v1/open-data/statistics",
    "/v1/open-data/statistics.csv",
    "/v1/requests/{receipt}/status",
    "/v1/trust",
];

/// The description as JSON.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn description() -> Result<String, serde_json::Error> {
    let mut whole = serde_json::to_value(Description::openapi())?;
    let forms: Value = serde_json::from_str(OPERATIONS)?;
    whole["components"]["schemas"] = serde_json::from_str(SCHEMAS)?;
    let paths = whole["paths"].as_object_mut().into_iter().flatten();
    for (path, operations) in paths {
        for (method, operation) in operations.as_object_mut().into_iter().flatten() {
            complete(
                operation,
                (method, path),
                &forms[format!("{method} {path}")],
            );
        }
    }
    serde_json::to_string_pretty(&whole)
}

fn text() -> Value {
    json!({ "type": "string" })
}

/// Adds to an operation what it takes and answers, and what may go wrong.
fn complete(operation: &mut Value, (method, path): (&str, &str), form: &Value) {
    let mut also = Vec::new();
    if operation.get("parameters").is_some() || !form["takes"].is_null() {
        also.push(("400", "The question cannot be understood"));
    }
    if !PUBLIC.contains(&path) {
        also.extend(OF_LINES);
    }
    if method == "post" {
        also.extend(OF_BODIES);
    }
    if !form["takes"].is_null() {
        let content = json!({ "application/json": { "schema": form["takes"] } });
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    let Some(answers) = operation["responses"].as_object_mut() else {
        return;
    };
    for (status, description) in also {
        let answer = answers.entry(status).or_insert(json!({}));
        if answer.get("description").is_none() {
            answer["description"] = description.into();
        }
    }
    for (status, answer) in answers {
        let (kind, schema) = match (status.as_str(), path) {
            ("200", "/health") => ("text/plain", text()),
            ("200", "/v1/documents/{number}") => {
                let binary = json!({ "type": "string", "format": "binary" });
                ("application/pdf", binary)
            }
            ("200", "/v1/releases/{sha256}") => {
                let binary = json!({ "type": "string", "format": "binary" });
                ("application/octet-stream", binary)
            }
            ("200", "/v1/locator/catalog.jsonld") => ("application/ld+json", json!({})),
            ("200", "/v1/locator/catalog.ttl") => ("text/turtle", text()),
            ("200", _) if path.ends_with(".csv") => ("text/csv", text()),
            ("200" | "202", _) | (_, "/ready") => ("application/json", form["answers"].clone()),
            _ => {
                let problem = json!({ "$ref": "#/components/schemas/Problem" });
                ("application/problem+json", problem)
            }
        };
        answer["content"] = json!({ kind: { "schema": schema } });
    }
}

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "status",
    responses((status = 200, description = "OpenAPI")))]
pub(crate) async fn serve() -> Response {
    static TEXT: LazyLock<Option<String>> = LazyLock::new(|| description().ok());
    match &*TEXT {
        Some(text) => ([(CONTENT_TYPE, "application/json")], text.as_str()).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
