//! The knowledge base: written by agents, approved by a supervisor, searched by all of them.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use ledger::{Article, ArticleFeedback, ArticleVerdict, ArticleVersion};
use search::{Index, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::asked::{Path, Query, Said};
use super::{AtWork, Exchange, Problem, Supervisor, settled};

/// Bytes of an article's name, and characters of its parts.
const ID_MAX: usize = 64;
const TITLE_MAX: usize = 100;
const BODY_MAX: usize = 8_000;
const SENTENCE_MAX: usize = 300;
/// Keywords and services.
const WORDS_MAX: usize = 20;
/// Articles that are found, and words of desks that are read.
const FOUND_MAX: usize = 20;
const FEEDBACK_MAX: u32 = 100;

/// The articles that are read, and the index over them; made anew when they change.
#[derive(Default)]
pub(crate) struct Known(Mutex<Option<Arc<Indexed>>>);

struct Indexed {
    articles: Vec<ArticleVersion>,
    index: Index,
}

impl Known {
    fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// For those who show a certificate.
pub(crate) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/v1/knowledge", get(find))
        .route("/v1/knowledge/drafts", get(drafts))
        .route("/v1/knowledge/{id}/versions", post(write))
        .route(
            "/v1/knowledge/{id}/versions/{version}/approve",
            post(approve),
        )
        .route("/v1/knowledge/{id}/retire", post(retire))
        .route("/v1/knowledge/{id}/feedback", get(feedback).post(judge))
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Serialize)]
pub(crate) struct Articles {
    articles: Vec<ArticleVersion>,
}

/// Articles that answer to what is typed, the best first; without a question all of them,
/// for a desk to keep a copy.
#[utoipa::path(get, path = "/v1/knowledge", tag = "knowledge",
    params(("q" = Option<String>, Query)),
    responses((status = 200, description = "articles that were approved"), (status = 403, description = "No agent at work")))]
pub(crate) async fn find(
    State(exchange): State<Arc<Exchange>>,
    AtWork(_): AtWork,
    Query(Asked { q }): Query<Asked>,
) -> Result<Json<Articles>, Problem> {
    let known = tokio::task::spawn_blocking(move || exchange.known()).await;
    let known = known.unwrap_or(Err(Problem::NoIndex))?;
    if q.trim().is_empty() {
        let articles = known.articles.clone();
        return Ok(Json(Articles { articles }));
    }
    let places = known.index.find(&q, FOUND_MAX).map_err(no_index)?;
    let found = places.into_iter().filter_map(|it| known.articles.get(it));
    Ok(Json(Articles {
        articles: found.cloned().collect(),
    }))
}

/// What waits to be approved.
#[utoipa::path(get, path = "/v1/knowledge/drafts", tag = "knowledge",
    responses((status = 200, description = "articles, the oldest first"), (status = 403, description = "No agent at work")))]
pub(crate) async fn drafts(
    State(exchange): State<Arc<Exchange>>,
    AtWork(_): AtWork,
) -> Result<Json<Articles>, Problem> {
    let articles = exchange.issuer.store.article_drafts()?;
    Ok(Json(Articles { articles }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The version it comes after; 0 for the first.
    after: u32,
    article: Article,
}

/// Writes a version of an article.
#[utoipa::path(post, path = "/v1/knowledge/{id}/versions", tag = "knowledge",
    params(("id" = String, Path)),
    responses((status = 200, description = "version, which waits to be approved"),
        (status = 403, description = "No agent at work"),
        (status = 409, description = "Another version came first"), (status = 422, description = "Not an article")))]
pub(crate) async fn write(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
    AtWork(author): AtWork,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let written: Written = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let Written { after, article } = written;
    if !is_name(&id) || !is_sound(&article) {
        return Err(Problem::Malformed);
    }
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let version = issuer
        .store
        .write_article(&id, after, &author, &article, now)?;
    let version = version.map_err(Problem::NotKept)?;
    settled(&exchange).await?;
    Ok(Json(json!({ "version": version })))
}

/// Lets everybody read a version.
#[utoipa::path(post, path = "/v1/knowledge/{id}/versions/{version}/approve", tag = "knowledge",
    params(("id" = String, Path), ("version" = u32, Path)),
    responses((status = 200, description = "It is read"),
        (status = 403, description = "Not a supervisor, or the author"),
        (status = 404, description = "No such version"), (status = 409, description = "A newer one is read")))]
pub(crate) async fn approve(
    State(exchange): State<Arc<Exchange>>,
    Path((id, version)): Path<(String, u32)>,
    Supervisor(who): Supervisor,
) -> Result<Json<Value>, Problem> {
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let done = issuer.store.approve_article(&id, version, &who, now)?;
    done.map_err(Problem::NotKept)?;
    exchange.known.forget();
    settled(&exchange).await?;
    Ok(Json(json!({})))
}

/// Takes an article out of what is read.
#[utoipa::path(post, path = "/v1/knowledge/{id}/retire", tag = "knowledge",
    params(("id" = String, Path)),
    responses((status = 200, description = "It is not read"), (status = 403, description = "Not a supervisor"),
        (status = 404, description = "No such article")))]
pub(crate) async fn retire(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
    Supervisor(who): Supervisor,
) -> Result<Json<Value>, Problem> {
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    let done = issuer.store.retire_article(&id, &who, now)?;
    done.map_err(Problem::NotKept)?;
    exchange.known.forget();
    settled(&exchange).await?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Judgment {
    version: u32,
    verdict: ArticleVerdict,
    sentence: String,
}

/// Says whether a version helped or is out of date, in a sentence.
#[utoipa::path(post, path = "/v1/knowledge/{id}/feedback", tag = "knowledge",
    params(("id" = String, Path)),
    responses((status = 200, description = "It is kept, in the place of what the agent said before"),
        (status = 403, description = "No agent at work"), (status = 404, description = "Never read"),
        (status = 422, description = "Not a sentence")))]
pub(crate) async fn judge(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
    AtWork(who): AtWork,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let said: Judgment = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if !is_text(&said.sentence, 0, SENTENCE_MAX) {
        return Err(Problem::Malformed);
    }
    let issuer = &exchange.issuer;
    let feedback = ArticleFeedback {
        version: said.version,
        at: issuer.clock.now(),
        who,
        verdict: said.verdict,
        sentence: said.sentence,
    };
    let kept = issuer.store.judge_article(&id, &feedback)?;
    kept.map_err(Problem::NotKept)?;
    settled(&exchange).await?;
    Ok(Json(json!({})))
}

#[derive(Serialize)]
pub(crate) struct Feedback {
    feedback: Vec<ArticleFeedback>,
}

/// What desks have said of an article.
#[utoipa::path(get, path = "/v1/knowledge/{id}/feedback", tag = "knowledge",
    params(("id" = String, Path)),
    responses((status = 200, description = "feedback, the newest first"), (status = 403, description = "No agent at work")))]
pub(crate) async fn feedback(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
    AtWork(_): AtWork,
) -> Result<Json<Feedback>, Problem> {
    let feedback = exchange.issuer.store.article_feedback(&id, FEEDBACK_MAX)?;
    Ok(Json(Feedback { feedback }))
}

impl Exchange {
    fn known(&self) -> Result<Arc<Indexed>, Problem> {
        let mut known = self.known.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.as_ref() {
            return Ok(Arc::clone(known));
        }
        let articles = self.issuer.store.articles()?;
        let index = Index::build(articles.iter().map(|it| text(&it.article))).map_err(no_index)?;
        let made = Arc::new(Indexed { articles, index });
        *known = Some(Arc::clone(&made));
        Ok(made)
    }
}

fn text(it: &Article) -> Text {
    Text {
        titles: vec![it.title.ko.clone(), it.title.en.clone()],
        keywords: it.keywords.clone(),
        body: vec![it.body.ko.clone(), it.body.en.clone()],
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "an answer is read once and dropped"
)]
fn no_index(error: search::SearchError) -> Problem {
    tracing::error!(%error, "The knowledge base cannot be searched");
    Problem::NoIndex
}

fn is_name(id: &str) -> bool {
    let simple = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    (1..=ID_MAX).contains(&id.len()) && id.bytes().all(simple)
}

fn is_sound(it: &Article) -> bool {
    let both = |it: &ledger::Wording, most| is_text(&it.ko, 1, most) && is_text(&it.en, 1, most);
    let words = |them: &[String]| {
        them.len() <= WORDS_MAX && them.iter().all(|it| is_text(it, 1, TITLE_MAX))
    };
    both(&it.title, TITLE_MAX)
        && both(&it.body, BODY_MAX)
        && words(&it.keywords)
        && words(&it.services)
}

/// Plain text of a bearable length.
fn is_text(text: &str, least: usize, most: usize) -> bool {
    let length = text.trim().chars().count();
    (least..=most).contains(&length) && !text.chars().any(|it| it.is_control() && it != '\n')
}
