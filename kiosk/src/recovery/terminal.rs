//! What the payment terminal can prove: whether a card was charged, and whether its
//! money went back. What was charged for nothing goes back then.

use std::time::{Duration, Instant};

use devices::payment_terminal::{
    Approval, Deed, PaymentTerminalEvent, PaymentTerminalOrder, TransactionKey,
};
use request::{
    Action, CardAction, CardApproval, CardDecline, OpenTransaction, ServiceRequest, Stage,
    TransactionId,
};

use super::{Command, Recovery, Step};

/// Longer than a driver looks for its terminal and asks it.
const TERMINAL: Duration = Duration::from_secs(120);

impl Recovery {
    pub(super) fn terminal(&mut self, event: PaymentTerminalEvent, now: Instant) {
        let id = |key: &TransactionKey| TransactionId::new(key.as_str());
        let (key, action) = match event {
            PaymentTerminalEvent::Approved { key, approval } => {
                let transaction = id(&key);
                let approval = written(&approval);
                let action = CardAction::Approve {
                    transaction,
                    approval,
                };
                (key, action)
            }
            PaymentTerminalEvent::Declined { key, .. } => {
                let reason = CardDecline::Refused;
                let transaction = id(&key);
                (
                    key,
                    CardAction::Decline {
                        transaction,
                        reason,
                    },
                )
            }
            // No longer than what is in doubt is: a payment, or its way back.
            PaymentTerminalEvent::NotDone { key, .. } => {
                let reason = CardDecline::NotAsked;
                let transaction = id(&key);
                (
                    key,
                    CardAction::Decline {
                        transaction,
                        reason,
                    },
                )
            }
            PaymentTerminalEvent::Unknown { key, .. } => {
                let transaction = id(&key);
                (key, CardAction::Lose { transaction })
            }
            PaymentTerminalEvent::Reversed { key } => {
                let transaction = id(&key);
                (key, CardAction::Reverse { transaction })
            }
            PaymentTerminalEvent::NotReversed { key, .. } => {
                let transaction = id(&key);
                (key, CardAction::RefuseReversal { transaction })
            }
            PaymentTerminalEvent::Progress { .. }
            | PaymentTerminalEvent::Status(_)
            | PaymentTerminalEvent::Counted { .. } => return,
        };
        if self.step == Step::Card(key) {
            self.act(0, Action::Card(action));
            self.go_on(now);
        }
    }

    /// The terminal is asked what became of what was begun; or it is to give back what
    /// was charged, where nothing was issued for it. `false` when neither is needed.
    pub(super) fn ask_terminal(&mut self, now: Instant) -> bool {
        let Some(open) = self.open.front() else {
            return false;
        };
        if open.request.stage != Stage::Prepared {
            return false;
        }
        let order = match &open.request.money.card.open {
            Some(transaction) => resolve(transaction, open.trace),
            None => match reversal(&open.request) {
                Some((action, order)) => {
                    self.act(0, action);
                    order
                }
                None => return false,
            },
        };
        let key = match &order {
            PaymentTerminalOrder::Authorise { key, .. }
            | PaymentTerminalOrder::Abort { key }
            | PaymentTerminalOrder::Reverse { key, .. }
            | PaymentTerminalOrder::Resolve { key, .. } => key.clone(),
        };
        if self.step != Step::Card(key.clone()) {
            self.commands.push_back(Command::PaymentTerminal(order));
        }
        self.wait(Step::Card(key), TERMINAL, now);
        true
    }

    pub(super) fn lose_card(&mut self) {
        let open = self.open.front();
        let open = open.and_then(|it| it.request.money.card.open.as_ref());
        if let Some(transaction) = open.map(OpenTransaction::id).cloned() {
            self.act(0, Action::Card(CardAction::Lose { transaction }));
        }
    }
}

fn resolve(transaction: &OpenTransaction, before: Option<u32>) -> PaymentTerminalOrder {
    PaymentTerminalOrder::Resolve {
        key: TransactionKey::new(transaction.id().as_str()),
        deed: match transaction {
            OpenTransaction::Authorisation { .. } => Deed::Authorisation,
            OpenTransaction::Reversal { .. } => Deed::Reversal,
        },
        amount_won: transaction.amount_won(),
        before,
    }
}

/// Nothing that was paid for with the card was issued, and all of it is still here.
fn reversal(request: &ServiceRequest) -> Option<(Action, PaymentTerminalOrder)> {
    let card = &request.money.card;
    let (approved_won, approval) = card.approved.as_ref()?;
    let whole = request.money.held_won() == *approved_won && request.due_won() == 0;
    if !whole || card.reversal_tried {
        return None;
    }
    let number = card.begun.saturating_add(1);
    let key = TransactionKey::new(format!("{}-card-{number}", request.id));
    let action = Action::Card(CardAction::BeginReversal {
        transaction: TransactionId::new(key.as_str()),
        amount_won: *approved_won,
    });
    request.decide(action.clone()).ok()?;
    let order = PaymentTerminalOrder::Reverse {
        key,
        receipt: approval.receipt,
        approved_won: *approved_won,
        amount_won: *approved_won,
    };
    Some((action, order))
}

fn written(approval: &Approval) -> CardApproval {
    CardApproval {
        number: approval.number.clone(),
        terminal: approval.terminal.clone(),
        trace: approval.trace,
        receipt: approval.receipt,
    }
}
