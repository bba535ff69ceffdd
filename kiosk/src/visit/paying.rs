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
        self.enter(Step::Paying);
        self.person.paying_cash = false;
        self.check_printer(now);
        let free = self.person.request.is_some() && self.sum_won() == 0;
        if free && self.step == Step::Paying {
            self.print_next(now);
        }
    }

    pub(super) fn paying(&mut self, touch: &Touch, now: Moment) {
        let begun = self.person.collecting || self.person.card_paying.is_open();
        match touch {
            Touch::PayWith(Means::Cash) if !begun && self.fittings.cash_trouble().is_none() => {
                self.person.card_paying.refusal = None;
                self.person.paying_cash = true;
                self.collect_once_told();
            }
            Touch::PayWith(Means::Card)
                if !begun && !self.person.paying_cash && self.card_payment_trouble().is_none() =>
            {
                self.pay_by_card(now);
            }
            // The terminal says how it ended; another means may be chosen then.
            Touch::CancelPayment | Touch::Back if self.person.card_paying.is_open() => {
                self.call_off_card();
            }
            Touch::CancelPayment | Touch::Back => self.settle(Ending::Left, now),
            _ => {}
        }
    }

    /// A citizen may be quicker than cash devices that have just been started.
    fn collect_once_told(&mut self) {
        if self.fittings.cash_trouble().is_some() {
            self.person.paying_cash = false;
        } else if self.fittings.cash_has_told() && std::mem::take(&mut self.person.paying_cash) {
            self.collect();
        }
    }

    fn collect(&mut self) {
        let request = self.person.request.as_ref();
        let own_won = request.map_or(0, |request| request.total_won());
        let amount_won = self.sum_won();
        if !self.act(Action::BeginPayment {
            means: request::Means::Cash,
            besides_won: amount_won.saturating_sub(own_won),
        }) {
            return;
        }
        self.person.collecting = true;
        self.order(Command::Cash(CashOrder::Collect { amount_won }));
    }

    /// What the slot and the hoppers tell. Facts are written down at any step
    /// with an open payment: a coin that has fallen has fallen.
    pub(super) fn cash(&mut self, step: Step, event: CashEvent, now: Moment) {
        match event {
            CashEvent::CoinAccepted { value_won } => {
                self.take_note(Action::TakeCoin { value_won });
            }
            CashEvent::NoteEscrowed { value_won } => {
                if !self.take_note(Action::EscrowNote { value_won }) {
                    self.give_stray_note_back();
                } else if step == Step::Paying {
                    self.decide_on_note();
                }
            }
            CashEvent::NoteStacked { value_won } => {
                self.take_note(Action::StackNote { value_won });
            }
            CashEvent::NoteReturned { value_won } => {
                self.take_note(Action::ReturnNote { value_won });
            }
            CashEvent::Paid { amount_won } => self.paid_out(amount_won),
            CashEvent::PaidShort { paid_won, .. } => self.paid_out(paid_won),
            CashEvent::PayUnknown { asked_won } => {
                if self.take_note(Action::LosePayout { asked_won }) {
                    self.owe();
                }
            }
            CashEvent::Status(status) => {
                if status.fault.is_some() && step == Step::Paying && self.person.collecting {
                    self.fail(FailureReason::CashFault, now);
                } else if step == Step::Paying {
                    self.collect_once_told();
                }
                return;
            }
            CashEvent::Stopped => self.person.stopping = false,
            CashEvent::Rejected | CashEvent::Filled { .. } | CashEvent::Counted(_) => return,
        }
        if step == Step::Paying {
            self.enough(now);
        } else if step == Step::Printing && self.printing_number().is_none() {
            self.print_next(now);
        } else {
            self.settle_on(now);
        }
    }

    /// What the hoppers did not pay becomes a debt: they are not asked twice.
    fn paid_out(&mut self, amount_won: u32) {
        let request = self.person.request.as_ref();
        let asked_won = request.and_then(|request| request.money.paying_out);
        let paid = self.take_note(Action::PayOut { amount_won });
        if paid && asked_won.is_some_and(|(asked_won, _)| amount_won < asked_won) {
            self.owe();
        }
    }

    /// One note fits into the escrow: where more is needed, it makes room. One
    /// that cannot be changed goes back.
    fn decide_on_note(&mut self) {
        let Some(request) = &self.person.request else {
            return;
        };
        let (available, total) = (request.money.available_won(), self.sum_won());
        let (action, order) = if available < total {
            (Action::BeginNoteStack, CashOrder::StackNote)
        } else if available - total > self.fittings.change_won() {
            (Action::BeginNoteReturn, CashOrder::ReturnNote)
        } else {
            return;
        };
        if self.act(action) {
            self.order(Command::Cash(order));
        }
    }

    /// A note that no payment asked for.
    fn give_stray_note_back(&mut self) {
        let request = self.person.request.as_ref();
        if request.is_none_or(|request| request.money.escrow.value_won() == 0) {
            self.order(Command::Cash(CashOrder::ReturnNote));
        }
    }

    pub(super) fn enough(&mut self, now: Moment) {
        let Some(request) = &self.person.request else {
            return;
        };
        if !request.money.moving() && request.money.available_won() >= self.sum_won() {
            self.stop_collecting();
            self.print_next(now);
        }
    }

    pub(super) fn stop_collecting(&mut self) {
        if std::mem::take(&mut self.person.collecting) {
            self.person.stopping = true;
            self.order(Command::Cash(CashOrder::Stop));
        }
    }
}
