//! The card-reader class.

use privacy::Personal;

use crate::DeviceState;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardReaderOrder {
    /// Be ready for a card and read it.
    Accept,
    /// Let the card go.
    Release,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardReaderEvent {
    Inserted,
    Read(CardHolder),
    Refused(CardFault),
    Removed,
    Status(CardReaderStatus),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardReaderStatus {
    pub state: DeviceState,
}

/// Whose card it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardHolder {
    pub name: Personal<String>,
    /// Thirteen digits, no hyphen.
    pub resident_number: Personal<String>,
}

/// Why a card is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardFault {
    #[error("the card is of a kind this kiosk does not know")]
    Unknown,
    #[error("the card could not be read")]
    Unreadable,
    #[error("a checksum on the card is wrong")]
    Damaged,
    #[error("the card has expired")]
    Expired,
}
