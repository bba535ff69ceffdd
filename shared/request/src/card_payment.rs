//! Money from a payment card: what happened at the terminal, and how it stands.
//!
//! A card's digits are in none of it: money is kept on record for longer than people
//! are, and the numbers of the approval find the payment again.

use serde::{Deserialize, Serialize};

use crate::TransactionId;

/// One fact about a transaction. Intentions (`…Begun`) are written before the deed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "card", rename_all = "snake_case")]
pub enum CardFact {
    /// The terminal is about to ask for a card.
    AuthorisationBegun {
        transaction: TransactionId,
        amount_won: u32,
    },
    Approved {
        transaction: TransactionId,
        amount_won: u32,
        approval: CardApproval,
    },
    /// Proven: the card was not charged.
    Declined {
        transaction: TransactionId,
        reason: CardDecline,
    },
    /// Nobody can tell whether the card was charged; it counts as charged.
    AuthorisationUnknown {
        transaction: TransactionId,
        asked_won: u32,
    },
    /// The money of an approval is about to go back to the card.
    ReversalBegun {
        transaction: TransactionId,
        amount_won: u32,
    },
    Reversed {
        transaction: TransactionId,
        amount_won: u32,
    },
    /// Proven: the money stayed here.
    NotReversed { transaction: TransactionId },
    /// Nobody can tell whether it went back; it counts as kept.
    ReversalUnknown {
        transaction: TransactionId,
        asked_won: u32,
    },
}

/// What somebody wants to do with a card's money, or has heard of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardAction {
    BeginAuthorisation {
        transaction: TransactionId,
    },
    Approve {
        transaction: TransactionId,
        approval: CardApproval,
    },
    Decline {
        transaction: TransactionId,
        reason: CardDecline,
    },
    /// What was begun can no longer be found out.
    Lose {
        transaction: TransactionId,
    },
    BeginReversal {
        transaction: TransactionId,
        amount_won: u32,
    },
    Reverse {
        transaction: TransactionId,
    },
    RefuseReversal {
        transaction: TransactionId,
    },
}

/// By which numbers the terminal and the card's issuer know a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardApproval {
    /// The issuer's.
    pub number: String,
    pub terminal: String,
    pub trace: u32,
    pub receipt: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardDecline {
    /// The citizen did not want to any more, or nobody held a card there.
    Cancelled,
    /// The terminal or the card's issuer said no.
    Refused,
    /// The terminal could not be asked.
    NotAsked,
}

/// A transaction that was begun and has not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenTransaction {
    Authorisation {
        transaction: TransactionId,
        amount_won: u32,
    },
    Reversal {
        transaction: TransactionId,
        amount_won: u32,
    },
}

impl OpenTransaction {
    pub fn id(&self) -> &TransactionId {
        match self {
            OpenTransaction::Authorisation { transaction, .. }
            | OpenTransaction::Reversal { transaction, .. } => transaction,
        }
    }

    pub fn amount_won(&self) -> u32 {
        match self {
            OpenTransaction::Authorisation { amount_won, .. }
            | OpenTransaction::Reversal { amount_won, .. } => *amount_won,
        }
    }
}

/// How it stands with the cards of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardPayment {
    pub open: Option<OpenTransaction>,
    /// The last payment that was approved, with what it was.
    pub approved: Option<(u32, CardApproval)>,
    /// So much of what was taken came from cards …
    pub taken_won: u32,
    /// … and so much of what was paid out went back to them.
    pub reversed_won: u32,
    /// A reversal was tried; no second one is.
    pub reversal_tried: bool,
    /// How many transactions were begun.
    pub begun: u32,
}

impl CardPayment {
    pub(crate) fn apply(&mut self, fact: &CardFact) {
        match fact {
            CardFact::AuthorisationBegun {
                transaction,
                amount_won,
            } => {
                self.begun = self.begun.saturating_add(1);
                self.open = Some(OpenTransaction::Authorisation {
                    transaction: transaction.clone(),
                    amount_won: *amount_won,
                });
            }
            CardFact::Approved {
                amount_won,
                approval,
                ..
            } => {
                self.open = None;
                self.approved = Some((*amount_won, approval.clone()));
                self.taken_won = self.taken_won.saturating_add(*amount_won);
            }
            CardFact::AuthorisationUnknown { asked_won, .. } => {
                self.open = None;
                self.taken_won = self.taken_won.saturating_add(*asked_won);
            }
            CardFact::ReversalBegun {
                transaction,
                amount_won,
            } => {
                self.begun = self.begun.saturating_add(1);
                self.reversal_tried = true;
                self.open = Some(OpenTransaction::Reversal {
                    transaction: transaction.clone(),
                    amount_won: *amount_won,
                });
            }
            CardFact::Reversed { amount_won, .. } => {
                self.open = None;
                self.reversed_won = self.reversed_won.saturating_add(*amount_won);
            }
            CardFact::Declined { .. }
            | CardFact::NotReversed { .. }
            | CardFact::ReversalUnknown { .. } => self.open = None,
        }
    }
}
