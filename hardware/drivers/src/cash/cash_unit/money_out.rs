//! Money goes out: payments one after the other, each hopper in its turn.

use std::time::Instant;

use super::CashUnit;
use crate::cash::{
    cctalk_hopper::Hopper,
    payment::{Next, Payment},
    payout::PayoutEnd,
};

impl CashUnit {
    /// Goes on until a hopper pays, or nobody is to be paid.
    pub(super) fn pay_on(&mut self, now: Instant) {
        if self.connected && self.hoppers.iter().any(Hopper::is_starting) {
            // What the hoppers hold is not yet known.
            return;
        }
        loop {
            if self.payment.is_none() {
                self.payment = self.waiting.pop_front().map(Payment::new);
            }
            let Some(payment) = self.payment.as_mut().filter(|it| !it.is_paying()) else {
                return;
            };
            match payment.next(&self.hoppers) {
                Next::Pay { hopper, coins } => self.hoppers[hopper].pay(coins, now),
                Next::End(event) => {
                    self.payment = None;
                    self.count_hoppers();
                    self.tell(event);
                }
            }
        }
    }

    pub(super) fn payout_ended(&mut self, place: usize, end: PayoutEnd) {
        let value_won = self.hoppers[place].value_won();
        let Some(payment) = &mut self.payment else {
            return;
        };
        match end {
            PayoutEnd::Paid { coins, .. } => payment.paid(coins, value_won),
            PayoutEnd::Unknown => {
                let event = payment.unknown();
                self.payment = None;
                self.count_hoppers();
                self.tell(event);
            }
        }
    }
}
