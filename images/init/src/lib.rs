//! What the first process of the tiny image is told, and how it does it.
//!
//! [`Orders`] are a file of lines that is derived from a hardware model. Nothing here is
//! needed by a kiosk whose image has systemd.

mod network;
mod orders;
mod ports;

pub use network::{NetworkError, configure};
pub use orders::{Address, OrderError, Orders, PortName};
pub use ports::{find, is_named, name_ports};
