//! The exchange's HTTP interface: one side for stations and agents, who show a
//! certificate, and one for everybody.

mod agents;
mod archive;
mod asked;
mod attention;
mod board;
mod caller;
mod checks;
mod deliveries;
mod documents;
mod doubts;
mod editions;
mod fleet;
mod heads;
mod knowledge;
mod leases;
mod line;
mod locator;
mod open_data;
pub(crate) mod openapi;
mod papers;
mod petitions;
mod problem;
mod requests;
mod rooms;
mod speaker;
mod stations;
mod status;
mod tickets;
mod training;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use ::board::Local;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{get, post},
};
use ledger::StoreError;
use sync::KeyPair;

pub(crate) use agents::{AtWork, Supervisor};
pub(crate) use attention::{Ground, NOTICE_MOST, can_be_read};
pub(crate) use caller::{Agent, Caller, Desk, Kiosk, TrainingRoom};
pub(crate) use knowledge::Known;
pub(crate) use line::{Line, LineListener};
pub(crate) use locator::Located;
pub(crate) use open_data::OpenData;
pub(crate) use problem::Problem;

use crate::{
    badges::Badges,
    closing::Closing,
    console::{self, Console},
    editions::Editions,
    issue::Issuer,
    metrics::{self, Metrics, Side},
    open_checks::OpenChecks,
    open_rooms::OpenRooms,
    presence::Presence,
    releases::ReleaseShelf,
    roster::Roster,
    settings::BackupSettings,
    tries::Tries,
    web::{self, Page},
};

/// A batch of entries; see `BATCH_BYTES` of [`sync::Station`].
const BODY_BYTES_MAX: usize = 4 << 20;

pub(crate) struct Exchange {
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) editions: Arc<Editions>,
    pub(crate) releases: Arc<ReleaseShelf>,
    /// Where the store, the keys and the public trust lie.
    pub(crate) data: PathBuf,
    pub(crate) roster: Roster,
    pub(crate) badges: Badges,
    pub(crate) tries: Mutex<Tries>,
    /// Unknown numbers of papers that stations have shown.
    pub(crate) paper_tries: Mutex<Tries>,
    pub(crate) rooms: Arc<OpenRooms>,
    pub(crate) checks: Arc<OpenChecks>,
    pub(crate) page: Page,
    pub(crate) metrics: Metrics,
    pub(crate) closing: Closing,
    /// When the store was last looked at, and whether it could be written.
    pub(crate) looked: Mutex<Option<(Instant, bool)>>,
    /// How backups are kept, if they are.
    pub(crate) backup: Option<BackupSettings>,
    /// When stations were last on their lines.
    pub(crate) presence: Mutex<Presence>,
    pub(crate) console: Console,
    /// Signs what is held of journals.
    pub(crate) co_signer: KeyPair,
    pub(crate) located: Located,
    /// Topics and figures below which notices stand.
    pub(crate) local: Local,
    pub(crate) open_data: OpenData,
    pub(crate) known: Known,
    /// `ca.pem`, `seal-keys.json` and `co-signer.pem` as they are given to verifiers.
    pub(crate) trust: serde_json::Value,
}

impl Exchange {
    pub(crate) fn presence(&self) -> MutexGuard<'_, Presence> {
        self.presence.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// For those who show a certificate.
pub(crate) fn lines(exchange: Arc<Exchange>) -> Router {
    Router::new()
        .route("/v1/stations/{station}/hello", post(stations::hello))
        .route("/v1/stations/{station}/entries", post(stations::offer))
        .route("/v1/stations/{station}/head", post(heads::co_sign))
        .route("/v1/stations/{station}/heads", get(heads::kept))
        .route("/v1/stations/{station}/publications", get(stations::listen))
        .route(
            "/v1/stations/{station}/announcements",
            post(attention::announce),
        )
        .route("/v1/wedged", get(attention::wedged))
        .route(
            "/v1/wedged/{station}/{incarnation}/{number}",
            post(attention::settle),
        )
        .route("/v1/doubts", get(doubts::list))
        .route(
            "/v1/doubts/{station}/{incarnation}/{number}",
            post(doubts::look_into),
        )
        .route("/v1/editions", get(editions::list))
        .route("/v1/editions/{digest}", get(editions::fetch))
        .route("/v1/stations/{station}/edition", post(editions::tell))
        .route("/v1/petitions", get(petitions::list))
        .route("/v1/petitions/{request}", get(petitions::read))
        .route("/v1/petitions/{request}/assign", post(petitions::assign))
        .route("/v1/petitions/{request}/reply", post(petitions::reply))
        .merge(petitions::handling::routes())
        .route("/v1/requests/ask", post(requests::ask))
        .route("/v1/quarantine", get(attention::quarantined))
        .route("/v1/quarantine/{station}/release", post(attention::release))
        .route("/v1/stations/{station}/ticket-key", post(tickets::tell_key))
        .route("/v1/stations/{station}/leases", post(leases::grant))
        .route("/v1/tickets/lookup", post(tickets::look_up))
        .route("/v1/refunds/{code}/spend", post(tickets::spend))
        .route("/v1/documents/{number}", get(documents::fetch))
        .route("/v1/papers/lookup", post(papers::look_up))
        .route("/v1/trust", get(status::trust))
        .route("/v1/training", get(training::list).post(training::tell))
        .route("/v1/networks", get(status::networks))
        .route("/v1/archive", get(archive::list))
        .route("/v1/archive/disposals", get(archive::disposals))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .merge(board::routes())
        .merge(deliveries::routes())
        .merge(fleet::routes())
        .merge(knowledge::routes())
        .merge(rooms::routes())
        .merge(checks::routes())
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::NoSuchMethod })
        .layer(from_fn_with_state(Arc::clone(&exchange), caller::admit))
        .layer(from_fn_with_state(
            counter(Side::Lines, &exchange),
            metrics::count,
        ))
        .with_state(exchange)
}

/// For everybody: whoever holds a paper may ask whether it counts. On an address
/// of its own, so that no question without a certificate ever reaches the lines.
pub(crate) fn public(exchange: Arc<Exchange>) -> Router {
    Router::new()
        .route("/v1/documents/{number}/status", get(documents::status))
        .route("/v1/requests/{receipt}/status", get(requests::status))
        .route("/v1/board", get(board::read))
        .route("/v1/locator", get(locator::find))
        .route("/v1/locator/catalog.jsonld", get(locator::json_ld))
        .route("/v1/locator/catalog.ttl", get(locator::turtle))
        .route("/v1/locator/{id}", get(locator::read))
        .route("/v1/trust", get(status::trust))
        .route("/health", get(status::health))
        .route("/ready", get(status::ready))
        .route("/openapi.json", get(openapi::serve))
        .merge(open_data::routes())
        .merge(web::routes())
        .fallback(web::nowhere)
        .method_not_allowed_fallback(|| async { Problem::NoSuchMethod })
        .layer(from_fn_with_state(
            counter(Side::Public, &exchange),
            metrics::count,
        ))
        .with_state(exchange)
}

/// For those who run the exchange, at an address that nobody else reaches.
pub(crate) fn operators(exchange: Arc<Exchange>) -> Router {
    Router::new()
        .route("/metrics", get(status::metrics))
        .route("/health", get(status::health))
        .route("/ready", get(status::ready))
        .layer(from_fn_with_state(
            counter(Side::Operators, &exchange),
            metrics::count,
        ))
        .with_state(exchange)
}

/// For operators who sign in, at an address that nobody else reaches.
pub(crate) fn console(exchange: Arc<Exchange>) -> Router {
    console::routes()
        .layer(from_fn_with_state(
            counter(Side::Console, &exchange),
            metrics::count,
        ))
        .with_state(exchange)
}

fn counter(side: Side, exchange: &Arc<Exchange>) -> (Side, Arc<Exchange>) {
    (side, Arc::clone(exchange))
}

/// Waits until backups hold what an answer is going to promise.
pub(crate) async fn settled(exchange: &Exchange) -> Result<(), Problem> {
    let store = exchange.issuer.store.clone();
    let settled = tokio::task::spawn_blocking(move || store.settled()).await;
    Ok(settled.unwrap_or(Err(StoreError::Unarchived))?)
}
