//! Places: kept for callers who are gone, and written down for a restart.

use std::{collections::BTreeMap, time::Instant};

#[cfg(test)]
use super::mutant::Mutant;
use super::{
    Distributor,
    call::{Arrived, Call, NewCall, Presence, Stage},
    layout::QueueNumber,
    timers::Timer,
};
use crate::{CallId, CallbackEnd, CallerKey, Command, Place, Priority, Standing, WallTime};

/// Places kept at a time; beyond it none is.
const KEPT_MOST: usize = 100_000;

/// The place of a caller who is gone.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) queue: QueueNumber,
    pub(super) arrived: Arrived,
    pub(super) until: Instant,
    /// As it was written down.
    pub(super) place: Place,
}

impl Kept {
    fn cut_off(&self) -> bool {
        matches!(self.place.standing, Standing::Left { cut_off: true, .. })
    }
}

/// By caller and order of arrival.
#[derive(Debug, Default)]
pub(super) struct KeptPlaces(BTreeMap<(CallerKey, u64), Kept>);

impl KeptPlaces {
    pub(super) fn insert(&mut self, caller: CallerKey, kept: Kept) -> bool {
        let room = self.0.len() < KEPT_MOST;
        if room {
            self.0.insert((caller, kept.arrived.order), kept);
        }
        room
    }

    /// The caller's oldest place in the queue, or a talk that broke off.
    fn take(&mut self, caller: CallerKey, queue: QueueNumber) -> Option<Kept> {
        let own = || self.0.range((caller, 0)..=(caller, u64::MAX));
        let here = own().find(|(_, it)| it.queue == queue);
        let (key, _) = here.or_else(|| own().find(|(_, it)| it.cut_off()))?;
        let key = *key;
        self.0.remove(&key)
    }

    fn lapse(&mut self, caller: CallerKey, order: u64, now: Instant) -> Option<Kept> {
        let kept = self.0.get(&(caller, order))?;
        (kept.until <= now).then_some(())?;
        self.0.remove(&(caller, order))
    }

    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.0.values().map(|it| &it.place)
    }
}

impl Distributor {
    /// Everybody's place as it is to be written down; the sum of all
    /// [`Command::Remember`] that were not forgotten.
    pub fn places(&self) -> Vec<Place> {
        let calls = self.calls.iter();
        let live = calls.filter_map(|(id, call)| Self::place_of(*id, call));
        live.chain(self.kept.places().cloned()).collect()
    }

    /// Writes a call's place down, if it could be found again.
    pub(super) fn remember(&mut self, id: CallId) {
        let call = self.calls.get(&id);
        if let Some(place) = call.and_then(|it| Self::place_of(id, it)) {
            self.order(Command::Remember(place));
        }
    }

    fn place_of(id: CallId, call: &Call) -> Option<Place> {
        let standing = match (call.promised, call.stage) {
            (Some(attempts), _) => Standing::Promised { attempts },
            (None, Stage::Talking) => Standing::Talking,
            (None, Stage::Waiting | Stage::Offered | Stage::Dialing(..) | Stage::Resting(_)) => {
                Standing::Waiting
            }
        };
        if call.caller.is_none() && call.promised.is_none() {
            return None;
        }
        Some(place(id, call, standing))
    }

    /// Keeps the place of a caller who is gone; the call itself is about to be
    /// removed.
    pub(super) fn keep_place(&mut self, id: CallId, cut_off: bool, now: Instant) {
        let until = now + self.layout.place_kept;
        let Some(call) = self.calls.get(&id) else {
            return;
        };
        let Some(caller) = call.caller else {
            return;
        };
        let at = self.wall(call, now);
        let place = place(id, call, Standing::Left { at, cut_off });
        let arrived = call.arrived;
        let kept = Kept {
            queue: call.queue.number,
            arrived,
            until,
            place: place.clone(),
        };
        if self.kept.insert(caller, kept) {
            self.timers.set(until, Timer::Kept(caller, arrived.order));
            self.order(Command::Remember(place));
        } else {
            self.order(Command::Forget(id));
        }
    }

    pub(super) fn place_lapsed(&mut self, caller: CallerKey, order: u64, now: Instant) {
        if let Some(kept) = self.kept.lapse(caller, order, now) {
            self.order(Command::Forget(kept.place.call));
        }
    }

    /// Gives a caller who calls again the place that is kept for him, or that
    /// of the callback he was promised; then this call has the promise. What is
    /// to be ordered about the old place comes after the new one is written down.
    pub(super) fn take_over_place(&mut self, new: &mut NewCall, now: Instant) -> Vec<Command> {
        #[cfg(test)]
        if self.mutated(Mutant::ForgetsPlaces) {
            return Vec::new();
        }
        let Some(caller) = new.caller else {
            return Vec::new();
        };
        let queue = new.queue.number;
        if let Some(kept) = self.kept.take(caller, queue) {
            if kept.cut_off() {
                new.priority = new.priority.max(Priority::CutOff);
            }
            if kept.queue == queue {
                new.arrived = kept.arrived;
                new.priority = new.priority.max(kept.place.priority);
            }
            vec![Command::Forget(kept.place.call)]
        } else if let Some(old) = self.callback_of(caller, queue) {
            self.withdraw_all(old, now);
            if let Some(call) = self.calls.get(&old) {
                new.arrived = call.arrived;
                new.priority = new.priority.max(call.priority);
                new.promised = call.promised;
            }
            self.ledger(queue).returned += 1;
            self.remove_callback(old, CallbackEnd::CallerReturned(new.id))
        } else {
            Vec::new()
        }
    }

    /// The oldest callback that is not being dialed.
    fn callback_of(&self, caller: CallerKey, queue: QueueNumber) -> Option<CallId> {
        let calls = self.calls.iter().filter(|(_, call)| {
            call.caller == Some(caller)
                && call.queue.number == queue
                && call.presence == Presence::Away
        });
        let free = calls.filter(|(_, call)| match call.stage {
            Stage::Waiting | Stage::Offered | Stage::Resting(_) => true,
            Stage::Dialing(..) | Stage::Talking => false,
        });
        let oldest = free.min_by_key(|(_, call)| (call.arrived.micros, call.arrived.order));
        oldest.map(|(id, _)| *id)
    }

    fn wall(&self, call: &Call, now: Instant) -> WallTime {
        call.arrived.wall.after(self.waited(call, now))
    }
}

fn place(id: CallId, call: &Call, standing: Standing) -> Place {
    Place {
        call: id,
        caller: call.caller,
        queue: call.queue.plan.id.clone(),
        language: call.language.clone(),
        priority: call.priority,
        arrived: call.arrived.wall,
        standing,
    }
}
