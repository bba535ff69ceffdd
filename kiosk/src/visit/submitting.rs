//! From "ask for it" until the documents lie in this kiosk's memory.

use std::{sync::Arc, time::Duration};

use request::{Action, DocumentNumber, NetworkFault, PaperState, RequestEvent, RequestId};

use super::{
    Command, Moment, Visit, collecting::declined, network_failure, settling::Ending, step::Step,
    view::FailureReason,
};

/// Longer than the exchange gives any network, so that its own answer comes first.
const PREPARING: Duration = Duration::from_secs(45);
/// While the exchange is known to be away, nobody is kept waiting for longer.
const AWAY: Duration = Duration::from_secs(10);
const FETCHING: Duration = Duration::from_secs(60);

impl Visit {
    pub(super) fn submit(&mut self, now: Moment) {
        // What lies ready here waits for nobody.
        let service = self.service().filter(|_| self.person.honoring.is_none());
        if service.is_some_and(|it| self.issues_here(it, now).is_some()) {
            self.make_here(now);
            return;
        }
        // Nobody waits for each of several in vain.
        if !self.is_alone() && self.fittings.exchange_trouble().is_some() {
            self.fail(FailureReason::NetworkDown, now);
            return;
        }
        let queues = self.may_queue() && self.service().is_some_and(|it| self.queues(it, now));
        if !self.act(Action::Submit) {
            self.fail(FailureReason::Bug, now);
        } else if queues {
            self.queue(now);
        } else {
            self.enter(Step::Preparing);
            self.wait_for_exchange(now);
        }
    }

    /// Starts the wait for the documents anew: the way to the exchange has changed.
    pub(super) fn wait_for_exchange(&mut self, now: Moment) {
        let patience = match self.fittings.exchange_trouble() {
            Some(_) => AWAY,
            None => PREPARING,
        };
        self.deadline = Some(now.instant + patience);
    }

    pub(super) fn published(&mut self, id: &RequestId, event: &RequestEvent, now: Moment) {
        for known in self.copies_of(id) {
            known.apply(event);
        }
        if self.person.request.as_ref().is_none_or(|it| it.id != *id) {
            return;
        }
        // What is credited late goes the way of all money that is held.
        if matches!(event, RequestEvent::Credited { .. }) {
            self.settle_on(now);
        }
        match (self.step, event) {
            (Step::Preparing, RequestEvent::Prepared { .. }) => self.prepared(now),
            (Step::Preparing, RequestEvent::Credited { .. }) => self.settle(Ending::Left, now),
            (Step::Preparing, RequestEvent::AttemptFailed { fault }) => self.not_now(*fault, now),
            (Step::Preparing, RequestEvent::Declined { reason }) => {
                self.fail(declined(*reason), now);
            }
            (Step::Replacing, RequestEvent::Replaced { document, .. }) => {
                self.replaced(document, now);
            }
            (Step::Replacing, RequestEvent::AttemptFailed { fault }) => {
                self.fail(network_failure(*fault), now);
            }
            _ => {}
        }
    }

    fn prepared(&mut self, now: Moment) {
        let Some(request) = &self.person.request else {
            return;
        };
        let documents = request.paper.documents.iter();
        let documents: Vec<_> = documents.map(|(document, _)| document.clone()).collect();
        if documents.len() != request.copies as usize {
            self.fail(FailureReason::NetworkNonsense, now);
            return;
        }
        for document in documents {
            self.order(Command::Fetch(document));
        }
        self.enter(Step::Fetching);
        self.deadline = Some(now.instant + FETCHING);
    }

    pub(super) fn fetched(
        &mut self,
        number: DocumentNumber,
        content: Option<Arc<[u8]>>,
        now: Moment,
    ) {
        let Some(request) = &self.person.request else {
            return;
        };
        if request.paper.state(&number) != Some(PaperState::Ready) {
            return;
        }
        let Some(content) = content else {
            self.fail(FailureReason::NetworkDown, now);
            return;
        };
        self.person.documents.insert(number, content);
        if self.step == Step::Replacing {
            self.print_replacement(now);
        } else if self.person.documents.len() == request.paper.documents.len() {
            self.documents_are_here(now);
        }
    }

    pub(super) fn waited_too_long(&mut self, now: Moment) {
        let fault = match self.fittings.exchange_trouble() {
            Some(_) => NetworkFault::Unreachable,
            None => NetworkFault::Slow,
        };
        if self.step == Step::Preparing {
            self.not_now(fault, now);
        } else {
            self.fail(network_failure(fault), now);
        }
    }

    /// The agency does not answer now: what may wait for it waits.
    fn not_now(&mut self, fault: NetworkFault, now: Moment) {
        if self.may_queue() {
            self.queue(now);
        } else {
            self.fail(network_failure(fault), now);
        }
    }
}
