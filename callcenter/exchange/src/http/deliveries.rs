//! Documents that a citizen wants an agency to have, for the agents who send them.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use container::Document;
use ledger::NewDelivery;
use registry::message_id;
use request::{AgentId, DocumentNumber, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::asked::{Path, Said};
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

/// Sends a document to an agency; said again it is the same delivery.
#[utoipa::path(post, path = "/v1/deliveries", tag = "deliveries",
    responses((status = 202, description = "On its way, under which id"),
        (status = 403, description = "Not an agent"),
        (status = 404, description = "No such document or agency"),
        (status = 422, description = "No purpose")))]
pub(crate) async fn send(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Said(body): Said,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let wanted: Wanted = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let purpose = wanted.purpose.trim();
    if purpose.is_empty() || purpose.chars().count() > PURPOSE_MAX {
        return Err(Problem::Malformed);
    }
    let issuer = &exchange.issuer;
    let to = (issuer.recipients.find(&wanted.recipient)).ok_or(Problem::NotFound)?;
    let request = (issuer.store).request_of_document(&wanted.number)?;
    let pdf = issuer.store.pdf(wanted.number.as_str())?;
    let (Some(request), Some(pdf)) = (request, pdf) else {
        return Err(Problem::NotFound);
    };
    let id = message_id(&format!("{} {}", wanted.number, wanted.recipient));
    let now = issuer.clock.now();
    let consent = consent(&wanted, to, &agent, now);
    let certificate = Document::new("certificate.pdf", "application/pdf", pdf);
    let consent = Document::new("consent.json", "application/json", consent);
    let documents = certificate.and_then(|it| Ok(vec![it, consent?]));
    let documents = documents.map_err(|_| Problem::Malformed)?;
    let container = issuer.certifier.pack(documents, now).await;
    let container = container.ok_or(Problem::Unsealed)?;
    let new = NewDelivery {
        id: &id,
        request: &request,
        number: &wanted.number,
        recipient: &wanted.recipient,
        agent: &agent,
        container: &container,
    };
    issuer.store.deliver(&new, now)?;
    settled(&exchange).await?;
    issuer.to_deliver.notify_one();
    Ok((StatusCode::ACCEPTED, Json(json!({ "delivery": id }))))
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
    Ok(Json(json!({
        "number": status.number,
        "recipient": status.recipient,
        "asked_at": status.arose_at,
        "tries": status.tries,
        "end": status.end,
        "ended_at": status.settled_at,
        "receipt": status.receipt.is_some(),
    })))
}

/// The record of the consent, as the agency gets it beside the document.
fn consent(wanted: &Wanted, to: &Recipient, agent: &AgentId, at: Timestamp) -> Vec<u8> {
    let record = json!({
        "document": wanted.number,
        "recipient": { "id": wanted.recipient, "title": { "ko": to.title.ko, "en": to.title.en } },
        "purpose": wanted.purpose.trim(),
        "consent": wanted.consent,
        "taken_by": agent,
        "taken_at": at,
    });
    record.to_string().into_bytes()
}
