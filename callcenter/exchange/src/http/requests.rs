//! What citizens ask of their petitions and say of the answers, by receipt number: at a
//! station, or, of how a petition stands alone, from anywhere.

use std::{
    net::SocketAddr,
    sync::{Arc, PoisonError},
    time::Instant,
};

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::HeaderMap,
};
use ledger::NotDone;
use request::ServiceRequest;
use sync::{PetitionAnswer, PetitionQuestion, Standing};
use ticket::{Code, Kind};

use super::asked::{Path, Said};
use super::{Caller, Exchange, Problem, settled};
use crate::{petitions::is_answered, quota::QUESTION};

/// How a petition stands; nothing of who asked, or what. Anyone may ask who has its
/// receipt number.
#[utoipa::path(get, path = "/v1/requests/{receipt}/status", tag = "petitions",
    params(("receipt" = String, Path, description = "Sixteen digits; blanks and hyphens do not count")),
    responses((status = 200, description = "Each step with its day and its office, the office that has it now, the due date, \
        and whether it may be rated or appealed against"),
        (status = 404, description = "No petition has this number"), (status = 422, description = "Not a receipt number"),
        (status = 429, description = "Too many unknown numbers were asked about from there")))]
pub(crate) async fn status(
    State(exchange): State<Arc<Exchange>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Path(receipt): Path<String>,
) -> Result<Json<Standing>, Problem> {
    let receipt = receipt_number(&receipt)?;
    let page = &exchange.page;
    let source = page.source(peer, &headers);
    page.admit(source, QUESTION).map_err(Problem::TooMany)?;
    let Some(request) = exchange.issuer.store.petition_of(&receipt)? else {
        page.was_unknown(source);
        return Err(Problem::NotFound);
    };
    Ok(Json(exchange.issuer.standing(&request)?))
}

/// What a citizen asks of a petition at a station, or says of its answer.
#[utoipa::path(post, path = "/v1/requests/ask", tag = "petitions",
    responses((status = 200, description = "How it stands, the answer, or that a rating or an appeal was taken"),
        (status = 401, description = "No valid certificate"), (status = 422, description = "Not a question, or not a receipt number")))]
pub(crate) async fn ask(
    State(exchange): State<Arc<Exchange>>,
    caller: Caller,
    Said(body): Said,
) -> Result<Json<PetitionAnswer>, Problem> {
    let question: PetitionQuestion =
        serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let receipt = receipt_number(question.receipt())?;
    let now = Instant::now();
    let tries = || {
        let tries = exchange.tries.lock();
        tries.unwrap_or_else(PoisonError::into_inner)
    };
    if !tries().admits(&caller.station, now) {
        return Ok(Json(PetitionAnswer::TooManyTries));
    }
    let answer = match exchange.issuer.store.petition_of(&receipt)? {
        Some(request) => answer(&exchange, &receipt, &request, question).await?,
        None => PetitionAnswer::Unknown,
    };
    if matches!(answer, PetitionAnswer::Unknown | PetitionAnswer::NotTheirs) {
        tries().unknown(&caller.station, now);
    }
    Ok(Json(answer))
}

async fn answer(
    exchange: &Exchange,
    receipt: &str,
    request: &ServiceRequest,
    question: PetitionQuestion,
) -> Result<PetitionAnswer, Problem> {
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let done = match question {
        PetitionQuestion::Standing { .. } => {
            let standing = issuer.standing(request)?;
            return Ok(PetitionAnswer::Standing(Box::new(standing)));
        }
        PetitionQuestion::Answer {
            resident_number, ..
        } => {
            let applicant = request.applicant.as_ref();
            let is_theirs = applicant.is_some_and(|it| it.resident_number == resident_number);
            if !is_theirs {
                return Ok(PetitionAnswer::NotTheirs);
            }
            let reply = request.correspondence.reply.as_ref();
            let Some(reply) = reply.filter(|_| is_answered(request)) else {
                return Ok(PetitionAnswer::NotAnswered);
            };
            issuer
                .store
                .note("citizen", "read the answer to", request.id.as_str(), now)?;
            return Ok(PetitionAnswer::Answer {
                text: reply.text.clone(),
                decision: request.handling.decision,
            });
        }
        PetitionQuestion::Rate { stars, words, .. } => {
            issuer.store.rate(receipt, stars, words, now)?
        }
        PetitionQuestion::Appeal { text, .. } => {
            let Some(office) = issuer.appeal_office(request) else {
                return Ok(PetitionAnswer::NotTaken);
            };
            let done = issuer.store.appeal(receipt, office, text, now)?;
            issuer.route_petitions();
            done
        }
    };
    match done {
        Ok(()) => {
            settled(exchange).await?;
            Ok(PetitionAnswer::Taken)
        }
        Err(NotDone::Unknown | NotDone::Taken | NotDone::NoLead | NotDone::Refused(_)) => {
            Ok(PetitionAnswer::NotTaken)
        }
    }
}

fn receipt_number(typed: &str) -> Result<String, Problem> {
    let code = Code::parse(typed).map_err(|_| Problem::Malformed)?;
    match code.kind() {
        Kind::Receipt => Ok(code.digits()),
        Kind::Claim | Kind::Refund => Err(Problem::Malformed),
    }
}
