//! Drivers: one file for each model of a device, pure but for the shells that
//! touch a wire ([`port`], [`tcp`], the IPP client, the PC/SC thread, the
//! fingerprint reader's process).

mod actor;
pub mod auxiliaries;
pub mod barcode_reader;
pub mod biometric;
pub mod card_reader;
pub mod cash;
pub mod document_printer;
mod driver;
pub mod payment_terminal;
pub mod port;
pub mod receipt_printer;
pub mod tcp;

pub use driver::{Driver, Input, Output};
