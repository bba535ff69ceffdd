//! Documents that a citizen wants an agency to have, for the agents who send them.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use catalog::Bilingual;
use container::Document;
use ledger::{DeliveryStatus, NewDelivery};
use registry::message_id;
use request::{AgentId, DocumentNumber, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use sync::DeliveryRefusal;

use super::asked::{Path, Query, Said};
use super::{AtWork, Exchange, Problem, settled};
use crate::deliveries::Recipient;

/// Characters of a purpose.
const PURPOSE_MAX: usize = 200;

/// What an agent asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    number: DocumentNumber,
    /// The agency's id in the exchange's list.
    recipient: String,
    /// What the agency may use it for, in the citizen's words or the agency's.
    purpose: String,
    consent: Consent,
}

/// How the citizen has agreed that the agency gets it.
#[derive(Clone, Copy, serde::Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Consent {
    /// Agency and purpose were read aloud, and the citizen said yes.
    ReadAloud,
    Written,
}

pub(super) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/v1/recipients", get(recipients))
        .route("/v1/deliveries", get(list).post(send))
        .route("/v1/deliveries/{delivery}", get(status))
        .route("/v1/deliveries/{delivery}/again", post(again))
}

/// The agencies that take documents.
#[utoipa::path(get, path = "/v1/recipients", tag = "deliveries",
    responses((status = 200, description = "Id and title of each, in the order of their Korean titles"),
        (status = 403, description = "Not an agent")))]
pub(crate) async fn recipients(
    State(exchange): State<Arc<Exchange>>,
    AtWork(_): AtWork,
) -> Json<Value> {
    let each = exchange.issuer.recipients.in_order().into_iter();
    let each = each.map(|(id, it)| json!({ "id": id, "title": words(&it.title) }));
    Json(json!({ "recipients": each.collect::<Vec<_>>() }))
}

/// Sends a document to an agency; said again it is the same delivery.
#[utoipa::path(post, path = "/v1/deliveries", tag = "deliveries",
    responses((status = 202, description = "On its way, under which id"),
        (status = 403, description = "Not an agent"),
        (status = 404, description = "No such document or agency"),
        (status = 409, description = "The document is void, or there is no file of it"),
        (status = 410, description = "The document's term is over"),
        (status = 422, description = "No purpose, or a long one")))]
pub(crate) async fn send(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Said(body): Said,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let wanted: Wanted = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let purpose = wanted.purpose.trim();
    if purpose.is_empty() || purpose.chars().count() > PURPOSE_MAX {
        return Err(Problem::Delivery(DeliveryRefusal::Purpose));
    }
    let issuer = &exchange.issuer;
    let to = issuer.recipients.find(&wanted.recipient);
    let to = to.ok_or(Problem::Delivery(DeliveryRefusal::NoRecipient))?;
    let document = issuer.store.sendable(&wanted.number)?;
    let document = document.map_err(Problem::Delivery)?;
    let id = message_id(&format!("{} {}", wanted.number, wanted.recipient));
    let now = issuer.clock.now();
    let consent = consent(&wanted, to, &agent, now);
    let certificate = Document::new("certificate.pdf", "application/pdf", document.pdf);
    let consent = Document::new("consent.json", "application/json", consent);
    let documents = certificate.and_then(|it| Ok(vec![it, consent?]));
    let documents = documents.map_err(|_| Problem::Malformed)?;
    let container = issuer.certifier.pack(documents, now).await;
    let container = container.ok_or(Problem::Unsealed)?;
    let new = NewDelivery {
        id: &id,
        request: &document.request,
        number: &wanted.number,
        recipient: &wanted.recipient,
        agent: &agent,
        container: &container,
    };
    issuer.store.deliver(&new, now)?;
    under_way(&exchange, &id).await
}

/// Offers once more what its agency was away for too long to take: the same document
/// with the consent that was taken for it.
#[utoipa::path(post, path = "/v1/deliveries/{delivery}/again", tag = "deliveries",
    params(("delivery" = String, Path)),
    responses((status = 202, description = "On its way, under which id"),
        (status = 403, description = "Not an agent"),
        (status = 404, description = "None, or no such agency any more"),
        (status = 409, description = "It has not expired, or the document is void"),
        (status = 410, description = "The document's term is over")))]
pub(crate) async fn again(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path(delivery): Path<String>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let issuer = &exchange.issuer;
    let known = issuer.store.delivery(&delivery)?;
    let known = known.ok_or(Problem::NotFound)?;
    if issuer.recipients.find(&known.recipient).is_none() {
        return Err(Problem::Delivery(DeliveryRefusal::NoRecipient));
    }
    let document = issuer.store.sendable(&known.number)?;
    document.map_err(Problem::Delivery)?;
    let now = issuer.clock.now();
    if !issuer.store.deliver_again(&delivery, &agent, now)? {
        return Err(Problem::Delivery(DeliveryRefusal::NotExpired));
    }
    under_way(&exchange, &delivery).await
}

async fn under_way(exchange: &Exchange, id: &str) -> Result<(StatusCode, Json<Value>), Problem> {
    settled(exchange).await?;
    exchange.issuer.to_deliver.notify_one();
    Ok((StatusCode::ACCEPTED, Json(json!({ "delivery": id }))))
}

#[derive(Deserialize)]
pub(crate) struct OfDocument {
    number: DocumentNumber,
}

/// What became of each delivery of a document, and why it cannot be sent, if it cannot.
#[utoipa::path(get, path = "/v1/deliveries", tag = "deliveries",
    params(("number" = String, Query, description = "Of the document")),
    responses((status = 200, description = "Deliveries, the newest first; the refusal as the type of its problem"),
        (status = 403, description = "Not an agent")))]
pub(crate) async fn list(
    State(exchange): State<Arc<Exchange>>,
    AtWork(_): AtWork,
    Query(OfDocument { number }): Query<OfDocument>,
) -> Result<Json<Value>, Problem> {
    let store = &exchange.issuer.store;
    let refusal = store.sendable(&number)?.err();
    let deliveries = store.deliveries_of(number.as_str())?;
    let deliveries: Vec<Value> = deliveries.iter().map(told).collect();
    Ok(Json(json!({
        "number": number,
        "refusal": refusal.map(DeliveryRefusal::urn),
        "deliveries": deliveries,
    })))
}

/// What became of a delivery.
#[utoipa::path(get, path = "/v1/deliveries/{delivery}", tag = "deliveries",
    params(("delivery" = String, Path)),
    responses((status = 200, description = "Whether the agency has it, since when"),
        (status = 403, description = "Not an agent"), (status = 404, description = "None")))]
pub(crate) async fn status(
    State(exchange): State<Arc<Exchange>>,
    AtWork(_): AtWork,
    Path(delivery): Path<String>,
) -> Result<Json<Value>, Problem> {
    let found = exchange.issuer.store.delivery(&delivery)?;
    let status = found.ok_or(Problem::NotFound)?;
    Ok(Json(told(&status)))
}

fn told(status: &DeliveryStatus) -> Value {
    json!({
        "delivery": status.id,
        "number": status.number,
        "recipient": status.recipient,
        "asked_at": status.arose_at,
        "tries": status.tries,
        "end": status.end,
        "ended_at": status.settled_at,
        "receipt": status.receipt.is_some(),
    })
}

fn words(title: &Bilingual) -> Value {
    json!({ "ko": title.ko, "en": title.en })
}

/// The record of the consent, as the agency gets it beside the document.
fn consent(wanted: &Wanted, to: &Recipient, agent: &AgentId, at: Timestamp) -> Vec<u8> {
    let record = json!({
        "document": wanted.number,
        "recipient": { "id": wanted.recipient, "title": words(&to.title) },
        "purpose": wanted.purpose.trim(),
        "consent": wanted.consent,
        "taken_by": agent,
        "taken_at": at,
    });
    record.to_string().into_bytes()
}
