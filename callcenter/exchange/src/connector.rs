//! Asks a data network, and knows which of them are away.

mod breaker;
mod conformity;
mod snapshot;

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use catalog::{Catalog, LeaseRule, Network, Service};
use registry::{Address, Answer, ClientId, Fault, Question, message_id, read};
use request::{Applicant, CheckId, NetworkFault, NetworkId, ServiceRequest, StationId, Timestamp};
use reqwest::Client;
use serde_json::Value;
use sync::LeasedRecord;

pub use breaker::{Breaker, NetworkState};

use crate::metrics::{NetworkMetrics, Outcome};

/// This exchange among X-Road's subsystems.
const CLIENT: [&str; 4] = ["KR", "GOV", "4199900", "minwon"];
const ANSWER_BYTES_MAX: usize = 4 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    NoSuchRecord,
    /// The request does not fit its own service.
    Malformed,
    Fault(NetworkFault),
}

pub struct Connector {
    client: Client,
    /// The security server, without a slash at the end.
    server: String,
    breakers: Mutex<BTreeMap<NetworkId, Breaker>>,
    pub(crate) metrics: NetworkMetrics,
}

impl Connector {
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(server: &str) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        let server = server.trim_end_matches('/').to_owned();
        Ok(Self {
            client,
            server,
            breakers: Mutex::default(),
            metrics: NetworkMetrics::new(),
        })
    }

    /// How each network of the catalogue is doing.
    pub fn states(&self, catalog: &Catalog, now: Instant) -> Vec<(NetworkId, NetworkState)> {
        let breakers = self.breakers.lock().unwrap_or_else(PoisonError::into_inner);
        let state = |id| {
            breakers
                .get(id)
                .map_or(NetworkState::Unknown, |it| it.state(now))
        };
        catalog
            .networks()
            .map(|network| (network.id.clone(), state(&network.id)))
            .collect()
    }

    /// The record for `request`, checked against the service's schema.
    pub(crate) async fn ask(
        &self,
        network: &Network,
        service: &Service,
        request: &ServiceRequest,
    ) -> Result<Value, Refused> {
        let question = question(network, service, request).ok_or(Refused::Malformed)?;
        self.asked(network, &question, |record| {
            let record = conformity::check(service, record)?;
            conformity::check_subject(service, request.applicant.as_ref(), record)
        })
        .await
    }

    /// The record about somebody who says who they are, for a check of it.
    pub(crate) async fn ask_about(
        &self,
        network: &Network,
        service: &Service,
        check: &CheckId,
        applicant: &Applicant,
    ) -> Result<Value, Refused> {
        let question = Question {
            client: client(),
            service: address(network, &service.query),
            id: message_id(check.as_str()),
            issue: check.to_string(),
            parameters: service.query_about(applicant).ok_or(Refused::Malformed)?,
        };
        self.asked(network, &question, |record| {
            let record = conformity::check(service, record)?;
            conformity::check_subject(service, Some(applicant), record)
        })
        .await
    }

    /// All the records of a leased service, each checked against its schema.
    pub(crate) async fn all_records(
        &self,
        network: &Network,
        service: &Service,
        rule: &LeaseRule,
        station: &StationId,
        at: Timestamp,
    ) -> Result<Vec<LeasedRecord>, Refused> {
        let question = Question {
            client: client(),
            service: address(network, &rule.snapshot),
            id: message_id(&format!("{station} {} {}", service.id, at.as_millis())),
            issue: station.to_string(),
            parameters: BTreeMap::new(),
        };
        self.asked(network, &question, |answer| snapshot::read(service, answer))
            .await
    }

    /// Asks a network that is not known to be away, and notes how it did.
    #[tracing::instrument(name = "ask network", skip_all, fields(otel.kind = "client", network = %network.id))]
    async fn asked<T>(
        &self,
        network: &Network,
        question: &Question,
        check: impl FnOnce(Value) -> Result<T, Fault>,
    ) -> Result<T, Refused> {
        if !self.with_breaker(network, |breaker| breaker.admits(Instant::now())) {
            self.metrics.note(&network.id, Outcome::Spared, None);
            return Err(Refused::Fault(NetworkFault::Unreachable));
        }
        let begun = Instant::now();
        let answered = tokio::time::timeout(network.timeout(), self.put(question))
            .await
            .unwrap_or(Err(Fault::TimedOut))
            .and_then(check);
        self.with_breaker(network, |breaker| {
            let reached = !matches!(&answered, Err(fault) if counts_against(*fault));
            breaker.note(reached, Instant::now());
        });
        let outcome = match &answered {
            Ok(_) => Outcome::Record,
            Err(fault) if counts_against(*fault) => Outcome::Fault,
            Err(_) => Outcome::None,
        };
        let lasted = Some(begun.elapsed());
        self.metrics.note(&network.id, outcome, lasted);
        answered.map_err(|fault| {
            tracing::warn!(network = %network.id, %fault, "A network gave no record");
            refused(fault)
        })
    }

    async fn put(&self, question: &Question) -> Result<Value, Fault> {
        let message = question.message();
        let mut post = self
            .client
            .post(format!("{}{}", self.server, message.path))
            .header("content-type", "application/json")
            .body(message.body.reveal().clone());
        for (name, value) in message.headers {
            post = post.header(name, value);
        }
        let mut response = post.send().await.map_err(|_| Fault::Unreachable)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| Fault::Nonsense)? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(Fault::Nonsense);
            }
            body.extend_from_slice(&chunk);
        }
        let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        read(
            question,
            &Answer {
                status,
                header: &header,
                body: &body,
            },
        )
    }

    fn with_breaker<T>(&self, network: &Network, act: impl FnOnce(&mut Breaker) -> T) -> T {
        let mut breakers = self.breakers.lock().unwrap_or_else(PoisonError::into_inner);
        act(breakers.entry(network.id.clone()).or_default())
    }
}

fn question(network: &Network, service: &Service, request: &ServiceRequest) -> Option<Question> {
    Some(Question {
        client: client(),
        service: address(network, &service.query),
        id: message_id(request.id.as_str()),
        issue: request.id.to_string(),
        parameters: service.query_of(request)?,
    })
}

fn client() -> ClientId {
    ClientId(CLIENT.map(str::to_owned))
}

fn address(network: &Network, code: &str) -> Address {
    let member = &network.xroad;
    Address([
        member.instance.clone(),
        member.class.clone(),
        member.member.clone(),
        member.subsystem.clone(),
        code.to_owned(),
    ])
}

/// A network that answers "no such record" is well.
fn counts_against(fault: Fault) -> bool {
    match fault {
        Fault::NotFound | Fault::Rejected => false,
        Fault::Unreachable
        | Fault::TimedOut
        | Fault::Undelivered
        | Fault::Failing(_)
        | Fault::Nonsense
        // Whoever asks for patience is given some.
        | Fault::Throttled => true,
    }
}

fn refused(fault: Fault) -> Refused {
    match fault {
        Fault::NotFound => Refused::NoSuchRecord,
        Fault::Rejected => Refused::Malformed,
        Fault::Unreachable | Fault::Undelivered => Refused::Fault(NetworkFault::Unreachable),
        Fault::TimedOut | Fault::Throttled => Refused::Fault(NetworkFault::Slow),
        Fault::Failing(_) | Fault::Nonsense => Refused::Fault(NetworkFault::Nonsense),
    }
}
