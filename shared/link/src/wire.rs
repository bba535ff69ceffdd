//! One question to the exchange, one answer.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use badge::{SCHEME, SignedBadge};
use edition::{EditionAnswer, EditionState};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request,
    body::Bytes,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use identity::Credentials;
use request::{DocumentNumber, NetworkId, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sync::{
    Answer, Greeting, Hello, LeaseAnswer, LeaseQuestion, Offer, PetitionAnswer, PetitionQuestion,
    Publications, TicketAnswer, TicketQuestion,
};

use crate::{LinkFault, Settings};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
pub(crate) const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// An edition of the catalogue is some megabytes, and nobody waits for it.
const EDITION_TIMEOUT: Duration = Duration::from_secs(300);
/// An idle line is closed before a router on the way forgets it.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// Larger than any document; an answer beyond it is nonsense.
const ANSWER_BYTES_MAX: usize = 16 << 20;

type Lines = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;
type State = [Option<SystemTime>; 3];

/// Asks the exchange, each question once.
pub struct Wire {
    pub(crate) settings: Settings,
    /// The lines that are open, and the credentials' files they came up with.
    lines: Mutex<Option<(State, Lines)>>,
    /// Of the agent who works here.
    badge: Mutex<Option<SignedBadge>>,
}

/// What the exchange says of itself and of the networks behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Those the exchange reached when it last asked them.
    pub reached: Vec<NetworkId>,
    /// Those it cannot reach now.
    pub away: Vec<NetworkId>,
    /// The exchange's clock.
    pub at: Timestamp,
}

#[derive(Deserialize)]
struct Networks {
    /// The exchange's clock.
    at: Timestamp,
    networks: Vec<NetworkState>,
}

#[derive(Deserialize)]
struct NetworkState {
    id: NetworkId,
    state: String,
}

impl Wire {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            lines: Mutex::new(None),
            badge: Mutex::new(None),
        }
    }

    /// Shows this badge with all that is asked from now on, or none.
    pub fn wear(&self, badge: Option<SignedBadge>) {
        *self.badge.lock().unwrap_or_else(PoisonError::into_inner) = badge;
    }

    /// # Errors
    /// When nothing comes of it; it may have been heard all the same.
    pub async fn hello(&self, hello: &Hello) -> Result<Greeting, LinkFault> {
        let path = format!("/v1/stations/{}/hello", self.settings.station);
        self.post(&path, hello).await
    }

    /// # Errors
    /// When nothing comes of it; it may have been heard all the same.
    pub async fn offer(&self, offer: &Offer) -> Result<Answer, LinkFault> {
        let path = format!("/v1/stations/{}/entries", self.settings.station);
        self.post(&path, offer).await
    }

    /// # Errors
    /// When no answer comes.
    pub async fn listen(&self, after: u64, wait: Duration) -> Result<Publications, LinkFault> {
        let station = &self.settings.station;
        let wait_seconds = wait.as_secs();
        let path = format!("/v1/stations/{station}/publications?after={after}&wait={wait_seconds}");
        json(&self.get(&path, wait + ANSWER_TIMEOUT).await?)
    }

    /// # Errors
    /// When there is no such document, or no answer.
    pub async fn document(&self, number: &DocumentNumber) -> Result<Bytes, LinkFault> {
        self.get(&format!("/v1/documents/{number}"), ANSWER_TIMEOUT)
            .await
    }

    /// What the ticket with this code is good for.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn look_up(&self, code: &str) -> Result<TicketAnswer, LinkFault> {
        let code = code.to_owned();
        self.post("/v1/tickets/lookup", &TicketQuestion { code })
            .await
    }

    /// Asks about a petition, or says what its citizen thinks of the answer.
    ///
    /// # Errors
    /// When no answer comes; what was said may have been heard.
    pub async fn ask_petition(
        &self,
        question: &PetitionQuestion,
    ) -> Result<PetitionAnswer, LinkFault> {
        self.post("/v1/requests/ask", question).await
    }

    /// Asks for a lease.
    ///
    /// # Errors
    /// When there is none now, or no answer comes.
    pub async fn lease(&self, question: &LeaseQuestion) -> Result<LeaseAnswer, LinkFault> {
        let path = format!("/v1/stations/{}/leases", self.settings.station);
        self.post(&path, question).await
    }

    /// Tells by which key this station's tickets are known.
    ///
    /// # Errors
    /// When it is not taken, or no answer comes.
    pub async fn tell_ticket_key(&self, public_key: String) -> Result<(), LinkFault> {
        let path = format!("/v1/stations/{}/ticket-key", self.settings.station);
        self.post::<()>(&path, &public_key).await
    }

    /// Tells which edition of the catalogue runs here, and asks which one may.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn tell_edition(&self, state: &EditionState) -> Result<EditionAnswer, LinkFault> {
        let path = format!("/v1/stations/{}/edition", self.settings.station);
        self.post(&path, state).await
    }

    /// An edition as it is signed, by its digest.
    ///
    /// # Errors
    /// When the exchange does not give it, or no answer comes.
    pub async fn edition(&self, digest: &str) -> Result<Bytes, LinkFault> {
        self.get(&format!("/v1/editions/{digest}"), EDITION_TIMEOUT)
            .await
    }

    /// The networks the exchange reached and those that are away, and what its clock says.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn networks(&self) -> Result<Reach, LinkFault> {
        let known: Networks = json(&self.get("/v1/networks", ANSWER_TIMEOUT).await?)?;
        let of = |state: &str| {
            let networks = known.networks.iter();
            networks
                .filter(|network| network.state == state)
                .map(|network| network.id.clone())
                .collect()
        };
        Ok(Reach {
            reached: of("up"),
            away: of("down"),
            at: known.at,
        })
    }

    /// Asks for what lies at a path.
    ///
    /// # Errors
    /// When no answer comes, or it is not a good one.
    pub async fn get(&self, path: &str, timeout: Duration) -> Result<Bytes, LinkFault> {
        self.ask(Method::GET, path, Full::default(), timeout).await
    }

    /// Gives something to what lies at a path.
    ///
    /// # Errors
    /// When no answer comes, or it is not a good one.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, LinkFault> {
        self.post_within(path, body, ANSWER_TIMEOUT).await
    }

    /// As [`Wire::post`], where the exchange may hold the question for long.
    pub(crate) async fn post_within<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        timeout: Duration,
    ) -> Result<T, LinkFault> {
        let body = serde_json::to_vec(body).map_err(|_| LinkFault::Nonsense)?;
        json(&self.ask(Method::POST, path, body.into(), timeout).await?)
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Full<Bytes>,
        timeout: Duration,
    ) -> Result<Bytes, LinkFault> {
        let mut question = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.settings.exchange))
            .header(CONTENT_TYPE, "application/json");
        let badge = self
            .badge
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(badge) = badge {
            let shown = format!("{SCHEME} {}", badge.as_str());
            question = question.header(AUTHORIZATION, shown);
        }
        let question = question
            .body(body)
            .map_err(|error| LinkFault::Unreachable(Box::new(error)))?;
        let lines = self.lines()?;
        let asked = async {
            let answer = lines.request(question).await.map_err(LinkFault::of_line)?;
            let (status, body) = (answer.status(), answer.into_body());
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(LinkFault::of_body)?.to_bytes();
            if status.is_success() {
                Ok(body)
            } else {
                Err(LinkFault::of_answer(status, &body))
            }
        };
        tokio::time::timeout(timeout, asked)
            .await
            .map_err(|_| LinkFault::Slow)?
    }

    /// The lines that are open; new ones when the credentials have been renewed.
    fn lines(&self) -> Result<Lines, LinkFault> {
        let folder = &self.settings.credentials;
        let state = Credentials::state(folder);
        let mut held = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, lines)) = held.as_ref().filter(|(known, _)| *known == state) {
            return Ok(lines.clone());
        }
        let config = Credentials::read(folder)
            .and_then(|credentials| identity::client(credentials, self.settings.clock.clone()))
            .map_err(LinkFault::Credentials)?;
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_only()
            .enable_http1()
            .wrap_connector(connector);
        let lines: Lines = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector);
        *held = Some((state, lines.clone()));
        Ok(lines)
    }
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, LinkFault> {
    serde_json::from_slice(body).map_err(|_| LinkFault::Nonsense)
}
