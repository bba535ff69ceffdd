//! Card readers.

mod chip_card;
mod identity_profile;
pub mod magnetic_stripe;
pub mod motor;
pub mod pcsc;

pub use chip_card::read_template;
