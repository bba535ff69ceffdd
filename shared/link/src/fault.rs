//! Why nothing came of a question.

use handover::RoomRefusal;
use hyper::StatusCode;
use identity::{CredentialsFault, Refusal};
use serde::Deserialize;
use sync::{DeliveryRefusal, Forged, PetitionRefusal};
use vouching::CheckRefusal;

/// The problem's type where an agent is not believed to be the one.
const UNPROVEN: &str = "urn:minwon:agent-unproven";

#[derive(Deserialize)]
struct Problem {
    r#type: String,
    title: String,
}

/// Names no person: addresses hold none.
#[derive(Debug, thiserror::Error)]
pub enum LinkFault {
    #[error("the station's certificate cannot be used")]
    Credentials(#[source] CredentialsFault),
    #[error("the line is refused: {0}")]
    Certificate(Refusal),
    #[error("it is not known here whose signature under the journal to believe")]
    CoSigner(#[source] CredentialsFault),
    #[error("what is to say whose signature under the journal to believe is no key")]
    CoSignerUnreadable,
    #[error(transparent)]
    Forged(Forged),
    #[error("the exchange cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the exchange did not answer in time")]
    Slow,
    /// With the title of its problem document.
    #[error("the exchange answered {0}: {1}")]
    Refused(StatusCode, String),
    #[error(transparent)]
    Room(RoomRefusal),
    #[error(transparent)]
    Check(CheckRefusal),
    #[error(transparent)]
    Petition(PetitionRefusal),
    #[error(transparent)]
    Delivery(DeliveryRefusal),
    /// With the title of its problem document.
    #[error("the exchange does not believe who works here: {0}")]
    Unproven(String),
    #[error("the exchange's answer makes no sense")]
    Nonsense,
}

impl LinkFault {
    /// What a technician looks up.
    pub fn code(&self) -> &'static str {
        match self {
            LinkFault::Credentials(_) => "link.credentials",
            LinkFault::Certificate(Refusal::OwnExpired) => "link.certificate_expired",
            LinkFault::Certificate(Refusal::OwnRefused) => "link.certificate_refused",
            LinkFault::Certificate(Refusal::TheirsExpired) => "link.exchange_certificate_expired",
            LinkFault::Certificate(Refusal::TheirsRefused) => "link.exchange_not_trusted",
            LinkFault::CoSigner(_) | LinkFault::CoSignerUnreadable => "link.co_signer",
            LinkFault::Forged(_) => "link.head_forged",
            LinkFault::Unreachable(_) => "link.unreachable",
            LinkFault::Slow => "link.slow",
            LinkFault::Refused(..) => "link.refused",
            LinkFault::Room(_) => "link.room_refused",
            LinkFault::Check(_) => "link.check_refused",
            LinkFault::Petition(_) => "link.petition_refused",
            LinkFault::Delivery(_) => "link.delivery_refused",
            LinkFault::Unproven(_) => "link.agent_unproven",
            LinkFault::Nonsense => "link.nonsense",
        }
    }

    pub(crate) fn of_line(error: hyper_util::client::legacy::Error) -> Self {
        match identity::refusal(&error) {
            Some(refusal) => LinkFault::Certificate(refusal),
            None => LinkFault::Unreachable(Box::new(error)),
        }
    }

    pub(crate) fn of_body(error: Box<dyn std::error::Error + Send + Sync>) -> Self {
        match identity::refusal(&*error) {
            Some(refusal) => LinkFault::Certificate(refusal),
            None if error.is::<http_body_util::LengthLimitError>() => LinkFault::Nonsense,
            None => LinkFault::Unreachable(error),
        }
    }

    /// An answer that is none; `body` is a problem document (RFC 9457) as a rule.
    pub(crate) fn of_answer(status: StatusCode, body: &[u8]) -> Self {
        let title = |problem: Option<Problem>| problem.map_or_else(String::new, |it| it.title);
        let problem = serde_json::from_slice::<Problem>(body).ok();
        let kind = problem.as_ref().map(|it| it.r#type.as_str());
        if let Some(refusal) = kind.and_then(RoomRefusal::from_urn) {
            return LinkFault::Room(refusal);
        }
        if let Some(refusal) = kind.and_then(CheckRefusal::from_urn) {
            return LinkFault::Check(refusal);
        }
        if let Some(refusal) = kind.and_then(PetitionRefusal::from_urn) {
            return LinkFault::Petition(refusal);
        }
        if let Some(refusal) = kind.and_then(DeliveryRefusal::from_urn) {
            return LinkFault::Delivery(refusal);
        }
        match kind {
            Some("urn:minwon:certificate-expired") => LinkFault::Certificate(Refusal::OwnExpired),
            Some("urn:minwon:certificate-unlisted") => LinkFault::Certificate(Refusal::OwnRefused),
            Some(UNPROVEN) => LinkFault::Unproven(title(problem)),
            _ => LinkFault::Refused(status, title(problem)),
        }
    }
}
