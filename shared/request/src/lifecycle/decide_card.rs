//! Which movements of a card's money a prepared request allows.

use crate::{
    CardAction, CardFact, Means, OpenTransaction, PaperState, Refusal, RequestEvent,
    ServiceRequest, TransactionId,
};

impl ServiceRequest {
    pub(super) fn decide_card(&self, action: CardAction) -> Result<RequestEvent, Refusal> {
        match action {
            CardAction::BeginAuthorisation { transaction } => self.begin_authorisation(transaction),
            CardAction::Approve {
                transaction,
                approval,
            } => {
                let amount_won = self.authorised_now(&transaction)?;
                Ok(CardFact::Approved {
                    transaction,
                    amount_won,
                    approval,
                })
            }
            CardAction::Decline {
                transaction,
                reason,
            } => {
                self.authorised_now(&transaction)?;
                Ok(CardFact::Declined {
                    transaction,
                    reason,
                })
            }
            CardAction::Lose { transaction } => match &self.money.card.open {
                Some(open) if *open.id() == transaction => {
                    let asked_won = open.amount_won();
                    Ok(match open {
                        OpenTransaction::Authorisation { .. } => CardFact::AuthorisationUnknown {
                            transaction,
                            asked_won,
                        },
                        OpenTransaction::Reversal { .. } => CardFact::ReversalUnknown {
                            transaction,
                            asked_won,
                        },
                    })
                }
                _ => Err(Refusal::Amount),
            },
            CardAction::BeginReversal {
                transaction,
                amount_won,
            } => self.begin_reversal(transaction, amount_won),
            CardAction::Reverse { transaction } => {
                let amount_won = self.reversed_now(&transaction)?;
                Ok(CardFact::Reversed {
                    transaction,
                    amount_won,
                })
            }
            CardAction::RefuseReversal { transaction } => {
                self.reversed_now(&transaction)?;
                Ok(CardFact::NotReversed { transaction })
            }
        }
        .map(RequestEvent::Card)
    }

    /// One card at a time, for what the citizen was asked for, and nothing besides.
    fn begin_authorisation(&self, transaction: TransactionId) -> Result<CardFact, Refusal> {
        let money = &self.money;
        if money.moving() {
            return Err(Refusal::MoneyMoving);
        }
        match money.asked_won {
            Some(amount_won) if money.means == Some(Means::Card) && money.available_won() == 0 => {
                Ok(CardFact::AuthorisationBegun {
                    transaction,
                    amount_won,
                })
            }
            _ => Err(Refusal::Amount),
        }
    }

    /// Only what came from a card goes back to one; from this request's, or from the
    /// one that left it to this.
    fn begin_reversal(
        &self,
        transaction: TransactionId,
        amount_won: u32,
    ) -> Result<CardFact, Refusal> {
        let money = &self.money;
        if money.moving() {
            return Err(Refusal::MoneyMoving);
        }
        if self.paper.count(PaperState::Begun) > 0 {
            return Err(Refusal::PaperMoving);
        }
        let from_cards = money.card.taken_won.saturating_add(money.brought_won);
        let left = from_cards.saturating_sub(money.card.reversed_won);
        if amount_won == 0 || amount_won > self.free_won() || amount_won > left {
            return Err(Refusal::Amount);
        }
        if money.card.reversal_tried {
            return Err(Refusal::Amount);
        }
        Ok(CardFact::ReversalBegun {
            transaction,
            amount_won,
        })
    }

    fn authorised_now(&self, transaction: &TransactionId) -> Result<u32, Refusal> {
        match &self.money.card.open {
            Some(OpenTransaction::Authorisation {
                transaction: open,
                amount_won,
            }) if open == transaction => Ok(*amount_won),
            _ => Err(Refusal::Amount),
        }
    }

    fn reversed_now(&self, transaction: &TransactionId) -> Result<u32, Refusal> {
        match &self.money.card.open {
            Some(OpenTransaction::Reversal {
                transaction: open,
                amount_won,
            }) if open == transaction => Ok(*amount_won),
            _ => Err(Refusal::Amount),
        }
    }
}
