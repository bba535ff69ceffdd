//! Barcode readers.

mod aim;
mod framing;
mod serial_scanner;

pub use framing::{Ending, Framing};
pub use serial_scanner::SerialScanner;
