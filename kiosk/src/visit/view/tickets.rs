//! What is accepted now and collected later, and what tickets bring.

use super::Trouble;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeEntry {
    /// In groups of four.
    pub shown: String,
    pub digits: u32,
    pub refusal: Option<CodeRefusal>,
    /// The code may be held to the scanner instead.
    pub scanner: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// The digits are no ticket's.
    WrongDigit,
    /// What was scanned is something else.
    NotATicket,
    /// The scanner could not read it.
    Unreadable,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketOffer {
    /// The fee to pay, or the money to get.
    pub amount_won: u32,
    /// The ticket is for money.
    pub pays_out: bool,
    /// What this kiosk lacks to honor it now.
    pub unavailable: Option<Trouble>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The claim ticket's code, in groups of four.
    pub code: String,
    /// The ticket came out; otherwise the screen is all there is.
    pub printed: bool,
    /// Whoever collects shows the identity card again.
    pub needs_card: bool,
    /// It is a petition, and is answered so soon; nothing is to be collected.
    pub answered_within: Option<String>,
    pub messages: Messages,
}

/// Whether the citizen is told by text message that it is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Messages {
    /// None are sent here.
    None,
    Offered,
    /// To this number, of which only the end is shown.
    Wanted(String),
}

/// The number of a mobile telephone, typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TelephoneEntry {
    pub shown: String,
    pub complete: bool,
    /// No message can go to it.
    pub refused: bool,
}
