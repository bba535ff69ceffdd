//! What the machine cannot give back it owes, with a ticket.

use devices::{
    printer::JobId,
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use request::{Action, refund_ticket};

use super::{Command, Moment, Visit, person::TicketPaper, slip};

impl Visit {
    /// The hoppers could not pay: the rest becomes a debt with a ticket.
    pub(super) fn owe(&mut self) {
        let Some(request) = &self.person.request else {
            return;
        };
        let amount_won = request.money.held_won().saturating_sub(request.due_won());
        if amount_won == 0 {
            return;
        }
        let ticket = refund_ticket(&request.id);
        if self.act(Action::OweRefund {
            amount_won,
            ticket: ticket.clone(),
        }) {
            self.person.ticket = Some(ticket);
            self.person.ticket_paper = TicketPaper::Due;
        }
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
        self.owe();
    }

    /// Whether the machine owes more than the screen has said.
    pub(super) fn untold_debt(&mut self) -> bool {
        let owed_won = self
            .person
            .request
            .as_ref()
            .map_or(0, |it| it.money.owed_won);
        let told_won = std::mem::replace(&mut self.person.told_owed_won, owed_won);
        owed_won > told_won
    }

    pub(super) fn print_ticket(&mut self) {
        let sheet = slip::refund_ticket(&self.person, &self.site);
        let (Some(sheet), None) = (sheet, self.fittings.receipt_trouble()) else {
            self.person.ticket_paper = TicketPaper::Ended;
            return;
        };
        let job = JobId::new(self.person.ticket.clone().unwrap_or_default());
        self.order(Command::ReceiptPrinter(ReceiptPrinterOrder::Print {
            job,
            sheet,
        }));
        self.person.ticket_paper = TicketPaper::Printing;
    }

    /// The ticket is out, or the screen has to show its code instead.
    pub(super) fn ticket(&mut self, event: &ReceiptPrinterEvent, now: Moment) {
        match event {
            ReceiptPrinterEvent::Printed { job, .. }
            | ReceiptPrinterEvent::NotPrinted { job, .. }
            | ReceiptPrinterEvent::Unknown { job, .. }
                if self.person.ticket.as_deref() == Some(job.as_str()) =>
            {
                self.person.ticket_paper = TicketPaper::Ended;
                self.settle_on(now);
            }
            _ => {}
        }
    }
}
