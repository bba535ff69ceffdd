//! What is left of the money goes on with the turn, from one request to the next.

use request::{Action, Stage};

use super::Course;
use crate::visit::{Command, Moment, Visit, settling::Ending, step::Step};

impl Visit {
    /// Printing has begun: what fails from now on fails alone.
    pub(in crate::visit) fn printing_begins(&mut self) {
        if self.person.basket.course == Course::Paying {
            self.person.basket.course = Course::Printing;
        }
    }

    /// The one whose papers come after those of the present one.
    fn following(&self) -> Option<usize> {
        let present = self.person.request.as_ref()?;
        let printing = self.person.basket.course == Course::Printing;
        self.place_where(|it| {
            let ready = it.stage == Stage::Prepared && it.paper.next_ready().is_some();
            printing && ready && it.id != present.id
        })
    }

    /// Whether what is left pays for another one.
    pub(in crate::visit) fn carries(&self, ending: Ending) -> bool {
        matches!(ending, Ending::Done | Ending::Failed) && self.following().is_some()
    }

    pub(super) fn print_following(&mut self, ending: Ending, now: Moment) -> bool {
        self.person.basket.broken |= ending == Ending::Failed;
        let Some(place) = self.following() else {
            return false;
        };
        if !self.carry_over(place) {
            // Nothing can pay for the others: what is left goes back from here.
            self.person.basket.course = Course::Ended;
            self.person.basket.broken = true;
            self.settle(ending, now);
            return true;
        }
        if ending == Ending::Failed {
            self.end_present(Action::Close);
        }
        self.go_to(place);
        self.enter(Step::Printing);
        match self.printer_failure() {
            Some(failure) => self.fail(failure, now),
            None => self.print_next(now),
        }
        true
    }

    /// Both facts are one entry's worth: money is never in two requests, nor in none.
    fn carry_over(&mut self, place: usize) -> bool {
        let Some(from) = &self.person.request else {
            return false;
        };
        let amount_won = from.money.held_won();
        if amount_won == 0 {
            return true;
        }
        let Some(to) = self.requests().nth(place) else {
            return false;
        };
        let (from_id, to_id) = (from.id.clone(), to.id.clone());
        let left = from.decide(Action::CarryOver {
            to: to_id.clone(),
            amount_won,
        });
        let brought = to.decide(Action::BringForward {
            from: from_id.clone(),
            amount_won,
        });
        let (Ok(left), Ok(brought), false) = (left, brought, self.fittings.journal_broken()) else {
            tracing::error!("Money cannot go on to the next request");
            return false;
        };
        let facts = vec![(from_id, left), (to_id, brought)];
        for (id, event) in &facts {
            let one = self.requests_mut().find(|it| it.id == *id);
            if let Some(one) = one {
                one.apply(event);
            }
        }
        self.commands.push_back(Command::RecordTogether(facts));
        true
    }
}
