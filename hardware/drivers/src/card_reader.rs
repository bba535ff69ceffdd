//! Card readers.

pub mod magnetic_stripe;
