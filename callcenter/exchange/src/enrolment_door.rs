//! Where machines that have no certificate yet ask for one: Enrolment over Secure Transport
//! (RFC 7030), at an address of its own. Who asks proves it with the code of a label.

mod pkcs7;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, State},
    http::{
        HeaderMap, StatusCode,
        header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use lockout::{Lockout, Patience};
use privacy::Personal;
use request::StationId;
use tokio::sync::Semaphore;

use crate::{
    claims::{self, NotEnrolled},
    clock::Clock,
    console::Peer,
    enrollment,
};

/// A request for a key on P-256 is a few hundred bytes.
const REQUEST_MAX: usize = 16 << 10;
const REMEMBERED: usize = 10_000;
/// Codes that are looked at at once.
const HASHES_MAX: usize = 2;
const WITH_PLACES: Patience = Patience {
    tries: 5,
    first_wait: Duration::from_secs(5),
    longest_wait: Duration::from_mins(15),
    forgotten_after: Duration::from_hours(1),
};
/// A technician who stands before the machine is not kept from it for long by somebody else.
const WITH_STATIONS: Patience = Patience {
    longest_wait: Duration::from_mins(1),
    ..WITH_PLACES
};

pub(crate) struct EnrolmentDoor {
    pub(crate) data: PathBuf,
    pub(crate) roster: PathBuf,
    pub(crate) clock: Clock,
    lockout: Mutex<Lockout>,
    /// Each look at a code takes a core's time and 19 MiB.
    hashing: Semaphore,
}

impl EnrolmentDoor {
    pub(crate) fn new(data: PathBuf, roster: PathBuf, clock: Clock) -> Self {
        Self {
            data,
            roster,
            clock,
            lockout: Mutex::new(Lockout::new(WITH_PLACES, WITH_STATIONS, REMEMBERED)),
            hashing: Semaphore::new(HASHES_MAX),
        }
    }
}

pub(crate) fn routes(door: Arc<EnrolmentDoor>) -> Router {
    Router::new()
        .route("/.well-known/est/cacerts", get(authorities))
        .route("/.well-known/est/simpleenroll", post(enrol))
        .layer(DefaultBodyLimit::max(REQUEST_MAX))
        .with_state(door)
}

/// RFC 7030, 4.1: whose certificates are good here.
async fn authorities(State(door): State<Arc<EnrolmentDoor>>) -> Response {
    let authority = enrollment::authority(&door.data, door.clock.now());
    let sent = authority.and_then(|it| pkcs7::of_pem(it.certificate_pem()));
    match sent {
        Ok(pkcs7) => certificates(&pkcs7),
        Err(error) => broken(&error),
    }
}

/// RFC 7030, 4.2: a request comes, a certificate goes.
async fn enrol(
    State(door): State<Arc<EnrolmentDoor>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some((station, code)) = credentials(&headers) else {
        return unauthorized();
    };
    let body: Vec<u8> = body
        .iter()
        .copied()
        .filter(|it| !it.is_ascii_whitespace())
        .collect();
    let Ok(request) = STANDARD.decode(body) else {
        return said(StatusCode::BAD_REQUEST, "the request is not in base64");
    };
    let place = peer.place();
    let account = station.as_str().to_owned();
    // Asked when it is its turn: of many that come at once, few are looked at before the first
    // is found to be wrong.
    let Ok(_turn) = door.hashing.acquire().await else {
        return said(StatusCode::SERVICE_UNAVAILABLE, "it cannot be done now");
    };
    if let Err(locked) = lock(&door.lockout).may_try(place, &account, Instant::now()) {
        let seconds = locked.wait.as_secs().max(1).to_string();
        let headers = [(RETRY_AFTER, seconds)];
        return (
            StatusCode::TOO_MANY_REQUESTS,
            headers,
            "too many wrong codes",
        )
            .into_response();
    }
    let doing = Arc::clone(&door);
    let done = tokio::task::spawn_blocking(move || {
        let now = doing.clock.now();
        claims::redeem(&doing.data, &doing.roster, &station, &code, &request, now)
    });
    let Ok(done) = done.await else {
        return said(StatusCode::INTERNAL_SERVER_ERROR, "it broke off");
    };
    match done {
        Ok(certificate) => {
            lock(&door.lockout).succeeded(&account);
            match pkcs7::of_der(&certificate) {
                Ok(pkcs7) => certificates(&pkcs7),
                Err(error) => broken(&error),
            }
        }
        Err(NotEnrolled::Unknown) => {
            lock(&door.lockout).failed(place, &account, Instant::now());
            unauthorized()
        }
        Err(NotEnrolled::UsedUp) => {
            tracing::warn!(station = account, "A label was used for a second key");
            said(StatusCode::CONFLICT, "the code has enrolled another key")
        }
        Err(NotEnrolled::Request(error)) => said(StatusCode::BAD_REQUEST, &error.to_string()),
        Err(NotEnrolled::Files(error)) => broken(&error),
    }
}

/// HTTP Basic (RFC 7617): the station and its code.
fn credentials(headers: &HeaderMap) -> Option<(StationId, Personal<String>)> {
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, text) = text.split_once(' ')?;
    let text = scheme.eq_ignore_ascii_case("basic").then_some(text)?;
    let text = String::from_utf8(STANDARD.decode(text.trim()).ok()?).ok()?;
    let (station, code) = text.split_once(':')?;
    Some((StationId::new(station), Personal::new(code.to_owned())))
}

fn certificates(pkcs7: &[u8]) -> Response {
    let headers = [
        (
            CONTENT_TYPE.as_str(),
            "application/pkcs7-mime; smime-type=certs-only",
        ),
        ("Content-Transfer-Encoding", "base64"),
    ];
    (headers, STANDARD.encode(pkcs7)).into_response()
}

fn unauthorized() -> Response {
    let headers = [(WWW_AUTHENTICATE, "Basic realm=\"enrolment\"")];
    (
        StatusCode::UNAUTHORIZED,
        headers,
        "no such station is expected with this code",
    )
        .into_response()
}

fn said(status: StatusCode, sentence: &str) -> Response {
    (status, sentence.to_owned()).into_response()
}

fn broken(error: &anyhow::Error) -> Response {
    tracing::error!(error = format!("{error:#}"), "No machine can be enrolled");
    said(StatusCode::INTERNAL_SERVER_ERROR, "it cannot be done now")
}

fn lock(lockout: &Mutex<Lockout>) -> std::sync::MutexGuard<'_, Lockout> {
    lockout.lock().unwrap_or_else(PoisonError::into_inner)
}
