//! The rooms while the exchange runs: questions are held until there is news, and
//! rooms end in time.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use handover::{RoomRefusal, Rooms};
use request::Timestamp;
use tokio::sync::Notify;

/// Shorter than the silence after which an end counts as gone.
const WAIT_MAX: Duration = Duration::from_secs(20);

/// The rooms, and a bell for those who wait for something in them.
pub(crate) struct OpenRooms {
    rooms: Mutex<Rooms>,
    rung: Notify,
}

impl OpenRooms {
    /// `started` tells this run's rooms from those of any other.
    pub(crate) fn new(started: Timestamp) -> Self {
        Self {
            rooms: Mutex::new(Rooms::new(started.as_millis().to_string())),
            rung: Notify::new(),
        }
    }

    /// Ends rooms in time, whether or not anybody asks.
    pub(crate) async fn end_what_is_over(self: Arc<Self>) {
        loop {
            let rung = self.rung.notified();
            let due = self.rooms().poll_timeout();
            match due {
                None => rung.await,
                Some(due) => {
                    let due = tokio::time::Instant::from_std(due);
                    // A ring may bring an earlier end.
                    let _ = tokio::time::timeout_at(due, rung).await;
                }
            }
            let mut rooms = self.rooms();
            let before = rooms.edition();
            rooms.handle_timeout(Instant::now());
            if rooms.edition() != before {
                drop(rooms);
                self.rung.notify_waiters();
            }
        }
    }

    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks at once, then again whenever the bell rings, until there is news or the
    /// wait is over. `rings` says whether the first answer is news for others.
    pub(crate) async fn held<T>(
        &self,
        wait: u64,
        rings: bool,
        mut ask: impl FnMut(&mut Rooms) -> Result<T, RoomRefusal>,
        is_news: impl Fn(&T) -> bool,
    ) -> Result<T, RoomRefusal> {
        let until = tokio::time::Instant::now() + Duration::from_secs(wait).min(WAIT_MAX);
        let mut rings = rings;
        loop {
            // Enlisted before looking, so that nothing falls between the two.
            let rung = self.rung.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            let answer = ask(&mut self.rooms())?;
            if std::mem::take(&mut rings) {
                self.rung.notify_waiters();
            }
            if is_news(&answer) || tokio::time::timeout_at(until, rung).await.is_err() {
                return Ok(answer);
            }
        }
    }
}
