//! What goes wrong, told as RFC 9457 wants it and without personal data.

use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use badge::BadgeRefusal;
use board::DraftRefusal;
use handover::RoomRefusal;
use ledger::{Altered, NotBelieved, NotKept, NotModerated, NotPaid, NotPosted, StoreError};
use request::Refusal;
use serde_json::json;
use sync::{DeliveryRefusal, PetitionRefusal};
use ticket::NotGenuine;
use vouching::CheckRefusal;

use crate::{issue::NoLease, petitions::file_kind, web::TooMany};

/// The type of a problem that says no more than its status (RFC 9457, 4.2.1).
const BLANK: &str = "about:blank";

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
    #[error("the question cannot be understood")]
    NotUnderstood,
    #[error("this cannot be done here")]
    NoSuchMethod,
    #[error("the body is larger than any that was agreed")]
    TooLarge,
    #[error("the body is not what was agreed")]
    Malformed,
    #[error("the entry can still not be read")]
    StillUnreadable,
    #[error("the certificate lasts for long enough")]
    TooEarly,
    #[error("another key for this station's tickets is known")]
    OtherKey,
    #[error(transparent)]
    Petition(Refusal),
    #[error("another agent has taken it")]
    Taken,
    #[error("petitions are joined to one that leads, and that one waits, too")]
    NoLead,
    #[error(transparent)]
    FileNotKept(file_kind::NotKept),
    #[error("the petition has files enough")]
    Full,
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
    Delivery(DeliveryRefusal),
    #[error(transparent)]
    Unproven(BadgeRefusal),
    #[error(transparent)]
    Draft(DraftRefusal),
    #[error(transparent)]
    NotPosted(NotPosted),
    #[error(transparent)]
    NotModerated(NotModerated),
    #[error(transparent)]
    NotKept(NotKept),
    #[error(transparent)]
    Altered(Altered),
    #[error("the index of the locator does not answer")]
    NoIndex,
    #[error("too many questions; ask again later")]
    TooMany(TooMany),
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
            Problem::TooMany(_) | Problem::Room(RoomRefusal::TooMuch) => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Problem::Check(refusal) => of_check(*refusal),
            Problem::Delivery(refusal) => of_delivery(*refusal),
            Problem::FileNotKept(file_kind::NotKept::Size | file_kind::NotKept::Bomb)
            | Problem::Full => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::FileNotKept(file_kind::NotKept::Kind | file_kind::NotKept::Mislabelled) => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            Problem::NotFound | Problem::NoLease(NoLease::NotLeased) => StatusCode::NOT_FOUND,
            Problem::NoLease(NoLease::Enough | NoLease::Quarantined) => StatusCode::CONFLICT,
            Problem::Malformed | Problem::Draft(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::NotPosted(NotPosted::Another)
            | Problem::NotModerated(NotModerated::NotNow) => StatusCode::CONFLICT,
            Problem::NotPosted(NotPosted::Full | NotPosted::Enough) => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Problem::NotModerated(NotModerated::Unknown) | Problem::NotKept(NotKept::Unknown) => {
                StatusCode::NOT_FOUND
            }
            Problem::NotKept(NotKept::OwnWork) => StatusCode::FORBIDDEN,
            Problem::NotKept(NotKept::Overtaken) => StatusCode::CONFLICT,
            Problem::Altered(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Problem::NotUnderstood => StatusCode::BAD_REQUEST,
            Problem::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Taken => StatusCode::LOCKED,
            Problem::NotPaid(NotPaid::Unknown) => StatusCode::NOT_FOUND,
            Problem::StillUnreadable
            | Problem::OtherKey
            | Problem::TooEarly
            | Problem::Petition(_)
            | Problem::NoLead
            | Problem::NotPaid(_)
            | Problem::Forged(_)
            | Problem::NotBelieved(_) => StatusCode::CONFLICT,
            Problem::NoLease(_) | Problem::NoIndex | Problem::Unsealed | Problem::Store(_) => {
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
            Problem::Delivery(refusal) => refusal.urn(),
            Problem::Unproven(_) => "urn:minwon:agent-unproven",
            Problem::Petition(refusal) => of_petition(*refusal).map_or(BLANK, PetitionRefusal::urn),
            Problem::Taken => PetitionRefusal::Taken.urn(),
            Problem::NoLead => PetitionRefusal::NoLead.urn(),
            Problem::Forbidden
            | Problem::NotFound
            | Problem::NotUnderstood
            | Problem::NoSuchMethod
            | Problem::TooLarge
            | Problem::Malformed
            | Problem::StillUnreadable
            | Problem::OtherKey
            | Problem::TooEarly
            | Problem::FileNotKept(_)
            | Problem::Full
            | Problem::NotPaid(_)
            | Problem::Forged(_)
            | Problem::NoLease(_)
            | Problem::NotBelieved(_)
            | Problem::Draft(_)
            | Problem::NotPosted(_)
            | Problem::NotModerated(_)
            | Problem::NotKept(_)
            | Problem::Altered(_)
            | Problem::NoIndex
            | Problem::TooMany(_)
            | Problem::Unsealed
            | Problem::Store(_) => BLANK,
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

fn of_delivery(refusal: DeliveryRefusal) -> StatusCode {
    match refusal {
        DeliveryRefusal::NoDocument | DeliveryRefusal::NoRecipient => StatusCode::NOT_FOUND,
        DeliveryRefusal::Void | DeliveryRefusal::NoFile | DeliveryRefusal::NotExpired => {
            StatusCode::CONFLICT
        }
        DeliveryRefusal::Over => StatusCode::GONE,
        DeliveryRefusal::Purpose => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// What an agent is told; none where there is nothing else to be done about it.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the others say that a desk asked what it must not"
)]
fn of_petition(refusal: Refusal) -> Option<PetitionRefusal> {
    Some(match refusal {
        Refusal::Replied => PetitionRefusal::Answered,
        Refusal::Concluded => PetitionRefusal::Over,
        Refusal::SameOffice => PetitionRefusal::SameOffice,
        Refusal::Extended => PetitionRefusal::Extended,
        Refusal::DueDate => PetitionRefusal::NoExtension,
        Refusal::Joined => PetitionRefusal::Joined,
        Refusal::NotJoined => PetitionRefusal::NotJoined,
        _ => return None,
    })
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
        if let Problem::TooMany(too_many) = &self {
            let seconds = HeaderValue::from(too_many.seconds());
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        response
    }
}
