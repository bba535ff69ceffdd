//! Rooms in which kiosks wait for an agent. In memory alone: nothing that is said
//! in one is ever written down here.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::HeaderMap,
    routing::{get, post},
};
use handover::{
    Delivery, DeskAnswer, DeskQuestion, FromDesk, FromKiosk, KioskAnswer, KioskQuestion, Opening,
    Posting, RoomId, Rooms, WaitingRooms,
};
use request::AgentId;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Caller, Desk, Exchange, Kiosk, Problem,
    asked::{Path, Query, Said},
};

/// A posting is a handful of short lines or one form.
const BODY_BYTES_MAX: usize = 128 << 10;

pub(super) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/v1/rooms", get(list).post(open))
        .route("/v1/rooms/{room}/take", post(take))
        .route("/v1/rooms/{room}/kiosk", post(post_of_kiosk))
        .route("/v1/rooms/{room}/desk", post(post_of_desk))
        .route("/v1/rooms/{room}/close", post(close))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// A kiosk's citizen waits for an agent.
#[utoipa::path(post, path = "/v1/rooms", tag = "rooms",
    responses((status = 200, description = "The room; one the kiosk had before is over"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Not a kiosk"),
        (status = 422, description = "Not an opening"), (status = 503, description = "Too many wait")))]
pub(crate) async fn open(
    State(exchange): State<Arc<Exchange>>,
    Kiosk(caller): Kiosk,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let opening: Opening = read(&body)?;
    let question = KioskQuestion::Open(opening);
    let answer = of_kiosk(&exchange, &caller, 0, question).await?;
    match answer {
        KioskAnswer::Opened(room) => Ok(Json(json!({ "room": room }))),
        KioskAnswer::Delivered(_) | KioskAnswer::Closed => Err(Problem::Malformed),
    }
}

#[derive(Deserialize)]
pub(crate) struct Listing {
    #[serde(default)]
    known: u64,
    /// Seconds to hold the question when the list is still of that edition.
    #[serde(default)]
    wait: u64,
}

/// Who waits; nothing of a person.
#[utoipa::path(get, path = "/v1/rooms", tag = "rooms",
    params(("known" = Option<u64>, Query), ("wait" = Option<u64>, Query)),
    responses((status = 200, description = "The rooms nobody has taken, the longest waiting first"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Not a desk")))]
pub(crate) async fn list(
    State(exchange): State<Arc<Exchange>>,
    Desk(caller): Desk,
    Query(Listing { known, wait }): Query<Listing>,
) -> Result<Json<WaitingRooms>, Problem> {
    let held = Duration::from_secs(wait);
    let question = DeskQuestion::List { known, wait: held };
    match of_desk(&exchange, &caller, wait, question).await? {
        DeskAnswer::Listed(waiting) => Ok(Json(waiting)),
        DeskAnswer::Taken(_) | DeskAnswer::Delivered(_) => Err(Problem::Malformed),
    }
}

#[derive(Deserialize)]
pub(crate) struct Taking {
    /// Who works at the desk; a badge proves it.
    agent: AgentId,
}

/// An agent comes; no other can any more.
#[utoipa::path(post, path = "/v1/rooms/{room}/take", tag = "rooms",
    params(("room" = String, Path)),
    responses((status = 200, description = "This desk has it"), (status = 401, description = "No valid certificate"),
        (status = 403, description = "Not a desk, or not believed who works there"),
        (status = 409, description = "Another desk has it"),
        (status = 410, description = "It is over"), (status = 422, description = "No agent is named")))]
pub(crate) async fn take(
    State(exchange): State<Arc<Exchange>>,
    Desk(caller): Desk,
    Path(room): Path<RoomId>,
    headers: HeaderMap,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let Taking { agent } = read(&body)?;
    if !identity::is_plain(agent.as_str()) {
        return Err(Problem::Malformed);
    }
    let agent = exchange.agent_at(&caller, &headers, agent)?;
    let question = DeskQuestion::Take {
        room: room.clone(),
        agent,
    };
    of_desk(&exchange, &caller, 0, question).await?;
    tracing::info!(desk = %caller.station, %room, "A desk took a room");
    Ok(Json(json!({ "room": room })))
}

#[derive(Deserialize)]
pub(crate) struct Holding {
    /// Seconds to hold the question when there is no news.
    #[serde(default)]
    wait: u64,
}

/// What a kiosk says, and what the desk has said.
#[utoipa::path(post, path = "/v1/rooms/{room}/kiosk", tag = "rooms",
    params(("room" = String, Path), ("wait" = Option<u64>, Query)),
    responses((status = 200, description = "Messages in order, perhaps none, and who is there"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Not a kiosk"),
        (status = 409, description = "A message before these has not come"),
        (status = 410, description = "It is over, or another kiosk's"),
        (status = 422, description = "Not a posting"), (status = 429, description = "More than the desk has fetched")))]
pub(crate) async fn post_of_kiosk(
    State(exchange): State<Arc<Exchange>>,
    Kiosk(caller): Kiosk,
    Path(room): Path<RoomId>,
    Query(Holding { wait }): Query<Holding>,
    Said(body): Said,
) -> Result<Json<Delivery<FromDesk>>, Problem> {
    let posting: Posting<FromKiosk> = read(&body)?;
    let held = Duration::from_secs(wait);
    let question = KioskQuestion::Post {
        room,
        posting,
        wait: held,
    };
    match of_kiosk(&exchange, &caller, wait, question).await? {
        KioskAnswer::Delivered(delivery) => Ok(Json(delivery)),
        KioskAnswer::Opened(_) | KioskAnswer::Closed => Err(Problem::Malformed),
    }
}

/// What a desk says, and what the kiosk has said.
#[utoipa::path(post, path = "/v1/rooms/{room}/desk", tag = "rooms",
    params(("room" = String, Path), ("wait" = Option<u64>, Query)),
    responses((status = 200, description = "Messages in order, perhaps none"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Not a desk"),
        (status = 409, description = "This desk has not taken it, or a message before these has not come"),
        (status = 410, description = "It is over"),
        (status = 422, description = "Not a posting"), (status = 429, description = "More than the kiosk has fetched")))]
pub(crate) async fn post_of_desk(
    State(exchange): State<Arc<Exchange>>,
    Desk(caller): Desk,
    Path(room): Path<RoomId>,
    Query(Holding { wait }): Query<Holding>,
    Said(body): Said,
) -> Result<Json<Delivery<FromKiosk>>, Problem> {
    let posting: Posting<FromDesk> = read(&body)?;
    let held = Duration::from_secs(wait);
    let question = DeskQuestion::Post {
        room,
        posting,
        wait: held,
    };
    match of_desk(&exchange, &caller, wait, question).await? {
        DeskAnswer::Delivered(delivery) => Ok(Json(delivery)),
        DeskAnswer::Listed(_) | DeskAnswer::Taken(_) => Err(Problem::Malformed),
    }
}

/// The citizen has ended, or has gone.
#[utoipa::path(post, path = "/v1/rooms/{room}/close", tag = "rooms",
    params(("room" = String, Path)),
    responses((status = 200, description = "Nothing of it is left"), (status = 401, description = "No valid certificate"),
        (status = 403, description = "Not a kiosk")))]
pub(crate) async fn close(
    State(exchange): State<Arc<Exchange>>,
    Kiosk(caller): Kiosk,
    Path(room): Path<RoomId>,
) -> Result<Json<Value>, Problem> {
    of_kiosk(&exchange, &caller, 0, KioskQuestion::Close { room }).await?;
    Ok(Json(Value::Null))
}

/// Keeps the place of what cannot be read, not its text.
fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|_| Problem::Malformed)
}

async fn of_kiosk(
    exchange: &Exchange,
    caller: &Caller,
    wait: u64,
    question: KioskQuestion,
) -> Result<KioskAnswer, Problem> {
    let (known, rings) = match &question {
        KioskQuestion::Post { posting, .. } => {
            (posting.known.clone(), !posting.messages.is_empty())
        }
        KioskQuestion::Open(_) | KioskQuestion::Close { .. } => (None, true),
    };
    let ask =
        |rooms: &mut Rooms| rooms.handle_kiosk(&caller.station, question.clone(), Instant::now());
    let is_news = |answer: &KioskAnswer| match answer {
        KioskAnswer::Delivered(it) => it.is_news(known.as_ref()),
        KioskAnswer::Opened(_) | KioskAnswer::Closed => true,
    };
    let answer = exchange.rooms.held(wait, rings, ask, is_news).await;
    let answer = answer.map_err(Problem::Room)?;
    caller.check_again(exchange)?;
    Ok(answer)
}

async fn of_desk(
    exchange: &Exchange,
    caller: &Caller,
    wait: u64,
    question: DeskQuestion,
) -> Result<DeskAnswer, Problem> {
    let (known, edition, rings) = match &question {
        DeskQuestion::Post { posting, .. } => {
            (posting.known.clone(), 0, !posting.messages.is_empty())
        }
        DeskQuestion::List { known, .. } => (None, *known, false),
        DeskQuestion::Take { .. } => (None, 0, true),
    };
    let ask =
        |rooms: &mut Rooms| rooms.handle_desk(&caller.station, question.clone(), Instant::now());
    let is_news = |answer: &DeskAnswer| match answer {
        DeskAnswer::Delivered(it) => it.is_news(known.as_ref()),
        DeskAnswer::Listed(it) => it.edition != edition,
        DeskAnswer::Taken(_) => true,
    };
    let answer = exchange.rooms.held(wait, rings, ask, is_news).await;
    let answer = answer.map_err(Problem::Room)?;
    caller.check_again(exchange)?;
    Ok(answer)
}
