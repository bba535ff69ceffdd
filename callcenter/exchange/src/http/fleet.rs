//! What machines in the field tell of themselves, and what they are answered.

use std::sync::Arc;

use ::fleet::{Answer, Bundle, Commissioning, Renewal, Report, SealedKey, Version};
use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    routing::{get, post},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ledger::Attested;
use request::StationId;
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    Caller, Exchange, Kiosk, Problem,
    asked::{Path, Query, Said},
    settled,
};
use crate::{
    attesting::attested,
    claims::NotEnrolled,
    releases::waves,
    renewal::{self, NotRenewed},
};

/// More than any machine has to tell: rollbacks bring lines of a log.
const ROLLBACKS_MAX: usize = 64;
const CHECKS_MAX: usize = 256;
const ALARMS_MAX: usize = 64;
/// A log of some hundred lines, and two short files.
const BUNDLE_MAX: usize = 1 << 20;
/// A key that is encrypted, a request for a certificate.
const SMALL_MAX: usize = 16 << 10;
const NONCE_BYTES: usize = 32;

pub(super) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/v1/stations/{station}/report", post(report))
        .route("/v1/stations/{station}/commissioning", post(commission))
        .route("/v1/stations/{station}/bundle", post(keep_bundle))
        .route(
            "/v1/stations/{station}/recovery-key",
            post(keep_recovery_key),
        )
        .route("/v1/stations/{station}/certificate", post(renew))
        .route("/v1/releases/{sha256}", get(piece))
}

/// A machine tells how it is; the answer brings orders that it has not answered.
#[utoipa::path(post, path = "/v1/stations/{station}/report", tag = "machines",
    params(("station" = String, Path)),
    responses((status = 200, description = "Signed orders, and the release this machine should have"),
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
    if report.image.rollbacks.len() > ROLLBACKS_MAX
        || report.health.len() > CHECKS_MAX
        || report.alarms.len() > ALARMS_MAX
    {
        return Err(Problem::Malformed);
    }
    let (issuer, now) = (&exchange.issuer, exchange.issuer.clock.now());
    let noted = issuer.store.note_report(&report, now)?;
    for it in &noted.rollbacks {
        tracing::warn!(%station, failed = %it.failed, back_to = %it.back_to, "A version failed at a machine");
    }
    waves::halt(&issuer.store, &report, &noted.rollbacks, now)?;
    let mut drawn = [0; NONCE_BYTES];
    getrandom::fill(&mut drawn).map_err(|_| Problem::Malformed)?;
    let nonce: String = drawn.iter().map(|it| format!("{it:02x}")).collect();
    let image = &report.image;
    let predicted = predicted(&exchange, image.model.clone(), image.version.clone()).await?;
    let known = issuer.store.attestation(&station)?;
    let attested = attested(known, &report, &predicted, nonce.clone(), now);
    if let Some((
        verdict @ (Attested::OtherStart | Attested::OtherTpm | Attested::NotProven(_)),
        _,
    )) = &attested.last
    {
        tracing::error!(%station, ?verdict, "A machine's start is not what it should be");
    }
    issuer.store.keep_attestation(&station, &attested)?;
    let wanted = waves::wanted(&issuer.store, &issuer.catalog, &report)?;
    settled(&exchange).await?;
    Ok(Json(Answer {
        orders: (noted.orders.iter())
            .map(|it| URL_SAFE_NO_PAD.encode(it))
            .collect(),
        wanted,
        nonce,
    }))
}

/// What the release that a machine says it runs comes to in its TPM.
async fn predicted(
    exchange: &Exchange,
    model: String,
    version: Version,
) -> Result<Vec<String>, Problem> {
    let releases = Arc::clone(&exchange.releases);
    let predicted = tokio::task::spawn_blocking(move || releases.measured(&model, &version)).await;
    let predicted = predicted.unwrap_or_else(|error| Err(std::io::Error::other(error)));
    predicted.map_err(|error| {
        tracing::error!(%error, "The shelf of releases cannot be read");
        Problem::NotFound
    })
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

/// What a station leaves for itself alone.
fn left<T: DeserializeOwned>(
    caller: &Caller,
    station: &StationId,
    body: &[u8],
    most: usize,
) -> Result<T, Problem> {
    if caller.station != *station {
        return Err(Problem::Forbidden);
    }
    if body.len() > most {
        return Err(Problem::TooLarge);
    }
    serde_json::from_slice(body).map_err(|_| Problem::Malformed)
}

/// A machine leaves what a technician far away wants to read; the one before is replaced.
#[utoipa::path(post, path = "/v1/stations/{station}/bundle", tag = "machines",
    params(("station" = String, Path)),
    responses((status = 200, description = "It is kept"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "Another station, or no kiosk"), (status = 413, description = "Too much"),
        (status = 422, description = "Not a bundle")))]
pub(crate) async fn keep_bundle(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    Kiosk(caller): Kiosk,
    Said(body): Said,
) -> Result<Json<()>, Problem> {
    let bundle: Bundle = left(&caller, &station, &body, BUNDLE_MAX)?;
    let issuer = &exchange.issuer;
    (issuer.store).keep_bundle(&station, &bundle, issuer.clock.now())?;
    settled(&exchange).await?;
    Ok(Json(()))
}

/// A machine leaves the key that opens its disk, encrypted for whom its site names.
#[utoipa::path(post, path = "/v1/stations/{station}/recovery-key", tag = "machines",
    params(("station" = String, Path)),
    responses((status = 200, description = "It is kept, beside any before"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "Another station, or no kiosk"), (status = 413, description = "Too much"),
        (status = 422, description = "Not an encrypted key")))]
pub(crate) async fn keep_recovery_key(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    Kiosk(caller): Kiosk,
    Said(body): Said,
) -> Result<Json<()>, Problem> {
    let key: SealedKey = left(&caller, &station, &body, SMALL_MAX)?;
    let issuer = &exchange.issuer;
    (issuer.store).keep_recovery_key(&station, &key, issuer.clock.now())?;
    settled(&exchange).await?;
    Ok(Json(()))
}

/// A kiosk asks for a new certificate before its own runs out.
#[utoipa::path(post, path = "/v1/stations/{station}/certificate", tag = "machines",
    params(("station" = String, Path)),
    responses((status = 200, description = "The certificate, in PEM"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "Another station, or no kiosk"),
        (status = 409, description = "It lasts for long enough"),
        (status = 422, description = "Not a request for a key of theirs")))]
pub(crate) async fn renew(
    State(exchange): State<Arc<Exchange>>,
    Path(station): Path<StationId>,
    Kiosk(caller): Kiosk,
    Said(body): Said,
) -> Result<Json<String>, Problem> {
    let asked: Renewal = left(&caller, &station, &body, SMALL_MAX)?;
    let request = STANDARD.decode(asked.request);
    let request = request.map_err(|_| Problem::Malformed)?;
    let doing = Arc::clone(&exchange);
    let renewed = tokio::task::spawn_blocking(move || {
        let (roster, now) = (doing.roster.file(), doing.issuer.clock.now());
        let shown = caller.subject();
        renewal::renew(&doing.data, roster, shown, &caller.station, &request, now)
    });
    let renewed = renewed.await.map_err(|_| Problem::Unsealed)?;
    let certificate = renewed.map_err(|why| match why {
        NotRenewed::TooEarly => Problem::TooEarly,
        NotRenewed::NotEnrolled(NotEnrolled::Request(_)) => Problem::Malformed,
        NotRenewed::NotEnrolled(why) => {
            tracing::error!(%why, "A certificate cannot be renewed");
            Problem::Unsealed
        }
    })?;
    let (issuer, subject) = (&exchange.issuer, format!("station {station}"));
    let now = issuer.clock.now();
    issuer
        .store
        .note("the exchange", "renewed the certificate of", &subject, now)?;
    settled(&exchange).await?;
    Ok(Json(certificate))
}

#[derive(Deserialize)]
pub(crate) struct Offset {
    #[serde(default)]
    from: u64,
}

/// Part of a release's file, from an offset on; what is empty is behind its end.
#[utoipa::path(get, path = "/v1/releases/{sha256}", tag = "machines",
    params(("sha256" = String, Path), ("from" = Option<u64>, Query)),
    responses((status = 200, description = "At most 4 MiB", content_type = "application/octet-stream"),
        (status = 401, description = "The certificate is expired or not listed"),
        (status = 403, description = "No kiosk"), (status = 404, description = "No file of a release")))]
pub(crate) async fn piece(
    State(exchange): State<Arc<Exchange>>,
    Path(sha256): Path<String>,
    Query(Offset { from }): Query<Offset>,
    Kiosk(_): Kiosk,
) -> Result<Bytes, Problem> {
    let releases = Arc::clone(&exchange.releases);
    let piece = tokio::task::spawn_blocking(move || releases.piece(&sha256, from)).await;
    let piece = piece.unwrap_or_else(|error| Err(std::io::Error::other(error)));
    let piece = piece.map_err(|error| {
        tracing::error!(%error, "A release cannot be read");
        Problem::NotFound
    })?;
    piece.map(Bytes::from).ok_or(Problem::NotFound)
}
