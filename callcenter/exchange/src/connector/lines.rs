//! The lines to security servers: HTTP, or mutual TLS with a network's own credentials.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{HeaderMap, Request, body::Bytes, header::CONTENT_TYPE};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use identity::{Credentials, CredentialsFault};
use registry::{Fault, Message};

use super::access::Way;

const ANSWER_BYTES_MAX: usize = 4 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// An idle line is closed before a router on the way forgets it.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

type Plain = Client<HttpConnector, Full<Bytes>>;
type Encrypted = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;
/// When the files of credentials were last changed.
type State = [Option<SystemTime>; 3];

/// What goes out.
pub(super) struct Post {
    pub(super) path: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) media_type: &'static str,
    pub(super) body: Bytes,
}

impl From<Message> for Post {
    fn from(question: Message) -> Self {
        Self {
            path: question.path,
            headers: question.headers,
            media_type: "application/json",
            body: question.body.reveal().clone().into(),
        }
    }
}

/// An answer as it came.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Lines stay open between questions; each folder of credentials has its own.
pub(super) struct Lines {
    clock: identity::Clock,
    plain: Plain,
    encrypted: Mutex<BTreeMap<PathBuf, (State, Encrypted)>>,
}

impl Lines {
    /// `clock` judges the certificates of security servers.
    pub(super) fn new(clock: identity::Clock) -> Self {
        Self {
            clock,
            plain: builder().build(tcp()),
            encrypted: Mutex::default(),
        }
    }

    /// Makes sure that credentials can be used before anybody needs them.
    ///
    /// # Errors
    /// When they cannot be read or do not belong together.
    pub(super) fn open(&self, folder: &Path) -> Result<(), CredentialsFault> {
        self.with(folder).map(drop)
    }

    /// Puts a question, once.
    pub(super) async fn post(&self, way: &Way, what: Post) -> Result<Reply, Fault> {
        let mut post = Request::post(format!("{}{}", way.server, what.path))
            .header(CONTENT_TYPE, what.media_type);
        for (name, value) in what.headers {
            post = post.header(name, value);
        }
        let post = post
            .body(Full::from(what.body))
            .map_err(|_| Fault::Rejected)?;
        let asked = match &way.credentials {
            None => self.plain.request(post),
            Some(folder) => {
                let line = self.with(folder).map_err(|error| {
                    tracing::error!(%error, "The credentials of a network cannot be used");
                    Fault::Unsent
                })?;
                line.request(post)
            }
        };
        let reply = asked.await.map_err(|error| {
            tracing::debug!(%error, cause = ?std::error::Error::source(&error), "No line");
            Fault::Unreachable
        })?;
        let (head, body) = reply.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
        Ok(Reply {
            status: head.status.as_u16(),
            headers: head.headers,
            body: body.map_err(|_| Fault::Nonsense)?.to_bytes(),
        })
    }

    /// The lines under these credentials; new ones when the files have been renewed.
    fn with(&self, folder: &Path) -> Result<Encrypted, CredentialsFault> {
        let state = Credentials::state(folder);
        let mut held = (self.encrypted.lock()).unwrap_or_else(PoisonError::into_inner);
        if let Some((_, lines)) = held.get(folder).filter(|(known, _)| *known == state) {
            return Ok(lines.clone());
        }
        let config = identity::client(Credentials::read(folder)?, self.clock.clone())?;
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_only()
            .enable_http1()
            .wrap_connector(tcp());
        let lines: Encrypted = builder().build(connector);
        held.insert(folder.to_owned(), (state, lines.clone()));
        Ok(lines)
    }
}

fn tcp() -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
    connector
}

fn builder() -> hyper_util::client::legacy::Builder {
    let mut builder = Client::builder(TokioExecutor::new());
    builder
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE_TIMEOUT);
    builder
}
