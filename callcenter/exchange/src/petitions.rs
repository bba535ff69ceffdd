//! Petitions come to their offices, get their due dates, and end when nothing can happen
//! to them any more.

pub(crate) mod file_kind;
pub(crate) mod likeness;
mod standing;
mod terms;

use std::{sync::Arc, time::Duration};

use ledger::StoreError;
use request::{OfficeId, RouteGround, ServiceRequest, Timestamp};

pub(crate) use standing::is_answered;
pub(crate) use terms::day;

use crate::issue::Issuer;

/// Between looks at what has ended and what is late.
const LOOK_AGAIN: Duration = Duration::from_hours(1);

/// Concludes petitions and says how many are late, for ever.
pub(crate) async fn keep_concluding(issuer: Arc<Issuer>) {
    loop {
        let at_work = Arc::clone(&issuer);
        match tokio::task::spawn_blocking(move || at_work.look_after_petitions()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "Petitions cannot be looked after"),
            Err(error) => tracing::error!(%error, "Looking after petitions broke off"),
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

impl Issuer {
    fn look_after_petitions(&self) -> Result<(), StoreError> {
        self.route_petitions();
        let now = self.clock.now();
        loop {
            let concluded = self.store.conclude_petitions(now)?;
            if concluded == 0 {
                break;
            }
            tracing::info!(concluded, "Petitions have ended");
        }
        let late = self.store.late_petitions(now)?;
        if late > 0 {
            tracing::warn!(late, "Petitions are past their due dates");
        }
        Ok(())
    }

    /// Gives new petitions to their offices. Those of which the store cannot be read or
    /// written now are looked at again with the next one.
    pub(crate) fn route_petitions(&self) {
        if let Err(error) = self.route_waiting() {
            tracing::error!(%error, "Petitions cannot be routed");
        }
    }

    fn route_waiting(&self) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let batch = self.store.petitions_to_route(after.as_ref())?;
            let Some((last, submitted_at)) = batch.last() else {
                return Ok(());
            };
            after = Some((last.id.clone(), *submitted_at));
            self.route_batch(batch)?;
        }
    }

    fn route_batch(&self, batch: Vec<(ServiceRequest, Timestamp)>) -> Result<(), StoreError> {
        for (request, submitted_at) in batch {
            let now = self.clock.now();
            let appealed = request.handling.appeal.is_some();
            // A station's clock may be ahead; a term begins at the latest now.
            let from = if appealed { now } else { submitted_at.min(now) };
            let due_at = self.due(&request, from);
            let to = match request.handling.office {
                Some(_) => None,
                None => self.office_for(&request),
            };
            if let Some((office, _)) = &to {
                tracing::info!(request = %request.id, %office, "A petition has its office");
            }
            self.store.route(&request.id, due_at, to, now)?;
        }
        Ok(())
    }

    fn office_for(&self, request: &ServiceRequest) -> Option<(OfficeId, RouteGround)> {
        let words = |question: &str| {
            let answer = request.answers.get(question);
            answer.map_or("", |it| it.reveal().as_str())
        };
        let route =
            self.offices
                .route(request.service.as_str(), words("subject"), words("text"))?;
        Some((route.office, route.ground))
    }

    /// Who answers an appeal against a petition's answer.
    pub(crate) fn appeal_office(&self, request: &ServiceRequest) -> Option<OfficeId> {
        let answered_by = request.handling.office.as_ref()?;
        self.offices.appeal_office(answered_by).cloned()
    }
}
