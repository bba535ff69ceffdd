//! All of them are sent, one after the other; what cannot be had is told before
//! anybody pays.

use request::{Action, ServiceRequest, Stage};

use super::Course;
use crate::visit::{Moment, Touch, Visit, settling::Ending, step::Step, view::FailureReason};

fn is_prepared(request: &ServiceRequest) -> bool {
    request.stage == Stage::Prepared
}

impl Visit {
    pub(in crate::visit) fn submit_all(&mut self, now: Moment) {
        if self.is_alone() {
            self.submit(now);
        } else {
            self.person.basket.course = Course::Preparing;
            self.prepare_next(now);
        }
    }

    fn prepare_next(&mut self, now: Moment) {
        match self.place_where(|it| it.stage == Stage::Draft) {
            Some(place) => {
                self.go_to(place);
                self.submit(now);
            }
            None => self.all_prepared(now),
        }
    }

    /// The documents of the present one lie here.
    pub(in crate::visit) fn documents_are_here(&mut self, now: Moment) {
        match self.person.basket.course {
            Course::Preparing => self.prepare_next(now),
            Course::Filling | Course::Paying | Course::Printing | Course::Ended => {
                self.ask_for_money(now);
            }
        }
    }

    fn all_prepared(&mut self, now: Moment) {
        let prepared = self.requests().filter(|it| is_prepared(it)).count();
        if prepared == 0 {
            self.person.basket.course = Course::Ended;
            self.enter(Step::TellingOutcome);
        } else if prepared < self.requests().count() {
            self.enter(Step::OfferingRest);
        } else {
            self.pay_for_all(now);
        }
    }

    pub(in crate::visit) fn offering_rest(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Next => self.pay_for_all(now),
            Touch::Back => self.leave(now),
            _ => {}
        }
    }

    /// The money goes in at the first one that costs something.
    fn pay_for_all(&mut self, now: Moment) {
        let costs = |it: &ServiceRequest| is_prepared(it) && it.total_won() > 0;
        let first = self.place_where(costs);
        if let Some(place) = first.or_else(|| self.place_where(is_prepared)) {
            self.go_to(place);
            self.person.basket.course = Course::Paying;
            self.ask_for_money(now);
        }
    }

    /// Whether the visit goes on although the present one is at its end; `false`
    /// when nothing follows.
    pub(in crate::visit) fn goes_on(&mut self, ending: Ending, now: Moment) -> bool {
        let pulled = self.person.failure == Some(FailureReason::CardPulled);
        match (self.person.basket.course, ending) {
            (Course::Preparing, Ending::Failed) if !pulled => {
                self.end_present(Action::Close);
                self.prepare_next(now);
                true
            }
            (Course::Printing, Ending::Done | Ending::Failed) => self.print_following(ending, now),
            _ => false,
        }
    }
}
