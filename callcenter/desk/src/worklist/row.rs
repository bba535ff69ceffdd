//! A row of the worklist: one request prepared here, and how far it has come.

use privacy::Personal;
use request::{
    Applicant, DeclineReason, NetworkFault, RequestEvent, RequestId, ServiceId, Timestamp,
};
use ticket::Code;

use crate::{Language, preparation::Known};

/// One request prepared here.
#[derive(Clone, Debug)]
pub struct Row {
    pub request: RequestId,
    pub service: ServiceId,
    pub copies: u32,
    pub fee_won: u32,
    pub asked_at: Timestamp,
    pub code: Code,
    /// Until its term here is over.
    pub applicant: Option<Applicant>,
    /// The number it was asked for from; in memory alone.
    pub caller: Option<Personal<String>>,
    pub state: RowState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    Asked,
    /// The exchange has it; what its last attempt lacked.
    Waiting(Option<NetworkFault>),
    Ready,
    /// A kiosk is about to hand it out.
    Collecting,
    Collected,
    Declined(DeclineReason),
}

impl RowState {
    pub(super) fn is_final(self) -> bool {
        match self {
            RowState::Collected | RowState::Declined(_) => true,
            RowState::Asked | RowState::Waiting(_) | RowState::Ready | RowState::Collecting => {
                false
            }
        }
    }

    /// Whether only a question tells what became of it. A code that the exchange
    /// has not heard of yet counts there as an attempt to guess one.
    pub(super) fn is_worth_asking(self) -> bool {
        !self.is_final() && self != RowState::Asked
    }
}

/// What an event says about a request's place in the list.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "money and paper are a kiosk's"
)]
pub(crate) fn state_after(event: &RequestEvent) -> Option<RowState> {
    match event {
        RequestEvent::ResultReady => Some(RowState::Ready),
        RequestEvent::Declined { reason } => Some(RowState::Declined(*reason)),
        RequestEvent::AttemptFailed { fault } => Some(RowState::Waiting(Some(*fault))),
        _ => None,
    }
}

impl Row {
    /// The right answers to questions about it.
    pub(crate) fn known(&self, service: String, language: Language) -> Known {
        Known {
            service,
            day: language.day(self.asked_at),
            copies: language.copies(self.copies),
        }
    }
}
