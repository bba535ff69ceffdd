//! What the exchange has not confirmed yet.

use request::Timestamp;

/// The outbox as an agent sees it at any time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Entries that are not confirmed.
    pub waiting: u64,
    /// When the oldest of them was written down.
    pub since: Option<Timestamp>,
}
