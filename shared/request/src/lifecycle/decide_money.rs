//! Which movements of money a prepared request allows.

use crate::{
    Action, PaperState, PayoutPurpose, Refusal, RequestEvent, RequestId, ServiceRequest,
    money::Escrow,
};

impl ServiceRequest {
    pub(super) fn decide_money(&self, action: Action) -> Result<RequestEvent, Refusal> {
        let money = &self.money;
        match (action, money.escrow) {
            (Action::BeginPayment { means, besides_won }, _) => {
                if !money.may_be_asked_for() || self.total_won() == 0 {
                    return Err(Refusal::Amount);
                }
                Ok(RequestEvent::PaymentBegun {
                    means,
                    amount_won: self.total_won().saturating_add(besides_won),
                })
            }
            // Coins may fall in any time after payment has begun: what has
            // happened at the slot cannot be refused, only given back.
            (Action::TakeCoin { value_won }, _) if money.is_asked_for() => {
                Ok(RequestEvent::CoinTaken { value_won })
            }
            (Action::EscrowNote { value_won }, Escrow::Empty) if money.is_asked_for() => {
                Ok(RequestEvent::NoteEscrowed { value_won })
            }
            (Action::BeginNoteStack, Escrow::Holding(_)) => Ok(RequestEvent::NoteStackBegun),
            // Validators stack or return on their own account too (power, time-out).
            (
                Action::StackNote { value_won },
                Escrow::Stacking(held) | Escrow::Holding(held) | Escrow::Returning(held),
            ) if held == value_won => Ok(RequestEvent::NoteStacked { value_won }),
            (Action::BeginNoteReturn, Escrow::Holding(_)) => Ok(RequestEvent::NoteReturnBegun),
            (
                Action::ReturnNote { value_won },
                Escrow::Returning(held) | Escrow::Holding(held) | Escrow::Stacking(held),
            ) if held == value_won => Ok(RequestEvent::NoteReturned { value_won }),
            (
                Action::BeginPayout {
                    amount_won,
                    purpose,
                },
                _,
            ) => self.begin_payout(amount_won, purpose),
            (Action::PayOut { amount_won }, _) => match money.paying_out {
                Some((asked, _)) if amount_won <= asked => Ok(RequestEvent::PaidOut { amount_won }),
                _ => Err(Refusal::Amount),
            },
            (Action::LosePayout { asked_won }, _) => match money.paying_out {
                Some((asked, _)) if asked == asked_won => {
                    Ok(RequestEvent::PayoutUnknown { asked_won })
                }
                _ => Err(Refusal::Amount),
            },
            (Action::OweRefund { amount_won, ticket }, _) => {
                if money.paying_out.is_some() || money.card.open.is_some() {
                    return Err(Refusal::MoneyMoving);
                }
                if amount_won == 0 || amount_won > money.held_won() {
                    return Err(Refusal::Amount);
                }
                Ok(RequestEvent::RefundOwed { amount_won, ticket })
            }
            (Action::Card(action), _) => self.decide_card(action),
            (Action::CaptureFee, _) => self.capture(),
            (Action::WaiveFee, Escrow::Empty) if !money.moving() => match self.due_won() {
                due if due > money.held_won() => Ok(RequestEvent::FeeWaived {
                    amount_won: due - money.held_won(),
                }),
                _ => Err(Refusal::Amount),
            },
            (Action::CarryOver { to, amount_won }, _) => self.carry_over(to, amount_won),
            (Action::BringForward { from, amount_won }, Escrow::Empty) => {
                // Once, and where no money of its own has gone in.
                if amount_won == 0 || from == self.id || money.has_been_asked_for() {
                    return Err(Refusal::Amount);
                }
                Ok(RequestEvent::BroughtForward { from, amount_won })
            }
            (
                Action::EscrowNote { .. }
                | Action::BeginNoteStack
                | Action::StackNote { .. }
                | Action::BeginNoteReturn
                | Action::ReturnNote { .. },
                _,
            ) => Err(Refusal::MoneyMoving),
            _ => Err(Refusal::WrongStage(self.stage)),
        }
    }

    /// The fee of the copies that were really issued and not charged yet.
    pub fn due_won(&self) -> u32 {
        let unit = self.fee.as_ref().map_or(0, |fee| fee.unit_won);
        let issued = u32::try_from(self.paper.count(PaperState::Issued)).unwrap_or(0);
        unit.saturating_mul(issued)
            .saturating_sub(self.money.captured_won)
            .saturating_sub(self.money.waived_won)
    }

    pub(super) fn may_close_money(&self) -> Result<(), Refusal> {
        if self.money.moving() {
            return Err(Refusal::MoneyMoving);
        }
        if self.money.available_won() > 0 || self.due_won() > 0 {
            return Err(Refusal::MoneyHeld);
        }
        Ok(())
    }

    /// What may go back to the citizen: what was issued is charged first.
    pub(super) fn free_won(&self) -> u32 {
        self.money.held_won().saturating_sub(self.due_won())
    }

    fn begin_payout(
        &self,
        amount_won: u32,
        purpose: PayoutPurpose,
    ) -> Result<RequestEvent, Refusal> {
        let money = &self.money;
        if money.moving() {
            return Err(Refusal::MoneyMoving);
        }
        if amount_won == 0 || amount_won > self.free_won() {
            return Err(Refusal::Amount);
        }
        if purpose == PayoutPurpose::Refund && self.paper.count(PaperState::Begun) > 0 {
            return Err(Refusal::PaperMoving);
        }
        Ok(RequestEvent::PayoutBegun {
            amount_won,
            purpose,
        })
    }

    /// All or nothing, when everything here has found its place: what is charged, and
    /// a sheet that may still have to be.
    fn carry_over(&self, to: RequestId, amount_won: u32) -> Result<RequestEvent, Refusal> {
        let money = &self.money;
        if money.moving() || money.escrow != Escrow::Empty {
            return Err(Refusal::MoneyMoving);
        }
        if self.paper.count(PaperState::Begun) > 0 {
            return Err(Refusal::PaperMoving);
        }
        if amount_won == 0 || amount_won != money.held_won() || self.due_won() > 0 || to == self.id
        {
            return Err(Refusal::Amount);
        }
        Ok(RequestEvent::CarriedOver { to, amount_won })
    }

    fn capture(&self) -> Result<RequestEvent, Refusal> {
        let due = self.due_won();
        if due == 0 {
            return Err(Refusal::NothingIssued);
        }
        if self.money.held_won() < due {
            return Err(Refusal::NotPaid);
        }
        Ok(RequestEvent::FeeCaptured { amount_won: due })
    }
}
