//! Values that belong to a person and must never reach a log by accident.
//!
//! A value becomes [`Personal`] where it first enters the house (a driver, a
//! form) and stays so until paper, a screen or a network needs it. Whoever
//! calls [`Personal::reveal`] discloses it; `tests/tests/house.rs` lists the
//! files that may.

mod mask;
mod mask_words;
mod personal;

pub use mask::{mask_name, mask_resident_number};
pub use mask_words::mask_words;
pub use personal::Personal;
