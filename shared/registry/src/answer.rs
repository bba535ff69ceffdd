//! What a network's answer means.

use serde_json::Value;

use crate::{Question, header};

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
    /// Our security server, or the agency's, could not pass the question on.
    #[error("X-Road could not deliver the question")]
    Undelivered,
    /// Our own question was wrong: a matter for whoever runs the exchange.
    #[error("X-Road refused the question as ours to correct")]
    Rejected,
    #[error("the agency failed ({0})")]
    Failing(u16),
    /// Too many questions in too short a time (RFC 6585, section 4).
    #[error("the network asks for patience")]
    Throttled,
    #[error("there is no such record")]
    NotFound,
    #[error("the answer makes no sense")]
    Nonsense,
}

/// Takes the record out of an answer (PR-REST, clauses 4.4 and 4.7): only the
/// presence of `X-Road-Error` tells a failing X-Road from a failing agency.
///
/// # Errors
/// When the answer is an error, belongs to another question or is not JSON.
pub fn read(question: &Question, answer: &Answer<'_>) -> Result<Value, Fault> {
    if let Some(kind) = (answer.header)(header::ERROR) {
        return Err(if kind.starts_with("Client.") {
            Fault::Rejected
        } else {
            Fault::Undelivered
        });
    }
    match answer.status {
        200 => {}
        404 => return Err(Fault::NotFound),
        429 => return Err(Fault::Throttled),
        status if status >= 500 => return Err(Fault::Failing(status)),
        _ => return Err(Fault::Nonsense),
    }
    let ours = (answer.header)(header::ID).as_deref() == Some(&question.id)
        && (answer.header)(header::SERVICE) == Some(question.service.to_string());
    if !ours {
        return Err(Fault::Nonsense);
    }
    serde_json::from_slice(answer.body).map_err(|_| Fault::Nonsense)
}
