//! The place a kiosk stands in.

use catalog::{Bilingual, Hours};
use request::StationId;

/// What provisioning wrote down about this kiosk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub station: StationId,
    /// The office the kiosk belongs to.
    pub office: Bilingual,
    /// Where it stands, as receipts and certificates say it.
    pub place: Bilingual,
    /// Legal-district code prefix of the office (5 digits).
    pub jurisdiction: String,
    /// The call centre's telephone number.
    pub telephone: String,
    /// Whether there are desks whose agents come to the screen of a citizen who is
    /// stuck; without, such a citizen is told the telephone number alone.
    pub agents_at_screen: bool,
    /// Whether two agents at two desks identify somebody whose card is of no use.
    pub two_person_check: bool,
    /// Whether the exchange sends text messages to citizens.
    pub text_messages: bool,
    /// Whether a citizen can speak with that agent.
    pub handset: bool,
    pub hours: Hours,
    /// Whether it has cash devices, and a terminal for payment cards.
    pub cash: bool,
    pub card_terminal: bool,
}
