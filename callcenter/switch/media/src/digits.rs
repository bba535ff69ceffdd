//! Digits of a telephone's keys as named events (RFC 4733), received and sent.

mod payload;
mod received;
mod sent;
mod tones;

pub use payload::{EventPayload, NotAnEvent, digit_code, digit_of};
pub use received::PressTracker;
pub use sent::{DigitPacket, DigitSender, NotADigit};
pub(crate) use tones::key_sound;
pub use tones::key_tones;
