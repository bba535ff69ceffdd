//! One moment on both clocks.

use std::time::Instant;

use request::Timestamp;

/// Deadlines live on the first clock, what is written down on the second.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub instant: Instant,
    pub wall: Timestamp,
}
