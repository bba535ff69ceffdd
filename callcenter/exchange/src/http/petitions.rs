//! Petitions, for the agents who read, take on and answer them.

pub(crate) mod files;
pub(crate) mod handling;
mod telling;

use std::sync::Arc;

use axum::{Json, extract::State};
use ledger::{Attention, NotDone};
use privacy::Personal;
use request::{Decision, Refusal, RequestId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    AtWork, Exchange, Problem,
    asked::{Path, Query, Said},
    settled,
};

/// Rows of a page.
const PAGE_MAX: u32 = 100;
/// Characters of an agent's account.
const AGENT_MAX: usize = 64;
/// Characters of an answer.
const REPLY_MAX: usize = 20_000;

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// Where the page before ended, as it said.
    after: Option<String>,
    limit: Option<u32>,
}

/// Petitions that are not over, a page of them: those that want an answer first, the
/// earlier due before the later.
#[utoipa::path(get, path = "/v1/petitions", tag = "petitions",
    params(("after" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Rows of a page, 1 to 100")),
    responses((status = 200, description = "Which, since when, about what and with whom; how many in all, and where the next page begins"),
        (status = 403, description = "Not an agent"), (status = 422, description = "No such place, or too long a page")))]
pub(crate) async fn list(
    State(exchange): State<Arc<Exchange>>,
    AtWork(_): AtWork,
    Query(Asked { after, limit }): Query<Asked>,
) -> Result<Json<Value>, Problem> {
    let after = after.map(|it| telling::place(&it).ok_or(Problem::Malformed));
    let limit = limit.unwrap_or(PAGE_MAX);
    if !(1..=PAGE_MAX).contains(&limit) {
        return Err(Problem::Malformed);
    }
    let after = after.transpose()?;
    let store = &exchange.issuer.store;
    let page = store.petitions_by_urgency(after.as_ref(), limit)?;
    let rows: Vec<Value> = (page.petitions.iter())
        .map(|it| telling::row(&exchange, it))
        .collect();
    let next = page.next.as_ref().map(telling::place_in_words);
    Ok(Json(
        json!({ "petitions": rows, "total": page.total, "next": next }),
    ))
}

/// One petition with everything in it, and what happened to it; it is noted who read it.
#[utoipa::path(get, path = "/v1/petitions/{request}", tag = "petitions",
    params(("request" = String, Path)),
    responses((status = 200, description = "Who wrote what, what was answered, and each step with its reason"),
        (status = 403, description = "Not an agent"), (status = 404, description = "None, or it is over")))]
pub(crate) async fn read(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path(request): Path<RequestId>,
) -> Result<Json<Value>, Problem> {
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let petition = issuer.store.read_petition(&request, agent.as_str(), now)?;
    let petition = petition.ok_or(Problem::NotFound)?;
    Ok(Json(telling::whole(&exchange, &petition)?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assignment {
    /// None takes it on oneself, unless another has it.
    #[serde(default)]
    to: Option<String>,
}

/// Says who is to answer; `{}` takes it on oneself, unless another has it.
#[utoipa::path(post, path = "/v1/petitions/{request}/assign", tag = "petitions",
    params(("request" = String, Path)),
    responses((status = 200, description = "Noted, with its audit row"),
        (status = 403, description = "Not an agent"), (status = 404, description = "None, or it is over"),
        (status = 409, description = "It has been answered"), (status = 423, description = "Another agent has it")))]
pub(crate) async fn assign(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path(request): Path<RequestId>,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let said: Assignment = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let (to, attention) = match said.to {
        Some(to) if to.is_empty() || to.chars().count() > AGENT_MAX => {
            return Err(Problem::Malformed);
        }
        Some(to) => (to.clone(), Attention::Assign { to }),
        None => (agent.as_str().to_owned(), Attention::Take),
    };
    attend(&exchange, &request, attention, agent.as_str()).await?;
    Ok(Json(json!({ "assigned_to": to })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    text: Personal<String>,
    #[serde(default)]
    decision: Option<Decision>,
}

/// Answers a petition: `{"text"}`, of a request for information with its `"decision"`. The
/// station that a letter came by sends the answer; all others are read by receipt number.
/// Those that are joined to it are answered like it. The same answer by the same agent is
/// taken as often as it is said.
#[utoipa::path(post, path = "/v1/petitions/{request}/reply", tag = "petitions",
    params(("request" = String, Path)),
    responses((status = 200, description = "It will be sent, once"),
        (status = 403, description = "Not an agent"), (status = 404, description = "None, or it is over"),
        (status = 409, description = "It has been answered"), (status = 422, description = "No words, too many, or no decision where one is due"),
        (status = 423, description = "Another agent has it")))]
pub(crate) async fn reply(
    State(exchange): State<Arc<Exchange>>,
    AtWork(agent): AtWork,
    Path(request): Path<RequestId>,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let Words { text, decision } = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if text.chars() > REPLY_MAX {
        return Err(Problem::Malformed);
    }
    let issuer = &exchange.issuer;
    let found = issuer.store.request(&request)?.ok_or(Problem::NotFound)?;
    let service = issuer.catalog.accepted_service(&found.service);
    if service.is_some_and(|it| it.decides) != decision.is_some() {
        return Err(Problem::Malformed);
    }
    let reply = Attention::Reply {
        text,
        decision,
        open_until: Some(issuer.open_until(&found, issuer.clock.now())),
    };
    attend(&exchange, &request, reply, agent.as_str()).await?;
    Ok(Json(json!({ "replied": request })))
}

async fn attend(
    exchange: &Exchange,
    request: &RequestId,
    attention: Attention,
    agent: &str,
) -> Result<(), Problem> {
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    match issuer.store.attend(request, attention, agent, now)? {
        Ok(()) => {}
        Err(NotDone::Unknown) => return Err(Problem::NotFound),
        Err(NotDone::Taken) => return Err(Problem::Taken),
        Err(NotDone::NoLead) => return Err(Problem::NoLead),
        Err(NotDone::Refused(Refusal::EmptyReply | Refusal::Words)) => {
            return Err(Problem::Malformed);
        }
        Err(NotDone::Refused(refusal)) => return Err(Problem::Petition(refusal)),
    }
    issuer.published.notify_waiters();
    settled(exchange).await
}
