//! The bulletin board: handed in at kiosks and desks, read by a moderator, shown to all.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{FromRequestParts, State},
    http::request::Parts,
    routing::{get, post},
};
use board::{Draft, Edition, Local};
use catalog::Code;
use ledger::{Moderation, Posting};
use request::StationId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::asked::{Path, Query, Said};
use super::{Caller, Exchange, Problem, Supervisor, settled};
use crate::roster::Kind;

/// Notices that stand at once.
const BOARD_MAX: u32 = 500;
/// A notice stands for so long at most.
const DAYS_MAX: u64 = 90;
/// Characters of the reason a moderator gives.
const REASON_MAX: usize = 300;

/// For those who show a certificate.
pub(crate) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/v1/board", get(read))
        .route("/v1/board/postings", get(waiting).post(hand_in))
        .route("/v1/board/postings/{id}/decision", post(moderate))
}

/// A kiosk or a desk: whoever else has a line here writes nothing for citizens.
pub(crate) struct Writer(StationId);

impl<S: Sync> FromRequestParts<S> for Writer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match parts.extensions.get::<Kind>() {
            Some(Kind::Kiosk | Kind::Desk) => {}
            Some(Kind::TrainingRoom | Kind::Agent) | None => return Err(Problem::Forbidden),
        }
        Ok(Self(
            Caller::from_request_parts(parts, state).await?.station,
        ))
    }
}

/// Hands in what a citizen wrote, as plain text; it waits for a moderator.
#[utoipa::path(post, path = "/v1/board/postings", tag = "board",
    responses((status = 200, description = "It waits; handed in again it is the same one"),
        (status = 403, description = "Neither kiosk nor desk"),
        (status = 409, description = "Another posting has this name"),
        (status = 422, description = "Not a text of a bearable length below an open topic"),
        (status = 429, description = "Enough for a day, or as many wait as a moderator can read")))]
pub(crate) async fn hand_in(
    State(exchange): State<Arc<Exchange>>,
    Writer(station): Writer,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let draft: Draft = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    draft.check(&exchange.local).map_err(Problem::Draft)?;
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let taken = issuer.store.submit_posting(&station, &draft, now)?;
    taken.map_err(Problem::NotPosted)?;
    settled(&exchange).await?;
    tracing::info!(%station, topic = draft.topic, "A posting waits for a moderator");
    Ok(Json(json!({ "state": "waits" })))
}

#[derive(Serialize)]
pub(crate) struct Waiting {
    postings: Vec<Titled>,
}

/// A posting, with what its topic and district are called.
#[derive(Serialize)]
struct Titled {
    topic_title: Value,
    district_title: Value,
    #[serde(flatten)]
    posting: Posting,
}

fn titled(posting: Posting, local: &Local) -> Titled {
    // A topic may have gone from the catalogue since.
    let topic = local.topic(&posting.topic);
    let topic = topic.map_or((posting.topic.as_str(), posting.topic.as_str()), |it| {
        (it.title.ko.as_str(), it.title.en.as_str())
    });
    let district = posting.district.as_deref();
    let district = district.and_then(|it| local.district(it));
    let named = |code: &Code| json!({ "ko": code.ko, "en": code.en });
    Titled {
        topic_title: json!({ "ko": topic.0, "en": topic.1 }),
        district_title: district.map_or(Value::Null, named),
        posting,
    }
}

/// What waits for a moderator, the oldest first.
#[utoipa::path(get, path = "/v1/board/postings", tag = "board",
    responses((status = 200, description = "postings"), (status = 403, description = "Not a supervisor")))]
pub(crate) async fn waiting(
    State(exchange): State<Arc<Exchange>>,
    Supervisor(moderator): Supervisor,
) -> Result<Json<Waiting>, Problem> {
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let postings = issuer.store.waiting_postings(moderator.as_str(), now)?;
    let titled = |it| titled(it, &exchange.local);
    let postings = postings.into_iter().map(titled).collect();
    Ok(Json(Waiting { postings }))
}

/// What a moderator says.
#[derive(Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case", deny_unknown_fields)]
enum Judgment {
    Publish { days: u64 },
    Refuse { reason: String },
    TakeDown { reason: String },
}

/// Publishes a posting for a while, refuses it, or takes it down, with a reason.
#[utoipa::path(post, path = "/v1/board/postings/{id}/decision", tag = "board",
    params(("id" = String, Path)),
    responses((status = 200, description = "It is done"), (status = 403, description = "Not a supervisor"),
        (status = 404, description = "No such posting"),
        (status = 409, description = "It was decided upon otherwise"),
        (status = 422, description = "Not a decision: publish with days (1 to 90), refuse or take_down with reason")))]
pub(crate) async fn moderate(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
    Supervisor(moderator): Supervisor,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let said: Judgment = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let given = |reason: String| {
        let reason = reason.trim().to_owned();
        let fits = (1..=REASON_MAX).contains(&reason.chars().count());
        (fits && !reason.chars().any(char::is_control))
            .then_some(reason)
            .ok_or(Problem::Malformed)
    };
    let deed = match said {
        Judgment::Publish { days } if (1..=DAYS_MAX).contains(&days) => Moderation::Publish {
            stands: Duration::from_hours(24 * days),
        },
        Judgment::Publish { .. } => return Err(Problem::Malformed),
        Judgment::Refuse { reason } => Moderation::Refuse {
            reason: given(reason)?,
        },
        Judgment::TakeDown { reason } => Moderation::TakeDown {
            reason: given(reason)?,
        },
    };
    let done = issuer.store.moderate(&id, moderator.as_str(), &deed, now)?;
    done.map_err(Problem::NotModerated)?;
    settled(&exchange).await?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
pub(crate) struct Below {
    topic: Option<String>,
}

/// The board as it stands now, for stations to keep a copy and for everybody to read.
#[utoipa::path(get, path = "/v1/board", tag = "board",
    params(("topic" = Option<String>, Query)),
    responses((status = 200, description = "as_of and notices, the newest first")))]
pub(crate) async fn read(
    State(exchange): State<Arc<Exchange>>,
    Query(Below { topic }): Query<Below>,
) -> Result<Json<Edition>, Problem> {
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let mut notices = issuer.store.board(now, BOARD_MAX)?;
    if let Some(topic) = topic {
        notices.retain(|it| it.topic == topic);
    }
    Ok(Json(Edition {
        as_of: Some(now),
        notices,
    }))
}
