//! Passphrases are looked at few at a time, and who guesses them waits.

use std::{
    net::IpAddr,
    sync::{MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use identity::is_plain;
use lockout::{Lockout, Patience};
use tokio::{sync::SemaphorePermit, time::timeout};

use super::{Console, fault::Fault};

/// Who has waited so long for a turn is told to try again.
const TURN_WITHIN: Duration = Duration::from_secs(10);
const REMEMBERED: usize = 10_000;

const WITH_PLACES: Patience = Patience {
    tries: 4,
    first_wait: Duration::from_secs(2),
    longest_wait: Duration::from_mins(15),
    forgotten_after: Duration::from_hours(1),
};
/// Nobody is to be locked out by others who know their name.
const WITH_NAMES: Patience = Patience {
    longest_wait: Duration::from_mins(1),
    ..WITH_PLACES
};

pub(super) fn lockout() -> Lockout {
    Lockout::new(WITH_PLACES, WITH_NAMES, REMEMBERED)
}

impl Console {
    /// A turn to hash a passphrase.
    ///
    /// # Errors
    /// When others are before it for too long.
    pub(super) async fn turn(&self) -> Result<SemaphorePermit<'_>, Fault> {
        let turn = timeout(TURN_WITHIN, self.hashing.acquire()).await;
        turn.ok().and_then(Result::ok).ok_or(Fault::Busy)
    }

    /// Whether a passphrase is looked at. Asked when it is its turn: of many that come at
    /// once, few are looked at before the first is found to be wrong.
    ///
    /// # Errors
    /// How long to wait.
    pub(super) fn may_try(&self, name: &str, place: IpAddr) -> Result<(), Fault> {
        let may = self.lockout().may_try(place, counted(name), Instant::now());
        may.map_err(|locked| Fault::TooMany(locked.wait))
    }

    pub(super) fn was_wrong(&self, name: &str, place: IpAddr) {
        self.lockout().failed(place, counted(name), Instant::now());
    }

    pub(super) fn was_right(&self, name: &str) {
        self.lockout().succeeded(name);
    }

    fn lockout(&self) -> MutexGuard<'_, Lockout> {
        self.lockout.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What nobody can be called counts as one name, however long it is.
fn counted(name: &str) -> &str {
    if is_plain(name) { name } else { "" }
}
