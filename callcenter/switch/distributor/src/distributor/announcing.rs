//! What waiting callers are told.

use std::time::Instant;

use super::{Distributor, call::Stage, timers::Timer};
use crate::{CallId, Command};

impl Distributor {
    pub(super) fn announcement_due(&mut self, id: CallId, due: Instant, now: Instant) {
        let Some(call) = self.calls.get_mut(&id) else {
            return;
        };
        if call.announce_at != Some(due) || !call.waits_on_line() {
            return;
        }
        let next = now + call.queue.plan.announce_every();
        call.announce_at = Some(next);
        self.timers.set(next, Timer::Announce(id));
        self.announce(id);
    }

    /// Tells a caller where he stands, if he waits on the line.
    pub(super) fn announce(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id) else {
            return;
        };
        if call.stage != Stage::Waiting || !call.waits_on_line() {
            return;
        }
        let queue = call.queue.number;
        let position = self.ahead_of(queue, self.rank_of(call)) + 1;
        let expected_wait = self.expected_wait(queue, position);
        self.order(Command::Announce {
            call: id,
            position,
            expected_wait,
        });
    }
}
