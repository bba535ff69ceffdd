//! How each command of a cash-in begins, and how those end that move money.

use devices::cash::CashOrder;
use serde_json::Value;

use super::{CashAcceptor, Doing, Tally, Transaction};
use crate::{
    completion::{Completion, CompletionCode},
    device_class::{DeviceClass, Effect, not_ready, object},
    envelope::Payload,
};

const NO_CASH_IN: &str = "noCashInActive";
const NO_ITEMS: &str = "noItems";

impl CashAcceptor {
    pub(super) fn start(&mut self, payload: &Payload) -> Completion {
        let given = |name: &str| payload.0.get(name).filter(|it| !it.is_null());
        let limited = given("amountLimit").is_some()
            || given("totalItemsLimit").is_some_and(|it| it.as_u64() != Some(0));
        let elsewhere =
            |name: &str, here: &str| given(name).is_some_and(|it| it.as_str() != Some(here));
        if limited {
            // As the capabilities say.
            return Completion::of(CompletionCode::UnsupportedData);
        }
        if elsewhere("inputPosition", "inDefault") || elsewhere("outputPosition", "outDefault") {
            return Completion::error("unsupportedPosition");
        }
        if self.transaction == Transaction::Active {
            return Completion::error("cashInActive");
        }
        if let Some(completion) = not_ready(self.state()) {
            return completion;
        }
        self.transaction = Transaction::Active;
        self.tally = Tally::default();
        Completion::of(CompletionCode::Success)
    }

    pub(super) fn take(&mut self) -> Option<Completion> {
        if self.transaction != Transaction::Active {
            return Some(Completion::error(NO_CASH_IN));
        }
        if self.held_won.is_some() {
            return Some(Completion::error("tooManyItems"));
        }
        if let Some(completion) = not_ready(self.state()) {
            return Some(completion);
        }
        self.doing = Doing::Taking {
            items: Tally::default(),
            stopped: None,
            shutting: false,
        };
        let event = Effect::Event("CashAcceptor.InsertItemsEvent", Payload::default());
        self.effects.push_back(event);
        // Whatever comes: how much is enough is the client's affair.
        self.order(CashOrder::Collect {
            amount_won: u32::MAX,
        });
        None
    }

    pub(super) fn stack(&mut self) -> Option<Completion> {
        if let Some(completion) = self.nothing_in(Transaction::Ended) {
            return Some(completion);
        }
        if self.held_won.is_some() {
            self.doing = Doing::Stacking;
            self.order(CashOrder::StackNote);
        } else {
            self.stored();
        }
        None
    }

    pub(super) fn stored(&mut self) {
        self.transaction = Transaction::Ended;
        let stored = object([(self.storage.name(), self.tally.stored().into())]);
        self.finish(Completion::success(stored));
    }

    pub(super) fn roll_back(&mut self) -> Option<Completion> {
        if let Some(completion) = self.nothing_in(Transaction::RolledBack) {
            return Some(completion);
        }
        if self.held_won.is_some() {
            self.doing = Doing::Returning;
            self.order(CashOrder::ReturnNote);
        } else {
            self.pay_back();
        }
        None
    }

    /// The note is out; now for the coins.
    pub(super) fn pay_back(&mut self) {
        match self.tally.coins_won() {
            0 => self.rolled_back(),
            amount_won => {
                self.doing = Doing::Paying;
                self.order(CashOrder::Pay { amount_won });
            }
        }
    }

    pub(super) fn rolled_back(&mut self) {
        self.transaction = Transaction::RolledBack;
        self.finish(Completion::of(CompletionCode::Success));
    }

    /// A cash-in into which nothing came ends at once, and says so.
    fn nothing_in(&mut self, end: Transaction) -> Option<Completion> {
        if self.transaction != Transaction::Active {
            return Some(Completion::error(NO_CASH_IN));
        }
        if self.tally.is_empty() {
            self.transaction = end;
            return Some(Completion::error(NO_ITEMS));
        }
        None
    }

    pub(super) fn cash_in_status(&self) -> Completion {
        let status = match self.transaction {
            Transaction::Unknown => "unknown",
            Transaction::Active => "active",
            Transaction::Ended => "ok",
            Transaction::RolledBack => "rollback",
        };
        let mut payload = object([
            ("status", Value::from(status)),
            ("numOfRefused", self.tally.refused.into()),
        ]);
        let counts = self.tally.counts();
        if !counts.is_empty() {
            payload.insert("noteNumberList".to_owned(), counts.into());
        }
        Completion::success(payload)
    }
}
