//! What every line of an agent's has in common: how it reads an answer, and why the
//! exchange did not do what it was asked.

use std::time::Duration;

use link::{LinkFault, Wire};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use sync::{DeliveryRefusal, PetitionRefusal};

pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Why nothing came of a question, as far as an agent can do something about it.
pub(crate) enum Unanswered {
    /// Whoever works here may not.
    Forbidden,
    /// The exchange does not believe that it is they who work here.
    Unproven,
    Petition(PetitionRefusal),
    Delivery(DeliveryRefusal),
    /// It is not there, or no longer.
    Gone,
    /// It stands otherwise by now.
    Conflict,
    Malformed,
    /// The exchange is away, or its answer makes no sense.
    Unreachable,
}

impl Unanswered {
    /// Notes it in the log, with what the question was about and nothing of the question.
    pub(crate) fn noted(fault: &LinkFault, about: &'static str) -> Self {
        tracing::warn!(fault = fault.code(), %fault, about, "An agent's question was not answered");
        match fault {
            LinkFault::Certificate(_) | LinkFault::Credentials(_) => Self::Forbidden,
            LinkFault::Unproven(_) => Self::Unproven,
            LinkFault::Petition(refusal) => Self::Petition(*refusal),
            LinkFault::Delivery(refusal) => Self::Delivery(*refusal),
            LinkFault::Refused(status, _) => match status.as_u16() {
                401 | 403 => Self::Forbidden,
                404 => Self::Gone,
                409 => Self::Conflict,
                422 => Self::Malformed,
                _ => Self::Unreachable,
            },
            LinkFault::CoSigner(_)
            | LinkFault::CoSignerUnreadable
            | LinkFault::Forged(_)
            | LinkFault::Unreachable(_)
            | LinkFault::Room(_)
            | LinkFault::Check(_)
            | LinkFault::Slow
            | LinkFault::Nonsense => Self::Unreachable,
        }
    }
}

/// # Errors
/// When there is no answer, or not one of this form.
pub(crate) async fn read<T: DeserializeOwned>(wire: &Wire, path: &str) -> Result<T, LinkFault> {
    let answer = wire.get(path, PATIENCE).await?;
    serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)
}

/// As a part of a path or a question (RFC 3986, 2.1).
pub(crate) fn encoded(words: &str) -> String {
    utf8_percent_encode(words, NON_ALPHANUMERIC).to_string()
}
