//! Answers a submitted request: asks the network, then numbers, seals, prints
//! and signs one document for each copy.

mod certify;
mod witness;

use std::{sync::Arc, time::Duration};

use catalog::{Catalog, Network, Service};
use ledger::{Store, StoreError};
use request::{
    Action, DeclineReason, DocumentNumber, DocumentReference, NetworkFault, RequestId,
    ServiceRequest, Stage, StationId,
};
use serde_json::Value;
use tokio::sync::Notify;

pub(crate) use certify::Certifier;
pub(crate) use witness::Witness;

use crate::{
    clock::Clock,
    connector::{Connector, Refused},
    numbering,
};

/// Between attempts while a network fails and the citizen still waits.
const PAUSE: Duration = Duration::from_secs(30);

/// Of a copy that was not asked for anew.
const FIRST_EDITION: u32 = 1;

/// Everything the issuing of a document needs.
pub(crate) struct Issuer {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) store: Store,
    pub(crate) connector: Connector,
    pub(crate) certifier: Certifier,
    pub(crate) clock: Clock,
    /// Rung when something was published.
    pub(crate) published: Notify,
}

impl Issuer {
    /// Works on a request until it is answered or its citizen has gone.
    pub(crate) async fn answer(self: Arc<Self>, id: RequestId, station: StationId) {
        loop {
            match self.attempt(&id, &station).await {
                Ok(true) => return,
                Ok(false) => tokio::time::sleep(PAUSE).await,
                Err(error) => {
                    tracing::error!(request = %id, %error, "The exchange cannot work on a request");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// One attempt; answers whether the request needs no further one.
    async fn attempt(&self, id: &RequestId, station: &StationId) -> Result<bool, StoreError> {
        let Some(request) = self.store.request(id)? else {
            return self.store.end_job(id).map(|()| true);
        };
        let void = request.paper.replacement_wanted().cloned();
        let (action, done) = match (request.stage, void) {
            (Stage::Submitted, _) => match self.prepare(&request).await? {
                Ok(documents) => (Action::Prepare(documents), true),
                Err(Refusal::Declined(reason)) => (Action::Decline(reason), true),
                Err(Refusal::Fault(fault)) => (Action::FailAttempt(fault), false),
            },
            (Stage::Prepared, Some(number)) => match self.replace(&request, &number).await? {
                Ok(document) => (Action::Replace { number, document }, true),
                // The citizen is given the money back instead.
                Err(Refusal::Declined(_)) => (Action::FailAttempt(NetworkFault::Nonsense), true),
                Err(Refusal::Fault(fault)) => (Action::FailAttempt(fault), false),
            },
            _ => return self.store.end_job(id).map(|()| true),
        };
        // The citizen may have left while the network thought about it.
        let Some(Ok(event)) = self
            .store
            .request(id)?
            .map(|request| request.decide(action))
        else {
            return self.store.end_job(id).map(|()| true);
        };
        self.store
            .publish(id, station, &event, self.clock.now(), done)?;
        self.published.notify_waiters();
        Ok(done)
    }

    async fn prepare(
        &self,
        request: &ServiceRequest,
    ) -> Result<Result<Vec<DocumentReference>, Refusal>, StoreError> {
        let record = match self.record(request).await {
            Ok(record) => record,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut documents = Vec::new();
        for copy in 1..=request.copies {
            match self.make(request, &record, copy, FIRST_EDITION).await? {
                Ok(document) => documents.push(document),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        Ok(Ok(documents))
    }

    /// The next edition of a copy whose number is void.
    async fn replace(
        &self,
        request: &ServiceRequest,
        void: &DocumentNumber,
    ) -> Result<Result<DocumentReference, Refusal>, StoreError> {
        let Some((copy, edition)) = request.paper.copy_and_edition(void) else {
            return Ok(Err(Refusal::Declined(DeclineReason::Malformed)));
        };
        match self.record(request).await {
            Ok(record) => self.make(request, &record, copy, edition + 1).await,
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    async fn make(
        &self,
        request: &ServiceRequest,
        record: &Arc<Value>,
        copy: u32,
        edition: u32,
    ) -> Result<Result<DocumentReference, Refusal>, StoreError> {
        let now = self.clock.now();
        let fresh = numbering::next(now.local());
        let number = self.store.reserve(&request.id, copy, edition, &fresh)?;
        let certifier = &self.certifier;
        match certifier.certify(request, record, number, copy, now).await {
            Ok(document) => {
                self.store.finish(&document)?;
                Ok(Ok(document.reference))
            }
            Err(reason) => Ok(Err(Refusal::Declined(reason))),
        }
    }

    async fn record(&self, request: &ServiceRequest) -> Result<Arc<Value>, Refusal> {
        let (service, network) = self
            .service(request)
            .ok_or(Refusal::Declined(DeclineReason::Malformed))?;
        if !network.hours.open_at(self.clock.now().local()) {
            return Err(Refusal::Declined(DeclineReason::OutsideHours));
        }
        match self.connector.ask(network, service, request).await {
            Ok(record) => Ok(Arc::new(record)),
            Err(Refused::NoSuchRecord) => Err(Refusal::Declined(DeclineReason::NoSuchRecord)),
            Err(Refused::Malformed) => Err(Refusal::Declined(DeclineReason::Malformed)),
            Err(Refused::Fault(fault)) => Err(Refusal::Fault(fault)),
        }
    }

    fn service(&self, request: &ServiceRequest) -> Option<(&Service, &Network)> {
        let service = self.catalog.service(&request.service)?;
        Some((service, self.catalog.network(&service.network)?))
    }
}

enum Refusal {
    /// Asking again will not help.
    Declined(DeclineReason),
    Fault(NetworkFault),
}
