//! Answers a submitted request: asks the network, then numbers, seals, prints
//! and signs one document for each copy.

mod certify;
mod lease;
mod tickets;
mod vouched;
mod witness;

use std::{sync::Arc, time::Duration};

use catalog::{Admission, Catalog, Network, Service};
use ledger::{Store, StoreError};
use offices::Directory;
use request::{
    Action, DeclineReason, DocumentNumber, DocumentReference, NetworkFault, Promise, RequestId,
    ServiceRequest, Stage, StationId,
};
use serde_json::Value;
use sync::Reason;
use tokio::sync::Notify;

pub(crate) use certify::Certifier;
pub(crate) use lease::NoLease;
pub(crate) use witness::Witness;

use crate::{
    clock::Clock,
    connector::{Connector, Refused},
    deliveries::Recipients,
    numbering,
    working_days::WorkingDays,
};

/// Between attempts while a network fails and the citizen still waits.
const PAUSE: Duration = Duration::from_secs(30);

/// Until the rest of a prepared request has come.
const MOMENT: Duration = Duration::from_secs(1);

/// Of a copy that was not asked for anew.
const FIRST_EDITION: u32 = 1;

/// Everything the issuing of a document needs.
pub(crate) struct Issuer {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) store: Store,
    pub(crate) connector: Connector,
    pub(crate) certifier: Certifier,
    /// Agencies that documents may be sent to.
    pub(crate) recipients: Recipients,
    pub(crate) clock: Clock,
    /// Which office a petition is for.
    pub(crate) offices: Directory,
    pub(crate) working_days: WorkingDays,
    /// Rung when something was published.
    pub(crate) published: Notify,
    /// Rung when a document is to be delivered.
    pub(crate) to_deliver: Notify,
    /// Rung when a citizen may want to be told something.
    pub(crate) to_tell: Notify,
}

impl Issuer {
    /// Goes on with entries that were taken over.
    pub(crate) fn follow(
        self: &Arc<Self>,
        station: &StationId,
        submitted: Vec<RequestId>,
        wedged: &[(u64, Reason)],
    ) {
        self.to_tell.notify_one();
        self.route_petitions();
        for id in submitted {
            tokio::spawn(Arc::clone(self).answer(id, station.clone()));
        }
        for (number, reason) in wedged {
            tracing::warn!(%station, number, %reason, "An entry is wedged");
        }
        if !wedged.is_empty() {
            self.published.notify_waiters();
        }
    }

    /// Works on a request until it is answered or its citizen has gone.
    pub(crate) async fn answer(self: Arc<Self>, id: RequestId, station: StationId) {
        loop {
            match self.attempt(&id, &station).await {
                Ok(Next::Nothing) => return,
                Ok(Next::Again) => {}
                Ok(Next::Soon) => tokio::time::sleep(MOMENT).await,
                Ok(Next::Later) => tokio::time::sleep(PAUSE).await,
                Err(error) => {
                    tracing::error!(request = %id, %error, "The exchange cannot work on a request");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// One attempt, and what comes after it.
    #[tracing::instrument(name = "answer request", skip_all)]
    async fn attempt(&self, id: &RequestId, station: &StationId) -> Result<Next, StoreError> {
        let Some(request) = self.store.request(id)? else {
            return self.store.end_job(id).map(|()| Next::Nothing);
        };
        let (action, next) = match request.stage {
            // Its code is on the way; nothing is asked for a voice.
            Stage::Submitted if request.waits_for_its_holder() => return Ok(Next::Soon),
            // An agent answers it.
            Stage::Submitted if request.waits_for_a_person() => {
                return self.store.end_job(id).map(|()| Next::Nothing);
            }
            Stage::Submitted if !self.is_vouched(&request, station)? => {
                (Action::Decline(DeclineReason::NotVouched), Next::Nothing)
            }
            Stage::Submitted => self.answer_at_once(&request).await?,
            _ if still_queued(&request) && !self.is_vouched(&request, station)? => {
                (Action::Decline(DeclineReason::NotVouched), Next::Nothing)
            }
            _ if still_queued(&request) => match self.work_off(&request).await? {
                Some(action) => (action, Next::Nothing),
                None => return Ok(Next::Later),
            },
            Stage::Prepared if !self.is_vouched(&request, station)? => {
                (Action::FailAttempt(NetworkFault::Nonsense), Next::Nothing)
            }
            Stage::Prepared => match request.paper.replacement_wanted().cloned() {
                Some(void) => self.replacement(&request, void).await?,
                None => return self.store.end_job(id).map(|()| Next::Nothing),
            },
            Stage::Draft | Stage::Queued | Stage::Declined | Stage::Closed(_) => {
                return self.store.end_job(id).map(|()| Next::Nothing);
            }
        };
        // The citizen may have left while the network thought about it.
        let now = self.store.request(id)?;
        let Some(Ok(event)) = now.as_ref().map(|request| request.decide(action)) else {
            if now.is_some_and(|request| still_queued(&request)) {
                return Ok(Next::Again);
            }
            return self.store.end_job(id).map(|()| Next::Nothing);
        };
        let done = next == Next::Nothing;
        self.store
            .publish(id, station, &event, self.clock.now(), done)?;
        self.published.notify_waiters();
        self.to_tell.notify_one();
        Ok(next)
    }

    /// Whoever asked stands at the kiosk and waits.
    async fn answer_at_once(&self, request: &ServiceRequest) -> Result<(Action, Next), StoreError> {
        let answer = match &request.collecting {
            None => self.prepare(request).await?.map(Action::Prepare),
            Some((ticket, what)) => self.honor(request, ticket, *what).await?,
        };
        Ok(match answer {
            Ok(action) => (action, Next::Nothing),
            Err(Refusal::Declined(reason)) => (Action::Decline(reason), Next::Nothing),
            Err(Refusal::Fault(fault)) => (Action::FailAttempt(fault), Next::Later),
        })
    }

    async fn prepare(
        &self,
        request: &ServiceRequest,
    ) -> Result<Result<Vec<DocumentReference>, Refusal>, StoreError> {
        let record = match self.record(request).await {
            Ok(record) => record,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.certify(request, request, &record).await
    }

    /// One numbered document for each copy of `request`, with what `asked` asked for.
    async fn certify(
        &self,
        request: &ServiceRequest,
        asked: &ServiceRequest,
        record: &Arc<Value>,
    ) -> Result<Result<Vec<DocumentReference>, Refusal>, StoreError> {
        let mut documents = Vec::new();
        for copy in 1..=request.copies {
            match self
                .make(request, asked, record, copy, FIRST_EDITION)
                .await?
            {
                Ok(document) => documents.push(document),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        Ok(Ok(documents))
    }

    /// The citizen did not get a copy and waits for another.
    async fn replacement(
        &self,
        request: &ServiceRequest,
        void: DocumentNumber,
    ) -> Result<(Action, Next), StoreError> {
        Ok(match self.replace(request, &void).await? {
            Ok(document) => {
                let number = void;
                (Action::Replace { number, document }, Next::Nothing)
            }
            // The citizen is given the money back instead.
            Err(Refusal::Declined(_)) => {
                (Action::FailAttempt(NetworkFault::Nonsense), Next::Nothing)
            }
            Err(Refusal::Fault(fault)) => (Action::FailAttempt(fault), Next::Later),
        })
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
        let promised = match &request.collecting {
            Some((ticket, Promise::Documents)) => self.promised(request, ticket)?,
            _ => self.record(request).await.map(|it| (request.clone(), it)),
        };
        match promised {
            Ok((asked, record)) => self.make(request, &asked, &record, copy, edition + 1).await,
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// A copy for `request`, with what `asked` asked for.
    async fn make(
        &self,
        request: &ServiceRequest,
        asked: &ServiceRequest,
        record: &Arc<Value>,
        copy: u32,
        edition: u32,
    ) -> Result<Result<DocumentReference, Refusal>, StoreError> {
        let now = self.clock.now();
        let fresh = numbering::next(now.local());
        let number = self.store.reserve(&request.id, copy, edition, &fresh)?;
        let copy = (copy, request.copies);
        match self
            .certifier
            .certify(asked, record, number, copy, now)
            .await
        {
            Ok(document) => {
                self.store.finish(&document)?;
                Ok(Ok(document.reference))
            }
            Err(reason) => Ok(Err(Refusal::Declined(reason))),
        }
    }

    /// Whether the agency is asked now at all.
    fn admission(&self, request: &ServiceRequest) -> Option<Admission> {
        let (service, _) = self.service(request)?;
        Some(self.catalog.admission(service, self.clock.now().local()))
    }

    async fn record(&self, request: &ServiceRequest) -> Result<Arc<Value>, Refusal> {
        let (service, network) = self
            .service(request)
            .ok_or(Refusal::Declined(DeclineReason::Malformed))?;
        match self.catalog.admission(service, self.clock.now().local()) {
            Admission::Asked => {}
            Admission::Later => return Err(Refusal::Fault(NetworkFault::Unreachable)),
            Admission::Declined => return Err(Refusal::Declined(DeclineReason::OutsideHours)),
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

/// What follows an attempt.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The request is answered, or nobody wants the answer any more.
    Nothing,
    /// It was queued meanwhile.
    Again,
    Soon,
    Later,
}

/// Whether a request whose citizen has gone with a claim ticket still waits for
/// its answer.
fn still_queued(request: &ServiceRequest) -> bool {
    request.claim_ticket.is_some() && !request.is_answered()
}

enum Refusal {
    /// Asking again will not help.
    Declined(DeclineReason),
    Fault(NetworkFault),
}
