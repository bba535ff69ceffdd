//! What stations tell, and what they are told.

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
};
use ledger::StoreError;
use request::StationId;
use serde::Deserialize;
use sync::{Acknowledgement, Offer, Publications};

use super::{Caller, Exchange, Problem, settled};

const WAIT_MAX: Duration = Duration::from_secs(60);

/// Takes entries; each of them once, however often it is offered.
#[utoipa::path(post, path = "/v1/stations/{station}/entries", tag = "stations",
    params(("station" = String, Path)),
    responses((status = 200, description = "Everything up to this number is safe"),
        (status = 401, description = "No token"), (status = 403, description = "Another station"),
        (status = 422, description = "Not an offer")))]
pub(crate) async fn offer(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    Caller(caller): Caller,
    body: Bytes,
) -> Result<Json<Acknowledgement>, Problem> {
    let Offer { entries } = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if caller != station || entries.iter().any(|entry| entry.station != station) {
        return Err(Problem::Forbidden);
    }
    let Some(incarnation) = entries.first().map(|it| it.incarnation.clone()) else {
        return Ok(Json(Acknowledgement { acknowledged: 0 }));
    };
    if entries.iter().any(|entry| entry.incarnation != incarnation) {
        return Err(Problem::Malformed);
    }
    let issuer = &exchange.issuer;
    let (acknowledged, submitted) = match issuer.store.receive(&station, &incarnation, &entries) {
        Err(StoreError::Event(_)) => return Err(Problem::Malformed),
        received => received?,
    };
    for id in submitted {
        tokio::spawn(Arc::clone(issuer).answer(id, station.clone()));
    }
    settled(&exchange).await?;
    Ok(Json(Acknowledgement { acknowledged }))
}

#[derive(Deserialize)]
pub(crate) struct Listening {
    after: u64,
    /// Seconds to hold the question when there is nothing to tell.
    #[serde(default)]
    wait: u64,
}

/// What happened here to the station's requests; waits for something to tell.
#[utoipa::path(get, path = "/v1/stations/{station}/publications", tag = "stations",
    params(("station" = String, Path), ("after" = u64, Query), ("wait" = u64, Query)),
    responses((status = 200, description = "Publications in order, perhaps none"),
        (status = 401, description = "No token"), (status = 403, description = "Another station")))]
pub(crate) async fn listen(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    Caller(caller): Caller,
    Query(Listening { after, wait }): Query<Listening>,
) -> Result<Json<Publications>, Problem> {
    if caller != station {
        return Err(Problem::Forbidden);
    }
    let issuer = &exchange.issuer;
    let until = tokio::time::Instant::now() + Duration::from_secs(wait).min(WAIT_MAX);
    loop {
        // Enlisted before looking, so that nothing falls between the two.
        let rung = issuer.published.notified();
        tokio::pin!(rung);
        rung.as_mut().enable();
        let publications = issuer.store.publications(&station, after)?;
        let waited = tokio::time::timeout_at(until, rung);
        if !publications.is_empty() || waited.await.is_err() {
            if !publications.is_empty() {
                settled(&exchange).await?;
            }
            return Ok(Json(Publications { publications }));
        }
    }
}
