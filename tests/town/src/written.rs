//! What the town has seen a station's disk take, to hold the journal to it.

use std::collections::{BTreeMap, BTreeSet};

use request::{
    CardFact, DocumentNumber, PaperState, RequestEvent, RequestId, ServiceRequest, SpoilReason,
    Stage,
};

#[derive(Default)]
pub(crate) struct Written {
    /// The station's own entries.
    pub(crate) entries: u64,
    pub(crate) acknowledged: u64,
    pub(crate) received: u64,
    pub(crate) requests: BTreeMap<RequestId, ServiceRequest>,
    /// Requests that were written about since the laws were last looked at.
    pub(crate) touched: Vec<RequestId>,
    /// Numbers that were announced to paper.
    pub(crate) begun: BTreeSet<String>,
    /// Numbers of which it is written that no sheet came out.
    pub(crate) denied: BTreeSet<String>,
    /// Numbers that were taken out of leases.
    pub(crate) taken: BTreeSet<DocumentNumber>,
    /// Money that was announced to leave, ever.
    pub(crate) payouts_won: u32,
    /// Money of which it is written that nobody knows whether it moved, ever.
    pub(crate) unknown_won: u32,
    /// Transactions that were announced to the payment terminal, ever.
    pub(crate) transactions: BTreeSet<String>,
    /// Own entries after the end of their request.
    pub(crate) after_the_end: Vec<RequestId>,
    /// Requests that the exchange has prepared more than once.
    pub(crate) prepared_again: Vec<RequestId>,
    prepared: BTreeSet<RequestId>,
}

impl Written {
    /// The station wrote down what happened there.
    pub(crate) fn entry(&mut self, id: &RequestId, event: &RequestEvent) {
        self.entries += 1;
        let request = self.requests.get(id);
        if request.is_some_and(|it| matches!(it.stage, Stage::Closed(_))) {
            self.after_the_end.push(id.clone());
        }
        match event {
            RequestEvent::IssueBegun { number } => {
                self.begun.insert(number.as_str().to_owned());
            }
            RequestEvent::Spoiled {
                number,
                reason: SpoilReason::NotPrinted,
            } => {
                self.denied.insert(number.as_str().to_owned());
            }
            RequestEvent::PayoutBegun { amount_won, .. } => self.payouts_won += amount_won,
            RequestEvent::PayoutUnknown { asked_won }
            | RequestEvent::Card(
                CardFact::AuthorisationUnknown { asked_won, .. }
                | CardFact::ReversalUnknown { asked_won, .. },
            ) => self.unknown_won += asked_won,
            RequestEvent::Card(
                CardFact::AuthorisationBegun { transaction, .. }
                | CardFact::ReversalBegun { transaction, .. },
            ) => {
                self.transactions.insert(transaction.to_string());
            }
            _ => {}
        }
        self.take_over(id, event);
    }

    /// The station wrote down what the exchange has told.
    pub(crate) fn publication(&mut self, number: u64, id: &RequestId, event: &RequestEvent) {
        self.received = number;
        if matches!(event, RequestEvent::Prepared { .. }) && !self.prepared.insert(id.clone()) {
            self.prepared_again.push(id.clone());
        }
        self.take_over(id, event);
    }

    pub(crate) fn open(&self) -> impl Iterator<Item = &ServiceRequest> {
        let closed = |it: &ServiceRequest| matches!(it.stage, Stage::Closed(_));
        self.requests.values().filter(move |it| !closed(it))
    }

    pub(crate) fn sum(&self, of: impl Fn(&ServiceRequest) -> u32) -> u32 {
        self.requests.values().map(of).sum()
    }

    pub(crate) fn state(&self, number: &str) -> Option<PaperState> {
        let requests = self.requests.values();
        let mut documents = requests.flat_map(|it| &it.paper.documents);
        let found = documents.find(|(document, _)| document.number.as_str() == number);
        found.map(|(_, state)| *state)
    }

    fn take_over(&mut self, id: &RequestId, event: &RequestEvent) {
        match self.requests.get_mut(id) {
            Some(request) => request.apply(event),
            None => {
                let opened = ServiceRequest::open(id.clone(), event);
                self.requests.extend(opened.map(|it| (id.clone(), it)));
            }
        }
        self.touched.push(id.clone());
    }
}
