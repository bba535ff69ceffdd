//! After a restart of the switch: who waited has his place still.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    Distributor,
    call::{Arrived, NewCall, Presence},
    kept::Kept,
    layout::{NeedId, Queue},
    span_micros,
    timers::Timer,
};
use crate::{Command, Place, Plan, PlanError, Standing, WallTime};

/// No written arrival is believed to be longer ago: a clock may have jumped.
const LONGEST_AGO: Duration = Duration::from_secs(24 * 60 * 60);

impl Distributor {
    /// Begins again with what was written down.
    ///
    /// Callers on the line were cut off by the restart: who calls again within
    /// the plan's time has the old place, who talked also the priority of a
    /// talk that broke off. Promised callbacks wait on. No agent is signed in.
    ///
    /// # Errors
    /// What is wrong with the plan. A place the plan does not know any more is
    /// forgotten, and that is a command.
    pub fn restore(
        plan: Plan,
        mut places: Vec<Place>,
        wall: WallTime,
        now: Instant,
    ) -> Result<Self, PlanError> {
        let mut restored = Self::new(plan, now)?;
        // Equal arrivals stay in the order of their calls.
        places.sort_by_key(|place| (place.arrived, place.call));
        for place in places {
            let call = place.call;
            if restored.restore_place(place, wall, now).is_none() {
                restored.order(Command::Forget(call));
            }
        }
        Ok(restored)
    }

    fn restore_place(&mut self, place: Place, wall: WallTime, now: Instant) -> Option<()> {
        let queue = Arc::clone(self.layout.queue(&place.queue)?);
        let need = queue.need(&place.language)?;
        let ago = wall.since(place.arrived).min(LONGEST_AGO);
        self.numbers.arrival += 1;
        let arrived = Arrived {
            micros: self.micros(now).saturating_sub(span_micros(ago)),
            order: self.numbers.arrival,
            wall: place.arrived,
        };
        let all = self.layout.place_kept;
        let (left, cut_off, kept) = match place.standing {
            Standing::Promised { attempts } => {
                self.restore_callback(&place, attempts, arrived, (queue, need), now);
                return Some(());
            }
            Standing::Waiting => (wall, false, all),
            Standing::Talking => (wall, true, all),
            Standing::Left { at, cut_off } => (at, cut_off, all.checked_sub(wall.since(at))?),
        };
        let caller = place.caller?;
        let until = now + kept;
        let place = Place {
            standing: Standing::Left { at: left, cut_off },
            ..place
        };
        let kept = Kept {
            queue: queue.number,
            arrived,
            until,
            place: place.clone(),
        };
        if !self.kept.insert(caller, kept) {
            return None;
        }
        self.timers.set(until, Timer::Kept(caller, arrived.order));
        self.order(Command::Remember(place));
        Some(())
    }

    fn restore_callback(
        &mut self,
        place: &Place,
        attempts: u32,
        arrived: Arrived,
        (queue, need): (Arc<Queue>, NeedId),
        now: Instant,
    ) {
        self.ledger(queue.number).arrived += 1;
        let new = NewCall {
            id: place.call,
            queue,
            need,
            language: place.language.clone(),
            priority: place.priority,
            caller: place.caller,
            arrived,
            promised: Some(attempts),
            presence: Presence::Away,
        };
        self.admit(new, now);
    }
}
