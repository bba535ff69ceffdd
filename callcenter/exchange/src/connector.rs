//! Asks a data network, and knows which of them are away.

mod access;
mod answers;
mod breaker;
mod conformity;
mod description;
mod hand_over;
mod lines;
mod put;
mod snapshot;
#[cfg(test)]
mod tests;
mod turns;

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use anyhow::Context;
use catalog::{Catalog, LeaseRule, Network, Query, Service};
use registry::{Address, Fault, Question, message_id};
use request::{Applicant, CheckId, NetworkFault, NetworkId, ServiceRequest, StationId, Timestamp};
use serde_json::Value;
use sync::LeasedRecord;

use crate::{Settings, clock::Clock, metrics::NetworkMetrics};
use access::Access;
use answers::{Answers, Asked};
pub(crate) use breaker::{Breaker, NetworkHealth, NetworkState, Outcome};
use conformity::Schemas;
pub use description::describe_networks;
pub(crate) use hand_over::NotTaken;
use lines::Lines;
use turns::Turns;

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    NoSuchRecord,
    /// The request does not fit its own service.
    Malformed,
    Fault(NetworkFault),
}

pub(crate) struct Connector {
    access: Access,
    lines: Lines,
    turns: Turns,
    breakers: Mutex<BTreeMap<NetworkId, Breaker>>,
    answers: Mutex<Answers>,
    schemas: Schemas,
    pub(crate) metrics: NetworkMetrics,
}

impl Connector {
    /// By the ways the settings name; the clock judges certificates of security servers.
    ///
    /// # Errors
    /// When the ways or their credentials are of no use.
    pub(crate) fn open(
        settings: &Settings,
        catalog: &Catalog,
        clock: Clock,
    ) -> anyhow::Result<Self> {
        let access = match &settings.network_access {
            None => Access::through(&settings.networks),
            Some(file) => Access::read(file, &settings.networks, catalog)?,
        };
        let connector = Self::by(access, clock);
        for network in catalog.networks() {
            if let Some(folder) = &connector.access.to(&network.id).credentials {
                let opened = connector.lines.open(folder);
                opened.with_context(|| format!("the credentials of network {}", network.id))?;
            }
        }
        Ok(connector)
    }

    fn by(access: Access, clock: Clock) -> Self {
        Self {
            access,
            lines: Lines::new(identity::Clock::new(move || clock.now())),
            turns: Turns::default(),
            breakers: Mutex::default(),
            answers: Mutex::default(),
            schemas: Schemas::default(),
            metrics: NetworkMetrics::new(),
        }
    }

    /// How each network of the catalogue is doing.
    pub(crate) fn states(&self, catalog: &Catalog, now: Instant) -> Vec<(NetworkId, NetworkState)> {
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

    /// As [`Self::states`], with what it comes from.
    pub(crate) fn health(&self, catalog: &Catalog, now: Instant) -> Vec<NetworkHealth> {
        let breakers = self.breakers.lock().unwrap_or_else(PoisonError::into_inner);
        let health = |network: &Network| {
            let breaker = breakers.get(&network.id).copied().unwrap_or_default();
            breaker.health(now)
        };
        catalog.networks().map(health).collect()
    }

    /// The record for `request`, checked against the service's schema.
    pub(crate) async fn ask(
        &self,
        network: &Network,
        service: &Service,
        request: &ServiceRequest,
    ) -> Result<Value, Refused> {
        let (id, issue) = (message_id(request.id.as_str()), request.id.to_string());
        let parameters = service.query_of(request).ok_or(Refused::Malformed)?;
        let question = self.question(network, &service.query, id, issue, parameters);
        let Some(term) = service.cached_for() else {
            let applicant = request.applicant.as_ref();
            return self.record(network, service, &question, applicant).await;
        };
        let asked = Asked::of(service, &question.parameters);
        if let Some(known) = self.answers().find(&asked, Instant::now()) {
            return Ok(known);
        }
        let record = self.record(network, service, &question, None).await?;
        self.answers().keep(asked, &record, term, Instant::now());
        Ok(record)
    }

    /// The record about somebody who says who they are, for a check of it.
    pub(crate) async fn ask_about(
        &self,
        network: &Network,
        service: &Service,
        check: &CheckId,
        applicant: &Applicant,
    ) -> Result<Value, Refused> {
        let (id, issue) = (message_id(check.as_str()), check.to_string());
        let parameters = service.query_about(applicant).ok_or(Refused::Malformed)?;
        let question = self.question(network, &service.query, id, issue, parameters);
        let applicant = Some(applicant);
        self.record(network, service, &question, applicant).await
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
        let id = message_id(&format!("{station} {} {}", service.id, at.as_millis()));
        let none = BTreeMap::new();
        let question = self.question(network, &rule.snapshot, id, station.to_string(), none);
        self.asked(network, &question, |answer| {
            snapshot::read(service, &self.schemas.of(service)?, answer)
        })
        .await
    }

    async fn record(
        &self,
        network: &Network,
        service: &Service,
        question: &Question,
        applicant: Option<&Applicant>,
    ) -> Result<Value, Refused> {
        self.asked(network, question, |record| {
            let record = self.schemas.check(service, record)?;
            conformity::check_subject(service, applicant, record)
        })
        .await
    }

    fn question(
        &self,
        network: &Network,
        code: &str,
        id: String,
        issue: String,
        parameters: Query,
    ) -> Question {
        Question {
            client: self.access.to(&network.id).client.clone(),
            service: address(network, code),
            id,
            issue,
            parameters,
        }
    }

    fn answers(&self) -> std::sync::MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
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

fn refused(fault: Fault) -> Refused {
    match fault {
        Fault::NotFound => Refused::NoSuchRecord,
        Fault::Rejected => Refused::Malformed,
        Fault::Unreachable | Fault::Unsent | Fault::Undelivered => {
            Refused::Fault(NetworkFault::Unreachable)
        }
        Fault::TimedOut | Fault::Throttled(_) => Refused::Fault(NetworkFault::Slow),
        Fault::Failing(_) | Fault::Nonsense => Refused::Fault(NetworkFault::Nonsense),
    }
}
