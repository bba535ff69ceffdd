//! What goes wrong, told as RFC 9457 wants it and without personal data.

use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{CONNECTION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use badge::BadgeRefusal;
use handover::RoomRefusal;
use ledger::{NotBelieved, NotPaid, StoreError};
use request::Refusal;
use serde_json::json;
use ticket::NotGenuine;
use vouching::CheckRefusal;

use crate::issue::NoLease;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("the certificate has expired")]
    Expired,
    #[error("the certificate is not in the roster")]
    Unlisted,
    #[error("this belongs to another party")]
    Forbidden,
    #[error("there is nothing of that number")]
    NotFound,
    #[error("the body is not what was agreed")]
    Malformed,
    #[error("the entry can still not be read")]
    StillUnreadable,
    #[error("another key for this station's tickets is known")]
    OtherKey,
    #[error(transparent)]
    Petition(Refusal),
    #[error("another agent has taken it")]
    Taken,
    #[error(transparent)]
    NotPaid(NotPaid),
    #[error(transparent)]
    Forged(NotGenuine),
    #[error(transparent)]
    NoLease(NoLease),
    #[error(transparent)]
    NotBelieved(NotBelieved),
    #[error(transparent)]
    Room(RoomRefusal),
    #[error(transparent)]
    Check(CheckRefusal),
    #[error(transparent)]
    Unproven(BadgeRefusal),
    #[error("the office's key does not sign")]
    Unsealed,
    #[error("the exchange cannot reach its store")]
    Store(#[from] StoreError),
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Problem::Expired | Problem::Unlisted => StatusCode::UNAUTHORIZED,
            Problem::Forbidden | Problem::Unproven(_) | Problem::Room(RoomRefusal::NotForYou) => {
                StatusCode::FORBIDDEN
            }
            Problem::Room(RoomRefusal::Gone) => StatusCode::GONE,
            Problem::Room(RoomRefusal::Taken | RoomRefusal::OutOfOrder) => StatusCode::CONFLICT,
            Problem::Room(RoomRefusal::Full) => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Room(RoomRefusal::TooMuch) => StatusCode::TOO_MANY_REQUESTS,
            Problem::Check(refusal) => of_check(*refusal),
            Problem::NotFound | Problem::NoLease(NoLease::NotLeased) => StatusCode::NOT_FOUND,
            Problem::NoLease(NoLease::Enough | NoLease::Quarantined) => StatusCode::CONFLICT,
            Problem::Malformed => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::Taken => StatusCode::LOCKED,
            Problem::NotPaid(NotPaid::Unknown) => StatusCode::NOT_FOUND,
            Problem::StillUnreadable
            | Problem::OtherKey
            | Problem::Petition(_)
            | Problem::NotPaid(_)
            | Problem::Forged(_)
            | Problem::NotBelieved(_) => StatusCode::CONFLICT,
            Problem::NoLease(_) | Problem::Unsealed | Problem::Store(_) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
        }
    }

    /// What a program goes by.
    fn kind(&self) -> &'static str {
        match self {
            Problem::Expired => "urn:minwon:certificate-expired",
            Problem::Unlisted => "urn:minwon:certificate-unlisted",
            Problem::Room(refusal) => refusal.urn(),
            Problem::Check(refusal) => refusal.urn(),
            Problem::Unproven(_) => "urn:minwon:agent-unproven",
            Problem::Forbidden
            | Problem::NotFound
            | Problem::Malformed
            | Problem::StillUnreadable
            | Problem::OtherKey
            | Problem::Petition(_)
            | Problem::Taken
            | Problem::NotPaid(_)
            | Problem::Forged(_)
            | Problem::NoLease(_)
            | Problem::NotBelieved(_)
            | Problem::Unsealed
            | Problem::Store(_) => "about:blank",
        }
    }
}

fn of_check(refusal: CheckRefusal) -> StatusCode {
    match refusal {
        CheckRefusal::Gone => StatusCode::GONE,
        CheckRefusal::Taken | CheckRefusal::NotNow => StatusCode::CONFLICT,
        CheckRefusal::NotForYou
        | CheckRefusal::NotYours
        | CheckRefusal::SameDesk
        | CheckRefusal::SameAgent
        | CheckRefusal::NotASupervisor
        | CheckRefusal::Unproven => StatusCode::FORBIDDEN,
        CheckRefusal::NoSuchQuestion | CheckRefusal::Empty | CheckRefusal::TooLong => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        CheckRefusal::NotOffered | CheckRefusal::TooFewQuestions => StatusCode::CONFLICT,
        CheckRefusal::NoSuchPerson => StatusCode::NOT_FOUND,
        CheckRefusal::TooManyTries | CheckRefusal::KioskTries => StatusCode::TOO_MANY_REQUESTS,
        CheckRefusal::NetworkAway | CheckRefusal::Full => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Problem::Store(error) = &self {
            tracing::error!(%error, "The store failed");
        }
        let status = self.status();
        let body = json!({
            "type": self.kind(), "title": self.to_string(), "status": status.as_u16()
        });
        let kind = [(CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, kind, Json(body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            // Whoever comes again comes with another certificate.
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(CONNECTION, close);
        }
        response
    }
}
