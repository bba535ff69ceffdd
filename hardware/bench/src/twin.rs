//! What every simulated device on a serial line is: bytes in, bytes out, on time.

use std::time::Instant;

/// A device seen from the wire; [`crate::pty`] gives it a line.
pub trait Twin: Send + 'static {
    fn receive(&mut self, bytes: &[u8], now: Instant);
    fn handle_timeout(&mut self, now: Instant);
    fn poll_wire(&mut self) -> Option<Vec<u8>>;
    fn poll_timeout(&self) -> Option<Instant>;
}
