//! What a network's answer means.

use std::time::Duration;

use serde_json::Value;

use crate::{Address, Question, header, patience};

/// An answer as it came.
pub struct Answer<'a> {
    pub status: u16,
    /// The first value of a header, by its name in any case.
    pub header: &'a dyn Fn(&str) -> Option<String>,
    pub body: &'a [u8],
}

/// Why there is no record. Holds nothing of the question or the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the network cannot be reached")]
    Unreachable,
    #[error("the network did not answer in time")]
    TimedOut,
    /// Our own security server could not send the question: no network is reached.
    #[error("our security server could not send the question")]
    Unsent,
    /// The agency's security server, or what lies behind it.
    #[error("X-Road could not deliver the question")]
    Undelivered,
    /// Our own question was wrong: a matter for whoever runs the exchange.
    #[error("X-Road refused the question as ours to correct")]
    Rejected,
    #[error("the agency failed ({0})")]
    Failing(u16),
    /// Too many questions in too short a time (RFC 6585, section 4), or a service that
    /// says when it will be back (RFC 9110, 15.6.4); for how long, if it says so.
    #[error("the network asks for patience")]
    Throttled(Option<Duration>),
    #[error("there is no such record")]
    NotFound,
    #[error("the answer makes no sense")]
    Nonsense,
}

/// Takes the record out of an answer (PR-REST, clauses 4.4 and 4.7): only the
/// presence of `X-Road-Error` tells a failing X-Road from a failing agency, and only
/// the headers every security server adds tell an agency's word from whatever else
/// answers at that address.
///
/// # Errors
/// When the answer is an error, belongs to another question or is not JSON.
pub fn read(question: &Question, answer: &Answer<'_>) -> Result<Value, Fault> {
    check(&question.id, &question.service, answer)?;
    serde_json::from_slice(answer.body).map_err(|_| Fault::Nonsense)
}

/// As [`read`], of an answer that need not be JSON.
///
/// # Errors
/// When the answer is an error or belongs to another question.
pub fn check(id: &str, service: &Address, answer: &Answer<'_>) -> Result<(), Fault> {
    if let Some(kind) = (answer.header)(header::ERROR) {
        return Err(failed(&kind));
    }
    let ours = is_answer_to(id, service, answer);
    match answer.status {
        200 if ours => Ok(()),
        404 if ours => Err(Fault::NotFound),
        429 => Err(Fault::Throttled(patience::wanted(answer))),
        503 if (answer.header)("retry-after").is_some() => {
            Err(Fault::Throttled(patience::wanted(answer)))
        }
        status if status >= 500 => Err(Fault::Failing(status)),
        _ => Err(Fault::Nonsense),
    }
}

/// Whether an answer, whatever it says, came through X-Road from the service that was
/// asked under this id.
pub fn is_answer_to(id: &str, service: &Address, answer: &Answer<'_>) -> bool {
    (answer.header)(header::ID).as_deref() == Some(id)
        && (answer.header)(header::SERVICE) == Some(service.to_string())
}

/// Whose fault it is stands in the first words of an error's type (PR-REST, 4.7.2).
fn failed(kind: &str) -> Fault {
    if kind.starts_with("Client.") {
        Fault::Rejected
    } else if kind.starts_with("Server.ClientProxy.") {
        Fault::Unsent
    } else {
        Fault::Undelivered
    }
}
