//! What a visit still does when nothing can be written down any more.

use request::{Stage, recovery};

use super::{Command, Moment, Visit, person::TicketPaper, step::Step, view::FailureReason};
use devices::cash::CashOrder;

impl Visit {
    /// The journal has failed: people get back what is theirs and needs no
    /// entry, and are told what the next start will write down.
    pub(super) fn journal_broke(&mut self, now: Moment) {
        self.commands.retain(Command::is_harmless);
        self.recording = None;
        let closed = |request: &request::ServiceRequest| matches!(request.stage, Stage::Closed(_));
        match &self.person.request {
            None if self.step.watched() => self.leave(now),
            Some(request) if !closed(request) => self.abandon(),
            _ => {}
        }
    }

    fn abandon(&mut self) {
        self.stop_collecting();
        // What was not written down has not happened.
        self.person.request = self.person.written.take();
        let Some(request) = &mut self.person.request else {
            return;
        };
        let note = request.money.escrow.value_won() > 0 && !request.money.moving();
        let ticket = self.tickets.refund_code(request.id.as_str());
        for event in recovery(request, &ticket.digits()) {
            request.apply(&event);
        }
        if request.money.owed_won > 0 {
            self.person.ticket = Some(ticket);
            self.person.ticket_paper = TicketPaper::Ended;
        }
        if note {
            self.order(Command::Cash(CashOrder::ReturnNote));
        }
        self.person.failure = Some(FailureReason::Bug);
        self.enter(Step::Failing);
    }
}
