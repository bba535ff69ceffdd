//! Files of petitions: agents lay them there and read them; nothing here opens one.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{
            CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
            X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::{IntoResponse, Response},
};
use ledger::{Attachment, Attention};
use privacy::Personal;
use request::{Enclosure, RequestId};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::asked::{Path, Query, Said};
use super::attend;
use crate::{
    http::{AtWork, Exchange, Problem},
    petitions::file_kind,
};

/// Characters of a file's name.
const NAME_MAX: usize = 200;
/// Hexadecimal digits of a digest.
const DIGEST_DIGITS: usize = 64;

#[derive(Deserialize)]
pub(crate) struct Naming {
    #[serde(default)]
    name: String,
    /// It is meant for the citizen, with the answer; no door hands it out yet.
    #[serde(default)]
    with_answer: bool,
}

/// Lays a file to a petition. What it is, its own bytes say: PDF, PNG, JPEG, HWPX or
/// plain text; where `Content-Type` says something else, it is not kept.
#[utoipa::path(post, path = "/v1/petitions/{request}/files", tag = "petitions",
    params(("request" = String, Path), ("name" = Option<String>, Query), ("with_answer" = Option<bool>, Query)),
    responses((status = 200, description = "Its digest, and what it is"), (status = 403, description = "Not an agent"),
        (status = 404, description = "None, or it is over"), (status = 409, description = "It has been answered"),
        (status = 413, description = "Too large, or unpacks to too much"),
        (status = 415, description = "Of no kind that is kept, or not what it is said to be"),
        (status = 422, description = "Not a name of a file"), (status = 423, description = "Another agent has it")))]
pub(crate) async fn keep(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path(request): Path<RequestId>,
    Query(Naming { name, with_answer }): Query<Naming>,
    headers: HeaderMap,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    if name.chars().count() > NAME_MAX
        || name.chars().any(|it| it.is_control() || "/\\".contains(it))
    {
        return Err(Problem::Malformed);
    }
    let said = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let said = said.unwrap_or("").to_owned();
    let content = body.clone();
    // An archive is unpacked to be weighed.
    let weighed = tokio::task::spawn_blocking(move || file_kind::as_said(&content, &said)).await;
    let media_type = match weighed {
        Ok(found) => found.map_err(Problem::FileNotKept)?,
        Err(_) => return Err(Problem::Malformed),
    };
    let sha256 = format!("{:x}", Sha256::digest(&body));
    let issuer = &exchange.issuer;
    let attachment = Attachment {
        media_type: media_type.to_owned(),
        content: body.to_vec(),
    };
    let now = issuer.clock.now();
    if issuer.store.request(&request)?.is_none() {
        return Err(Problem::NotFound);
    }
    if !issuer
        .store
        .keep_attachment(&request, &sha256, &attachment, now)?
    {
        return Err(Problem::Full);
    }
    let enclosure = Enclosure {
        name: Personal::new(name),
        media_type: media_type.to_owned(),
        bytes: attachment.content.len() as u64,
        sha256: sha256.clone(),
    };
    let attention = Attention::Attach {
        enclosure,
        with_answer,
    };
    attend(&exchange, &request, attention, agent.as_str()).await?;
    Ok(Json(json!({ "sha256": sha256, "media_type": media_type })))
}

/// A file of a petition, to be saved and not to be shown.
#[utoipa::path(get, path = "/v1/petitions/{request}/files/{sha256}", tag = "petitions",
    params(("request" = String, Path), ("sha256" = String, Path)),
    responses((status = 200, description = "The file"), (status = 403, description = "Not an agent"),
        (status = 404, description = "None, or it is over")))]
pub(crate) async fn give(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path((request, sha256)): Path<(RequestId, String)>,
) -> Result<Response, Problem> {
    let is_digest =
        sha256.len() == DIGEST_DIGITS && sha256.bytes().all(|it| it.is_ascii_hexdigit());
    if !is_digest {
        return Err(Problem::NotFound);
    }
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let found = issuer
        .store
        .attachment(&request, &sha256, agent.as_str(), now)?;
    let Attachment {
        media_type,
        content,
    } = found.ok_or(Problem::NotFound)?;
    let kind = HeaderValue::from_str(&media_type).map_err(|_| Problem::Malformed)?;
    // Its own name stays out: a browser would take it for what it ends with.
    let to_be_saved = HeaderValue::from_str(&format!("attachment; filename=\"{sha256}\""))
        .map_err(|_| Problem::Malformed)?;
    let headers: [(HeaderName, HeaderValue); 5] = [
        (CONTENT_TYPE, kind),
        (CONTENT_DISPOSITION, to_be_saved),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("sandbox; default-src 'none'"),
        ),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, content).into_response())
}
