//! What a question brings along, read so that what cannot be read is told as everything
//! else that goes wrong: axum's own words would repeat it.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, request::Parts},
    response::IntoResponse,
};
use serde::de::DeserializeOwned;

use super::Problem;

/// What the path names.
pub(crate) struct Path<T>(pub(crate) T);

/// What stands behind the question mark.
pub(crate) struct Query<T>(pub(crate) T);

/// The body, not read yet.
pub(crate) struct Said(pub(crate) Bytes);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Path::from_request_parts(parts, state).await;
        let axum::extract::Path(named) = read.map_err(|_| Problem::NotUnderstood)?;
        Ok(Self(named))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Query::from_request_parts(parts, state).await;
        let axum::extract::Query(asked) = read.map_err(|_| Problem::NotUnderstood)?;
        Ok(Self(asked))
    }
}

impl<S: Send + Sync> FromRequest<S> for Said {
    type Rejection = Problem;

    async fn from_request(question: Request, state: &S) -> Result<Self, Problem> {
        match Bytes::from_request(question, state).await {
            Ok(body) => Ok(Self(body)),
            Err(refused) => match refused.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Err(Problem::TooLarge),
                _ => Err(Problem::NotUnderstood),
            },
        }
    }
}
