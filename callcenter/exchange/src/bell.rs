//! A bell for those who wait for something: questions are held until it rings.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use tokio::sync::Notify;

/// Shorter than the silence after which an end counts as gone.
const WAIT_MAX: Duration = Duration::from_secs(20);

#[derive(Default)]
pub(crate) struct Bell {
    notify: Notify,
    /// Nobody is to wait any more.
    closed: AtomicBool,
}

impl Bell {
    /// Wakes everybody who waits.
    pub(crate) fn ring(&self) {
        self.notify.notify_waiters();
    }

    /// Lets everybody go, and whoever comes from now on.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.ring();
    }

    /// Waits until it rings, or until something is due.
    pub(crate) async fn rung_or_due(&self, due: impl FnOnce() -> Option<Instant>) {
        // Enlisted before looking, so that nothing falls between the two.
        let rung = self.notify.notified();
        match due() {
            None => rung.await,
            Some(due) => {
                let due = tokio::time::Instant::from_std(due);
                // A ring may bring an earlier end.
                let _ = tokio::time::timeout_at(due, rung).await;
            }
        }
    }

    /// Looks at once, then again whenever it rings, until there is news or so many
    /// seconds are over.
    ///
    /// # Errors
    /// Those of looking.
    pub(crate) async fn held<T, E>(
        &self,
        seconds: u64,
        mut look: impl FnMut() -> Result<T, E>,
        is_news: impl Fn(&T) -> bool,
    ) -> Result<T, E> {
        let until = tokio::time::Instant::now() + Duration::from_secs(seconds).min(WAIT_MAX);
        loop {
            let rung = self.notify.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            let seen = look()?;
            let goes = is_news(&seen) || self.closed.load(Ordering::Acquire);
            if goes || tokio::time::timeout_at(until, rung).await.is_err() {
                return Ok(seen);
            }
        }
    }
}
