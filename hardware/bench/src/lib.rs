//! The devices of a station, simulated and seen from the wire.
//!
//! A twin speaks its device's own protocol over the line a real one would have,
//! and can be told to be out of paper, jammed, dead or lying. [`model`] is the
//! same devices without a wire, for stories in virtual time.

pub mod barcode_reader;
pub mod cable;
pub mod camera;
pub mod cash_box;
pub mod ccnet_bill_validator;
pub mod chip_card;
pub mod document_printer;
pub mod fingerprint_reader;
pub mod io_module;
pub mod kiosk_bench;
pub mod magnetic_stripe_reader;
pub mod model;
pub mod motor_card_reader;
pub mod payment_terminal;
pub mod people;
pub mod power_supply;
pub mod pty;
pub mod receipt_printer;
pub mod socket;
mod twin;

pub use twin::Twin;
