//! Every one of them comes to its end, however the visit ends.

use request::{Action, PaperState, SpoilReason, Stage, recovery};

use super::Course;
use crate::visit::{
    Moment, Visit,
    settling::Ending,
    step::Step,
    view::{FailureReason, MoneyOutcome},
};

impl Visit {
    /// Closes what ends now: what was printed stays open until its receipt is out.
    pub(in crate::visit) fn end_requests(&mut self, ending: Ending) {
        let pulled = self.person.failure == Some(FailureReason::CardPulled);
        let action = || match ending == Ending::Left || pulled {
            true => Action::Withdraw,
            false => Action::Close,
        };
        let printed = matches!(self.person.basket.course, Course::Printing | Course::Ended);
        match ending {
            Ending::Done => {}
            Ending::Failed if printed => self.end_present(action()),
            Ending::Failed | Ending::Left | Ending::Served => {
                self.with_each(|it| it.end_present(action()));
            }
        }
    }

    /// Voids what will not be printed and closes the request, if it is not closed.
    pub(super) fn end_present(&mut self, action: Action) {
        let Some(request) = &self.person.request else {
            return;
        };
        if matches!(request.stage, Stage::Closed(_)) {
            return;
        }
        let documents = request.paper.documents.iter();
        let ready = documents.filter(|(_, state)| *state == PaperState::Ready);
        let ready: Vec<_> = ready.map(|(it, _)| it.number.clone()).collect();
        for number in ready {
            let reason = SpoilReason::NotWanted;
            self.act(Action::Spoil { number, reason });
        }
        self.act(action);
    }

    /// Whether the citizen is told what became of each, instead of one failure.
    pub(in crate::visit) fn tells_outcome(&mut self, ending: Ending) -> bool {
        let told = matches!(ending, Ending::Done | Ending::Failed)
            && !self.is_alone()
            && self.person.basket.broken;
        if told {
            self.person.basket.course = Course::Ended;
            self.enter(Step::TellingOutcome);
        }
        told
    }

    pub(in crate::visit) fn outcome_read(&mut self, now: Moment) {
        let printed = self
            .requests()
            .any(|it| it.paper.count(PaperState::Issued) > 0);
        if printed {
            self.offer_paper(now);
        } else {
            self.let_card_go(now);
        }
    }

    /// One receipt tells of all that were printed.
    pub(in crate::visit) fn note_receipt(&mut self) {
        self.with_each(|it| {
            let request = it.person.request.as_ref();
            if request.is_some_and(|it| it.decide(Action::PrintReceipt).is_ok()) {
                it.act(Action::PrintReceipt);
            }
        });
    }

    /// What became of the money of all of them.
    pub(in crate::visit) fn money_outcome(&self) -> MoneyOutcome {
        let sum = |of: fn(&request::Money) -> u32| -> u32 {
            let each = self.requests().map(|it| of(&it.money));
            each.fold(0, u32::saturating_add)
        };
        let owed_won = sum(|it| it.owed_won);
        let captured_won = sum(|it| it.captured_won);
        let returned_won = sum(request::Money::returned_won);
        let code = self.person.ticket.as_ref();
        if owed_won > 0 {
            MoneyOutcome::Owed {
                amount_won: owed_won,
                ticket: code.map_or_else(String::new, ToString::to_string),
            }
        } else if captured_won > 0 {
            MoneyOutcome::Charged {
                amount_won: captured_won,
                returned_won,
            }
        } else if returned_won > 0 && sum(|it| it.card.reversed_won) == returned_won {
            MoneyOutcome::Reversed {
                amount_won: returned_won,
            }
        } else if returned_won > 0 {
            MoneyOutcome::Returned {
                amount_won: returned_won,
            }
        } else {
            MoneyOutcome::NotAsked
        }
    }

    /// The last net: whoever is forgotten here leaves no request open. In a visit
    /// that has kept track there is nothing to do.
    pub(in crate::visit) fn put_in_order(&mut self) {
        if !self.fittings.journal_broken() {
            self.with_each(Self::put_present_in_order);
        }
    }

    fn put_present_in_order(&mut self) {
        let Some(request) = &mut self.person.request else {
            return;
        };
        if matches!(request.stage, Stage::Closed(_)) {
            return;
        }
        let ticket = self.tickets.refund_code(request.id.as_str()).digits();
        tracing::error!(request = %request.id, "A visit ends with its request open");
        for event in recovery(request, &ticket) {
            request.apply(&event);
            self.commands.push_back(crate::visit::Command::Record {
                request: request.id.clone(),
                event,
            });
        }
    }
}
