//! Every won finds its place: charged, given back, or owed with a ticket.
//!
//! One road for every ending of a request. It looks at the request's own money
//! and does the next thing, until nothing is left to do.

use std::time::Duration;

use devices::cash::CashOrder;
use request::{Action, PaperState, PayoutPurpose, SpoilReason, Stage};

use super::{Command, Moment, Visit, person::TicketPaper, step::Step};

/// A hopper pays five coins a second; a stacker takes two.
const MONEY_MOVES: Duration = Duration::from_secs(60);
/// A terminal that was called off, or is to give money back, and asked what it did.
const CARD: Duration = Duration::from_secs(150);
/// A coin on its way through the acceptor is counted long before.
const STOPPING: Duration = Duration::from_secs(5);
/// Longer than a receipt printer's driver waits for its fence.
const TICKET: Duration = Duration::from_secs(60);
/// An exchange that answers at all has confirmed an entry by then.
const VOID: Duration = Duration::from_secs(10);

/// How the visit goes on once the money is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Done,
    /// After the receipt: what fell in late goes back.
    Served,
    Failed,
    /// The citizen left or changed their mind.
    Left,
}

/// What the visit waits for while money finds its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaiting {
    /// The cash devices take no more.
    Stop,
    /// A note or coins that were ordered to move.
    Money,
    /// The payment terminal's word.
    Card,
    /// The exchange's word that a number is void, before its fee goes back.
    Void,
    /// The refund ticket.
    Ticket,
}

/// What the money needs next.
enum Next {
    Act(Action),
    Deed(Action, Command, Awaiting),
    /// It cannot go back here.
    Owe,
    Wait(Awaiting),
    Settled,
}

impl Visit {
    pub(super) fn settle(&mut self, ending: Ending, now: Moment) {
        self.stop_collecting();
        self.call_off_card();
        self.enter(Step::Settling(ending));
        self.person.awaiting = None;
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
                Next::Deed(action, order, awaited) => {
                    if !self.act(action) {
                        break;
                    }
                    self.order(order);
                    self.person.awaiting = None;
                    self.wait_for(awaited, now);
                    return;
                }
                Next::Owe => {
                    if !self.owe() {
                        break;
                    }
                }
                Next::Wait(awaited) => {
                    self.wait_for(awaited, now);
                    return;
                }
                Next::Settled => break,
            }
        }
        self.settled(ending, now);
    }

    fn wait_for(&mut self, awaited: Awaiting, now: Moment) {
        if self.person.awaiting != Some(awaited) {
            self.person.awaiting = Some(awaited);
            let patience = match awaited {
                Awaiting::Stop => STOPPING,
                Awaiting::Money => MONEY_MOVES,
                Awaiting::Card => CARD,
                Awaiting::Void => VOID,
                Awaiting::Ticket => TICKET,
            };
            self.deadline = Some(now.instant + patience);
        }
    }

    fn next_settlement(&self, ending: Ending) -> Next {
        let Some(request) = &self.person.request else {
            return Next::Settled;
        };
        if matches!(request.stage, Stage::Closed(_)) {
            return Next::Settled;
        }
        if matches!(ending, Ending::Failed | Ending::Left)
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
        if money.card.open.is_some() {
            return Next::Wait(Awaiting::Card);
        }
        if money.moving() {
            return Next::Wait(Awaiting::Money);
        }
        // Whatever is wrong with the devices: a coin on its way has fallen.
        if self.person.stopping {
            return Next::Wait(Awaiting::Stop);
        }
        if money.escrow.value_won() > 0 {
            return if request.due_won() > money.held_won() || self.carries(ending) {
                cash_deed(Action::BeginNoteStack, CashOrder::StackNote)
            } else {
                cash_deed(Action::BeginNoteReturn, CashOrder::ReturnNote)
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
            _ if self.carries(ending) => Next::Settled,
            _ if self.person.void_unconfirmed => Next::Wait(Awaiting::Void),
            // No coins for a card: what cannot go back to it is owed.
            amount_won if self.has_paid_by_card() => match self.reversal(amount_won) {
                Some((action, order)) => Next::Deed(action, order, Awaiting::Card),
                None => Next::Owe,
            },
            amount_won => {
                let purpose = match ending {
                    Ending::Done | Ending::Served => PayoutPurpose::Change,
                    Ending::Failed | Ending::Left => PayoutPurpose::Refund,
                };
                let action = Action::BeginPayout {
                    amount_won,
                    purpose,
                };
                cash_deed(action, CashOrder::Pay { amount_won })
            }
        }
    }

    /// What was awaited has not come.
    pub(super) fn settling_overdue(&mut self, now: Moment) {
        match self.person.awaiting.take() {
            Some(Awaiting::Money | Awaiting::Card) => self.give_up_on_money(),
            // Owed under a ticket, it is paid by whoever can ask the exchange.
            Some(Awaiting::Void) => {
                self.person.void_unconfirmed = false;
                self.owe();
            }
            Some(Awaiting::Ticket) => self.person.ticket_paper = TicketPaper::Ended,
            Some(Awaiting::Stop) | None => self.person.stopping = false,
        }
        self.settle_on(now);
    }

    fn settled(&mut self, ending: Ending, now: Moment) {
        if self.person.ticket.is_some() && self.person.ticket_paper == TicketPaper::Due {
            self.print_ticket(now);
        }
        if self.person.ticket_paper == TicketPaper::Printing {
            self.wait_for(Awaiting::Ticket, now);
            return;
        }
        if self.goes_on(ending, now) {
            return;
        }
        self.end_requests(ending);
        let debt = self.untold_debt();
        match ending {
            Ending::Done | Ending::Failed if self.tells_outcome(ending) => {}
            Ending::Failed => self.enter(Step::Failing),
            Ending::Done | Ending::Served | Ending::Left if debt => {
                self.person.failure = Some(self.why_in_debt());
                self.enter(Step::Failing);
            }
            Ending::Done => self.offer_paper(now),
            Ending::Served | Ending::Left => self.let_card_go(now),
        }
    }
}

fn cash_deed(action: Action, order: CashOrder) -> Next {
    Next::Deed(action, Command::Cash(order), Awaiting::Money)
}
