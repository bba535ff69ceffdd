//! A moment as it is written down.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Milliseconds since the Unix epoch, from the switch's clock. Only what is
/// written down has one; every deadline is an `Instant`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WallTime(pub i64);

impl WallTime {
    /// The time between an earlier moment and this one; nothing when the clock
    /// was set back in between.
    pub fn since(self, earlier: WallTime) -> Duration {
        let millis = self.0.saturating_sub(earlier.0);
        Duration::from_millis(u64::try_from(millis).unwrap_or(0))
    }

    /// The moment this much later.
    #[must_use]
    pub fn after(self, span: Duration) -> WallTime {
        WallTime(
            self.0
                .saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }
}
