//! What tickets are good for, and agents who pay them out.

use std::{
    sync::{Arc, PoisonError},
    time::Instant,
};

use axum::{Json, extract::State};
use ledger::{Refund, Store};
use request::StationId;
use serde::Deserialize;
use serde_json::{Value, json};
use sync::{TicketAnswer, TicketQuestion};
use ticket::{Code, Kind, NotGenuine};

use super::{
    Agent, Caller, Exchange, Problem,
    asked::{Path, Said},
    settled,
};

/// What a ticket is good for now. Names no person.
#[utoipa::path(post, path = "/v1/tickets/lookup", tag = "tickets",
    responses((status = 200, description = "The ticket's state"), (status = 401, description = "No valid certificate"),
        (status = 422, description = "Not a code")))]
pub(crate) async fn look_up(
    State(exchange): State<Arc<Exchange>>,
    caller: Caller,
    Said(body): Said,
) -> Result<Json<TicketAnswer>, Problem> {
    let question: TicketQuestion = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let code = Code::parse(&question.code).map_err(|_| Problem::Malformed)?;
    let now = Instant::now();
    let tries = || {
        exchange
            .tries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    };
    if !tries().admits(&caller.station, now) {
        return Ok(Json(TicketAnswer::TooManyTries));
    }
    let answer = answer(&exchange.issuer.store, &code)?;
    if answer == TicketAnswer::Unknown {
        tries().unknown(&caller.station, now);
    }
    Ok(Json(answer))
}

fn answer(store: &Store, code: &Code) -> Result<TicketAnswer, Problem> {
    if code.kind() == Kind::Refund {
        return Ok(match store.refund(&code.digits())? {
            Refund::Unknown => TicketAnswer::Unknown,
            Refund::Open { amount_won } => TicketAnswer::Owed { amount_won },
            Refund::Reserved => TicketAnswer::Busy,
            Refund::Spent => TicketAnswer::Used,
        });
    }
    // A receipt number brings nothing: how its petition stands is asked elsewhere.
    let Some(claim) = store.claim(&code.digits())? else {
        return Ok(TicketAnswer::Unknown);
    };
    let (copies, accepted_at) = (claim.copies_left(), claim.accepted_at);
    let service = claim.request.service;
    Ok(match (claim.request.declined, claim.request.fee) {
        (Some(reason), _) => TicketAnswer::Declined { service, reason },
        _ if copies == 0 => TicketAnswer::Used,
        _ if claim.collector.is_some() => TicketAnswer::Busy,
        (None, Some(fee)) if claim.record.is_some() => TicketAnswer::Ready {
            service,
            copies,
            fee,
            accepted_at,
        },
        _ => TicketAnswer::Waiting {
            service,
            accepted_at,
            fault: claim.fault,
        },
    })
}

/// Takes the key by which a station's tickets are known. The first one counts.
#[utoipa::path(post, path = "/v1/stations/{station}/ticket-key", tag = "tickets",
    params(("station" = String, Path)),
    responses((status = 200, description = "Known"), (status = 401, description = "No valid certificate"),
        (status = 403, description = "Another station"), (status = 409, description = "Another key is known"),
        (status = 422, description = "Not a key")))]
pub(crate) async fn tell_key(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    caller: Caller,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let told: String = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if caller.station != station {
        return Err(Problem::Forbidden);
    }
    if !ticket::is_key(&told) {
        return Err(Problem::Malformed);
    }
    let issuer = &exchange.issuer;
    let kept = issuer
        .store
        .keep_ticket_key(&station, &told, issuer.clock.now())?;
    if kept {
        Ok(Json(Value::Null))
    } else {
        Err(Problem::OtherKey)
    }
}

/// An agent's word that a refund ticket is paid out over the counter.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spending {
    amount_won: u32,
    /// The text of the ticket's QR code, where it was read.
    #[serde(default)]
    ticket: Option<String>,
}

/// Pays a refund ticket out over the counter, once.
#[utoipa::path(post, path = "/v1/refunds/{code}/spend", tag = "tickets",
    params(("code" = String, Path)),
    responses((status = 200, description = "Paid; the money may be handed over"),
        (status = 401, description = "No valid certificate"),
        (status = 403, description = "Not an agent"), (status = 404, description = "No such ticket"),
        (status = 409, description = "Paid before, being paid, another amount, or forged"),
        (status = 422, description = "Not a ticket")))]
pub(crate) async fn spend(
    State(exchange): State<Arc<Exchange>>,
    Agent(agent): Agent,
    Path(code): Path<String>,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let spending: Spending = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let code = Code::parse(&code).map_err(|_| Problem::Malformed)?;
    if code.kind() != Kind::Refund {
        return Err(Problem::Malformed);
    }
    let issuer = &exchange.issuer;
    if let Some(text) = &spending.ticket {
        let presented = genuine(&issuer.store, text)?;
        if presented.code != code || presented.amount_won != spending.amount_won {
            return Err(Problem::Forged(NotGenuine::Forged));
        }
    }
    issuer
        .store
        .spend_refund(
            &code.digits(),
            spending.amount_won,
            agent.as_str(),
            issuer.clock.now(),
        )?
        .map_err(Problem::NotPaid)?;
    // Money leaves on this answer.
    settled(&exchange).await?;
    Ok(Json(json!({ "paid_won": spending.amount_won })))
}

fn genuine(store: &Store, text: &str) -> Result<ticket::Ticket, Problem> {
    let station = ticket::read(text).map_err(Problem::Forged)?.station;
    let key = store.ticket_key(&StationId::new(station))?;
    ticket::verify(text, |_| key).map_err(Problem::Forged)
}
