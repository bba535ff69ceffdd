//! The money goes in.

use devices::cash::{CashEvent, CashOrder};
use request::Action;

use super::{
    Command, Moment, Touch, Visit,
    settling::Ending,
    step::Step,
    view::{FailureReason, Means},
};

impl Visit {
    pub(super) fn ask_for_money(&mut self, now: Moment) {
        if self
            .person
            .request
            .as_ref()
            .is_some_and(|request| request.total_won() == 0)
        {
            self.print_next(now);
        } else {
            self.enter(Step::Paying);
        }
    }

    pub(super) fn paying(&mut self, touch: &Touch, now: Moment) {
        let begun = self.person.collecting;
        match touch {
            Touch::PayWith(Means::Cash) if !begun && self.fittings.cash_trouble().is_none() => {
                self.collect();
            }
            Touch::CancelPayment | Touch::Back => self.settle(Ending::Left, now),
            _ => {}
        }
    }

    fn collect(&mut self) {
        let means = request::Means::Cash;
        if !self.act(Action::BeginPayment { means }) {
            return;
        }
        let request = self.person.request.as_ref();
        let amount_won = request.map_or(0, |request| request.total_won());
        self.person.collecting = true;
        self.order(Command::Cash(CashOrder::Collect { amount_won }));
    }

    /// What the slot and the hoppers tell. Facts are written down at any step
    /// with an open payment: a coin that has fallen has fallen.
    pub(super) fn cash(&mut self, step: Step, event: CashEvent, now: Moment) {
        let settling = matches!(step, Step::Settling(_));
        match event {
            CashEvent::CoinAccepted { value_won } => {
                self.act(Action::TakeCoin { value_won });
            }
            CashEvent::NoteEscrowed { value_won } => {
                self.act(Action::EscrowNote { value_won });
                self.stack_if_more_is_needed(step);
            }
            CashEvent::NoteStacked { value_won } => {
                self.act(Action::StackNote { value_won });
            }
            CashEvent::NoteReturned { value_won } => {
                self.act(Action::ReturnNote { value_won });
            }
            CashEvent::Paid { amount_won } => {
                self.act(Action::PayOut { amount_won });
            }
            CashEvent::PaidShort { paid_won, .. } => {
                self.act(Action::PayOut {
                    amount_won: paid_won,
                });
                self.owe();
            }
            CashEvent::PayUnknown { asked_won } => {
                self.act(Action::LosePayout { asked_won });
                self.owe();
            }
            CashEvent::Status(status) => {
                if status.fault.is_some() && step == Step::Paying && self.person.collecting {
                    self.fail(FailureReason::CashFault, now);
                }
                return;
            }
            CashEvent::Rejected | CashEvent::Stopped => return,
        }
        if step == Step::Paying {
            self.enough(now);
        } else if settling {
            self.settle_on(now);
        }
    }

    /// One note fits into the escrow: where more is needed, it makes room.
    fn stack_if_more_is_needed(&mut self, step: Step) {
        let Some(request) = &self.person.request else {
            return;
        };
        if step == Step::Paying && request.money.available_won() < request.total_won() {
            self.act(Action::BeginNoteStack);
            self.order(Command::Cash(CashOrder::StackNote));
        }
    }

    fn enough(&mut self, now: Moment) {
        let Some(request) = &self.person.request else {
            return;
        };
        if !request.money.moving() && request.money.available_won() >= request.total_won() {
            self.stop_collecting();
            self.print_next(now);
        }
    }

    pub(super) fn stop_collecting(&mut self) {
        if std::mem::take(&mut self.person.collecting) {
            self.order(Command::Cash(CashOrder::Stop));
        }
    }
}
