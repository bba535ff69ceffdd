//! What the kiosk ordered, and how it comes to an honest end.

use std::time::{Duration, Instant};

use devices::payment_terminal::{
    Deed, NotReversedReason, PaymentTerminalEvent, PaymentTerminalOrder, TerminalFault,
    TransactionKey,
};

use super::{
    ONCE_MORE, ZvtTerminal,
    hearing::End,
    talking::{Subject, Talk},
};
use crate::payment_terminal::{
    meaning::{Refusal, refusal},
    status_information::StatusInformation,
};

/// Somebody who has not paid by then does not want to.
const AUTHORISATION: Duration = Duration::from_secs(180);
/// A reversal waits for its terminal this long, and for its answer.
const REVERSAL: Duration = Duration::from_secs(45);
/// Within this a terminal is found again and asked, or nobody knows.
const RESOLVING: Duration = Duration::from_secs(45);

pub(super) struct Errand {
    pub(super) key: TransactionKey,
    deed: Deed,
    amount_won: u32,
    receipt: u32,
    /// The terminal's newest transaction before.
    before: Option<u32>,
    stage: Stage,
    pub(super) due: Instant,
    /// When the terminal is asked (again) what became of it.
    pub(super) ask_at: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The terminal has not heard of it.
    Waiting,
    Sent,
    /// It may have been done.
    InDoubt,
}

impl ZvtTerminal {
    pub(super) fn order(&mut self, order: PaymentTerminalOrder, now: Instant) {
        match order {
            PaymentTerminalOrder::Authorise { key, amount_won } => {
                if let Some(fault) = self.why_not() {
                    return self.tell(PaymentTerminalEvent::NotDone { key, fault });
                }
                let errand = Errand::new(key, Deed::Authorisation, amount_won, now + AUTHORISATION);
                self.errand = Some(errand);
            }
            PaymentTerminalOrder::Abort { key } => self.abort(&key, now),
            PaymentTerminalOrder::Reverse {
                key,
                receipt,
                approved_won,
                amount_won,
            } => {
                let reason = match self.errand {
                    Some(_) => Some(NotReversedReason::NotReached),
                    None if amount_won != approved_won => Some(NotReversedReason::PartNotPossible),
                    None => None,
                };
                if let Some(reason) = reason {
                    return self.tell(PaymentTerminalEvent::NotReversed { key, reason });
                }
                let errand = Errand::new(key, Deed::Reversal, amount_won, now + REVERSAL);
                self.errand = Some(Errand { receipt, ..errand });
            }
            PaymentTerminalOrder::Resolve {
                key,
                deed,
                amount_won,
                before,
            } => {
                let errand = Errand::new(key, deed, amount_won, now + RESOLVING);
                self.errand = Some(Errand {
                    before,
                    stage: Stage::InDoubt,
                    ask_at: Some(now),
                    ..errand
                });
            }
        }
    }

    /// One that is being registered, or asked for its newest transaction, will soon
    /// have time.
    fn why_not(&self) -> Option<TerminalFault> {
        match &self.errand {
            Some(_) => Some(TerminalFault::Busy),
            None if !self.connected => Some(TerminalFault::Offline),
            None => self.fault,
        }
    }

    fn abort(&mut self, key: &TransactionKey, now: Instant) {
        match self.errand.as_ref().filter(|errand| errand.key == *key) {
            Some(errand) if errand.stage == Stage::Waiting => self.nothing_was_done(None),
            Some(errand) if errand.stage == Stage::Sent => self.call_off(now),
            Some(_) | None => {}
        }
    }

    /// What the terminal is to be told or asked for it now.
    pub(super) fn due_for_errand(&mut self, now: Instant) -> Option<Subject> {
        let counted = self.counted;
        let errand = self.errand.as_mut()?;
        let amount_won = errand.amount_won;
        match (errand.stage, errand.deed) {
            (Stage::Waiting, Deed::Authorisation) => {
                errand.before = counted;
                Some(Subject::Authorisation { amount_won })
            }
            (Stage::Waiting, Deed::Reversal) => {
                errand.before = counted;
                Some(Subject::Reversal {
                    receipt: errand.receipt,
                    amount_won,
                })
            }
            (Stage::InDoubt, _) => {
                errand.ask_at.take_if(|at| *at <= now)?;
                Some(Subject::Newest)
            }
            (Stage::Sent, _) => None,
        }
    }

    pub(super) fn errand_is_sent(&mut self) {
        if let Some(errand) = &mut self.errand {
            errand.stage = Stage::Sent;
        }
    }

    /// The line is lost, or nobody answers.
    pub(super) fn errand_is_in_doubt(&mut self, now: Instant) {
        let Some(errand) = &mut self.errand else {
            return;
        };
        match (errand.stage, errand.deed) {
            (Stage::Waiting, Deed::Authorisation) => self.nothing_was_done(None),
            // A reversal waits for its terminal.
            (Stage::Waiting, Deed::Reversal) => {}
            (Stage::Sent, _) => {
                errand.stage = Stage::InDoubt;
                errand.due = now + RESOLVING;
                errand.ask_at = Some(now);
            }
            (Stage::InDoubt, _) => errand.ask_at = Some(now),
        }
    }

    pub(super) fn errand_overdue(&mut self, now: Instant) {
        let Some(errand) = &mut self.errand else {
            return;
        };
        match errand.stage {
            Stage::Waiting => self.nothing_was_done(None),
            Stage::Sent => {
                errand.due = now + RESOLVING;
                self.call_off(now);
            }
            Stage::InDoubt => {
                let fault = self.fault.unwrap_or(match self.connected {
                    true => TerminalFault::Silent,
                    false => TerminalFault::Offline,
                });
                self.is_unknown(fault);
            }
        }
    }

    /// The terminal has ended it in its own words.
    pub(super) fn errand_ended(&mut self, end: End, talk: &Talk, now: Instant) {
        let Some(errand) = self.errand.as_ref() else {
            return;
        };
        let success = talk.information.as_ref().filter(|it| it.is_success());
        self.counted = talk.information.as_ref().and_then(|it| it.trace);
        self.asked_for_newest = self.counted.is_some();
        if !self.asked_for_newest {
            self.speak_at = now;
        }
        match (end, &talk.information, success) {
            (End::Completed, _, Some(information)) => self.done_by(&information.clone()),
            (End::Completed, Some(failed), None) if failed.result.is_some() => {
                self.nothing_was_done(failed.result);
            }
            (End::Aborted(code) | End::Refused(code), _, None) => self.nothing_was_done(Some(code)),
            // It says yes and no, or nothing: its own books are asked.
            (End::Completed, _, None) | (End::Aborted(_) | End::Refused(_), _, Some(_)) => {
                tracing::warn!(key = errand.key.as_str(), "A terminal contradicts itself");
                self.errand_is_in_doubt(now);
            }
        }
    }

    /// The terminal's newest transaction is told: is it the one in doubt?
    pub(super) fn judge(&mut self, newest: Option<&StatusInformation>, now: Instant) {
        let Some(errand) = self.errand.as_mut() else {
            return;
        };
        if errand.stage != Stage::InDoubt {
            return;
        }
        let trace = newest.and_then(|it| it.trace);
        match (newest, errand.before, trace) {
            (Some(_), Some(before), Some(trace)) if trace == before => self.nothing_was_done(None),
            (Some(newest), Some(_), Some(_)) if newest.is_success() => {
                self.done_by(&newest.clone());
            }
            (Some(newest), Some(_), Some(_)) if newest.result.is_some() => {
                self.nothing_was_done(newest.result);
            }
            // Nobody knows which transaction was the newest before.
            (Some(_), None, Some(_)) => self.is_unknown(TerminalFault::Mismatch),
            _ => errand.ask_at = Some(now + ONCE_MORE),
        }
    }

    fn done_by(&mut self, information: &StatusInformation) {
        let Some(errand) = &self.errand else {
            return;
        };
        let approval = information.approval(errand.amount_won, errand.before);
        let (key, deed) = (errand.key.clone(), errand.deed);
        match (approval, deed) {
            (Some(approval), Deed::Authorisation) => {
                self.end_errand(PaymentTerminalEvent::Approved { key, approval });
            }
            (Some(_), Deed::Reversal) => self.end_errand(PaymentTerminalEvent::Reversed { key }),
            (None, _) => self.is_unknown(TerminalFault::Mismatch),
        }
    }

    /// No money has moved; the code is the terminal's, where it said why.
    fn nothing_was_done(&mut self, code: Option<u8>) {
        let Some(errand) = &self.errand else {
            return;
        };
        let (key, sent) = (errand.key.clone(), errand.stage != Stage::Waiting);
        let event = match (errand.deed, code.map(refusal)) {
            (Deed::Authorisation, Some(Refusal::Declined(reason))) => {
                PaymentTerminalEvent::Declined { key, reason }
            }
            (Deed::Authorisation, Some(Refusal::Fault(fault))) => {
                PaymentTerminalEvent::NotDone { key, fault }
            }
            (Deed::Authorisation, None) => {
                let fault = match self.connected {
                    true => TerminalFault::Silent,
                    false => TerminalFault::Offline,
                };
                PaymentTerminalEvent::NotDone { key, fault }
            }
            (Deed::Reversal, _) => {
                let reason = match sent {
                    true => NotReversedReason::Refused,
                    false => NotReversedReason::NotReached,
                };
                PaymentTerminalEvent::NotReversed { key, reason }
            }
        };
        self.end_errand(event);
    }

    fn is_unknown(&mut self, fault: TerminalFault) {
        if let Some(errand) = &self.errand {
            let key = errand.key.clone();
            self.end_errand(PaymentTerminalEvent::Unknown { key, fault });
        }
    }

    fn end_errand(&mut self, event: PaymentTerminalEvent) {
        self.errand = None;
        self.tell(event);
    }
}

impl Errand {
    fn new(key: TransactionKey, deed: Deed, amount_won: u32, due: Instant) -> Self {
        Self {
            key,
            deed,
            amount_won,
            receipt: 0,
            before: None,
            stage: Stage::Waiting,
            due,
            ask_at: None,
        }
    }
}
