//! What stations tell, and what they are told.

use std::{sync::Arc, time::Duration};

use axum::{Json, extract::State};
use ledger::Received;
use request::StationId;
use serde::Deserialize;
use sync::{Answer, Greeting, Hello, Offer, Publications};

use super::{
    Caller, Exchange, Problem,
    asked::{Path, Query, Said},
    settled,
};

const WAIT_MAX: Duration = Duration::from_secs(60);

/// What a station says before anything else: where its journal stands.
#[utoipa::path(post, path = "/v1/stations/{station}/hello", tag = "stations",
    params(("station" = String, Path)),
    responses((status = 200, description = "How far the exchange holds the journal, or why the station is in quarantine"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "Another station"), (status = 422, description = "Not a hello")))]
pub(crate) async fn hello(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    caller: Caller,
    Said(body): Said,
) -> Result<Json<Greeting>, Problem> {
    let hello: Hello = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if caller.station != station || hello.head.station != station {
        return Err(Problem::Forbidden);
    }
    let issuer = &exchange.issuer;
    let greeting = issuer.store.greet(&hello, issuer.clock.now())?;
    match &greeting {
        Greeting::Welcome(_) => {}
        Greeting::Contradiction(reason) => {
            tracing::warn!(%station, %reason, "A station contradicts what is held of it");
        }
        Greeting::Quarantined(reason) => {
            tracing::error!(%station, %reason, "A station is in quarantine");
        }
    }
    settled(&exchange).await?;
    Ok(Json(greeting))
}

/// Takes entries; each of them once, however often it is offered.
#[utoipa::path(post, path = "/v1/stations/{station}/entries", tag = "stations",
    params(("station" = String, Path)),
    responses((status = 200, description = "Everything up to this number is safe, or why it is not taken"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "Another station"), (status = 422, description = "Not an offer")))]
pub(crate) async fn offer(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    caller: Caller,
    Said(body): Said,
) -> Result<Json<Answer>, Problem> {
    let offer: Offer = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if caller.station != station || offer.entries.iter().any(|entry| entry.station != station) {
        return Err(Problem::Forbidden);
    }
    let issuer = &exchange.issuer;
    let taken = issuer.store.take(&station, &offer, issuer.clock.now())?;
    let Received {
        answer,
        submitted,
        wedged,
    } = taken.map_err(|_| Problem::Malformed)?;
    issuer.follow(&station, submitted, &wedged);
    if let Answer::Quarantined(reason) = answer {
        tracing::error!(%station, %reason, "A station is in quarantine");
    }
    settled(&exchange).await?;
    Ok(Json(answer))
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
        (status = 401, description = "The certificate is expired or not listed"), (status = 403, description = "Another station")))]
pub(crate) async fn listen(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    caller: Caller,
    Query(Listening { after, wait }): Query<Listening>,
) -> Result<Json<Publications>, Problem> {
    if caller.station != station {
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
        let goes = !publications.is_empty()
            || tokio::select! {
                () = rung => false,
                () = exchange.closing.begun() => true,
                () = tokio::time::sleep_until(until) => true,
            };
        if goes {
            caller.check_again(&exchange)?;
            if !publications.is_empty() {
                settled(&exchange).await?;
            }
            return Ok(Json(Publications { publications }));
        }
    }
}
