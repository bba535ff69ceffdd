//! Every won finds its place: charged, given back, or owed with a ticket.
//!
//! One road for every ending of a request. It looks at the request's own money
//! and does the next thing, until nothing is left to do.

use std::time::Duration;

use devices::{
    cash::CashOrder,
    printer::JobId,
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use request::{Action, PaperState, PayoutPurpose, SpoilReason, Stage};

use super::{Command, Moment, Visit, slip, step::Step};

/// A hopper pays five coins a second; a stacker takes two.
const MONEY_MOVES: Duration = Duration::from_secs(60);

/// How the visit goes on once the money is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Done,
    Failed,
    /// The citizen left or changed their mind.
    Left,
}

/// What the money needs next.
enum Next {
    Act(Action),
    Deed(Action, CashOrder),
    Wait,
    Settled,
}

impl Visit {
    pub(super) fn settle(&mut self, ending: Ending, now: Moment) {
        self.stop_collecting();
        self.enter(Step::Settling(ending));
        self.deadline = Some(now.instant + MONEY_MOVES);
        self.settle_on(now);
    }

    pub(super) fn settle_on(&mut self, now: Moment) {
        let Step::Settling(ending) = self.step else {
            return;
        };
        loop {
            match self.next_settlement(ending) {
                Next::Act(action) => {
                    if !self.act(action) {
                        break;
                    }
                }
                Next::Deed(action, order) => {
                    if !self.act(action) {
                        break;
                    }
                    self.order(Command::Cash(order));
                    return;
                }
                Next::Wait => return,
                Next::Settled => break,
            }
        }
        self.settled(ending, now);
    }

    fn next_settlement(&self, ending: Ending) -> Next {
        let Some(request) = &self.person.request else {
            return Next::Settled;
        };
        if matches!(request.stage, Stage::Closed(_)) {
            return Next::Settled;
        }
        if ending != Ending::Done
            && let Some((document, _)) = request
                .paper
                .documents
                .iter()
                .find(|(_, state)| *state == PaperState::Ready)
        {
            let number = document.number.clone();
            return Next::Act(Action::Spoil {
                number,
                reason: SpoilReason::NotWanted,
            });
        }
        let money = &request.money;
        if money.moving() {
            return Next::Wait;
        }
        if money.escrow.value_won() > 0 {
            return if request.due_won() > money.held_won() {
                Next::Deed(Action::BeginNoteStack, CashOrder::StackNote)
            } else {
                Next::Deed(Action::BeginNoteReturn, CashOrder::ReturnNote)
            };
        }
        if request.due_won() > money.held_won() {
            return Next::Act(Action::WaiveFee);
        }
        if request.due_won() > 0 {
            return Next::Act(Action::CaptureFee);
        }
        match money.held_won() {
            0 => Next::Settled,
            amount_won => {
                let purpose = match ending {
                    Ending::Done => PayoutPurpose::Change,
                    Ending::Failed | Ending::Left => PayoutPurpose::Refund,
                };
                let action = Action::BeginPayout {
                    amount_won,
                    purpose,
                };
                Next::Deed(action, CashOrder::Pay { amount_won })
            }
        }
    }

    /// The hoppers could not pay: the rest becomes a debt with a ticket.
    pub(super) fn owe(&mut self) {
        let Some(request) = &self.person.request else {
            return;
        };
        let amount_won = request.money.held_won().saturating_sub(request.due_won());
        if amount_won == 0 {
            return;
        }
        let ticket = format!("R-{}", request.id);
        if self.act(Action::OweRefund {
            amount_won,
            ticket: ticket.clone(),
        }) {
            self.person.ticket = Some(ticket);
        }
    }

    pub(super) fn cash_silent(&mut self, now: Moment) {
        let Some(request) = &self.person.request else {
            self.let_card_go(now);
            return;
        };
        // Whatever may be in the machine counts as taken, in the citizen's favor.
        let held_note = request.money.escrow.value_won();
        let paying_out = request.money.paying_out;
        if held_note > 0 {
            self.act(Action::StackNote {
                value_won: held_note,
            });
        }
        if let Some((asked_won, _)) = paying_out {
            self.act(Action::LosePayout { asked_won });
        }
        self.owe();
        self.settle_on(now);
    }

    fn settled(&mut self, ending: Ending, now: Moment) {
        if self.person.ticket.is_some() && !self.person.ticket_printed {
            self.print_ticket(now);
            return;
        }
        match ending {
            Ending::Done => self.offer_paper(now),
            Ending::Failed => {
                self.act(Action::Close);
                self.enter(Step::Failing);
            }
            Ending::Left => {
                if self.person.request.is_some() {
                    self.act(Action::Close);
                }
                self.let_card_go(now);
            }
        }
    }

    fn print_ticket(&mut self, _now: Moment) {
        let Some(sheet) = slip::refund_ticket(&self.person, &self.site) else {
            return;
        };
        let job = JobId::new(self.person.ticket.clone().unwrap_or_default());
        self.order(Command::ReceiptPrinter(ReceiptPrinterOrder::Print {
            job,
            sheet,
        }));
    }

    /// The ticket is out, or the screen has to show its code instead.
    pub(super) fn ticket(&mut self, event: &ReceiptPrinterEvent, now: Moment) {
        match event {
            ReceiptPrinterEvent::Printed { .. }
            | ReceiptPrinterEvent::NotPrinted { .. }
            | ReceiptPrinterEvent::Unknown { .. }
                if self.person.ticket.is_some() =>
            {
                self.person.ticket_printed = true;
                self.settle_on(now);
            }
            _ => {}
        }
    }

    pub(super) fn print_receipt(&mut self, now: Moment) {
        let Some(sheet) = slip::receipt(self, now) else {
            self.close(now);
            return;
        };
        let id = self
            .person
            .request
            .as_ref()
            .map_or_else(String::new, |it| it.id.to_string());
        let job = JobId::new(id);
        self.order(Command::ReceiptPrinter(ReceiptPrinterOrder::Print {
            job,
            sheet,
        }));
        self.enter(Step::PrintingReceipt);
        self.deadline = Some(now.instant + MONEY_MOVES);
    }

    /// Fills in a new request from the one that failed, up to the last look.
    pub(super) fn try_again(&mut self, now: Moment) {
        if self.may_retry() {
            let service = self.person.service.clone();
            self.person.request = None;
            self.person.failure = None;
            self.person.consented = false;
            self.person.service = service;
            self.enter(Step::Explaining);
        } else {
            self.let_card_go(now);
        }
    }
}
