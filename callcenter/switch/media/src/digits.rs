//! Digits of a telephone's keys as named events (RFC 4733), received and sent.

mod payload;
mod received;
mod sent;

pub use payload::{EventPayload, NotAnEvent, digit_code, digit_of};
pub use received::PressTracker;
pub use sent::{DigitPacket, DigitSender, NotADigit};
