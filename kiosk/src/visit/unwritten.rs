//! What a visit still does when nothing can be written down any more.

use request::{Stage, recovery};

use super::{Command, Moment, Visit, person::TicketPaper, step::Step, view::FailureReason};
use devices::cash::CashOrder;

impl Visit {
    /// The journal has failed: people get back what is theirs and needs no
    /// entry, and are told what the next start will write down.
    pub(super) fn journal_broke(&mut self, now: Moment) {
        self.commands.retain(Command::is_harmless);
        self.recording.clear();
        let open = |request: &request::ServiceRequest| !matches!(request.stage, Stage::Closed(_));
        if self.requests().any(open) {
            self.abandon();
        } else if self.person.request.is_none() && self.step.watched() {
            self.leave(now);
        }
    }

    fn abandon(&mut self) {
        self.stop_collecting();
        self.call_off_card();
        self.with_each(Self::abandon_present);
        self.person.failure = Some(FailureReason::Bug);
        self.enter(Step::Failing);
    }

    fn abandon_present(&mut self) {
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
    }
}
