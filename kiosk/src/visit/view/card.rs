//! The card that is put in.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsertCard {
    Waiting,
    Reading,
    /// The card was read with an error; the citizen may try again.
    Refused(CardRefusal),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardRefusal {
    /// Not a card this kiosk knows.
    Unknown,
    Unreadable,
    /// A checksum on the card is wrong.
    Damaged,
    /// Pulled before it was read.
    PulledTooSoon,
}
