//! Paying, by coins and notes or at the payment terminal.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay {
    pub amount_won: u32,
    pub inserted_won: u32,
    /// `None` while the citizen still chooses how to pay.
    pub means: Option<Means>,
    pub cash: MeansState,
    pub card: MeansState,
    /// Whether the machine can give change now.
    pub change: bool,
    /// Why the last card has not paid.
    pub refusal: Option<PaymentRefusal>,
    pub why: String,
    /// Money is on its way back.
    pub returning: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    Cash,
    Card,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeansState {
    Available,
    /// Chosen, and about to be ready.
    Starting,
    /// This kiosk has no such device.
    NotFitted,
    Broken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayByCard {
    pub amount_won: u32,
    pub phase: CardPhase,
}

/// What the terminal's display says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardPhase {
    Starting,
    Insert,
    Follow,
    Processing,
    Remove,
    Again,
    /// It was called off, and has not said yet how it ended.
    Ending,
}

/// Why a card has not paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentRefusal {
    Cancelled,
    Unreadable,
    Expired,
    NotAccepted,
    Blocked,
    NotEnough,
    WrongPin,
    Refused,
    IssuerAway,
    /// The terminal could not be asked.
    Terminal,
}
