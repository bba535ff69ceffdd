//! Petitions, for the agents who read, take on and answer them.

pub(crate) mod files;
pub(crate) mod handling;

use std::sync::Arc;

use axum::{Json, extract::State};
use ledger::{Attention, NotDone, Petition};
use privacy::Personal;
use request::{Decision, Letter, LetterState, NotSentReason, Refusal, RequestId, RouteGround};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    AtWork, Exchange, Problem,
    asked::{Path, Said},
    settled,
};
use crate::petitions::{day, likeness};

/// More than an office has open; the oldest come first.
const PETITIONS_MAX: u32 = 200;
/// Characters of an agent's account.
const AGENT_MAX: usize = 64;
/// Characters of an answer.
const REPLY_MAX: usize = 20_000;

/// How far a petition has come.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Standing {
    /// Nobody has answered yet.
    Waiting,
    /// The answer is given and on its way.
    Replied,
    /// The mail server does not take the answer.
    NotSent,
    /// A crash came between: the answer may have gone out.
    MaybeSent,
}

fn standing(petition: &Petition) -> Standing {
    let letters = &petition.request.correspondence;
    match (&letters.reply, letters.state(Letter::Reply)) {
        (None, _) => Standing::Waiting,
        (Some(_), Some(LetterState::NotSent(NotSentReason::Refused))) => Standing::NotSent,
        (Some(_), Some(LetterState::NotSent(NotSentReason::Unknown))) => Standing::MaybeSent,
        (
            Some(_),
            None
            | Some(
                LetterState::Begun
                | LetterState::Sent
                | LetterState::NotSent(NotSentReason::Deferred),
            ),
        ) => Standing::Replied,
    }
}

fn row(exchange: &Exchange, petition: &Petition) -> Value {
    let (request, issuer) = (&petition.request, &exchange.issuer);
    let handling = &request.handling;
    let due_at = handling.due_at;
    let office = handling.office.as_ref().map(|code| {
        let name = issuer.office_name(code);
        json!({ "code": code, "name": name })
    });
    json!({
        "request": request.id,
        "service": request.service,
        "channel": request.channel,
        "submitted_at": petition.submitted_at,
        "due_at": due_at,
        "due_on": due_at.map(day),
        "late": petition.is_late(issuer.clock.now()),
        "extended": handling.extended,
        "receipt": handling.receipt,
        "office": office,
        "ground": handling.ground.as_ref().map(ground),
        "leading": handling.leading.as_ref().map(|(id, _)| id),
        "appealed": handling.appeal.is_some(),
        "subject": request.answers.get("subject"),
        "assigned_to": request.correspondence.assigned_to,
        "standing": standing(petition),
    })
}

/// Why it came to its first office, for whoever wonders.
fn ground(ground: &RouteGround) -> Value {
    match ground {
        RouteGround::Rule {
            rule,
            word,
            district,
        } => json!({ "rule": rule, "word": word, "district": district }),
        RouteGround::GeneralDesk => json!({ "general_desk": true }),
    }
}

/// Petitions that are not over, the oldest first.
#[utoipa::path(get, path = "/v1/petitions", tag = "petitions",
    responses((status = 200, description = "Which, since when, about what and with whom"),
        (status = 403, description = "Not an agent")))]
pub(crate) async fn list(
    State(exchange): State<Arc<Exchange>>,
    AtWork(_): AtWork,
) -> Result<Json<Value>, Problem> {
    let petitions = exchange.issuer.store.petitions(PETITIONS_MAX)?;
    let rows: Vec<Value> = petitions.iter().map(|it| row(&exchange, it)).collect();
    Ok(Json(json!({ "petitions": rows })))
}

/// One petition with everything in it; it is noted who read it.
#[utoipa::path(get, path = "/v1/petitions/{request}", tag = "petitions",
    params(("request" = String, Path)),
    responses((status = 200, description = "Who wrote what, and what was answered"),
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
    let letters = &petition.request.correspondence;
    let sender = letters.sender.as_ref();
    let mut whole = row(&exchange, &petition);
    let handling = &petition.request.handling;
    let open = issuer.store.petitions(PETITIONS_MAX)?;
    let like: Vec<Value> = likeness::like(&petition.request, &open)
        .into_iter()
        .map(|it| json!({ "request": it.request, "percent": it.percent, "same_person": it.same_person }))
        .collect();
    let files: Vec<Value> = handling
        .attachments
        .iter()
        .map(|it| json!({ "enclosure": it.enclosure, "with_answer": it.with_answer }))
        .collect();
    let decides = issuer
        .catalog
        .accepted_service(&petition.request.service)
        .is_some_and(|it| it.decides);
    let applicant = petition.request.applicant.as_ref();
    let said = json!({
        "name": sender.map(|it| &it.name).or(applicant.map(|it| &it.name)),
        "address": sender.map(|it| &it.address),
        "text": petition.request.answers.get("text"),
        "enclosures": letters.enclosures,
        "files": files,
        "like": like,
        "joined": issuer.store.joined_to(&request)?,
        "decides": decides,
        "appeal": handling.appeal.as_ref().map(|it| &it.text),
        "earlier_replies": letters.earlier_replies.iter().map(|it| &it.text).collect::<Vec<_>>(),
        "reply": letters.reply.as_ref().map(|it| json!({ "agent": it.agent, "text": it.text })),
    });
    if let (Value::Object(whole), Value::Object(said)) = (&mut whole, said) {
        whole.extend(said);
    }
    Ok(Json(whole))
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
