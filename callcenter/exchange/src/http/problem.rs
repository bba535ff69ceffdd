//! What goes wrong, told as RFC 9457 wants it and without personal data.

use axum::{
    Json,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use ledger::{NotPaid, StoreError};
use serde_json::json;
use ticket::NotGenuine;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("a station's token is needed")]
    Unauthorized,
    #[error("this belongs to another station")]
    Forbidden,
    #[error("there is nothing of that number")]
    NotFound,
    #[error("the body is not what was agreed")]
    Malformed,
    #[error("another key for this station's tickets is known")]
    OtherKey,
    #[error(transparent)]
    NotPaid(NotPaid),
    #[error(transparent)]
    Forged(NotGenuine),
    #[error("the exchange cannot reach its store")]
    Store(#[from] StoreError),
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = match &self {
            Problem::Unauthorized => StatusCode::UNAUTHORIZED,
            Problem::Forbidden => StatusCode::FORBIDDEN,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Malformed => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::NotPaid(NotPaid::Unknown) => StatusCode::NOT_FOUND,
            Problem::OtherKey | Problem::NotPaid(_) | Problem::Forged(_) => StatusCode::CONFLICT,
            Problem::Store(error) => {
                tracing::error!(%error, "The store failed");
                StatusCode::SERVICE_UNAVAILABLE
            }
        };
        let body = json!({ "title": self.to_string(), "status": status.as_u16() });
        (
            status,
            [(CONTENT_TYPE, "application/problem+json")],
            Json(body),
        )
            .into_response()
    }
}
