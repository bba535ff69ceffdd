//! What the machine cannot give back it owes, with a ticket.

use devices::{
    printer::JobId,
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use request::Action;

use ticket::{Code, Kind};

use super::{Command, Moment, Visit, person::TicketPaper, ticket_slip};

impl Visit {
    /// What cannot go back becomes a debt with a ticket; whether it has.
    pub(super) fn owe(&mut self) -> bool {
        let Some(request) = &self.person.request else {
            return false;
        };
        let amount_won = request.money.held_won().saturating_sub(request.due_won());
        if amount_won == 0 {
            return false;
        }
        let ticket = self.tickets.refund_code(request.id.as_str());
        let owed = self.act(Action::OweRefund {
            amount_won,
            ticket: ticket.digits(),
        });
        if owed {
            self.person.ticket = Some(ticket);
            self.person.ticket_paper = TicketPaper::Due;
        }
        owed
    }

    /// Whatever may be in the machine counts as taken, in the citizen's favor.
    pub(super) fn give_up_on_money(&mut self) {
        let Some(request) = &self.person.request else {
            return;
        };
        let value_won = request.money.escrow.value_won();
        let paying_out = request.money.paying_out;
        if value_won > 0 {
            self.act(Action::StackNote { value_won });
        }
        if let Some((asked_won, _)) = paying_out {
            self.act(Action::LosePayout { asked_won });
        }
        self.lose_card();
        self.owe();
    }

    /// Whether the machine owes more than the screen has said.
    pub(super) fn untold_debt(&mut self) -> bool {
        let owed_won = self.requests().map(|it| it.money.owed_won).sum();
        let told_won = std::mem::replace(&mut self.person.told_owed_won, owed_won);
        owed_won > told_won
    }

    /// Prints the claim ticket or the refund ticket.
    pub(super) fn print_ticket(&mut self, now: Moment) {
        let sheet = match self.person.ticket.as_ref().map(Code::kind) {
            Some(Kind::Claim) => ticket_slip::claim_ticket(self, now),
            Some(Kind::Refund) => ticket_slip::refund_ticket(self, now),
            Some(Kind::Receipt) => ticket_slip::receipt(self, now),
            None => None,
        };
        let (Some(sheet), Some(job), None) =
            (sheet, self.ticket_job(), self.fittings.receipt_trouble())
        else {
            self.person.ticket_paper = TicketPaper::Ended;
            return;
        };
        self.order(Command::ReceiptPrinter(ReceiptPrinterOrder::Print {
            job,
            sheet,
        }));
        self.person.ticket_paper = TicketPaper::Printing;
    }

    /// The code itself stays out of the names of jobs, which printers remember.
    fn ticket_job(&self) -> Option<JobId> {
        let request = self.person.request.as_ref()?;
        Some(JobId::new(format!("{}-ticket", request.id)))
    }

    pub(super) fn is_ticket(&self, job: &JobId) -> bool {
        self.ticket_job().as_ref() == Some(job)
    }

    /// The ticket is out, or the screen has to show its code instead.
    pub(super) fn ticket(&mut self, event: &ReceiptPrinterEvent, now: Moment) {
        match event {
            ReceiptPrinterEvent::Printed { job, .. }
            | ReceiptPrinterEvent::NotPrinted { job, .. }
            | ReceiptPrinterEvent::Unknown { job, .. }
                if self.is_ticket(job) =>
            {
                self.person.ticket_paper = TicketPaper::Ended;
                self.settle_on(now);
            }
            _ => {}
        }
    }
}
