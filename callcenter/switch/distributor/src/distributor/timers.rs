//! What is due when.

use std::{collections::BTreeSet, time::Instant};

use crate::{AgentId, CallId, CallerKey, DialId, OfferId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    Ring(OfferId),
    WrapUp(AgentId),
    Rest(AgentId),
    LongestWait(CallId),
    Announce(CallId),
    CallbackRest(CallId),
    Dial(DialId),
    /// A kept place, by caller and arrival.
    Kept(CallerKey, u64),
}

/// Deadlines in order. One is not taken back when it has become moot: whoever
/// is called looks whether it still holds.
#[derive(Debug, Default)]
pub(super) struct Timers(BTreeSet<(Instant, Timer)>);

impl Timers {
    pub(super) fn set(&mut self, due: Instant, timer: Timer) {
        self.0.insert((due, timer));
    }

    pub(super) fn next(&self) -> Option<Instant> {
        self.0.first().map(|(due, _)| *due)
    }

    pub(super) fn pop(&mut self, now: Instant) -> Option<(Instant, Timer)> {
        if self.next()? > now {
            return None;
        }
        self.0.pop_first()
    }
}
