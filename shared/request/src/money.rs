//! The money of one request: what came in, what may stay, what must go back.

use crate::{CardFact, CardPayment, Means, PayoutPurpose, RequestEvent};

/// Sums of all money events, in won.
///
/// Law: `taken + credited + brought = captured + paid_out + owed + carried + held`,
/// always; a closed request holds nothing. What one request of a visit has carried
/// over, another has brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// What the citizen was asked for, once payment has begun.
    pub asked_won: Option<u32>,
    pub means: Option<Means>,
    /// Coins, stacked notes, and what cards were charged with.
    pub taken_won: u32,
    /// What another machine owed and this one was asked to pay.
    pub credited_won: u32,
    /// What another request of the visit has left to this one.
    pub brought_won: u32,
    /// What this one has left to another.
    pub carried_won: u32,
    pub escrow: Escrow,
    pub captured_won: u32,
    /// Fees of issued papers that could not be charged.
    pub waived_won: u32,
    pub paid_out_won: u32,
    /// Notes that went back from the escrow.
    note_returned_won: u32,
    pub owed_won: u32,
    /// A payout that was begun and has not been answered.
    pub paying_out: Option<(u32, PayoutPurpose)>,
    pub card: CardPayment,
}

/// The one note between the slot and the stacker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Escrow {
    #[default]
    Empty,
    Holding(u32),
    Stacking(u32),
    Returning(u32),
}

impl Escrow {
    pub fn value_won(self) -> u32 {
        match self {
            Escrow::Empty => 0,
            Escrow::Holding(value) | Escrow::Stacking(value) | Escrow::Returning(value) => value,
        }
    }
}

impl Money {
    /// What the machine has of the citizen's and has not decided about.
    pub fn held_won(&self) -> u32 {
        self.taken_won
            .saturating_add(self.credited_won)
            .saturating_add(self.brought_won)
            .saturating_sub(self.carried_won)
            .saturating_sub(self.captured_won)
            .saturating_sub(self.paid_out_won)
            .saturating_sub(self.owed_won)
    }

    /// Whether money may come in: the citizen was asked for it here, or where it
    /// was brought from; and it has not gone on to another request.
    pub fn is_asked_for(&self) -> bool {
        self.has_been_asked_for() && self.carried_won == 0
    }

    pub(crate) fn has_been_asked_for(&self) -> bool {
        self.asked_won.is_some() || self.brought_won > 0
    }

    /// Whether the citizen may be asked, by one means or after it by another one: a
    /// card that was not charged has paid nothing.
    pub(crate) fn may_be_asked_for(&self) -> bool {
        let tried_a_card = self.means == Some(Means::Card)
            && self.card.open.is_none()
            && self.taken_won == 0
            && self.escrow == Escrow::Empty;
        !self.has_been_asked_for() || tried_a_card && self.brought_won == 0
    }

    /// What fell into this machine.
    pub fn cash_taken_won(&self) -> u32 {
        self.taken_won.saturating_sub(self.card.taken_won)
    }

    /// What fell out of it.
    pub fn cash_paid_out_won(&self) -> u32 {
        self.paid_out_won.saturating_sub(self.card.reversed_won)
    }

    /// What lies ready to pay with: held money and the note in escrow.
    pub fn available_won(&self) -> u32 {
        self.held_won().saturating_add(self.escrow.value_won())
    }

    /// What the citizen has got back, coins and notes.
    pub fn returned_won(&self) -> u32 {
        self.paid_out_won.saturating_add(self.note_returned_won)
    }

    /// Whether an ordered movement still waits for its outcome.
    pub fn moving(&self) -> bool {
        self.paying_out.is_some()
            || self.card.open.is_some()
            || matches!(self.escrow, Escrow::Stacking(_) | Escrow::Returning(_))
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only the money events count here"
    )]
    pub(crate) fn apply(&mut self, event: &RequestEvent) {
        match event {
            RequestEvent::PaymentBegun { means, amount_won } => {
                self.asked_won = Some(*amount_won);
                self.means = Some(*means);
            }
            RequestEvent::CoinTaken { value_won } => add(&mut self.taken_won, *value_won),
            RequestEvent::NoteEscrowed { value_won } => self.escrow = Escrow::Holding(*value_won),
            RequestEvent::NoteStackBegun => self.escrow = Escrow::Stacking(self.escrow.value_won()),
            RequestEvent::NoteStacked { value_won } => {
                add(&mut self.taken_won, *value_won);
                self.escrow = Escrow::Empty;
            }
            RequestEvent::NoteReturnBegun => {
                self.escrow = Escrow::Returning(self.escrow.value_won());
            }
            RequestEvent::NoteReturned { value_won } => {
                add(&mut self.note_returned_won, *value_won);
                self.escrow = Escrow::Empty;
            }
            RequestEvent::Credited { amount_won } => add(&mut self.credited_won, *amount_won),
            RequestEvent::PayoutBegun {
                amount_won,
                purpose,
            } => {
                self.paying_out = Some((*amount_won, *purpose));
            }
            RequestEvent::PaidOut { amount_won } => {
                add(&mut self.paid_out_won, *amount_won);
                self.paying_out = None;
            }
            RequestEvent::PayoutUnknown { .. } => self.paying_out = None,
            RequestEvent::Card(fact) => {
                self.card.apply(fact);
                match fact {
                    CardFact::Approved { amount_won, .. }
                    | CardFact::AuthorisationUnknown {
                        asked_won: amount_won,
                        ..
                    } => add(&mut self.taken_won, *amount_won),
                    CardFact::Reversed { amount_won, .. } => {
                        add(&mut self.paid_out_won, *amount_won);
                    }
                    CardFact::AuthorisationBegun { .. }
                    | CardFact::Declined { .. }
                    | CardFact::ReversalBegun { .. }
                    | CardFact::NotReversed { .. }
                    | CardFact::ReversalUnknown { .. } => {}
                }
            }
            RequestEvent::RefundOwed { amount_won, .. } => add(&mut self.owed_won, *amount_won),
            RequestEvent::FeeCaptured { amount_won } => add(&mut self.captured_won, *amount_won),
            RequestEvent::CarriedOver { amount_won, .. } => add(&mut self.carried_won, *amount_won),
            RequestEvent::BroughtForward { amount_won, .. } => {
                add(&mut self.brought_won, *amount_won);
            }
            RequestEvent::FeeWaived { amount_won } => add(&mut self.waived_won, *amount_won),
            _ => {}
        }
    }
}

/// A machine that lies about its money must not stop the kiosk.
fn add(sum: &mut u32, won: u32) {
    *sum = sum.saturating_add(won);
}
