//! The rooms while the exchange runs: questions are held until there is news, and
//! rooms end in time.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use handover::{RoomRefusal, Rooms};
use request::Timestamp;

use crate::bell::Bell;

/// The rooms, and a bell for those who wait for something in them.
pub(crate) struct OpenRooms {
    rooms: Mutex<Rooms>,
    bell: Bell,
}

impl OpenRooms {
    /// `started` tells this run's rooms from those of any other.
    pub(crate) fn new(started: Timestamp) -> Self {
        Self {
            rooms: Mutex::new(Rooms::new(started.as_millis().to_string())),
            bell: Bell::default(),
        }
    }

    /// Ends rooms in time, whether or not anybody asks.
    pub(crate) async fn end_what_is_over(self: Arc<Self>) {
        loop {
            self.bell.rung_or_due(|| self.rooms().poll_timeout()).await;
            let mut rooms = self.rooms();
            let before = rooms.edition();
            rooms.handle_timeout(Instant::now());
            if rooms.edition() != before {
                drop(rooms);
                self.bell.ring();
            }
        }
    }

    /// Answers every question that is held, as the exchange is about to end.
    pub(crate) fn close(&self) {
        self.bell.close();
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
        let mut rings = rings;
        let look = || {
            let answer = ask(&mut self.rooms())?;
            if std::mem::take(&mut rings) {
                self.bell.ring();
            }
            Ok(answer)
        };
        self.bell.held(wait, look, is_news).await
    }
}
