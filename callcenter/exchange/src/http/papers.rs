//! Whether a paper counts, for citizens who ask at a kiosk.

use std::{
    sync::{Arc, PoisonError},
    time::Instant,
};

use axum::{Json, extract::State};
use ledger::{Paper, Particulars};
use sync::{PaperAnswer, PaperQuestion};

use super::{Caller, Exchange, Problem, asked::Said};

/// Longer than any number, as it stands on a paper.
const NUMBER_MAX: usize = 32;

/// Whether a paper with this number counts, and what kind it is. Names no person.
#[utoipa::path(post, path = "/v1/papers/lookup", tag = "documents",
    responses((status = 200, description = "What is known of the number"), (status = 401, description = "No valid certificate"),
        (status = 422, description = "Not a number")))]
pub(crate) async fn look_up(
    State(exchange): State<Arc<Exchange>>,
    caller: Caller,
    Said(body): Said,
) -> Result<Json<PaperAnswer>, Problem> {
    let question: PaperQuestion = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let number = question.number;
    if number.as_str().is_empty() || number.as_str().len() > NUMBER_MAX {
        return Err(Problem::Malformed);
    }
    let now = Instant::now();
    let tries = || {
        let tries = exchange.paper_tries.lock();
        tries.unwrap_or_else(PoisonError::into_inner)
    };
    if !tries().admits(&caller.station, now) {
        return Ok(Json(PaperAnswer::TooManyTries));
    }
    let answer = answer(exchange.issuer.store.particulars(&number)?);
    if answer == PaperAnswer::Unknown {
        tries().unknown(&caller.station, now);
    }
    Ok(Json(answer))
}

fn answer(found: Particulars) -> PaperAnswer {
    let Particulars {
        paper,
        service,
        made_at,
        replaced,
    } = found;
    match paper {
        Paper::Valid => PaperAnswer::Valid { service, made_at },
        Paper::Void => PaperAnswer::Void {
            service,
            made_at,
            replaced,
        },
        Paper::Leased => PaperAnswer::Leased { service },
        Paper::Unknown => PaperAnswer::Unknown,
    }
}
