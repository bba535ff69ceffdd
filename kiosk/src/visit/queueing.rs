//! Accepted now, done later: the citizen goes with a claim ticket.

use std::time::Duration;

use devices::receipt_printer::ReceiptPrinterEvent;
use request::Action;
use ticket::Code;

use super::{
    Moment, Touch, Visit,
    person::TicketPaper,
    step::Step,
    view::{Accepted, FailureReason, Messages},
};

/// Longer than a receipt printer's driver waits for its fence.
const PRINTING: Duration = Duration::from_secs(60);

impl Visit {
    /// Whether the request at hand may be done without its citizen.
    pub(super) fn may_queue(&self) -> bool {
        let accepts = self
            .service()
            .is_some_and(|service| service.accepts_offline_for().is_some());
        // Of several, what cannot be had now is told and left.
        accepts && self.person.honoring.is_none() && self.is_alone()
    }

    /// Lets the citizen go with a ticket; the exchange goes on with the request.
    pub(super) fn queue(&mut self, now: Moment) {
        let Some(request) = &self.person.request else {
            return;
        };
        let code = self.tickets.claim_code(request.id.as_str());
        let ticket = code.digits();
        if !self.act(Action::Queue { ticket }) {
            self.fail(FailureReason::Bug, now);
            return;
        }
        self.give_ticket(code, now);
    }

    /// Prints the code that the citizen goes with.
    pub(super) fn give_ticket(&mut self, code: Code, now: Moment) {
        self.person.ticket = Some(code);
        self.print_ticket(now);
        if self.person.ticket_paper == TicketPaper::Printing {
            self.enter(Step::PrintingTicket);
            self.deadline = Some(now.instant + PRINTING);
        } else {
            self.enter(Step::Accepted { printed: false });
        }
    }

    pub(super) fn claim_ticket(&mut self, event: &ReceiptPrinterEvent) {
        let printed = match event {
            ReceiptPrinterEvent::Printed { job, .. } if self.is_ticket(job) => true,
            ReceiptPrinterEvent::NotPrinted { job, .. }
            | ReceiptPrinterEvent::Unknown { job, .. }
                if self.is_ticket(job) =>
            {
                false
            }
            _ => return,
        };
        self.enter(Step::Accepted { printed });
    }

    pub(super) fn accepted(&mut self, touch: &Touch, printed: bool, now: Moment) {
        match touch {
            Touch::Next | Touch::Back => self.leave_queued(now),
            Touch::WantMessages if self.messages() == Messages::Offered => {
                self.ask_for_telephone(printed);
            }
            _ => {}
        }
    }

    /// The citizen goes with the ticket, and has said all there is to say.
    pub(super) fn leave_queued(&mut self, now: Moment) {
        if self.act(Action::Close) {
            self.let_card_go(now);
        } else {
            self.fail(FailureReason::Bug, now);
        }
    }

    pub(super) fn acceptance(&self, printed: bool) -> Accepted {
        let ticket = self.person.ticket.as_ref();
        let service = self.service();
        let petition = self.petition();
        Accepted {
            code: ticket.map_or_else(String::new, ToString::to_string),
            printed,
            needs_card: service.is_some_and(|it| it.identity > request::IdentityLevel::None),
            answered_within: petition.map(|it| self.answered_within(it)),
            messages: match petition {
                // What becomes of a petition is asked for by its number.
                Some(_) => Messages::None,
                None => self.messages(),
            },
        }
    }
}
