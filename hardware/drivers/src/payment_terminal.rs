//! Payment terminals. The first model speaks ZVT (PA00P015, revision 13) over TCP.
//!
//! The codec is our own: the one library there is (`zvt`) reads numbers without
//! looking whether they are any, and knows neither 06 01 nor 06 20. In the tests it
//! is the judge.

mod apdu;
mod fields;
#[cfg(test)]
mod known_answers;
mod meaning;
mod status_information;
mod zvt_terminal;

pub use zvt_terminal::{ZvtSettings, ZvtTerminal};
