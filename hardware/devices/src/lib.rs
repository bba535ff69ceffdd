//! The device classes of a station: what each can be told and what it tells.
//!
//! Channels depend on this crate only; which make of device answers is decided
//! in the station's configuration. States and supplies carry XFS4IoT's names.

pub mod auxiliaries;
pub mod barcode_reader;
pub mod biometric;
pub mod card_reader;
pub mod cash;
pub mod document_printer;
pub mod lights;
pub mod payment_terminal;
pub mod power_supply;
pub mod printer;
pub mod receipt_printer;
mod state;

pub use state::DeviceState;
