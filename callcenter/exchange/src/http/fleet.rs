//! What machines in the field tell of themselves, and what they are answered.

use std::sync::Arc;

use ::fleet::{Answer, Commissioning, Report};
use axum::{Json, Router, extract::State, routing::post};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use request::StationId;

use super::{
    Exchange, Kiosk, Problem,
    asked::{Path, Said},
    settled,
};

/// More than any machine has to tell: rollbacks bring lines of a log.
const ROLLBACKS_MAX: usize = 64;
const CHECKS_MAX: usize = 256;
const NONCE_BYTES: usize = 32;

pub(super) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/v1/stations/{station}/report", post(report))
        .route("/v1/stations/{station}/commissioning", post(commission))
}

/// A machine tells how it is; the answer brings orders that it has not answered.
#[utoipa::path(post, path = "/v1/stations/{station}/report", tag = "machines",
    params(("station" = String, Path)),
    responses((status = 200, description = "Signed orders, and the nonce for the next evidence"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "Another station, or no kiosk"), (status = 422, description = "Not a report")))]
pub(crate) async fn report(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    Kiosk(caller): Kiosk,
    Said(body): Said,
) -> Result<Json<Answer>, Problem> {
    let report: Report = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if caller.station != station || report.station != station {
        return Err(Problem::Forbidden);
    }
    if report.image.rollbacks.len() > ROLLBACKS_MAX || report.health.len() > CHECKS_MAX {
        return Err(Problem::Malformed);
    }
    for it in &report.image.rollbacks {
        tracing::warn!(%station, failed = %it.failed, back_to = %it.back_to, "A version failed at a machine");
    }
    let issuer = &exchange.issuer;
    let orders = issuer.store.note_report(&report, issuer.clock.now())?;
    settled(&exchange).await?;
    let mut nonce = [0; NONCE_BYTES];
    getrandom::fill(&mut nonce).map_err(|_| Problem::Malformed)?;
    Ok(Json(Answer {
        orders: orders.iter().map(|it| URL_SAFE_NO_PAD.encode(it)).collect(),
        wanted: None,
        nonce: nonce.iter().map(|it| format!("{it:02x}")).collect(),
    }))
}

/// A machine tells how it was brought into service.
#[utoipa::path(post, path = "/v1/stations/{station}/commissioning", tag = "machines",
    params(("station" = String, Path)),
    responses((status = 200, description = "It is kept"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "Another station, or no kiosk"), (status = 422, description = "Not such a record")))]
pub(crate) async fn commission(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    Kiosk(caller): Kiosk,
    Said(body): Said,
) -> Result<Json<()>, Problem> {
    let record: Commissioning = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if caller.station != station || record.station != station {
        return Err(Problem::Forbidden);
    }
    if record.checks.len() > CHECKS_MAX {
        return Err(Problem::Malformed);
    }
    let issuer = &exchange.issuer;
    issuer
        .store
        .note_commissioning(&record, issuer.clock.now())?;
    settled(&exchange).await?;
    tracing::info!(%station, version = %record.version, "A machine was brought into service");
    Ok(Json(()))
}
