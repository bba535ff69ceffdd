//! Leases: what a station may issue while it is cut off.

use std::sync::Arc;

use axum::{Json, extract::State};
use request::StationId;
use sync::{LeaseAnswer, LeaseQuestion};

use super::{
    Caller, Exchange, Problem,
    asked::{Path, Said},
    settled,
};
use crate::issue::NoLease;

/// Grants a lease of a service to a station's key.
#[utoipa::path(post, path = "/v1/stations/{station}/leases", tag = "leases",
    params(("station" = String, Path)),
    responses((status = 200, description = "The signed lease, and the numbers and records it is for"),
        (status = 401, description = "No valid certificate"), (status = 403, description = "Another station"),
        (status = 404, description = "The service is not leased"),
        (status = 409, description = "The station has enough, or is in quarantine"),
        (status = 422, description = "Not a question for a lease"),
        (status = 503, description = "The network gives no records now")))]
pub(crate) async fn grant(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    caller: Caller,
    Said(body): Said,
) -> Result<Json<LeaseAnswer>, Problem> {
    let question: LeaseQuestion = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if caller.station != station {
        return Err(Problem::Forbidden);
    }
    let keys = exchange.trust["seal_keys"].clone();
    let answer = match exchange.issuer.lease(&station, &question, keys).await {
        Ok(answer) => answer,
        Err(NoLease::NotAKey) => return Err(Problem::Malformed),
        Err(NoLease::Store(error)) => return Err(error.into()),
        Err(reason) => {
            tracing::warn!(%station, service = %question.service, %reason, "No lease");
            return Err(Problem::NoLease(reason));
        }
    };
    // The numbers are promised by this answer.
    settled(&exchange).await?;
    Ok(Json(answer))
}
