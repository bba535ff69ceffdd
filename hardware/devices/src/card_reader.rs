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
    /// What the stripe holds, before it is known whose card it is; told by readers that were
    /// started so.
    Track(Result<Track, CardFault>),
    Read(CardHolder),
    Refused(CardFault),
    Removed,
    Status(CardReaderStatus),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardReaderStatus {
    pub state: DeviceState,
}

/// Track 3 of a magnetic stripe (ISO/IEC 7811-6), without its sentinels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    pub data: Personal<Vec<u8>>,
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
