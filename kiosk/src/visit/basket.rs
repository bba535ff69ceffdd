//! Several certificates in one visit: one identification, one payment, an end for each.
//!
//! Each is a request of its own. One of them is the present one, which every step of
//! the visit is about; the others are kept here until their turn comes. They hold no
//! money: what was paid lies in the present one, and goes on with the turn.

mod carrying;
mod ending;
mod filling;
mod preparing;
mod present;
mod slip;

use std::{collections::BTreeMap, sync::Arc};

use privacy::Personal;
use request::{AssistanceEnding, DocumentNumber, RequestId, ServiceId, ServiceRequest, Stage};

use super::{Visit, view::FailureReason};

#[derive(Debug, Default)]
pub(super) struct Basket {
    kept: Vec<Item>,
    /// Where among them the present one stands.
    place: usize,
    pub course: Course,
    /// Something went wrong that was paid for.
    broken: bool,
}

/// How far all of them together have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Course {
    #[default]
    Filling,
    Preparing,
    Paying,
    Printing,
    Ended,
}

/// Everything of a person that is about one certificate alone.
#[derive(Debug)]
struct Item {
    service: Option<ServiceId>,
    answers: BTreeMap<String, Personal<String>>,
    options: BTreeMap<String, String>,
    copies: u32,
    consented: bool,
    request: ServiceRequest,
    written: Option<ServiceRequest>,
    documents: BTreeMap<DocumentNumber, Arc<[u8]>>,
    failure: Option<FailureReason>,
}

impl Visit {
    /// All requests of whoever stands here, in the order they were put in.
    pub fn requests(&self) -> impl Iterator<Item = &ServiceRequest> {
        let basket = &self.person.basket;
        let place = basket.place.min(basket.kept.len());
        let (before, after) = basket.kept.split_at(place);
        let before = before.iter().map(|it| &it.request);
        let after = after.iter().map(|it| &it.request);
        before.chain(&self.person.request).chain(after)
    }

    pub(super) fn is_alone(&self) -> bool {
        self.person.basket.kept.is_empty()
    }

    /// The one with this id, and the same as the journal has it.
    pub(super) fn copies_of(
        &mut self,
        id: &RequestId,
    ) -> impl Iterator<Item = &mut ServiceRequest> {
        let person = &mut self.person;
        let present = [person.request.as_mut(), person.written.as_mut()];
        let kept = person.basket.kept.iter_mut();
        let kept = kept.flat_map(|it| [Some(&mut it.request), it.written.as_mut()]);
        let all = present.into_iter().chain(kept).flatten();
        all.filter(move |it| it.id == *id)
    }

    pub(super) fn written_of(&mut self, id: &RequestId) -> Option<&mut ServiceRequest> {
        let person = &mut self.person;
        let kept = person.basket.kept.iter_mut();
        let kept = kept.filter_map(|it| it.written.as_mut());
        let mut all = person.written.iter_mut().chain(kept);
        all.find(|it| it.id == *id)
    }

    /// What all of them cost that can still be had.
    pub(super) fn sum_won(&self) -> u32 {
        let counts = |it: &&ServiceRequest| !matches!(it.stage, Stage::Closed(_));
        let fees = self
            .requests()
            .filter(counts)
            .map(ServiceRequest::total_won);
        fees.fold(0, u32::saturating_add)
    }

    fn requests_mut(&mut self) -> impl Iterator<Item = &mut ServiceRequest> {
        let kept = self.person.basket.kept.iter_mut();
        let kept = kept.map(|it| &mut it.request);
        self.person.request.iter_mut().chain(kept)
    }

    fn place_where(&self, is_it: impl Fn(&ServiceRequest) -> bool) -> Option<usize> {
        self.requests().position(is_it)
    }

    /// Makes another one the present one.
    fn go_to(&mut self, place: usize) {
        if place != self.person.basket.place || self.person.request.is_none() {
            self.lay_aside();
            self.take_up(place);
        }
    }

    /// The help of an agent is noted with each request it was given for.
    fn lay_aside(&mut self) {
        let open = |it: &ServiceRequest| !matches!(it.stage, Stage::Closed(_));
        if self.person.request.as_ref().is_some_and(open) {
            self.note_end_of_help(AssistanceEnding::ByCitizen);
        }
        self.keep();
    }

    fn keep(&mut self) {
        let person = &mut self.person;
        let Some(request) = person.request.take() else {
            return;
        };
        let item = Item {
            service: person.service.take(),
            answers: std::mem::take(&mut person.answers),
            options: std::mem::take(&mut person.options),
            copies: std::mem::replace(&mut person.copies, 1),
            consented: std::mem::take(&mut person.consented),
            request,
            written: person.written.take(),
            documents: std::mem::take(&mut person.documents),
            failure: person.failure.take(),
        };
        let place = person.basket.place.min(person.basket.kept.len());
        person.basket.kept.insert(place, item);
    }

    /// Takes one up while there is no present one.
    fn take_up(&mut self, place: usize) {
        let person = &mut self.person;
        if place >= person.basket.kept.len() {
            return;
        }
        let item = person.basket.kept.remove(place);
        person.basket.place = place;
        person.service = item.service;
        person.answers = item.answers;
        person.options = item.options;
        person.recipient = None;
        person.copies = item.copies;
        person.consented = item.consented;
        person.request = Some(item.request);
        person.written = item.written;
        person.documents = item.documents;
        person.failure = item.failure;
    }

    /// Does something with each of them in its turn.
    pub(super) fn with_each(&mut self, deed: impl Fn(&mut Self)) {
        let (place, present) = (self.person.basket.place, self.person.request.is_some());
        let failure = self.person.failure;
        for each in 0..self.requests().count() {
            self.go_to(each);
            deed(self);
        }
        if present {
            self.go_to(place);
        } else {
            self.keep();
            self.person.basket.place = place;
            self.person.failure = failure;
        }
    }
}
