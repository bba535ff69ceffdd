//! What an agency has to serve: every service of the networks as X-Road paths (OpenAPI
//! 3.1; X-Road: Message Protocol for REST, clauses 4.3 and 5.1).

use catalog::{Catalog, Network, Question, QuestionKind, Service};
use registry::header;
use serde_json::{Map, Value, json};

use super::address;

/// The description of all networks of a catalogue, with each service's record and an
/// invented example of it.
pub fn describe_networks(catalog: &Catalog) -> Value {
    let mut paths = Map::new();
    for service in catalog.services() {
        let Some(network) = catalog.network(&service.network) else {
            continue;
        };
        let record = json_of(&service.record_schema);
        let example = json_of(&service.sample);
        let parameters = parameters(catalog, service);
        let asked = address(network, &service.query);
        let one = operation(
            network,
            service,
            &asked.to_string(),
            parameters.clone(),
            record.clone(),
            example,
        );
        paths.insert(asked.path(), json!({ "post": one }));
        if let Some(rule) = service.lease() {
            let asked = address(network, &rule.snapshot);
            let none = json!({ "records": [] });
            let all = snapshot(parameters, record);
            let many = operation(
                network,
                service,
                &asked.to_string(),
                parameters_of_none(),
                all,
                none,
            );
            paths.insert(asked.path(), json!({ "post": many }));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Records for Minwon",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What the data networks answer, as it is asked of a security server.",
        },
        "tags": catalog.networks().map(|it| json!({
            "name": it.id.as_str(), "description": it.agency.en,
        })).collect::<Vec<_>>(),
        "paths": paths,
    })
}

fn operation(
    network: &Network,
    service: &Service,
    address: &str,
    parameters: Value,
    record: Value,
    example: Value,
) -> Value {
    json!({
        "operationId": address.rsplit('/').next(),
        "summary": service.title.en,
        "description": service.summary.en,
        "tags": [network.id.as_str()],
        "parameters": [
            required_header(header::CLIENT, json!({ "type": "string", "pattern": "^[^/]+(/[^/]+){3}$" })),
            required_header(header::ID, json!({ "type": "string", "format": "uuid" })),
            required_header(header::ISSUE, json!({ "type": "string", "minLength": 1 })),
        ],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": parameters } },
        },
        "responses": {
            "200": {
                "description": "The record.",
                "headers": headers(address),
                "content": { "application/json": {
                    "schema": record,
                    "examples": { "sample": { "value": example } },
                } },
            },
            "404": {
                "description": "The agency has no such record.",
                "headers": headers(address),
                "content": { "application/json": { "schema": { "type": "object" } } },
            },
            "429": {
                "description": "Asked too often.",
                "headers": { "Retry-After": { "schema": { "type": "string" } } },
            },
            "500": {
                "description": "Without X-Road-Error the agency's own failure, else X-Road's.",
                "headers": { header::ERROR: { "schema": { "type": "string" } } },
            },
        },
    })
}

/// What every security server adds to an answer (PR-REST, 4.4).
fn headers(address: &str) -> Value {
    json!({
        header::ID: { "required": true, "schema": { "type": "string", "format": "uuid" } },
        header::SERVICE: { "required": true, "schema": { "type": "string", "const": address } },
        header::REQUEST_ID: { "schema": { "type": "string", "format": "uuid" } },
    })
}

fn required_header(name: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "header", "required": true, "schema": schema })
}

/// The question's body.
fn parameters(catalog: &Catalog, service: &Service) -> Value {
    let properties: Map<String, Value> = service
        .parameters
        .iter()
        .map(|(name, source)| (name.clone(), parameter(catalog, service, source)))
        .collect();
    let names: Vec<&String> = service.parameters.keys().collect();
    json!({
        "type": "object", "additionalProperties": false,
        "required": names, "properties": properties,
    })
}

fn parameters_of_none() -> Value {
    json!({ "type": "object", "additionalProperties": false })
}

/// All records at once, for leases.
fn snapshot(query: Value, record: Value) -> Value {
    json!({
        "type": "object", "additionalProperties": false, "required": ["records"],
        "properties": { "records": { "type": "array", "items": {
            "type": "object", "additionalProperties": false, "required": ["query", "record"],
            "properties": { "query": query, "record": record },
        } } },
    })
}

fn parameter(catalog: &Catalog, service: &Service, source: &str) -> Value {
    match source.split_once('.') {
        Some(("answer", id)) => {
            let question = service.questions.iter().find(|it| it.id == id);
            question.map_or(json!({ "type": "string" }), |it| answer(catalog, it))
        }
        Some(("option", id)) => {
            let choices = service.option(id).map_or(&[][..], |it| &it.choices[..]);
            let ids: Vec<&str> = choices.iter().map(|it| it.id.as_str()).collect();
            json!({ "type": "string", "enum": ids })
        }
        _ => json!({ "type": "string", "pattern": "^[0-9]{13}$" }),
    }
}

fn answer(catalog: &Catalog, question: &Question) -> Value {
    let mut schema = json!({ "type": "string", "maxLength": question.limit });
    let list = question.codes.as_ref().and_then(|name| catalog.codes(name));
    match question.kind {
        QuestionKind::List => {
            let codes = list.iter().flat_map(|it| &it.codes);
            schema["enum"] = codes.map(|it| it.code.as_str()).collect();
        }
        QuestionKind::ParcelNumber => {
            schema["pattern"] = json!("^[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?$");
        }
        QuestionKind::Date => schema["format"] = json!("date"),
        QuestionKind::Digits => schema["pattern"] = json!("^[0-9]+$"),
        QuestionKind::Code => schema["pattern"] = json!("^[A-Z0-9-]+$"),
        QuestionKind::Text => {}
    }
    schema
}

/// The catalogue's loader does not read these files; one that is no JSON is described as
/// anything.
fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!({}))
}
