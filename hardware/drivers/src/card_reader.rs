//! Card readers.

mod chip_card;
pub mod magnetic_stripe;
pub mod pcsc;

pub use chip_card::read_template;
