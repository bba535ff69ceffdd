//! Barcode readers.

mod aim;
pub mod camera;
mod framing;
mod serial_scanner;

pub use framing::{Ending, Framing};
pub use serial_scanner::SerialScanner;
