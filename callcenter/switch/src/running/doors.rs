//! Opening hours: the clock on the wall opens and closes queues.

use distributor::QueueId;
use hours::Timestamp;

use super::{Switch, wall};
use crate::switchboard::Event;

impl Switch {
    /// Looks at the clock; what has changed goes to the switchboard.
    pub(super) fn open_and_close(&mut self) {
        let Ok(now) = Timestamp::from_millisecond(wall().as_millis()) else {
            return;
        };
        self.doors.handle_timeout(now);
        while let Some(change) = self.doors.poll_change() {
            tracing::info!(queue = change.queue, open = change.open, "Hours of a queue");
            self.events.push(Event::Hours {
                queue: QueueId(change.queue),
                open: change.open,
            });
        }
    }
}
