//! What reaches the pane and what it wants done.

use privacy::Personal;
use request::DocumentNumber;
use sync::DeliveryRefusal;

use super::{Found, Recipient, Wanted};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendingTouch {
    Up,
    Down,
    Select(usize),
    /// The n-th delivery, agency or kind of consent.
    Pick(usize),
    /// Goes on; at the end it sends.
    Next,
    Back,
    /// Sends again what an agency has not got.
    Again,
    /// The citizen says yes to what was read.
    Consented,
    /// The citizen says no to it.
    Declined,
    LookAgain,
    Number(Personal<String>),
    /// Part of an agency's name.
    Agency(Personal<String>),
    Purpose(Personal<String>),
}

impl SendingTouch {
    pub(super) fn is_typing(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Agency(_) | Self::Purpose(_))
    }
}

#[derive(Clone, Debug)]
pub enum SendingEvent {
    Touched(SendingTouch),
    Shown(bool),
    /// Who works here now.
    Works(Option<String>),
    Recipients(Result<Vec<Recipient>, SendingFault>),
    Found(DocumentNumber, Result<Found, SendingFault>),
    /// Whether the exchange has a document on its way that was to be sent.
    Sent(DocumentNumber, Result<(), SendingFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendingCommand {
    AskRecipients,
    LookUp(DocumentNumber),
    Send(Wanted),
    /// The same to the same agency, with the consent that was taken for it.
    SendAgain {
        number: DocumentNumber,
        delivery: String,
    },
}

/// Why the exchange does not tell, or did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendingFault {
    Unreachable,
    /// Whoever works here may not.
    Forbidden,
    /// The exchange wants the switch's word on who works here.
    Unproven,
    Malformed,
    Refused(DeliveryRefusal),
}

/// What the agent is told until the next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendingNotice {
    Fault(SendingFault),
    /// What is typed is no whole number.
    Number,
    /// No agency is chosen.
    Agency,
    /// The chosen agency has it.
    Delivered,
    /// It is on its way to the chosen agency.
    OnItsWay,
    /// The chosen agency was away for too long: the same is sent again.
    Expired,
    NoPurpose,
    LongPurpose,
    NoConsent,
    /// There is nothing to be sent again.
    NothingAgain,
    Sent,
}
