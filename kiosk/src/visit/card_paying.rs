//! The money comes from a payment card, and goes back to it.
//!
//! What the terminal does is asked for once and written down before; what it says is
//! taken over at any step, for a card that was charged was charged.

use std::time::Duration;

use devices::payment_terminal::{
    Approval, DeclineReason, PaymentTerminalEvent, PaymentTerminalOrder, Progress, TransactionKey,
};
use request::{
    Action, CardAction, CardApproval, CardDecline, OpenTransaction, ServiceRequest, TransactionId,
};

use super::{
    Command, Moment, Visit,
    settling::Ending,
    step::Step,
    view::{CardPhase, FailureReason, PaymentRefusal, Trouble},
};

/// The driver answers for its terminal; this is for a driver that does not.
const TERMINAL: Duration = Duration::from_secs(300);

#[derive(Debug, Default)]
pub(super) struct CardPaying {
    /// What the terminal was last asked to do, until it says what became of it.
    open: Option<Open>,
    /// Why the last card has not paid.
    pub(super) refusal: Option<PaymentRefusal>,
    /// What was approved, for the receipt and for the way back.
    approval: Option<Approval>,
}

#[derive(Debug)]
struct Open {
    key: TransactionKey,
    progress: Option<Progress>,
    /// Nobody wants to pay any more.
    ending: bool,
}

impl CardPaying {
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub(super) fn approval(&self) -> Option<&Approval> {
        self.approval.as_ref()
    }

    /// What the citizen has to do at the terminal.
    pub(super) fn phase(&self) -> Option<CardPhase> {
        let open = self.open.as_ref()?;
        Some(match open.progress {
            _ if open.ending => CardPhase::Ending,
            None => CardPhase::Starting,
            Some(Progress::InsertCard) => CardPhase::Insert,
            Some(Progress::FollowTerminal) => CardPhase::Follow,
            Some(Progress::Processing) => CardPhase::Processing,
            Some(Progress::RemoveCard) => CardPhase::Remove,
            Some(Progress::TryAgain) => CardPhase::Again,
        })
    }
}

impl Visit {
    /// Why no card can be charged here.
    pub(super) fn card_payment_trouble(&self) -> Option<Trouble> {
        let fitted = self.site.card_terminal;
        self.fittings
            .terminal_trouble()
            .or((!fitted).then_some(Trouble::PaymentTerminal))
    }

    /// Why nobody can pay here, by whatever means.
    pub(super) fn paying_trouble(&self) -> Option<Trouble> {
        let cash = self.fittings.cash_trouble()?;
        let card = self.card_payment_trouble()?;
        Some(if self.site.cash { cash } else { card })
    }

    pub(super) fn pay_by_card(&mut self, now: Moment) {
        let own_won = self
            .person
            .request
            .as_ref()
            .map_or(0, ServiceRequest::total_won);
        let amount_won = self.sum_won();
        self.person.card_paying.refusal = None;
        let Some(key) = self.next_key() else {
            return;
        };
        let begun = self.act(Action::BeginPayment {
            means: request::Means::Card,
            besides_won: amount_won.saturating_sub(own_won),
        });
        let transaction = TransactionId::new(key.as_str());
        if !begun || !self.act(Action::Card(CardAction::BeginAuthorisation { transaction })) {
            return;
        }
        self.person.card_paying.open = Some(Open {
            key: key.clone(),
            progress: None,
            ending: false,
        });
        let order = PaymentTerminalOrder::Authorise { key, amount_won };
        self.order(Command::PaymentTerminal(order));
        self.deadline = Some(now.instant + TERMINAL);
    }

    /// Each transaction has a name of its own, for as long as journals are kept.
    fn next_key(&self) -> Option<TransactionKey> {
        let request = self.person.request.as_ref()?;
        let number = request.money.card.begun.saturating_add(1);
        Some(TransactionKey::new(format!("{}-card-{number}", request.id)))
    }

    /// Nobody wants to pay any more; a card that was read may still be charged.
    pub(super) fn call_off_card(&mut self) {
        if let Some(open) = &mut self.person.card_paying.open
            && !std::mem::replace(&mut open.ending, true)
        {
            let key = open.key.clone();
            let abort = PaymentTerminalOrder::Abort { key };
            self.order(Command::PaymentTerminal(abort));
        }
    }

    pub(super) fn payment_terminal(
        &mut self,
        step: Step,
        event: PaymentTerminalEvent,
        now: Moment,
    ) {
        let (key, action) = match event {
            PaymentTerminalEvent::Progress { key, progress } => {
                let open = self.person.card_paying.open.as_mut();
                if let Some(open) = open.filter(|open| open.key == key) {
                    open.progress = Some(progress);
                }
                return;
            }
            PaymentTerminalEvent::Approved { key, approval } => {
                return self.approved(step, &key, approval, now);
            }
            PaymentTerminalEvent::Declined { key, reason } => {
                let refusal = refusal(reason);
                let reason = match reason {
                    DeclineReason::Cancelled => CardDecline::Cancelled,
                    _ => CardDecline::Refused,
                };
                return self.declined(step, &key, reason, refusal, now);
            }
            PaymentTerminalEvent::NotDone { key, .. } => {
                let refusal = PaymentRefusal::Terminal;
                return self.declined(step, &key, CardDecline::NotAsked, refusal, now);
            }
            PaymentTerminalEvent::Unknown { key, .. } => return self.card_unknown(step, &key, now),
            PaymentTerminalEvent::Reversed { key } => {
                let transaction = TransactionId::new(key.as_str());
                (key, CardAction::Reverse { transaction })
            }
            PaymentTerminalEvent::NotReversed { key, .. } => {
                let transaction = TransactionId::new(key.as_str());
                (key, CardAction::RefuseReversal { transaction })
            }
            PaymentTerminalEvent::Status(_) | PaymentTerminalEvent::Counted { .. } => return,
        };
        if self.take_note(Action::Card(action)) {
            self.has_ended(&key);
            self.settle_on(now);
        }
    }

    fn has_ended(&mut self, key: &TransactionKey) {
        self.person
            .card_paying
            .open
            .take_if(|open| open.key == *key);
    }

    fn approved(&mut self, step: Step, key: &TransactionKey, approval: Approval, now: Moment) {
        let noted = self.take_note(Action::Card(CardAction::Approve {
            transaction: TransactionId::new(key.as_str()),
            approval: CardApproval {
                number: approval.number.clone(),
                terminal: approval.terminal.clone(),
                trace: approval.trace,
                receipt: approval.receipt,
            },
        }));
        if !noted {
            return;
        }
        let ending = self.person.card_paying.open.as_ref();
        let ending = ending.is_some_and(|open| open.ending);
        self.has_ended(key);
        self.person.card_paying.approval = Some(approval);
        if step != Step::Paying {
            self.settle_on(now);
        } else if ending {
            // It was too late to call it off: the money goes back.
            self.settle(Ending::Left, now);
        } else {
            self.deadline = None;
            self.enough(now);
        }
    }

    fn declined(
        &mut self,
        step: Step,
        key: &TransactionKey,
        reason: CardDecline,
        refusal: PaymentRefusal,
        now: Moment,
    ) {
        let transaction = TransactionId::new(key.as_str());
        let declined = CardAction::Decline {
            transaction,
            reason,
        };
        if self.take_note(Action::Card(declined)) {
            self.has_ended(key);
            self.person.card_paying.refusal = Some(refusal);
            if step == Step::Paying {
                self.deadline = None;
            }
            self.settle_on(now);
        }
    }

    /// Nobody can tell: it counts as charged, and as kept, in the citizen's favor.
    fn card_unknown(&mut self, step: Step, key: &TransactionKey, now: Moment) {
        let transaction = TransactionId::new(key.as_str());
        if !self.take_note(Action::Card(CardAction::Lose { transaction })) {
            return;
        }
        self.has_ended(key);
        self.owe();
        if step == Step::Paying {
            self.fail(FailureReason::CardUnknown, now);
        } else {
            self.settle_on(now);
        }
    }

    /// The driver has said nothing for too long.
    pub(super) fn card_overdue(&mut self, now: Moment) {
        if let Some(open) = &self.person.card_paying.open {
            let key = open.key.clone();
            self.card_unknown(Step::Paying, &key, now);
        }
    }

    /// What is in doubt at the terminal, for whoever gives up waiting.
    pub(super) fn lose_card(&mut self) {
        let request = self.person.request.as_ref();
        let open = request.and_then(|request| request.money.card.open.as_ref());
        if let Some(transaction) = open.map(OpenTransaction::id).cloned() {
            self.act(Action::Card(CardAction::Lose { transaction }));
        }
        self.person.card_paying.open = None;
    }

    /// How money of a card goes back: to the card, when it is all of what was charged;
    /// `None` when the machine can only owe it.
    pub(super) fn reversal(&self, amount_won: u32) -> Option<(Action, Command)> {
        let approval = self.person.card_paying.approval()?;
        let request = self.person.request.as_ref()?;
        let whole = approval.amount_won == amount_won;
        if !whole || self.card_payment_trouble().is_some() {
            return None;
        }
        let key = self.next_key()?;
        let transaction = TransactionId::new(key.as_str());
        let action = Action::Card(CardAction::BeginReversal {
            transaction,
            amount_won,
        });
        request.decide(action.clone()).ok()?;
        let order = PaymentTerminalOrder::Reverse {
            key,
            receipt: approval.receipt,
            approved_won: approval.amount_won,
            amount_won,
        };
        Some((action, Command::PaymentTerminal(order)))
    }

    pub(super) fn has_paid_by_card(&self) -> bool {
        self.person.card_paying.approval().is_some()
    }

    /// Whether money that goes back is, or may be, a card's.
    pub(super) fn is_about_a_card(&self) -> bool {
        self.has_paid_by_card() || self.person.card_paying.is_open()
    }

    /// Why the machine owes what it took.
    pub(super) fn why_in_debt(&self) -> FailureReason {
        let charged = self.requests().any(|it| it.money.card.taken_won > 0);
        match charged {
            true if self.has_paid_by_card() => FailureReason::CardNotReversed,
            true => FailureReason::CardUnknown,
            false => FailureReason::NoChange,
        }
    }
}

fn refusal(reason: DeclineReason) -> PaymentRefusal {
    match reason {
        DeclineReason::Cancelled => PaymentRefusal::Cancelled,
        DeclineReason::Unreadable => PaymentRefusal::Unreadable,
        DeclineReason::Expired => PaymentRefusal::Expired,
        DeclineReason::NotAccepted => PaymentRefusal::NotAccepted,
        DeclineReason::Blocked => PaymentRefusal::Blocked,
        DeclineReason::NotEnough => PaymentRefusal::NotEnough,
        DeclineReason::WrongPin => PaymentRefusal::WrongPin,
        DeclineReason::Refused => PaymentRefusal::Refused,
        DeclineReason::IssuerAway => PaymentRefusal::IssuerAway,
    }
}
