//! Issued here and now without the exchange, within what a lease allows.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use catalog::{Query, Service};
use journal::HeldLease;
use request::{Action, DocumentReference, RequestId, ServiceId, Timestamp};

use super::{Command, Moment, Visit, step::Step, view::FailureReason};

/// A page takes a fraction of a second.
const MAKING: Duration = Duration::from_secs(30);

/// Documents to be made at this station.
#[derive(Clone, Debug)]
pub struct Making {
    pub request: RequestId,
    pub service: ServiceId,
    /// The question whose record goes on the paper.
    pub query: Query,
    pub options: BTreeMap<String, String>,
    pub copies: u32,
    /// For one copy.
    pub fee_won: u32,
    /// It is this late at least, whatever the clock says.
    pub now: Timestamp,
}

/// Documents made at this station.
#[derive(Clone, Debug)]
pub struct Made {
    /// The lease whose numbers they have.
    pub lease: String,
    pub documents: Vec<(DocumentReference, Arc<[u8]>)>,
}

/// Why nothing was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMade {
    /// The records of the lease have no such thing.
    NoRecord,
    /// The lease has run out, or has not so many papers left.
    NoLease,
    /// A letter is in no font.
    Unprintable,
    Failed,
}

impl Visit {
    /// The lease by which a service can be had although its agency is out of reach.
    pub(super) fn lease(&self, service: &Service, now: Moment) -> Option<&HeldLease> {
        service.lease()?;
        let copies = match &self.person.service {
            Some(chosen) if *chosen == service.id => self.person.copies.max(1),
            _ => 1,
        };
        let lease = self.fittings.lease(&service.id)?;
        let late = self.latest(now).max(lease.seen_at);
        (lease.left >= copies && late <= lease.until).then_some(lease)
    }

    /// Whether a service is issued here, from the records of a lease.
    pub(super) fn issues_here(&self, service: &Service, now: Moment) -> Option<&HeldLease> {
        self.out_of_reach(service, now)?;
        self.lease(service, now)
    }

    /// As many copies as can be had at once.
    pub(super) fn copies_max(&self, now: Moment) -> u32 {
        let Some(service) = self.service() else {
            return 1;
        };
        let lease = self.issues_here(service, now);
        lease.map_or(service.copies_max, |it| it.left.min(service.copies_max))
    }

    /// Has the documents of the request at hand made here.
    pub(super) fn make_here(&mut self, now: Moment) {
        let making = self.person.request.as_ref().and_then(|request| {
            let service = self.catalog.service(&request.service)?;
            Some(Making {
                request: request.id.clone(),
                service: request.service.clone(),
                query: service.query_of(request)?,
                options: request.options.clone(),
                copies: request.copies,
                fee_won: request.fee.as_ref()?.unit_won,
                now: self.latest(now),
            })
        });
        let Some(making) = making else {
            self.fail(FailureReason::Bug, now);
            return;
        };
        self.order(Command::Make(Box::new(making)));
        self.enter(Step::Making);
        self.deadline = Some(now.instant + MAKING);
    }

    /// The numbers of what comes for a request that is gone are lost; nobody has
    /// a paper with one.
    pub(super) fn made(&mut self, id: &RequestId, made: Result<Made, NotMade>, now: Moment) {
        if self.person.request.as_ref().is_none_or(|it| it.id != *id) {
            return;
        }
        let made = match made {
            Ok(made) => made,
            Err(NotMade::NoRecord) => return self.fail(FailureReason::NotInRecords, now),
            Err(NotMade::NoLease) => return self.fail(FailureReason::NetworkDown, now),
            Err(NotMade::Unprintable) => return self.fail(FailureReason::Unprintable, now),
            Err(NotMade::Failed) => return self.fail(FailureReason::Bug, now),
        };
        let (documents, contents): (Vec<_>, Vec<_>) = made.documents.into_iter().unzip();
        let numbers: Vec<_> = documents.iter().map(|it| it.number.clone()).collect();
        let lease = made.lease;
        if !self.act(Action::PrepareUnderLease { lease, documents }) {
            self.fail(FailureReason::Bug, now);
            return;
        }
        self.person
            .documents
            .extend(numbers.into_iter().zip(contents));
        self.documents_are_here(now);
    }

    /// It is this late at least: the clock may have been set back.
    fn latest(&self, now: Moment) -> Timestamp {
        let heard = self.fittings.heard_by(now.instant);
        heard.map_or(now.wall, |heard| heard.max(now.wall))
    }
}
