//! The page where anybody asks whether a paper counts: by its number, or with a picture
//! of it.
//!
//! Rendered here, without scripts, cookies or anything from elsewhere. It tells no more
//! than the kind of paper, its day and whether it counts; of what a seal says only the
//! ends of each word. Nothing of a question is kept or logged.

mod answer;
mod examiner;
mod guard;
mod language;
mod page;
mod source;
mod upload;
mod verdict;

use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, DefaultBodyLimit, Query, State},
    http::{HeaderMap, StatusCode, header::RETRY_AFTER},
    middleware::from_fn,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use request::DocumentNumber;
use serde::Deserialize;
use tokio::sync::Semaphore;

use crate::{
    http::Exchange,
    quota::{EXAMINATION, QUESTION, Quota, UNKNOWN},
    settings::PageSettings,
};
pub(crate) use guard::close_everything;
pub(crate) use language::Language;
pub(crate) use page::icon;

use answer::Answer;
use examiner::Examiner;
use page::Front;
use upload::{Form, NUMBER_FORM_MAX, NoForm, PAPER_FORM_MAX};

/// Forms with a file that are read at once; each may take ten megabytes.
const UPLOADS_MAX: usize = 16;

/// What the page works with.
pub(crate) struct Page {
    quota: Mutex<Quota>,
    proxies: Vec<IpAddr>,
    /// None where no program examines files: then none are taken.
    examiner: Option<Examiner>,
    uploads: Semaphore,
}

/// After how long to ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany(pub(crate) Duration);

impl Page {
    pub(crate) fn new(settings: &PageSettings, trust: &Path) -> Self {
        let examiner = settings.examiner.clone();
        Self {
            quota: Mutex::new(Quota::new(Instant::now())),
            proxies: settings.proxies.clone(),
            examiner: examiner.map(|it| Examiner::new(it, trust.to_path_buf())),
            uploads: Semaphore::new(UPLOADS_MAX),
        }
    }

    pub(crate) fn source(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
        source::source(peer.ip(), headers, &self.proxies)
    }

    /// # Errors
    /// When this source has asked too much of late, or all together have.
    pub(crate) fn admit(&self, source: IpAddr, cost: u32) -> Result<(), TooMany> {
        let mut quota = self.quota.lock().unwrap_or_else(PoisonError::into_inner);
        quota.admit(source, cost, Instant::now()).map_err(TooMany)
    }

    /// A question was about a number that nobody has.
    pub(crate) fn was_unknown(&self, source: IpAddr) {
        let mut quota = self.quota.lock().unwrap_or_else(PoisonError::into_inner);
        quota.charge(source, UNKNOWN, Instant::now());
    }
}

impl TooMany {
    /// Whole seconds, as `Retry-After` wants them.
    pub(crate) fn seconds(self) -> u64 {
        self.0.as_secs() + 1
    }
}

pub(crate) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/", get(front))
        .route("/number", get(to_front).post(ask_number))
        .route("/paper", get(to_front).post(ask_paper))
        .route("/style.css", get(page::style))
        .route("/icon.svg", get(page::icon))
        .layer(DefaultBodyLimit::disable()) // `Form` has bounds of its own.
        .layer(from_fn(close_everything))
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

impl Asked {
    fn language(&self, headers: &HeaderMap) -> Language {
        Language::of(self.lang.as_deref(), headers)
    }
}

async fn front(
    State(exchange): State<Arc<Exchange>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let front = Front::new(asked.language(&headers), exchange.page.examiner.is_some());
    page::plain(&front).into_response()
}

/// Whoever reloads the address of an answer begins again.
async fn to_front(Query(asked): Query<Asked>) -> Redirect {
    Redirect::to(match asked.lang.as_deref() {
        Some("en") => "/?lang=en",
        Some("ko") => "/?lang=ko",
        Some(_) | None => "/",
    })
}

async fn ask_number(
    State(exchange): State<Arc<Exchange>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let page = &exchange.page;
    let mut front = Front::new(asked.language(&headers), page.examiner.is_some());
    let source = page.source(peer, &headers);
    if let Err(too_many) = page.admit(source, QUESTION) {
        return answered(&exchange, &front, &Answer::TooMany(too_many));
    }
    let answer = match Form::read(&headers, body, NUMBER_FORM_MAX).await {
        Err(no_form) => of_form(no_form),
        Ok(form) => {
            front.typed(&form.number);
            match DocumentNumber::read(&form.number, exchange.issuer.clock.now().local()) {
                Err(reason) => Answer::NotANumber(reason),
                Ok(number) => verdict::of_number(&exchange, source, &number),
            }
        }
    };
    answered(&exchange, &front, &answer)
}

async fn ask_paper(
    State(exchange): State<Arc<Exchange>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let page = &exchange.page;
    let front = Front::new(asked.language(&headers), page.examiner.is_some());
    let source = page.source(peer, &headers);
    let answer = match (&page.examiner, page.admit(source, EXAMINATION)) {
        (None, _) => Answer::NotHere,
        (Some(_), Err(too_many)) => Answer::TooMany(too_many),
        (Some(examiner), Ok(())) => match page.uploads.try_acquire() {
            Err(_) => Answer::Busy,
            Ok(_place) => match Form::read(&headers, body, PAPER_FORM_MAX).await {
                Err(no_form) => of_form(no_form),
                Ok(form) => verdict::of_paper(&exchange, examiner, source, form).await,
            },
        },
    };
    answered(&exchange, &front, &answer)
}

fn of_form(no_form: NoForm) -> Answer {
    match no_form {
        NoForm::TooLarge => Answer::FileTooLarge,
        NoForm::TooSlow => Answer::TooSlow,
        NoForm::Malformed => Answer::NotAForm,
    }
}

fn answered(exchange: &Exchange, front: &Front, answer: &Answer) -> Response {
    let catalog = &exchange.issuer.catalog;
    let now = exchange.issuer.clock.now();
    let page = page::with_answer(front, answer, catalog, now);
    let mut response = (answer.status(), page).into_response();
    if let Some(seconds) = answer.retry_after() {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// For whatever else is asked for by a browser.
pub(crate) async fn nowhere() -> Response {
    (
        StatusCode::NOT_FOUND,
        "404: 없는 주소예요. There is nothing here.\n",
    )
        .into_response()
}
