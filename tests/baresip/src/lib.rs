//! baresip, a telephone nobody here wrote, as a caller and beside an agent's desk.
//!
//! It says one tone all the time and keeps what it hears, so that what was said at one end
//! can be compared with what was heard at the other. Given an address of the loopback
//! interface, and not the interface's name, it needs no network of its own.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

mod heard;
mod telephone;
mod tone;

pub use heard::Heard;
pub use telephone::Baresip;
pub use tone::{PEAK, RATE, tone, write};
